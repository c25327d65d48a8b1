package table

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Guess returns the plan that suits a survey when the analyst gives none, at
// the respondent level: shares for each item with choices, means for numbers
// and scaled items, and these by each domain item; of a ranking who placed each
// choice, the mean place, and who placed it first. Domain items are not crossed
// with each other, since that says more of respondents than of what they lived
// through. By domain a scaled item has its mean alone: the shares of its steps
// would be cells so small that most must be withheld, and the mean with them. An
// item with many choices, such as a country, is not broken down at all. What a
// domain item is made of counts as a domain item. Combinations of choices are
// asked for where there are no domains: beside tables by groups they can seldom
// be shown.
func Guess(s *survey.Survey, domains []string) Plan {
	var p Plan
	for _, item := range s.Tabulated(0) {
		kinds := analyses(s, item)
		for _, kind := range kinds {
			p.Rows = append(p.Rows, Row{Analysis: kind, Item: item.Name})
		}
		if item.Type == survey.Rank {
			p.Rows = append(p.Rows, Row{Analysis: RankMean, Item: item.Name}, Row{Analysis: RankFirst, Item: item.Name})
		}
		if len(domains) == 0 && item.Derived == "" && item.Role == survey.Plain && len(s.Choices(item)) <= combinedUnasked && Combined(s, item) {
			p.Rows = append(p.Rows, Row{Analysis: PropCombination, Item: item.Name})
		}
		for _, by := range domains {
			if slices.ContainsFunc(domains, func(d string) bool { return SaysOf(s, d, item.Name) }) || len(s.Choices(item)) > mostCrossed {
				continue
			}
			p.Rows = append(p.Rows, Row{Analysis: kinds[len(kinds)-1], Item: item.Name, By: []string{by}})
		}
	}
	return p
}

// SaysOf reports whether the choices of a domain item say which choice of an item
// was made: it is that item, or made of its choices.
func SaysOf(s *survey.Survey, domain, item string) bool {
	of, ok := s.Item(item)
	by, found := s.Item(domain)
	return domain == item || ok && found && by.Derived == item && of.Type.HasChoices()
}

// WithTests returns the plan with a test after each table by groups: whether
// shares, or means, differ between them by more than chance. That is for samples
// drawn by chance.
func (p Plan) WithTests() Plan {
	var out Plan
	for _, r := range p.Rows {
		out.Rows = append(out.Rows, r)
		if len(r.By) == 0 {
			continue
		}
		switch r.Analysis {
		case PropSelectOne, PropSelectMultiple:
			out.Rows = append(out.Rows, Row{Analysis: TestIndependence, Item: r.Item, By: r.By})
		case Mean:
			out.Rows = append(out.Rows, Row{Analysis: TestMean, Item: r.Item, By: r.By})
		}
	}
	return out
}

// WithTotals returns the plan with a total after each table for everybody: how
// many in the population make each choice, or what numbers add up to there. That
// is for samples whose weights add up to a population.
func (p Plan) WithTotals(s *survey.Survey) Plan {
	var out Plan
	for _, r := range p.Rows {
		out.Rows = append(out.Rows, r)
		item, ok := s.Item(r.Item)
		if !ok || len(r.By) > 0 {
			continue
		}
		if item.Type.Numeric() && r.Analysis == Mean || item.Type.HasChoices() && (r.Analysis == PropSelectOne || r.Analysis == PropSelectMultiple) {
			out.Rows = append(out.Rows, Row{Analysis: Total, Item: r.Item})
		}
	}
	return out
}

// shortScale is how many choices an item may have whose scores are bands rather
// than a scale to be averaged.
const shortScale = 4

// mostCrossed is how many choices an item may have to be broken down.
const mostCrossed = 50

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
