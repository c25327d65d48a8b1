package report

import (
	"cmp"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// scale is the steps of a scaled item from the low end to the high end.
type scale struct {
	steps     []survey.Choice
	low, high []string // the choices below and above the middle, in form order
}

// longestScale is how many steps a diverging chart can tell apart.
const longestScale = 7

// scaleOf returns the scale of an item, or nil when its answers are not the
// steps of a scale: every choice that is an answer must have a score of its own.
func scaleOf(s *survey.Survey, i *survey.Item) *scale {
	if !s.Scaled(i) {
		return nil
	}
	var out scale
	for _, c := range s.Choices(i) {
		if c.Missing != survey.Answered {
			continue
		}
		if c.Score == nil || slices.ContainsFunc(out.steps, func(o survey.Choice) bool { return *o.Score == *c.Score }) {
			return nil
		}
		out.steps = append(out.steps, c)
	}
	if len(out.steps) > longestScale {
		return nil
	}
	form := slices.Clone(out.steps)
	slices.SortStableFunc(out.steps, func(a, b survey.Choice) int { return cmp.Compare(*a.Score, *b.Score) })
	half := len(out.steps) / 2
	for _, c := range form {
		switch {
		case named(out.steps[:half], c.Name):
			out.low = append(out.low, c.Name)
		case named(out.steps[len(out.steps)-half:], c.Name):
			out.high = append(out.high, c.Name)
		}
	}
	return &out
}

// ends returns the least and the greatest score.
func (s *scale) ends() (low, high float64) {
	return *s.steps[0].Score, *s.steps[len(s.steps)-1].Score
}

func named(choices []survey.Choice, name string) bool {
	return slices.ContainsFunc(choices, func(c survey.Choice) bool { return c.Name == name })
}

// Plan returns what the report needs besides an analyst's plan: for each item
// of a battery, the share below and the share above the middle of its scale.
// They are estimated and protected like all other figures.
func Plan(s *survey.Survey, hidden map[string]bool) []table.Row {
	var rows []table.Row
	for _, p := range parts(itemsToReport(s, hidden)) {
		for _, sec := range p.sections {
			for _, u := range units(s, sec.items) {
				if len(u) < 2 {
					continue
				}
				for _, i := range u {
					steps := scaleOf(s, i)
					rows = append(rows, table.Row{Analysis: table.PropNet, Item: i.Name, Values: steps.low},
						table.Row{Analysis: table.PropNet, Item: i.Name, Values: steps.high})
				}
			}
		}
	}
	return rows
}
