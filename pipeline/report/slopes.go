package report

import (
	"github.com/soundings-survey/soundings/pipeline/chart"
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
