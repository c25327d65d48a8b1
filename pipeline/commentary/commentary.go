// Package commentary holds the words that analysts add to a report: commentary
// on what it says, titles of figures, short labels, and items to be left out.
// They stand in a sheet or in the config, and figures in them are references,
// which the report fills in with what is published.
package commentary

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Kind is what a line is for.
type Kind string

// The kinds of lines.
const (
	Comment    Kind = "comment"     // text beside what it speaks of
	Title      Kind = "title"       // in place of the title of a figure
	ShortLabel Kind = "short_label" // of an item, or of a choice
	Hide       Kind = "hide"        // leaves an item out of the report
)

func kinds() []Kind { return []Kind{Comment, Title, ShortLabel, Hide} }

// Line is one text in one language.
type Line struct {
	Place    string // "summary", the id of a chapter or a figure, or an item
	Choice   string // of a short label of a choice
	Kind     Kind
	Language string // as in the languages of the report; "" is the form's default
	Text     string
	AsOf     string // changed by who has looked at the text again; never shown
	At       finding.Place
}

// Fingerprint names the line by all that it says: a change of any of it is
// another line.
func (l Line) Fingerprint() string {
	h := sha256.New()
	for _, part := range []string{l.Place, l.Choice, string(l.Kind), l.Language, l.Text, l.AsOf} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Item returns the item that a place names: itself, or that of a figure.
func (l Line) Item(s *survey.Survey) (*survey.Item, bool) {
	if item, ok := s.Item(l.Place); ok {
		return item, true
	}
	if name, is := strings.CutPrefix(l.Place, "f-"); is {
		return s.Item(name)
	}
	return nil, false
}

// Check refuses lines that cannot be understood: of no kind, about nothing, with
// braces that are no reference, or two titles or labels for one thing.
func Check(lines []Line) []finding.Finding {
	var out []finding.Finding
	first := map[string]finding.Place{}
	for _, l := range lines {
		refuse := func(problem, remedy string) {
			out = append(out, finding.Finding{Stage: "survey", Kind: "commentary", Severity: finding.Refusal, Place: l.At, Problem: problem, Remedy: remedy})
		}
		if !slices.Contains(kinds(), l.Kind) {
			refuse("The kind of this line is not known.", "The kinds are: "+kindNames()+".")
			continue
		}
		if l.Place == "" {
			refuse("The line does not say what it is about.", "Write summary, the id of a chapter or figure, or the name of an item as its place.")
			continue
		}
		if l.Choice != "" && l.Kind != ShortLabel {
			refuse("The line names a choice; only short labels are of choices.", "Remove the choice, or make it a short_label.")
		}
		if l.Kind == Comment {
			if _, err := Parse(l.Text); err != nil {
				refuse(finding.Sentence(err), referenceRemedy)
			}
			continue
		}
		key := strings.Join([]string{l.Place, l.Choice, string(l.Kind), l.Language}, "\x00")
		if before, twice := first[key]; twice {
			refuse(fmt.Sprintf("There is another line of the kind %s for the same thing and language: %s.", l.Kind, before), "Remove one of them.")
		}
		first[key] = l.At
		if _, err := Parse(l.Text); l.Kind == Title && err != nil {
			refuse(finding.Sentence(err), referenceRemedy)
		}
	}
	return out
}

const referenceRemedy = "A figure is written as {item:choice}, {item:choice|group:value}, {item} for a mean, or as its key in braces."

func kindNames() string {
	var names []string
	for _, k := range kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}
