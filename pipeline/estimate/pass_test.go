package estimate

import (
	"context"
	"math"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// deviation is an estimator of two passes: the mean of x, then the mean
// distance from it.
type deviation struct {
	pass int
	n    int64
	sum  exact.Sum
	mean float64
	mad  float64
}

func (d *deviation) passes() int              { return 2 }
func (d *deviation) fresh(pass int) estimator { return &deviation{pass: pass, mean: d.mean} }

func (d *deviation) add(v *view) {
	for _, x := range v.batch.Column("x").Floats {
		d.n++
		if d.pass == 0 {
			d.sum.Add(x)
		} else {
			d.sum.Add(math.Abs(x - d.mean))
		}
	}
}

func (d *deviation) merge(o estimator, _ []int32) {
	d.n += o.(*deviation).n
	d.sum.Merge(o.(*deviation).sum)
}

func (d *deviation) settle(pass int) {
	if pass == 0 {
		d.mean = d.sum.Float64() / float64(d.n)
	} else {
		d.mad = d.sum.Float64() / float64(d.n)
	}
}

func TestASecondPassKnowsWhatTheFirstFound(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(41, func(i int, r *reply) { r.stratum = []string{"c", "a", "b"}[i%3] }), 4, 1)
	plan := table.Plan{Rows: []table.Row{{Analysis: table.PropSelectOne, Item: "scale"}, {Analysis: table.Mean, Item: "n", By: []string{"scale"}}}}
	for _, design := range []sampling.Design{{Kind: table.Stratified, Strata: "stratum"}, {Kind: table.Cluster, Strata: "stratum", PSU: "unit"}} {
		cfg := Config{Design: design}
		want := run(t, d, plan, cfg, 1)
		for _, workers := range []int{1, 3} {
			tally, _ := NewTally(s, d.Levels[0].Layout, plan, cfg)
			tally.estimators = append(tally.estimators, &deviation{})
			passes := 0
			for pass := tally; pass != nil; pass = tally.Next() {
				passes++
				var err error
				tally, err = engine.Tally(context.Background(), engine.Engine{Workers: workers}, d.Levels[0], pass.Fresh, (*Tally).Add, (*Tally).Merge)
				if err != nil {
					t.Fatal(err)
				}
			}
			got := tally.estimators[len(tally.estimators)-1].(*deviation)
			if passes != 2 || got.mean != 20 || math.Abs(got.mad-2*210.0/41) > 1e-12 {
				t.Errorf("%d passes, %+v", passes, got)
			}
			tables, _ := tally.Tables()
			if diff := difference(want, tables); diff != "" {
				t.Errorf("a second pass changes what needs but one: %s", diff)
			}
		}
	}
}

func TestTablesOfOneItemByOneDomainShareATally(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(3, nil), 4, 1)
	tally, _ := NewTally(s, d.Levels[0].Layout, samplePlan(), Config{})
	if got := len(tally.estimators); got != 4*5 { // scale, many, order, n and x, each by four crossings
		t.Errorf("%d tallies", got)
	}
}

func TestPortionsOfThePlanChangeNoFigure(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(30, func(i int, r *reply) { r.weight = 1 / float64(1+i); r.unit = int64(i % 7) }), 4, 1)
	cfg := Config{Design: sampling.Design{Kind: table.Cluster, PSU: "unit"}}
	rows := make([]int, len(samplePlan().Rows))
	for i := range rows {
		rows[i] = i
	}
	parts, _, err := portions(context.Background(), engine.Engine{}, d, 0, samplePlan(), rows, cfg, 100)
	if err != nil || len(parts) < 5 {
		t.Errorf("%d portions, %v", len(parts), err)
	}
	tables, _, err := estimated(context.Background(), engine.Engine{}, d, samplePlan(), cfg, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := difference(run(t, d, samplePlan(), cfg, 1), tables); diff != "" {
		t.Error(diff)
	}
}
