// Package table holds what is asked of the answers and what is found: a Plan
// of analyses, the Tables of estimates that answer it, and the keys by which
// every figure is known from the results file to a sentence of the report.
package table

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Analysis is a kind of estimate. The names are those that analysts use in
// their analysis plans.
type Analysis string

// The analyses.
const (
	PropSelectOne      Analysis = "prop_select_one"      // share of each choice of a single-choice item
	PropSelectMultiple Analysis = "prop_select_multiple" // share choosing each choice, on the base of those who answered
	PropNet            Analysis = "prop_net"             // share choosing any of some choices: a net, a top box, a theme
	Mean               Analysis = "mean"                 // mean of numbers, or of the scores of a scaled item
)

// Row is one line of a plan: an analysis of an item, for everybody or by domain.
type Row struct {
	Analysis Analysis
	Item     string
	Values   []string // for PropNet: the choices that count, in form order
	By       []string // items whose choices are the domains; several are combined; empty for everybody
	Level    float64  // confidence level of the interval; 0 means 0.95
}

// Confidence returns the confidence level of the row.
func (r Row) Confidence() float64 {
	if r.Level == 0 {
		return 0.95
	}
	return r.Level
}

// Plan is what to compute.
type Plan struct{ Rows []Row }

// Guess returns the plan that suits a survey when the analyst gives none, at
// the respondent level: shares for each item with choices, means for numbers
// and scaled items, and these by each domain item. Domain items are not crossed
// with each other, since that says more of respondents than of what they lived
// through. By domain a scaled item has its mean alone: the shares of its steps
// would be cells so small that most must be withheld, and the mean with them. An
// item with many choices, such as a country, is not broken down at all.
func Guess(s *survey.Survey, domains []string) Plan {
	var p Plan
	for _, item := range s.Tabulated(0) {
		kinds := analyses(s, item)
		for _, kind := range kinds {
			p.Rows = append(p.Rows, Row{Analysis: kind, Item: item.Name})
		}
		for _, by := range domains {
			if slices.Contains(domains, item.Name) || len(s.Choices(item)) > mostCrossed {
				continue
			}
			p.Rows = append(p.Rows, Row{Analysis: kinds[len(kinds)-1], Item: item.Name, By: []string{by}})
		}
	}
	return p
}

// shortScale is how many choices an item may have whose scores are bands rather
// than a scale to be averaged.
const shortScale = 4

// mostCrossed is how many choices an item may have to be broken down.
const mostCrossed = 50

// Add appends a row unless the plan has it already.
func (p *Plan) Add(r Row) {
	if !slices.ContainsFunc(p.Rows, func(have Row) bool { return have.Key() == r.Key() }) {
		p.Rows = append(p.Rows, r)
	}
}

func analyses(s *survey.Survey, item *survey.Item) []Analysis {
	switch {
	case item.Type == survey.SelectMultiple || item.Type == survey.Rank:
		return []Analysis{PropSelectMultiple}
	case item.Type == survey.SelectOne && s.Scaled(item) && len(s.Choices(item)) > shortScale:
		return []Analysis{PropSelectOne, Mean}
	case item.Type == survey.SelectOne:
		return []Analysis{PropSelectOne}
	default:
		return []Analysis{Mean}
	}
}
