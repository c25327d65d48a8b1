package estimate

import (
	"context"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func regressionPlan() table.Plan {
	var p table.Plan
	for _, by := range [][]string{nil, {"place"}} {
		p.Rows = append(p.Rows,
			table.Row{Analysis: table.RegressionLinear, Item: "x", With: []string{"scale", "many"}, By: by},
			table.Row{Analysis: table.RegressionLogistic, Item: "scale", Values: []string{"high"}, With: []string{"x", "place"}, By: by},
			table.Row{Analysis: table.RegressionLogistic, Item: "many", Values: []string{"a", "c"}, With: []string{"scale", "n"}, Method: Categories, By: by},
			table.Row{Analysis: table.RegressionPoisson, Item: "n", With: []string{"place", "x"}, By: by, Level: 0.9},
			table.Row{Analysis: table.RegressionOrdinal, Item: "scale", With: []string{"n", "many"}, By: by})
	}
	return p
}

// differenceOfTests is difference, for the tests of tables too.
func differenceOfTests(a, b []*table.Table) string {
	if diff := difference(a, b); diff != "" {
		return diff
	}
	for i := range a {
		if l, r := fmt.Sprintf("%+v", a[i].Tests), fmt.Sprintf("%+v", b[i].Tests); l != r {
			return fmt.Sprintf("%+v: %s, not %s", a[i].Row, r, l)
		}
	}
	return ""
}

func TestOrderBatchesAndWorkersDoNotMatterToRegressions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		s := sampleSurvey(t, formOrder, false)
		factor := float64(rapid.IntRange(0, 1).Draw(t, "weighted"))
		want := run(t, sample(t, s, all, 4096, factor), regressionPlan(), cfg, 1)
		mixed := rapid.Permutation(all).Draw(t, "order")
		batch, workers := rapid.IntRange(1, 10).Draw(t, "batch"), rapid.IntRange(1, 4).Draw(t, "workers")
		if diff := differenceOfTests(want, run(t, sample(t, s, mixed, batch, factor), regressionPlan(), cfg, workers)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestRegressionsOfSmallAndEmptySamplesSayWhy(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	for name, all := range map[string][]reply{
		"nobody":         {},
		"one respondent": people(1, nil),
		"all missing":    people(5, func(_ int, r *reply) { r.scale, r.many, r.place, r.n = "", nil, "", -1 }),
		"no weight":      people(5, func(_ int, r *reply) { r.weight = 0 }),
		"all alike":      people(5, func(_ int, r *reply) { r.scale, r.n, r.x = "low", 3, 0.1 }),
		"given away":     people(20, func(i int, r *reply) { r.scale = []string{"low", "high"}[i/10] }),
	} {
		for _, design := range sampleDesigns {
			for _, tb := range run(t, sample(t, s, all, 2, 1), regressionPlan(), Config{Design: design}, 2) {
				for d, cells := range tb.Cells {
					for c, e := range cells {
						if e.Method == "" || isNaN(e.Value) && e.Method == MethodT || isNaN(e.Lo) != (e.Method != MethodT) {
							t.Errorf("%s, %s: %s of %s in %v: %s: %+v", name, design.Kind, tb.Row.Analysis, tb.Row.Item, tb.Domains[d].Values, tb.Choices[c], e)
						}
					}
				}
				for _, test := range tb.Tests {
					if isNaN(test.P) != (test.Why != "") {
						t.Errorf("%s, %s: %s of %s: %+v", name, design.Kind, tb.Row.Analysis, tb.Row.Item, test)
					}
				}
			}
		}
	}
}

func TestAnOutcomeGivenAwayHasNoOdds(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	all := people(20, func(i int, r *reply) { r.scale = []string{"low", "high"}[i/10] })
	got := run(t, sample(t, s, all, 4, 1), table.Plan{Rows: []table.Row{
		{Analysis: table.RegressionLogistic, Item: "scale", Values: []string{"high"}, With: []string{"x"}},
	}}, Config{}, 1)[0]
	if e := got.Cells[0][1]; e.Method != NoFit || !isNaN(e.Value) || got.Tests[0].Why != NoFit {
		t.Errorf("%+v %+v", e, got.Tests[0])
	}
}

func TestARegressionInADomainIsThatOfItsRespondents(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	change := func(i int, r *reply) {
		r.place = []string{"north", "south"}[i/7%2]
		r.x, r.n, r.weight, r.unit = math.Sin(float64(i)), int64(i*i%5), 1+float64(i%3), int64(i%6)
		r.scale = []string{"low", "middle", "high", "low"}[(i+i/4)%4]
	}
	all := people(60, change)
	var north []reply
	for _, r := range all {
		if r.place == "north" {
			north = append(north, r)
		}
	}
	rows := []table.Row{
		{Analysis: table.RegressionPoisson, Item: "n", With: []string{"x", "scale"}},
		{Analysis: table.RegressionOrdinal, Item: "scale", With: []string{"x"}},
	}
	alone := run(t, sample(t, s, north, 8, 1), table.Plan{Rows: rows}, Config{Design: sampling.Design{Kind: table.Cluster, PSU: "unit"}}, 1)
	for i := range rows {
		rows[i].By = []string{"place"}
	}
	within := run(t, sample(t, s, all, 8, 1), table.Plan{Rows: rows}, Config{Design: sampling.Design{Kind: table.Cluster, PSU: "unit"}}, 1)
	for i := range rows {
		for c, e := range alone[i].Cells[0] {
			w := within[i].Cells[0][c] // every unit has some of them, so that the variance is the same too
			if isNaN(e.Value) && isNaN(w.Value) && e.Method == w.Method {
				continue
			}
			if math.Abs(e.Value-w.Value) > 1e-11 || math.Abs(e.SE-w.SE) > 1e-11 || e.DF != w.DF || e.Count != w.Count {
				t.Errorf("%s %s: %+v, not %+v", rows[i].Analysis, alone[i].Choices[c], w, e)
			}
		}
	}
}

func TestACutpointBesideAStepThatNobodyIsOnIsThatOfTheNext(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	all := people(40, func(i int, r *reply) {
		r.x, r.scale = math.Cos(float64(i)), []string{"low", "high", "low"}[i%3]
	})
	got := run(t, sample(t, s, all, 8, 1), table.Plan{Rows: []table.Row{{Analysis: table.RegressionOrdinal, Item: "scale", With: []string{"x"}}}}, Config{}, 1)[0]
	if fmt.Sprint(got.Choices) != "[x low|middle middle|high high|other]" {
		t.Fatal(got.Choices)
	}
	cells := got.Cells[0]
	if isNaN(cells[1].Value) || cells[1].Value != cells[2].Value || !isNaN(cells[3].Value) || cells[3].Method != NoBase {
		t.Errorf("%+v", cells)
	}
}

func TestRegressionsThatDoNotFitAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(5, nil), 4, 1)
	for want, r := range map[string]table.Row{
		"plan-analysis":  {Analysis: table.RegressionLinear, Item: "place", With: []string{"x"}},
		"plan-predictor": {Analysis: table.RegressionLinear, Item: "x", With: []string{"stratum"}},
		"plan-item":      {Analysis: table.RegressionLinear, Item: "x", With: []string{"absent"}},
		"plan-net":       {Analysis: table.RegressionLogistic, Item: "scale", With: []string{"x"}},
	} {
		tables, findings, err := Estimate(context.Background(), engine.Engine{}, d, table.Plan{Rows: []table.Row{r}}, Config{})
		if err != nil || len(tables) > 0 {
			t.Errorf("%s: %d tables, %v", want, len(tables), err)
		}
		mustHave(t, findings, want)
	}
	_, findings, _ := Estimate(context.Background(), engine.Engine{}, d, table.Plan{Rows: []table.Row{{Analysis: table.RegressionLinear, Item: "x", With: []string{"n"}, Method: "guessed"}}}, Config{})
	mustHave(t, findings, "plan-method")
	for _, with := range [][]string{nil, {"x"}, {"n", "n"}} {
		_, findings, _ := Estimate(context.Background(), engine.Engine{}, d, table.Plan{Rows: []table.Row{{Analysis: table.RegressionLinear, Item: "x", With: with}}}, Config{})
		mustHave(t, findings, "plan-predictor")
	}
}

func TestNumbersTooLargeForARegressionAreAFinding(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(9, func(i int, r *reply) { r.x = math.Ldexp(float64(i), 100) }), 4, 1)
	tables, findings, err := Estimate(context.Background(), engine.Engine{}, d, table.Plan{Rows: []table.Row{{Analysis: table.RegressionLinear, Item: "n", With: []string{"x"}}}}, Config{})
	if err != nil || len(tables) != 1 || tables[0].Cells[0][0].Method != OutOfRange {
		t.Fatalf("%v %+v", err, tables)
	}
	mustHave(t, findings, "out-of-range")
}

func TestATermThatAnotherMakesSuperfluousHasNoFigure(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(30, func(i int, r *reply) { r.x = 2 * float64(r.n); r.unit = int64(i * i % 7) }), 4, 1)
	got := run(t, d, table.Plan{Rows: []table.Row{{Analysis: table.RegressionLinear, Item: "unit", With: []string{"n", "x"}}}}, Config{}, 1)[0]
	if e := got.Cells[0][2]; e.Method != Superfluous || !isNaN(e.Value) || got.Tests[1].Why != Superfluous || got.Cells[0][1].DF != 28 {
		t.Errorf("%+v %+v", got.Cells[0], got.Tests)
	}
}
