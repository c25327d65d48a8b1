package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Multiples are the items of which a report shows a panel for each group, where
// it would show a heat map.
type Multiples []string

// Wrong says in sentences which of the items have no shares to be shown.
func (m Multiples) Wrong(s *survey.Survey) []string {
	var out []string
	for _, name := range m {
		i, ok := s.Item(name)
		if !ok || !i.Type.HasChoices() || i.Role == survey.Identifying {
			out = append(out, "The survey has no item with choices that is called "+name+" and may be reported.")
		}
	}
	return out
}

// panelled reports whether a breakdown is shown in panels: of the items that are
// asked for, those whose answers and groups can be told apart.
func (c *composer) panelled(h heat) bool {
	return len(h.tested) == 1 && slices.Contains(c.in.Multiples, h.tested[0]) && len(h.columns) <= chart.MostPanels && len(h.rows) <= chart.MostPanelRows
}

// everybody is the figures of all respondents, a row each, or nil where one of
// them is not known.
func (h heat) everybody() []protect.Number {
	var out []protect.Number
	for _, r := range h.rows {
		if r.everybody == nil {
			return nil
		}
		out = append(out, *r.everybody)
	}
	return out
}
