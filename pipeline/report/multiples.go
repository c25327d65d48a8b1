package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
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

// multiples draws a breakdown as a panel for each group.
func (c *composer) multiples(head *chart.Head, h heat, first []bar) func(chart.Head, []chart.Column, []chart.HeatRow, chart.HeatOptions, *protect.Pen, *typeset.Typesetter) (*canvas.Figure, error) {
	head.Description = c.l.Say("alt.multiples", lang.Args{"rows": c.many("alt.rows", int64(len(h.rows))), "groups": c.l.Numbers.Count(int64(len(h.columns))), "detail": c.detail(first)})
	o := chart.MultiplesOptions{Label: c.l.Say("table.all")}
	for _, r := range h.rows {
		if r.everybody == nil {
			o.Everybody = nil
			break
		}
		o.Everybody = append(o.Everybody, *r.everybody)
	}
	return func(head chart.Head, groups []chart.Column, rows []chart.HeatRow, _ chart.HeatOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
		return chart.Multiples(head, groups, rows, o, pen, ts)
	}
}
