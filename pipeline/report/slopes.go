package report

import (
	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// TimeAxis says which way time runs in charts of languages that read from right
// to left.
type TimeAxis string

// The directions of time.
const (
	Mirrored TimeAxis = "mirrored" // as everything else in the chart; also what "" means
	Western  TimeAxis = "western"  // from left to right
)

// Wrong says in a sentence that a direction is not known.
func (t TimeAxis) Wrong() []string {
	if t == "" || t == Mirrored || t == Western {
		return nil
	}
	return []string{"The direction \"" + string(t) + "\" of time is not known."}
}

// waved reports whether a breakdown is by waves, and few enough lines lead from
// wave to wave to be told apart.
func (h heat) waved() bool {
	return h.by.Given == survey.GivenWave && len(h.columns) >= 2 && len(h.columns) <= chart.MostWaves && len(h.rows) <= chart.MostSlopes
}

// slopes draws a breakdown by waves as lines from wave to wave.
func (c *composer) slopes(head *chart.Head, h heat, first []bar) func(chart.Head, []chart.Column, []chart.HeatRow, chart.HeatOptions, *protect.Pen, *typeset.Typesetter) (*canvas.Figure, error) {
	head.Description = c.l.Say("alt.slopes", lang.Args{"rows": c.many("alt.rows", int64(len(h.rows))), "columns": c.many("alt.columns", int64(len(h.columns))), "detail": c.detail(first)})
	o := chart.SlopeOptions{Western: c.in.TimeAxis == Western}
	return func(head chart.Head, waves []chart.Column, rows []chart.HeatRow, _ chart.HeatOptions, pen *protect.Pen, ts *typeset.Typesetter) (*canvas.Figure, error) {
		return chart.Slopes(head, waves, rows, o, pen, ts)
	}
}
