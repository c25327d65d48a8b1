package estimate

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// inRoom computes a plan with so many buckets for the numbers of a domain, and
// says in how many passes.
func inRoom(t fataler, d *dataset.Dataset, plan table.Plan, cfg Config, held int) ([]*table.Table, []finding.Finding, int) {
	t.Helper()
	tally, findings := NewTally(d.Survey, d.Levels[0].Layout, plan, cfg)
	if finding.Refused(findings) {
		t.Fatalf("%v", findings)
	}
	for _, e := range tally.estimators {
		if of, ok := e.(*quantileTally); ok && held > 0 {
			of.of.held = held
		}
	}
	passes := 0
	for pass := tally; pass != nil; pass = tally.Next() {
		passes++
		var err error
		tally, err = engine.Tally(context.Background(), engine.Engine{Workers: 2}, d.Levels[0], pass.Fresh, (*Tally).Add, (*Tally).Merge)
		if err != nil {
			t.Fatalf("%v", err)
		}
	}
	tables, more := tally.Tables()
	return tables, append(findings, more...), passes
}

func TestHowManyNumbersAreHeldChangesNoBit(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	most := 0
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		if rapid.Bool().Draw(t, "replicate") {
			cfg.Design = sampling.Design{Kind: table.Replicate, Replicates: sampling.Replicates{Columns: []string{"n", "size", "unit"}, Type: sampling.Bootstrap}}
			cfg.QuantileInterval = rapid.SampledFrom([]QuantileInterval{FromMean, FromReplicates}).Draw(t, "interval")
			for i := range all {
				all[i].n = max(all[i].n, 0)
			}
		}
		d := sample(t, s, all, 7, 1)
		var plan table.Plan
		for _, by := range [][]string{nil, {"many"}} {
			for _, p := range []float64{0.2, 0.5, 0.85} {
				for _, method := range []string{"", "school", "hf5", "hf7"} {
					plan.Rows = append(plan.Rows, table.Row{Analysis: table.Quantile, Item: "x", Prob: p, By: by, Method: method, Level: 0.5})
				}
			}
		}
		plan.Rows = append(plan.Rows, table.Row{Analysis: table.Median, Item: "x", By: []string{"place"}, Compatible: true}, table.Row{Analysis: table.Mean, Item: "x"})
		a, found, passes := inRoom(t, d, plan, cfg, 0)
		if passes != 2 {
			t.Fatalf("%d passes where all numbers are held", passes)
		}
		b, again, passes := inRoom(t, d, plan, cfg, rapid.SampledFrom([]int{1, 3, 8}).Draw(t, "held"))
		most = max(most, passes)
		if diff := difference(a, b); diff != "" {
			t.Fatalf("%s", diff)
		}
		if !slices.Equal(found, again) {
			t.Fatalf("findings %v, not %v", again, found)
		}
	})
	if most < 3 { // how many there are depends on what was drawn
		t.Errorf("at most %d passes were needed", most)
	}
}

func TestTheMedianOfOneRespondentHasNoInterval(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, []reply{{x: 2, weight: 1}}, 9, 1)
	tables := run(t, d, table.Plan{Rows: []table.Row{{Analysis: table.Median, Item: "x"}}}, Config{}, 1)
	if e := tables[0].Cells[0][0]; e.Value != 2 || e.Count != 1 || e.Method == "" || !isNaN(e.Lo) {
		t.Errorf("%+v", e)
	}
}
