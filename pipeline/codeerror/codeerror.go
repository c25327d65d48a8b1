// Package codeerror says how open answers were coded: how far people agree, how
// codes by rules err in each language, and what shares of answers have a code,
// by rules and corrected. What it says is exact: it is for analysts, and reaches
// a report through protect alone.
package codeerror

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/misclassify"
	"github.com/soundings-survey/soundings/pipeline/quality"
)

// Request is what is known of coding.
type Request struct {
	Codes    []Code                 // in the order of the codebook
	ByRule   []code.LanguageSummary // of all answers of respondents
	ByPeople []coding.Answer        // that people coded; those of repeats are left out
	Least    int64                  // respondents that a group of languages has at least, in all and in the sample
	Interval agreement.Bootstrap    // of alpha
}

// Code is a code of the codebook.
type Code struct {
	ID        string
	Sensitive bool
}

// Row is what is known of one code, over all items or of one, in all languages
// or in a group of them.
type Row struct {
	Item      string   // empty: all
	Languages []string // nil: all
	Code      string
	Answers   int64 // read by rules
	ByRule    int64 // of them, with the code by rules
	Sample    misclassify.Cross

	Sensitivity, Specificity, Precision misclassify.Figure
	Corrected                           misclassify.Prevalence // by double sampling, which reports show
	ByError                             misclassify.Prevalence // by sensitivity and specificity
}

// Error is how codes came to be, and how those by rules err.
type Error struct {
	Coding quality.Coding
	Rows   []Row // item by item, all first; code by code; all languages first
}

// Measure works out how codes by rules err. Without answers that people coded
// there is nothing to tell, and ok is false.
func Measure(q Request) (out Error, ok bool) {
	m := newMeasuring(q)
	if len(m.answers) == 0 {
		return out, false
	}
	for _, item := range m.items {
		for c := range q.Codes {
			out.Rows = append(out.Rows, m.row(item, nil, c))
			for _, g := range m.groups {
				if len(m.groups) > 1 {
					out.Rows = append(out.Rows, m.row(item, g, c))
				}
			}
		}
	}
	out.Coding = m.account()
	return out, true
}

// measuring is what figures are made of.
type measuring struct {
	Request
	items   []string // "" for all first
	read    map[cell]code.LanguageSummary
	answers []coding.Answer
	drawn   map[cell][]coding.Answer // those that were drawn; of item "" all
	groups  [][]string               // of languages
}

// cell is an item, or "", and a language.
type cell struct{ item, language string }

func newMeasuring(q Request) *measuring {
	m := &measuring{Request: q, items: []string{""}, read: map[cell]code.LanguageSummary{}, drawn: map[cell][]coding.Answer{}}
	for _, s := range q.ByRule {
		m.read[cell{s.Item, s.Language}] = s
		if s.Item != "" && !slices.Contains(m.items, s.Item) {
			m.items = append(m.items, s.Item)
		}
	}
	for _, a := range q.ByPeople {
		if a.Item != "" && slices.Contains(m.items, a.Item) {
			m.answers = append(m.answers, a)
			if a.Sampled {
				for _, item := range []string{"", a.Item} {
					at := cell{item, a.Language}
					m.drawn[at] = append(m.drawn[at], a)
				}
			}
		}
	}
	m.groups = m.grouped()
	return m
}

// in reports whether an answer is to an item, or any, and in some languages, or
// any.
func in(a coding.Answer, item string, languages []string) bool {
	return (item == "" || a.Item == item) && (languages == nil || slices.Contains(languages, a.Language))
}

// stratum counts the answers to an item in some languages. Where languages were
// sampled at different rates, their answers weigh accordingly, and count for as
// many as they are worth (Kish 1965).
func (m *measuring) stratum(item string, languages []string, c int) misclassify.Stratum {
	var out misclassify.Stratum
	sum, squares := 0.0, 0.0
	for _, l := range languages {
		read := m.read[cell{item, l}]
		out.Answers += float64(read.Answers)
		if len(read.Codes) > c {
			out.ByRule += float64(read.Codes[c].Answers)
		}
		cross := m.cross(item, []string{l}, c)
		if n := cross.Answers(); n > 0 {
			w := float64(read.Answers) / n
			out.Sample = out.Sample.Plus(cross.Times(w))
			sum += float64(w * n)
			squares += float64(float64(w*w) * n)
		}
	}
	if squares > 0 {
		worth := float64(sum*sum) / squares
		out.Sample = out.Sample.Times(worth / sum)
	}
	return out
}

// cross counts the sampled answers to an item in some languages, or in all.
func (m *measuring) cross(item string, languages []string, c int) misclassify.Cross {
	var out misclassify.Cross
	if languages == nil {
		for at, answers := range m.drawn { // halves add up to the same in any order
			if at.item == item {
				m.add(&out, answers, c)
			}
		}
	}
	for _, l := range languages {
		m.add(&out, m.drawn[cell{item, l}], c)
	}
	return out
}

func (m *measuring) add(to *misclassify.Cross, answers []coding.Answer, c int) {
	for _, a := range answers {
		to.Add(slices.Contains(a.Rule, m.Codes[c].ID), a.ByPeople(m.Codes[c].ID))
	}
}

// row works out one row, of all languages where none are named.
func (m *measuring) row(item string, languages []string, c int) Row {
	groups := [][]string{languages}
	if languages == nil {
		groups = m.collapsed(item, c)
	}
	var strata []misclassify.Stratum
	for _, g := range groups {
		strata = append(strata, m.stratum(item, g, c))
	}
	out := Row{Item: item, Languages: languages, Code: m.Codes[c].ID}
	all := languages
	if all == nil {
		all = m.languages()
	}
	for _, s := range strata {
		out.Answers += int64(s.Answers)
		out.ByRule += int64(s.ByRule)
	}
	out.Sample = m.cross(item, languages, c)
	fair := m.stratum(item, all, c).Sample
	level := m.Interval.Level
	out.Sensitivity, out.Specificity, out.Precision = fair.Sensitivity(level), fair.Specificity(level), fair.Precision(level)
	out.Corrected, out.ByError = misclassify.Calibrated(strata, level), misclassify.RoganGladen(strata, level)
	return out
}

// figureOf leaves out why a figure is undefined.
func figureOf(f misclassify.Figure) quality.CodingFigure {
	if f.Undefined != misclassify.Defined {
		return quality.CodingFigure{Value: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	}
	return quality.CodingFigure{Value: f.Value, Lo: f.Lo, Hi: f.Hi}
}
