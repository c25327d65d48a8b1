package estimate

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// quantilePlan asks for quantiles of numbers and scales by each kind of domain.
func quantilePlan() table.Plan {
	var p table.Plan
	for _, by := range [][]string{nil, {"place"}, {"many"}, {"place", "scale"}} {
		for _, item := range []string{"n", "x", "scale"} {
			p.Rows = append(p.Rows, table.Row{Analysis: table.Median, Item: item, By: by})
			for _, method := range []string{"school", "hf4-logit", "hf5", "hf6-beta", "hf7", "hf8", "hf9-asin"} {
				p.Rows = append(p.Rows, table.Row{Analysis: table.Quantile, Prob: 0.3, Item: item, By: by, Method: method, Level: 0.9})
			}
		}
	}
	return p
}

func TestQuantilesDoNotDependOnOrderBatchesOrWorkers(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		mixed := rapid.Permutation(all).Draw(t, "mixed")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		if cfg.Design.Kind == table.Convenience {
			cfg.Quantile = "hf7"
		}
		a := run(t, sample(t, s, all, 100, 1), quantilePlan(), cfg, 1)
		b := run(t, sample(t, s, mixed, 3, 1), quantilePlan(), cfg, 3)
		if diff := difference(a, b); diff != "" {
			t.Fatalf("%s", diff)
		}
	})
}

func TestRelabellingChoicesAndChoicesThatNobodyMakesChangeNoQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		order := rapid.Permutation(formOrder).Draw(t, "order")
		var plan table.Plan
		for _, r := range quantilePlan().Rows {
			if len(r.By) == 0 {
				plan.Rows = append(plan.Rows, r)
			}
		}
		a := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 7, 1), plan, Config{}, 1)
		b := run(t, sample(t, sampleSurvey(t, order, true), all, 7, 1), plan, Config{}, 1)
		if diff := difference(a, b); diff != "" {
			t.Fatalf("%s", diff)
		}
	})
}

func TestTheScaleOfWeightsChangesNoQuantile(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		plan := table.Plan{Rows: []table.Row{{Analysis: table.Median, Item: "x"}, {Analysis: table.Quantile, Item: "x", Prob: 0.7, Method: "hf6"}}}
		a := run(t, sample(t, s, all, 100, 1), plan, Config{}, 1)
		b := run(t, sample(t, s, all, 100, 1000), plan, Config{}, 1)
		for i := range a {
			x, y := a[i].Cells[0][0], b[i].Cells[0][0]
			if x.Method != y.Method || isNaN(x.Value) != isNaN(y.Value) || math.Abs(x.Value-y.Value) > 1e-9*max(1, math.Abs(x.Value)) {
				t.Fatalf("%+v, not %+v", y, x)
			}
		}
	})
}

// TestManyDistinctNumbersAreExactToo has more distinct numbers than are held.
func TestManyDistinctNumbersAreExactToo(t *testing.T) {
	const n = distinctHeld + 9001
	s := sampleSurvey(t, formOrder, false)
	layout := dataset.NewLayout(s, 0, nil)
	b := dataset.NewBuilder(layout)
	var batches dataset.Memory
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = math.Exp(3*math.Sin(float64(i))) + float64(i)/1e7
		r := dataset.Response{Parent: -1, Origin: dataset.Origin{Row: int64(i + 2)}}
		binary.BigEndian.PutUint64(r.ID[:], uint64(i))
		b.Begin(r)
		b.Column("x").Float(xs[i])
		if b.Len() == dataset.BatchRows {
			batches = append(batches, b.Batch())
		}
	}
	batches = append(batches, b.Batch())
	d := &dataset.Dataset{Survey: s, Levels: []dataset.Level{{Layout: layout, Rows: n, Source: batches}}}
	slices.SortFunc(xs, cmp.Compare[float64])
	var plan table.Plan
	for _, p := range []float64{0.01, 0.5, 0.93} {
		plan.Rows = append(plan.Rows, table.Row{Analysis: table.Quantile, Item: "x", Prob: p}, table.Row{Analysis: table.Quantile, Item: "x", Prob: p, Method: "hf7"})
	}
	steps := func(p float64) float64 { return xs[int(math.Ceil(p*n))-1] }
	lines := func(p float64) float64 {
		at := p * (n - 1)
		k := int(at)
		return xs[k] + (at-float64(k))*(xs[k+1]-xs[k])
	}
	for i, tb := range run(t, d, plan, Config{Design: sampling.Design{Kind: table.Simple}}, 2) {
		rule := steps
		if i%2 == 1 {
			rule = lines
		}
		e := tb.Cells[0][0]
		value := rule(tb.Row.Prob)
		up := 0
		for _, x := range xs {
			if x <= value {
				up++
			}
		}
		p := float64(up) / n
		half := quantileFor(0.95, n-1) * math.Sqrt(p*(1-p)/(n-1))
		for what, pair := range map[string][2]float64{"value": {e.Value, value}, "lower": {e.Lo, rule(p - half)}, "upper": {e.Hi, rule(p + half)}} {
			if math.Abs(pair[0]-pair[1]) > 1e-12*math.Abs(pair[1]) {
				t.Errorf("%v %s: %s is %.15g, want %.15g", tb.Row.Prob, tb.Row.Method, what, pair[0], pair[1])
			}
		}
	}
}

func TestEndsOutsideTheSampleAreNotGiven(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	var all []reply
	for i := range 5 {
		all = append(all, reply{n: int64(i), x: float64(i), weight: 1, stratum: "s1"})
	}
	plan := table.Plan{Rows: []table.Row{
		{Analysis: table.Quantile, Item: "x", Prob: 0.1}, {Analysis: table.Quantile, Item: "x", Prob: 0.1, Method: "logit"}, {Analysis: table.Quantile, Item: "x", Prob: 0.99, Method: "logit"},
	}}
	got := run(t, sample(t, s, all, 9, 1), plan, Config{Design: sampling.Design{Kind: table.Simple}}, 1)
	low, logit, top := got[0].Cells[0][0], got[1].Cells[0][0], got[2].Cells[0][0]
	if low.Value != 0 || !isNaN(low.Lo) || isNaN(low.Hi) || !isNaN(low.SE) || low.Method != "woodruff" {
		t.Errorf("%+v", low)
	}
	if isNaN(logit.Lo) || logit.Lo != 0 || logit.Method != "woodruff-logit" {
		t.Errorf("%+v", logit)
	}
	if top.Value != 4 || !isNaN(top.Lo) || !isNaN(top.Hi) {
		t.Errorf("%+v", top)
	}
}

func TestQuantilesThatCannotBeAreRefused(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, []reply{{x: 1, weight: 1}}, 9, 1)
	for kind, r := range map[string]table.Row{
		"plan-analysis": {Analysis: table.Median, Item: "place"},
		"plan-prob":     {Analysis: table.Quantile, Item: "x", Prob: 1},
		"plan-method":   {Analysis: table.Median, Item: "x", Method: "hf99"},
	} {
		for _, method := range []string{"hf7-", "beta-hf7", "-", "math-school", "shahvaish", "mean-logit", "hf7-beta-beta"} {
			_, findings := NewTally(s, d.Levels[0].Layout, table.Plan{Rows: []table.Row{{Analysis: table.Median, Item: "x", Method: method}}}, Config{})
			mustHave(t, findings, "plan-method")
		}
		_, findings := NewTally(s, d.Levels[0].Layout, table.Plan{Rows: []table.Row{r}}, Config{})
		mustHave(t, findings, kind)
	}
	_, findings := NewTally(s, d.Levels[0].Layout, table.Plan{Rows: []table.Row{{Analysis: table.Median, Item: "x", Method: "replicates"}}}, Config{})
	mustHave(t, findings, "plan-method")
	for _, cfg := range []Config{{Quantile: "median"}, {QuantileInterval: "wide"}, {QuantileInterval: FromReplicates}} {
		if !finding.Refused(cfg.Validate()) {
			t.Errorf("%+v is accepted", cfg)
		}
	}
}

func TestWithoutAnswersOrWeightsThereIsNoQuantile(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	all := []reply{{n: -1, x: 1, place: "north", weight: 0}, {n: -1, x: 2, place: "north", weight: 0}}
	got := run(t, sample(t, s, all, 9, 1), table.Plan{Rows: []table.Row{
		{Analysis: table.Median, Item: "n"}, {Analysis: table.Median, Item: "x"}, {Analysis: table.Median, Item: "x", By: []string{"place"}},
	}}, Config{}, 1)
	for i, want := range []string{NoBase, NoWeight, NoWeight} {
		if e := got[i].Cells[0][0]; !isNaN(e.Value) || e.Method != want {
			t.Errorf("%+v, want %s", e, want)
		}
	}
	if base := got[0].Domains[0].Base; base.Reasons[survey.NotAsked] != 2 {
		t.Errorf("%s", fmt.Sprint(base))
	}
}
