// Package quotes holds the words of respondents that may be published, each as a
// named person approved it. An approval is for exact words: it names their
// fingerprint, so that whoever changes a word afterwards voids it.
//
// What a quote must fulfil besides is decided where that can be seen: consent,
// codes and the words of the answer by the package bank, which reads answers, and
// whether the figures beside it may be shown by the report.
package quotes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Config says whose answers may be quoted, and what is told of them.
type Config struct {
	Consent  string   `yaml:"consent"`  // single-choice item that asks whether answers may be quoted; without it nothing is
	Accept   []string `yaml:"accept"`   // its choices that allow it
	Approved string   `yaml:"approved"` // the sheet of approved quotes, CSV or XLSX
	Beside   []string `yaml:"beside"`   // single-choice items whose answers stand beside a quote
}

// Validate reports what is wrong with the config itself.
func (c Config) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(problem, remedy string) {
		out = append(out, finding.Finding{Kind: "quotes", Severity: finding.Refusal, Problem: problem, Remedy: remedy})
	}
	switch {
	case c.Consent == "" && (len(c.Accept) > 0 || c.Approved != "" || len(c.Beside) > 0):
		refuse("The config speaks of quotes, and names no item that asks whether answers may be quoted.", "Name it under \"quotes.consent\"; where respondents were not asked, nothing can be quoted.")
	case c.Consent != "" && len(c.Accept) == 0:
		refuse("The config names the item that asks whether answers may be quoted, and none of its choices.", "Name those that allow it under \"quotes.accept\".")
	}
	return out
}

// ID names an answer to an item by its words. An answer whose words are changed
// has another name; those who wrote the same share one, whatever their capitals,
// punctuation and blanks.
func ID(item, answer string) string {
	return digest(8, "quote", item, Folded(answer))
}

// Line is a line of the sheet of approved quotes.
type Line struct {
	Quote        string            // as ID gives it
	Code         string            // under which it stands in the report
	Language     string            // of the text
	Text         string            // as it is to be published
	Translations map[string]string // by language
	ApprovedBy   string            // who read it and stands for it; never published
	Hash         string            // of what they approved
	At           finding.Place

	Told   []Told // of who answered, beside the text; the answers say it, not the sheet
	Answer string // the whole answer without identities, for who approves; never published
}

// Told is what is told of a respondent: what they chose of an item.
type Told struct{ Item, Choice string }

// Fingerprint names the words of a line with all that says what they are, and
// what is told of who wrote them: a change of any of it gives another.
func (l Line) Fingerprint() string {
	parts := []string{"approved", l.Quote, l.Code, l.Language, l.Text}
	if len(l.Told) > 0 {
		parts = append(parts, "told", strconv.Itoa(len(l.Told)))
		parts[0] = "approved with what is told"
	}
	for _, t := range l.Told {
		parts = append(parts, t.Item, t.Choice)
	}
	for _, tag := range slices.Sorted(maps.Keys(l.Translations)) {
		parts = append(parts, tag, l.Translations[tag])
	}
	return digest(16, parts...)
}

func digest(bytes int, parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:bytes])
}

// Approved is a quote that may stand in a report where the figures beside it do.
type Approved struct {
	Line
	Item   string   // of the codes that the answer was given
	Codes  []string // all of them, of everybody who wrote it
	Beside []string // the items whose answers stand beside it
	Cell   []string // and the respondent's choices
	Hidden bool     // few wrote in its language: only a translation may be shown, and not of what
}
