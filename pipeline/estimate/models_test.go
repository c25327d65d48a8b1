package estimate

import (
	"context"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// modelPlan asks for all that is computed from several items together, apart
// from regressions.
func modelPlan() table.Plan {
	var p table.Plan
	for _, by := range [][]string{nil, {"place"}, {"many"}} {
		p.Rows = append(p.Rows,
			table.Row{Analysis: table.Correlation, Item: "x", With: []string{"n", "scale"}, By: by},
			table.Row{Analysis: table.Alpha, Item: "scale", With: []string{"n", "x"}, By: by},
			table.Row{Analysis: table.Alpha, Item: "scale", With: []string{"n", "x"}, By: by, Method: Pairwise},
			table.Row{Analysis: table.Correspondence, Item: "scale", With: []string{"place"}, By: by},
			table.Row{Analysis: table.LatentClasses, Item: "scale", With: []string{"place"}, By: by})
	}
	return p
}

// byPlace stands for weights that were fitted to how many there are in each place.
type byPlace struct{ weight []float64 }

func (byPlace) Len() int { return 3 }

func (byPlace) Cells(b *dataset.Batch) []int32 {
	c := b.Column("place")
	out := make([]int32, b.Len())
	for i := range out {
		if out[i] = 2; c.Answered(i) {
			out[i] = c.Codes[i]
		}
	}
	return out
}

func (p byPlace) Shifts(z []float64) []float64 {
	out := make([]float64, len(z))
	for c := range z {
		if p.weight[c] > 0 {
			out[c] = z[c] / p.weight[c]
		}
	}
	return out
}

func fittedTo(all []reply) sampling.Fitted {
	out := byPlace{weight: make([]float64, 3)}
	for _, r := range all {
		switch r.place {
		case "north":
			out.weight[0] += r.weight
		case "south":
			out.weight[1] += r.weight
		default:
			out.weight[2] += r.weight
		}
	}
	return out
}

func TestOrderBatchesAndWorkersDoNotMatterToModels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		s := sampleSurvey(t, formOrder, false)
		factor := float64(rapid.IntRange(0, 1).Draw(t, "weighted"))
		plan := modelPlan()
		if factor == 0 && (cfg.Design.Kind == table.Convenience || cfg.Design.Kind == table.Simple) {
			for _, method := range []string{PearsonT, Spearman, Kendall} {
				plan.Rows = append(plan.Rows, table.Row{Analysis: table.Correlation, Item: "x", With: []string{"n", "scale"}, Method: method})
			}
		}
		want := run(t, sample(t, s, all, 4096, factor), plan, cfg, 1)
		if len(want) != len(plan.Rows) {
			t.Fatalf("%d tables", len(want))
		}
		mixed := rapid.Permutation(all).Draw(t, "order")
		batch, workers := rapid.IntRange(1, 10).Draw(t, "batch"), rapid.IntRange(1, 4).Draw(t, "workers")
		if diff := differenceOfTests(want, run(t, sample(t, s, mixed, batch, factor), plan, cfg, workers)); diff != "" {
			t.Fatal(diff)
		}
		for _, tb := range want {
			for d, cells := range tb.Cells {
				for c, e := range cells {
					if e.Method == "" || math.IsInf(e.Value, 0) || math.IsInf(e.SE, 0) {
						t.Fatalf("%+v %v: %s: %+v", tb.Row, tb.Domains[d].Values, tb.Choices[c], e)
					}
				}
			}
		}
	})
}

func TestTheInterceptBesideCategoriesIsTheMeanOfTheFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		if rapid.Bool().Draw(t, "fitted") {
			cfg.Fitted = fittedTo(all)
		}
		got := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), table.Plan{Rows: []table.Row{
			{Analysis: table.RegressionLinear, Item: "n", With: []string{"scale"}, Method: Categories},
			{Analysis: table.Mean, Item: "n", By: []string{"scale"}},
		}}, cfg, 1)
		a, b := got[0].Cells[0][0], got[1].Cells[0][0]
		if got[1].Domains[0].Base.Weighted == 0 || isNaN(a.SE) || isNaN(b.SE) {
			return // the first category is not there, or the design says no more
		}
		if cfg.Design.LonelyDomain || cfg.Design.Lonely == sampling.LonelyAverage {
			a.SE = b.SE // units of other categories count among those that are reached
		}
		if math.Abs(a.Value-b.Value) > 1e-9 || math.Abs(a.SE-b.SE) > 1e-6 { // what rounding leaves of a zero variance
			t.Fatalf("%+v, not %+v", a, b)
		}
	})
}

func TestTheErrorOfACorrelationIsThatOfItsChangesWithWeights(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	all := people(30, func(i int, r *reply) {
		r.weight, r.n, r.x = 1+float64(i%4), int64(i*i%7), float64(i%5)+math.Sin(float64(i))
	})
	row := table.Plan{Rows: []table.Row{{Analysis: table.Correlation, Item: "x", With: []string{"n"}}}}
	figure := func(all []reply) table.Estimate {
		return run(t, sample(t, s, all, 8, 1), row, Config{Design: sampling.Design{Kind: table.Simple}}, 1)[0].Cells[0][0]
	}
	e := figure(all)
	var v float64
	const step = 1e-5
	for i := range all { // z = w·dr/dw, and these add up to 0
		moved := append([]reply(nil), all...)
		moved[i].weight += step
		up := figure(moved).Value
		moved[i].weight -= 2 * step
		z := all[i].weight * (up - figure(moved).Value) / (2 * step)
		v += z * z
	}
	v *= 30.0 / 29
	if math.Abs(e.SE-math.Sqrt(v)) > 1e-7 || e.DF != 28 || e.Method != MethodFisher {
		t.Errorf("%+v, not %g", e, math.Sqrt(v))
	}
}

func TestTooManyPatternsAndPairsAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(20, func(i int, r *reply) { r.x, r.scale = float64(i), []string{"low", "middle", "high"}[i%3] }), 4, 0)
	plan := table.Plan{Rows: []table.Row{
		{Analysis: table.Correlation, Item: "x", With: []string{"n"}, Method: Kendall},
		{Analysis: table.Correspondence, Item: "scale", With: []string{"place"}},
	}}
	for _, workers := range []int{1, 3} {
		tally, _ := NewTally(s, d.Levels[0].Layout, plan, Config{})
		tally.estimators[0].(*pairTally).of.most = 19
		tally.estimators[1].(*patternTally).of.most = 2
		tally, err := engine.Tally(context.Background(), engine.Engine{Workers: workers}, d.Levels[0], tally.Fresh, (*Tally).Add, (*Tally).Merge)
		if err != nil {
			t.Fatal(err)
		}
		tables, findings := tally.Tables()
		mustHave(t, findings, "too-many-numbers")
		mustHave(t, findings, "too-many-patterns")
		if tables[0].Cells[0][0].Method != Scattered || tables[0].Tests[0].Why != Scattered || tables[1].Cells[0][0].Method != Crowded {
			t.Errorf("%+v %+v", tables[0].Cells, tables[1].Cells[0][0])
		}
	}
}

func TestModelsThatDoNotFitAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(5, nil), 4, 1)
	for want, rows := range map[string][]table.Row{
		"plan-with":     {{Analysis: table.Correlation, Item: "x"}, {Analysis: table.Alpha, Item: "x"}, {Analysis: table.LatentClasses, Item: "scale"}},
		"plan-analysis": {{Analysis: table.Correlation, Item: "x", With: []string{"place"}}, {Analysis: table.Correspondence, Item: "scale", With: []string{"many"}}},
		"plan-method": {
			{Analysis: table.Correlation, Item: "x", With: []string{"n"}, Method: "guessed"},
			{Analysis: table.Correlation, Item: "x", With: []string{"n"}, Method: Spearman}, // there are weights
			{Analysis: table.Alpha, Item: "x", With: []string{"n"}, Method: "guessed"},
		},
		"plan-classes": {{Analysis: table.LatentClasses, Item: "scale", With: []string{"place"}, Classes: 99}},
		"plan-item":    {{Analysis: table.Alpha, Item: "x", With: []string{"absent"}}},
	} {
		for _, r := range rows {
			tables, findings, err := Estimate(context.Background(), engine.Engine{}, d, table.Plan{Rows: []table.Row{r}}, Config{})
			if err != nil || len(tables) > 0 {
				t.Errorf("%s: %d tables, %v", want, len(tables), err)
			}
			mustHave(t, findings, want)
		}
	}
}

func TestClassesAreFoundAgain(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	all := people(400, func(i int, r *reply) {
		r.scale, r.place = "low", "north"
		if i%10 < 3 {
			r.scale, r.place = "high", "south"
		}
		if i%37 == 0 {
			r.scale = "middle"
		}
	})
	got := run(t, sample(t, s, all, 64, 1), table.Plan{Rows: []table.Row{{Analysis: table.LatentClasses, Item: "scale", With: []string{"place"}}}}, Config{}, 2)[0]
	for c, name := range got.Choices {
		if e := got.Cells[0][c]; name == "class1" && math.Abs(e.Value-0.7) > 0.02 || name == "class2:place=south" && math.Abs(e.Value-1) > 0.01 {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if fmt.Sprint(got.Choices[:3]) != "[class1 class1:scale=low class1:scale=middle]" || got.Tests[0].Method != MethodG2 {
		t.Error(got.Choices, got.Tests)
	}
}
