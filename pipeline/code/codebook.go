// Package code gives open answers the codes of a codebook. A code has terms in
// several languages; an answer that holds one of them, and does not deny it,
// is given the code. Each coded item NAME gives a derived item NAME_codes, and
// all of them together the item open_codes.
//
// Terms suggest a code, they do not understand an answer: what they find is
// triage, to be checked by people. See negation.go for what the guard against
// denials can and cannot see.
package code

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Codebook is the list of codes.
type Codebook struct {
	Version  string      `yaml:"version"`
	Title    survey.Text `yaml:"title"` // label of the item that gathers the codes of all open answers
	Families []Family    `yaml:"families"`
	Codes    []Theme     `yaml:"codes"`

	file string
}

// Family is a group of codes.
type Family struct {
	ID    string      `yaml:"id"`
	Label survey.Text `yaml:"label"`
}

// Theme is one code: what it stands for, and the terms that suggest it.
type Theme struct {
	ID          string              `yaml:"id"`
	Family      string              `yaml:"family"` // left out where there is a parent: that of the parent
	Parent      string              `yaml:"parent"` // id of the code above it; empty for a top code
	Label       survey.Text         `yaml:"label"`
	Definition  string              `yaml:"definition"`
	Definitions survey.Text         `yaml:"definitions"` // the definition in further languages
	Include     string              `yaml:"include"`
	Exclude     string              `yaml:"exclude"`
	Terms       map[string][]string `yaml:"terms"`     // by language; "stem*" stands for every word that begins so
	Not         map[string][]string `yaml:"not"`       // by language, phrases around a term in which it does not count
	Negation    Negation            `yaml:"negation"`  // what a denial before a term means
	Sensitive   bool                `yaml:"sensitive"` // never by country, never crossed with identity groups
}

// Defined returns the definition in a language, or the one that the codebook
// has where there is none.
func (t Theme) Defined(language string) string {
	if text := t.Definitions[language]; text != "" {
		return text
	}
	return t.Definition
}

// Negation says what a negating word before a term does.
type Negation string

// The meanings of a denial.
const (
	Blocks Negation = ""       // "no visa problem": the term does not count
	Ignore Negation = "ignore" // "we have no money": the term counts, the lack is the theme
)

// Read reads a codebook. It reports everything that is wrong with it; after a
// refusal the codebook is nil.
func Read(name string, content []byte) (*Codebook, []finding.Finding) {
	cb := Codebook{file: name}
	findings := decode(name, content, &cb)
	if finding.Refused(findings) {
		for i := range findings {
			findings[i].Stage = "code"
		}
		return nil, findings
	}
	r := reader{cb: &cb, lines: strings.Split(string(content), "\n")}
	return r.check(r.line)
}

// Check reports everything that is wrong with a codebook of a file that was read
// elsewhere, and gives it back as Read does. Row says on which row of the file an
// id of a family or code is given for the n-th time.
func Check(name string, cb Codebook, row func(id string, n int) int) (*Codebook, []finding.Finding) {
	cb.file = name
	r := reader{cb: &cb}
	return r.check(row)
}

func (r *reader) check(row func(id string, n int) int) (*Codebook, []finding.Finding) {
	r.row = row
	r.families()
	r.codes()
	r.hierarchy()
	finding.Sort(r.findings)
	if finding.Refused(r.findings) {
		return nil, r.findings
	}
	return r.cb, r.findings
}

// decode decodes the YAML. The YAML library panics on some misplaced tags, such
// as "terms: {en: !x y}"; to whoever wrote the file that is a mistake like another.
func decode(name string, content []byte, cb *Codebook) (findings []finding.Finding) {
	defer func() {
		if recover() != nil {
			findings = []finding.Finding{refuse("yaml", finding.Place{File: name},
				"The file is not YAML that can be read.", "Look for a tag, a word that begins with an exclamation mark outside quotes, and remove it.")}
		}
	}()
	return strictyaml.Decode(name, content, cb)
}

// reader checks what the YAML cannot say about itself.
type reader struct {
	cb       *Codebook
	lines    []string // of YAML
	row      func(id string, n int) int
	findings []finding.Finding
}

func (r *reader) add(severity finding.Severity, row int, kind, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "code", Kind: kind, Severity: severity,
		Place: finding.Place{File: r.cb.file, Row: row}, Problem: problem, Remedy: remedy,
	})
}

// line returns the line on which an id is given for the n-th time, 0 if unknown.
func (r *reader) line(id string, n int) int {
	for i, l := range r.lines {
		for {
			_, rest, ok := strings.Cut(l, "id:")
			if !ok {
				break
			}
			l = rest
			if scalar(rest) != id {
				continue
			}
			if n--; n == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// scalar returns the value that a line of YAML goes on with.
func scalar(s string) string {
	s = strings.TrimLeft(s, " ")
	ends := " ,}#\r"
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		s, ends = s[1:], s[:1]
	}
	if end := strings.IndexAny(s, ends); end >= 0 {
		s = s[:end]
	}
	return s
}

func (r *reader) families() {
	seen := map[string]bool{}
	for _, f := range r.cb.Families {
		switch {
		case f.ID == "":
			r.add(finding.Refusal, 0, "no-id", "A family has no id.", "Give it one.")
		case seen[f.ID]:
			r.add(finding.Refusal, r.row(f.ID, 2), "duplicate-family", "The family "+f.ID+" stands twice.", "Remove or rename one.")
		}
		seen[f.ID] = true
	}
}

func (r *reader) codes() {
	var families []string
	for _, f := range r.cb.Families {
		families = append(families, f.ID)
	}
	if len(r.cb.Codes) == 0 {
		r.add(finding.Refusal, 0, "no-codes", "The codebook has no codes.", "Add a list \"codes\".")
	}
	seen := map[string]int{}
	for _, c := range r.cb.Codes {
		seen[c.ID]++
		row := r.row(c.ID, seen[c.ID])
		switch {
		case c.ID == "":
			r.add(finding.Refusal, 0, "no-id", "A code has no id.", "Give it one.")
			continue
		case seen[c.ID] > 1:
			r.add(finding.Refusal, row, "duplicate-code", "The code "+c.ID+" stands twice.", "Remove or rename one.")
		case strings.Trim(c.ID, idLetters) != "":
			r.add(finding.Refusal, row, "code-id", fmt.Sprintf("The id %q holds signs that a code may not have.", c.ID), "Use letters from a to z, digits and underscores.")
		}
		if c.Family != "" && !slices.Contains(families, c.Family) {
			remedy := spelling.DidYouMean(c.Family, families, "Add it to the families, or correct its name.")
			r.add(finding.Refusal, row, "unknown-family", "The code "+c.ID+" belongs to the family "+c.Family+", which is not there.", remedy)
		}
		if c.Negation != Blocks && c.Negation != Ignore {
			r.add(finding.Refusal, row, "negation", fmt.Sprintf("The code %s has negation %q.", c.ID, c.Negation), "Write \"ignore\", or leave it out.")
		}
		r.terms(c, row)
		r.exclusions(c, row)
	}
}

const idLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

func (r *reader) terms(c Theme, row int) {
	count := 0
	for _, lang := range slices.Sorted(maps.Keys(c.Terms)) {
		if len(c.Terms[lang]) == 0 {
			r.add(finding.Refusal, row, "no-terms", fmt.Sprintf("The code %s lists no terms under %q.", c.ID, lang), "Add terms, or remove the language.")
		}
		seen := map[string]bool{}
		for i, term := range c.Terms[lang] {
			count++
			p, problem := parsePattern(term)
			if problem != "" {
				r.add(finding.Refusal, row, "term", fmt.Sprintf("Term %d of the code %s under %q %s.", i+1, c.ID, lang, problem), "Write words as they stand in answers; a star at the end of a word stands for any ending.")
				continue
			}
			if seen[string(p)] {
				r.add(finding.Warning, row, "duplicate-term", fmt.Sprintf("Term %d of the code %s under %q stands twice there.", i+1, c.ID, lang), "Remove one.")
			}
			seen[string(p)] = true
		}
	}
	if count == 0 {
		r.add(finding.Warning, row, "no-terms", "The code "+c.ID+" has no terms, so no answer is given it.", "Add terms, unless only people are to give it.")
	}
}
