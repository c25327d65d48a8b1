package weight

import (
	"context"
	"math"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// checkStage asks the next stage for the same means and shares: what it is given
// of the fit must serve it. Designs with one stage and no finite population.
func (r reference) checkStage(t *testing.T, d *dataset.Dataset, sheet *csvTable, outcome Outcome) {
	t.Helper()
	in := r.Inputs.Design
	if len(in.IDs) > 1 || len(in.Strata) > 1 || len(in.FPC) > 0 {
		return
	}
	cfg := estimate.Config{Design: sampling.Design{Kind: table.Simple}}
	if len(in.Strata) == 1 {
		cfg.Design.Kind, cfg.Design.Strata = table.Stratified, in.Strata[0]
	}
	if len(in.IDs) == 1 && sheet.cells[in.IDs[0]] != nil {
		cfg.Design.Kind, cfg.Design.PSU = table.Cluster, in.IDs[0]
	}
	if outcome.Calibration != nil {
		cfg.Fitted = outcome.Calibration
	}
	var plan table.Plan
	var wants []estimand
	for _, name := range sortedNames(r.Expected.Estimates) {
		want := r.Expected.Estimates[name]
		column := sheet.columnFor(t, name)
		item, _ := d.Survey.Item(column)
		switch {
		case want.Mean != nil:
			plan.Rows = append(plan.Rows, table.Row{Analysis: table.Mean, Item: column})
		case len(want.Prop) > 0 && item.Type == survey.SelectOne:
			plan.Rows = append(plan.Rows, table.Row{Analysis: table.PropSelectOne, Item: column})
		default:
			continue
		}
		wants = append(wants, want)
	}
	tables, findings, err := estimate.Estimate(context.Background(), engine.Engine{Workers: 2}, d, plan, cfg)
	if err != nil || finding.Refused(findings) || len(tables) != len(wants) {
		t.Fatal(err, findings)
	}
	for i, want := range wants {
		what := "the estimate of " + plan.Rows[i].Item
		ses, _ := want.SE.([]any)
		if want.Mean != nil {
			want.Prop, ses = []float64{*want.Mean}, []any{want.SE}
		}
		for k, got := range tables[i].Cells[0] {
			r.near(t, "estimates", what, got.Value, want.Prop[k])
			if se, ok := ses[k].(float64); ok && !(math.IsNaN(got.SE) && se < 1e-12) {
				r.near(t, "estimates", "se of "+what, got.SE, se)
			}
		}
	}
}
