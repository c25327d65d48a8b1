// Package brief orders what a toolkit should contain by what the answers show.
// The parts a toolkit could have stand in a components file; for each, the file
// names the evidence that speaks for it. The need of a respondent for a part is
// the share of its evidence that holds for them; the need for the part is the
// mean of that. Both the needs and the evidence are estimated before they are
// protected; this package asks for them, puts them in order and words nothing.
package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Components is what a toolkit could contain.
type Components struct {
	Version    int         `yaml:"version"`
	Components []Component `yaml:"components"`

	file string
}

// Component is one part of a toolkit.
type Component struct {
	ID       string      `yaml:"id"`
	Label    survey.Text `yaml:"label"`
	Purpose  survey.Text `yaml:"purpose"`
	Evidence []Evidence  `yaml:"evidence"`
}

// Evidence is answers to one item that speak for a component: some choices, or
// a score of at least so much on a scaled item, or codes of an open answer.
type Evidence struct {
	Item    string   `yaml:"item"`
	Choices []string `yaml:"choices"`
	AtLeast *float64 `yaml:"at_least"`
	Codes   []string `yaml:"codes"`
}

// Read reads a components file.
func Read(file string, content []byte) (*Components, []finding.Finding) {
	c := Components{file: file}
	findings := strictyaml.Decode(file, content, &c)
	if finding.Refused(findings) {
		return nil, findings
	}
	seen := map[string]bool{}
	for _, k := range c.Components {
		switch {
		case k.ID == "" || strings.ContainsAny(k.ID, " @%/|"):
			findings = append(findings, c.refuse("component-id", fmt.Sprintf("The component %q needs an id of letters, digits and underscores.", k.ID), "Give it one."))
		case seen[k.ID]:
			findings = append(findings, c.refuse("component-id", "The component "+k.ID+" stands twice.", "Remove or rename one."))
		case len(k.Evidence) == 0:
			findings = append(findings, c.refuse("no-evidence", "The component "+k.ID+" names no evidence.", "Name at least one item that speaks for it."))
		}
		seen[k.ID] = true
	}
	return &c, findings
}

// ItemName is the name of the derived item that holds the need for a component.
func (c Component) ItemName() string { return "need_" + c.ID }

// Part is evidence brought to the form in which it can be counted: an answer
// that is, or contains, one of the values.
type Part struct {
	Item   string
	Values []string
}

// CodesSuffix ends the name of the derived item that holds an open answer's codes.
const CodesSuffix = "_codes"

// Parts returns the evidence of a component as items and values of the survey,
// and what the survey does not have.
func (c *Components) Parts(k Component, s *survey.Survey) ([]Part, []finding.Finding) {
	var parts []Part
	var findings []finding.Finding
	for _, e := range k.Evidence {
		part, problem := e.part(s)
		if problem != "" {
			findings = append(findings, c.refuse("evidence", "Evidence of the component "+k.ID+": "+problem, "Correct the components file, or take the line out."))
			continue
		}
		parts = append(parts, part)
	}
	return parts, findings
}

func (e Evidence) part(s *survey.Survey) (Part, string) {
	name := e.Item
	if len(e.Codes) > 0 {
		name += CodesSuffix
	}
	item, ok := s.Item(name)
	if !ok {
		return Part{}, "the survey has no item " + name + "."
	}
	if !item.Type.HasChoices() {
		return Part{}, "the item " + name + " has no choices."
	}
	values := append(append([]string(nil), e.Choices...), e.Codes...)
	choices := s.Choices(item)
	for _, v := range values {
		if !slices.ContainsFunc(choices, func(c survey.Choice) bool { return c.Name == v }) {
			return Part{}, "the item " + name + " has no choice " + v + "."
		}
	}
	if e.AtLeast != nil {
		for _, c := range choices {
			if c.Score != nil && *c.Score >= *e.AtLeast && c.Missing == survey.Answered {
				values = append(values, c.Name)
			}
		}
	}
	if len(values) == 0 {
		return Part{}, "nothing of the item " + name + " is named: give choices, at_least or codes."
	}
	return Part{Item: name, Values: inFormOrder(values, choices)}, ""
}

// inFormOrder sorts values as the form has its choices, without repeats, so
// that the key of the figure does not depend on how the file was written.
func inFormOrder(values []string, choices []survey.Choice) []string {
	var out []string
	for _, c := range choices {
		if slices.Contains(values, c.Name) && !slices.Contains(out, c.Name) {
			out = append(out, c.Name)
		}
	}
	return out
}

func (c *Components) refuse(kind, problem, remedy string) finding.Finding {
	return finding.Finding{
		Stage: "brief", Kind: kind, Severity: finding.Refusal,
		Place: finding.Place{File: c.file}, Problem: problem, Remedy: remedy,
	}
}
