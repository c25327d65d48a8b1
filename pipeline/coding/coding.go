// Package coding is what people do with open answers: packs of answers that
// coders are given, the codes that come back, the disagreements that somebody
// decides, and which of all these codes an answer has in the end. Rules suggest
// codes, people decide.
package coding

import (
	"cmp"
	"slices"
	"strings"
)

// Unit names one open answer.
type Unit struct {
	Response string // the keyed identifier of the response, as in the clean answers; of a row of a repeat, with a mark of the answer behind it
	Item     string // the open item
}

// Compare puts units in the order of their responses, then of their items.
func (u Unit) Compare(o Unit) int {
	return cmp.Or(strings.Compare(u.Response, o.Response), strings.Compare(u.Item, o.Item))
}

// ByCoder is what one person gave an answer.
type ByCoder struct {
	Coder string
	Codes []string // sorted; none: no code fits
}

// Answer is an open answer that people coded, beside what rules said of it.
type Answer struct {
	Unit
	Language    string
	Sampled     bool      // drawn at random, so that it may stand for answers that nobody coded
	Rule        []string  // codes by rules, sorted
	Coders      []ByCoder // sorted by name
	Adjudicated *[]string // what the adjudicator gave, sorted; nil: not adjudicated
	Final       []string  // after precedence, sorted
}

// Source says who decided a code of an answer.
type Source string

// The sources, by precedence.
const (
	Adjudicated Source = "adjudicated"
	Human       Source = "human"
	Rule        Source = "rule"
)

// Decided is a code that an answer has in the end.
type Decided struct {
	Code   string
	Source Source
	Coders []string // who gave it, sorted
}

// Decide returns the codes that an answer has in the end, by precedence: what
// the adjudicator gave; else, of each code, what more than half of the coders
// say; where they are split evenly, or nobody coded the answer, what rules say.
func (a Answer) Decide() []Decided {
	gave := map[string][]string{}
	for _, c := range a.Coders {
		for _, code := range c.Codes {
			gave[code] = append(gave[code], c.Coder)
		}
	}
	var out []Decided
	if a.Adjudicated != nil {
		for _, code := range *a.Adjudicated {
			out = append(out, Decided{code, Adjudicated, gave[code]})
		}
		return out
	}
	for _, code := range a.codes() {
		switch people := a.ByPeople(code); {
		case people == 1:
			out = append(out, Decided{code, Human, gave[code]})
		case (people == 0.5 || len(a.Coders) == 0) && slices.Contains(a.Rule, code):
			out = append(out, Decided{code, Rule, gave[code]})
		}
	}
	return out
}

// ByPeople says what people hold of a code, without rules: 1 where the answer has
// it, 0 where it does not or nobody coded the answer, and a half where coders are
// split evenly. The adjudicator has the last word, else more than half of the
// coders.
func (a Answer) ByPeople(code string) float64 {
	if a.Adjudicated != nil {
		if slices.Contains(*a.Adjudicated, code) {
			return 1
		}
		return 0
	}
	n := 0
	for _, c := range a.Coders {
		if slices.Contains(c.Codes, code) {
			n++
		}
	}
	switch all := len(a.Coders); {
	case 2*n > all:
		return 1
	case 2*n == all && n > 0:
		return 0.5
	}
	return 0
}

// Split returns the codes on which the coders of an answer are not of one mind.
func (a Answer) Split() []string {
	var out []string
	for _, code := range a.codes() {
		n := 0
		for _, c := range a.Coders {
			if slices.Contains(c.Codes, code) {
				n++
			}
		}
		if n > 0 && n < len(a.Coders) {
			out = append(out, code)
		}
	}
	return out
}

// codes returns all codes that anybody gave, rules among them, each once.
func (a Answer) codes() []string {
	all := slices.Clone(a.Rule)
	for _, c := range a.Coders {
		all = append(all, c.Codes...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
