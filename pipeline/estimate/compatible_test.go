package estimate

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// TestCompatibleIntervalsAreWaldsWithTheFreedomOfAll compares compatible rows
// with the same rows as they are, and with those of all respondents: nothing
// else changes than the interval and its degrees of freedom.
func TestCompatibleIntervalsAreWaldsWithTheFreedomOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := sample(t, sampleSurvey(t, formOrder, false), replies().Draw(t, "replies"), 7, rapid.SampledFrom([]float64{0, 1}).Draw(t, "factor"))
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		plan := samplePlan()
		own := run(t, d, plan, cfg, 1)
		for i := range plan.Rows {
			plan.Rows[i].Compatible = true
		}
		got := run(t, d, plan, cfg, 2)
		everybody := map[string]*table.Table{}
		for _, tb := range own {
			if len(tb.Row.By) == 0 {
				everybody[string(tb.Row.Analysis)+tb.Row.Item] = tb
			}
		}
		for i, tb := range got {
			all := everybody[string(tb.Row.Analysis)+tb.Row.Item]
			for dom, cells := range tb.Cells {
				for c, e := range cells {
					was := own[i].Cells[dom][c]
					if !same(e.Value, was.Value) || !same(e.SE, was.SE) || !same(e.DEff, was.DEff) || e.Count != was.Count || e.Weighted != was.Weighted {
						t.Fatalf("%s of %s: %+v, was %+v", tb.Row.Analysis, tb.Row.Item, e, was)
					}
					if isNaN(e.DF) != isNaN(was.DF) || !isNaN(e.DF) && e.DF != all.Cells[0][c].DF {
						t.Fatalf("%s of %s: %v degrees of freedom, all have %v", tb.Row.Analysis, tb.Row.Item, e.DF, all.Cells[0][c].DF)
					}
					if isNaN(e.Lo) {
						continue
					}
					half := quantileFor(tb.Row.Confidence(), e.DF) * e.SE
					if math.Abs(e.Lo-(e.Value-half)) > 1e-9*max(1, math.Abs(e.Lo)) || math.Abs(e.Hi-(e.Value+half)) > 1e-9*max(1, math.Abs(e.Hi)) {
						t.Fatalf("%s of %s: %+v is not ± %v", tb.Row.Analysis, tb.Row.Item, e, half)
					}
					if tb.Row.Analysis != table.Mean && e.Method != string(WaldT) {
						t.Fatalf("%s of %s: %s", tb.Row.Analysis, tb.Row.Item, e.Method)
					}
				}
			}
		}
	})
}

func same(a, b float64) bool { return a == b || isNaN(a) && isNaN(b) }
