package estimate

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// everybody binds the item of a row for all respondents. Users of R's
// analysistools expect intervals of domains with the degrees of freedom of all
// who answered: srvyr takes them from the design before it is divided.
func (b *binder) everybody(item *survey.Item, o output) int {
	switch {
	case !o.row.Compatible:
		return 0
	case o.number:
		return b.numberTally(item, b.crossing(nil))
	}
	return b.choiceTally(item, b.crossing(nil))
}

// freedom returns the degrees of freedom of a figure of a domain.
func (t *Tally) freedom(o output, df float64) float64 {
	if !o.row.Compatible || len(o.row.By) == 0 {
		return df
	}
	all := o
	all.tally = o.everybody
	if o.number {
		tally := t.numbers(all)
		return float64(t.frame.Base(tally.cells.parts(0), func(block int) sampling.Mass {
			return sampling.Mass{N: tally.cells.count[block], Zero: tally.cells.zeros(block)}
		}).DF)
	}
	tally := t.choices(all)
	if o.scores == nil {
		return float64(t.frame.Base(tally.cells.parts(0), tally.everybody).DF)
	}
	columns, _ := byScore(o.scores)
	scored := slices.Concat(columns...)
	return float64(t.frame.Base(tally.cells.parts(0), func(block int) sampling.Mass { return tally.masses(block, scored) }).DF)
}
