package estimate

import (
	"context"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// testPlan asks for all tests of groups and of repeated answers: those that
// know nothing of weights and design only where there are none.
func testPlan(plain bool) table.Plan {
	var p table.Plan
	add := func(a table.Analysis, item string, by, with []string, methods ...string) {
		for _, m := range methods {
			p.Rows = append(p.Rows, table.Row{Analysis: a, Item: item, By: by, With: with, Method: m})
		}
	}
	for _, by := range [][]string{{"place"}, {"scale"}, {"place", "scale"}} {
		for _, item := range []string{"n", "x", "scale"} {
			add(table.TestMean, item, by, nil, "")
			add(table.TestRank, item, by, nil, "", Wilcoxon, VanDerWaerden, MedianTest)
			if plain {
				add(table.TestMean, item, by, nil, Welch, ANOVA)
				add(table.TestRank, item, by, nil, MannWhitney, Kruskal)
			}
		}
	}
	for _, by := range [][]string{nil, {"place"}, {"many"}} {
		add(table.TestPaired, "n", by, []string{"scale"}, "", MethodTwoMeans)
		if plain {
			add(table.TestPaired, "scale", by, []string{"n"}, PairedT, SignedRank, SignedRankCorrected, SignedRankExact, SignTest)
			add(table.TestPaired, "place", by, []string{"place"}, McNemar, McNemarCorrected, McNemarExact, McNemarMidP, Bowker, StuartMaxwell)
			add(table.TestRepeated, "n", by, []string{"scale", "x"}, "")
			p.Rows = append(p.Rows, table.Row{Analysis: table.TestRepeated, Item: "many", With: []string{"order"}, Values: []string{"a", "c"}, By: by})
			p.Rows = append(p.Rows, table.Row{Analysis: table.TestPaired, Item: "many", With: []string{"order"}, Values: []string{"a"}, By: by})
		}
	}
	return p
}

// ofTests checks that a test either has its figures or says why not.
func ofTests(t fataler, tables []*table.Table) {
	t.Helper()
	for _, tb := range tables {
		if len(tb.Tests) == 0 || len(tb.Domains) == 0 {
			t.Fatalf("%+v has %d tests", tb.Row, len(tb.Tests))
		}
		for _, x := range tb.Tests {
			if (x.Why == "") == isNaN(x.P) || x.Method == "" || isNaN(x.P) != isNaN(x.Adjusted) || x.P < 0 || x.P > 1 ||
				math.IsInf(x.Statistic, 0) || math.IsInf(x.Effect, 0) || math.IsInf(x.SE, 0) || x.N < 0 {
				t.Fatalf("%+v: %+v", tb.Row, x)
			}
		}
	}
}

func TestOrderBatchesAndWorkersDoNotMatterToTests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		s := sampleSurvey(t, formOrder, false)
		factor := float64(rapid.IntRange(0, 1).Draw(t, "weighted"))
		plan := testPlan(factor == 0 && (cfg.Design.Kind == table.Convenience || cfg.Design.Kind == table.Simple))
		want := run(t, sample(t, s, all, 4096, factor), plan, cfg, 1)
		if len(want) != len(plan.Rows) {
			t.Fatalf("%d tables of %d", len(want), len(plan.Rows))
		}
		ofTests(t, want)
		mixed := rapid.Permutation(all).Draw(t, "order")
		batch, workers := rapid.IntRange(1, 10).Draw(t, "batch"), rapid.IntRange(1, 4).Draw(t, "workers")
		if diff := differenceOfTests(want, run(t, sample(t, s, mixed, batch, factor), plan, cfg, workers)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTestsOfSmallAndEmptySamplesSayWhy(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	for name, all := range map[string][]reply{
		"nobody":         {},
		"one respondent": people(1, nil),
		"all missing":    people(5, func(_ int, r *reply) { r.scale, r.many, r.place, r.n = "", nil, "", -1 }),
		"no weight":      people(5, func(_ int, r *reply) { r.weight = 0 }),
		"one unit":       people(5, func(_ int, r *reply) { r.unit = 1 }),
		"all alike":      people(5, func(_ int, r *reply) { r.scale, r.n, r.x = "low", 3, 0.1 }),
		"one of a group": people(5, func(i int, r *reply) { r.place = []string{"north", "south"}[min(i, 1)] }),
	} {
		for _, design := range sampleDesigns {
			for _, factor := range []float64{0, 1} {
				plain := factor == 0 && (design.Kind == table.Convenience || design.Kind == table.Simple)
				t.Run(name+" "+string(design.Kind), func(t *testing.T) {
					ofTests(t, run(t, sample(t, s, all, 2, factor), testPlan(plain), Config{Design: design}, 2))
				})
			}
		}
	}
}

func TestManyGroupsAreTestedAsARegressionOnThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		if rapid.Bool().Draw(t, "fitted") {
			cfg.Fitted = fittedTo(all)
		}
		got := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), table.Plan{Rows: []table.Row{
			{Analysis: table.TestMean, Item: "n", By: []string{"scale"}},
			{Analysis: table.RegressionLinear, Item: "n", With: []string{"scale"}, Method: Categories},
		}}, cfg, 1)
		a, b := got[0].Tests[0], got[1].Tests[0]
		if a.Method != MethodWald || a.Why != "" || b.Why != "" || !(b.Statistic < 1e6) || a.NDF != b.NDF {
			return // fewer groups, or no more than rounding between them
		}
		if math.Abs(a.P-b.P) > 1e-6 || a.DDF != b.DDF || math.Abs(a.Statistic-b.Statistic) > 1e-6*(1+b.Statistic) {
			t.Fatalf("%+v, not %+v", a, b)
		}
	})
}

func TestAScaleIsTestedAsTheNumbersOfItsScores(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	score := map[string]float64{"low": 1, "middle": 2.5, "high": 4}
	all := people(60, func(i int, r *reply) {
		r.scale, r.place = []string{"low", "middle", "high"}[i*i%7%3], []string{"north", "south"}[i%5%2]
		r.x, r.stratum, r.weight = score[r.scale], []string{"s1", "s2"}[i/30], 1+float64(i%4)/3
	})
	for _, design := range sampleDesigns {
		for _, a := range []table.Analysis{table.TestMean, table.TestRank} {
			methods := []string{""}
			if a == table.TestRank {
				methods = append(methods, VanDerWaerden, MedianTest)
			}
			for _, m := range methods {
				got := run(t, sample(t, s, all, 7, 1), table.Plan{Rows: []table.Row{
					{Analysis: a, Item: "scale", By: []string{"place"}, Method: m}, {Analysis: a, Item: "x", By: []string{"place"}, Method: m},
				}}, Config{Design: design}, 2)
				x, y := got[0].Tests[0], got[1].Tests[0]
				if math.Abs(x.Statistic-y.Statistic) > 1e-9 || math.Abs(x.P-y.P) > 1e-9 || x.DDF != y.DDF || x.N != y.N || x.Why != "" || x.EffectName != y.EffectName || x.Between != [2]int{0, 1} {
					t.Errorf("%s %s: %+v, not %+v", design.Kind, m, x, y)
				}
				for d := range got[0].Domains {
					if b, c := got[0].Domains[d].Base, got[1].Domains[d].Base; b.Answered() != c.Answered() || math.Abs(b.Kish-c.Kish) > 1e-9 {
						t.Errorf("%+v, not %+v", b, c)
					}
				}
			}
		}
	}
}

func TestReplicatesOfEachRespondentLeftOutAreASimpleRandomSample(t *testing.T) {
	s := &sheet{rows: 12, cells: map[string][]string{}, levels: map[string][]string{"g": {"a", "b", "c"}}}
	design := sampling.Replicates{Type: sampling.JK1}
	q := questions{numbers: []string{"y"}, choices: []string{"g", "y"}}
	for i := range s.rows {
		s.cells["y"] = append(s.cells["y"], []string{"1", "4", "2", "5", "3"}[i%5])
		s.cells["g"] = append(s.cells["g"], []string{"a", "b", "c"}[i*i%3+i/9%2])
		for k := range s.rows {
			name := "r" + string(rune('a'+k))
			factor := "1.0909090909090908"
			if i == k {
				factor = "0"
			}
			s.cells[name] = append(s.cells[name], factor)
		}
	}
	for k := range s.rows {
		name := "r" + string(rune('a'+k))
		q.numbers = append(q.numbers, name)
		design.Columns = append(design.Columns, name+"_n")
	}
	rows := []table.Row{
		{Analysis: table.TestMean, Item: "y_n", By: []string{"g_c"}}, {Analysis: table.TestMean, Item: "y_c", By: []string{"g_c"}},
		{Analysis: table.TestRank, Item: "y_n", By: []string{"g_c"}}, {Analysis: table.TestRank, Item: "y_c", By: []string{"g_c"}},
		{Analysis: table.TestPaired, Item: "y_n", With: []string{"ra_n"}, Method: MethodTwoMeans},
	}
	simple := compute(t, s.dataset(t, q), Config{Design: sampling.Design{Kind: table.Simple}}, rows...)
	jack := compute(t, s.dataset(t, q), Config{Design: sampling.Design{Kind: table.Replicate, Replicates: design}}, rows...)
	for i := range rows {
		a, b := simple[i].Tests[0], jack[i].Tests[0]
		// A jackknife is a little wider than linearisation for means of groups, and the same for that of all.
		if b.Why != "" || a.Method != b.Method || a.DDF != b.DDF || a.N != b.N || math.Abs(a.Effect-b.Effect) > 1e-12 || b.Statistic > a.Statistic*1.0001 && a.Statistic > 0 {
			t.Errorf("%+v, not %+v", b, a)
		}
	}
	for _, pair := range [][2]int{{0, 1}, {2, 3}} {
		if a, b := jack[pair[0]].Tests[0], jack[pair[1]].Tests[0]; math.Abs(a.Statistic-b.Statistic) > 1e-9 {
			t.Errorf("a scale has %+v, its numbers %+v", b, a)
		}
	}
	if a, b := simple[4].Tests[0], jack[4].Tests[0]; math.Abs(a.Statistic-b.Statistic) > 1e-9 {
		t.Errorf("%+v, not %+v", b, a)
	}
}

func TestRanksAreMidRanksByWeight(t *testing.T) {
	tally := newValueTally(&valueItem{domains: 1, most: 10})
	for _, x := range []struct{ y, w float64 }{{3, 1}, {1, 2}, {3, 4}, {2, 0}, {7, 3}} {
		a := tally.amount(distinct{y: x.y})
		a.w.Add(x.w)
	}
	numbers, weights := tally.distribution()
	for method, want := range map[string][]float64{
		"":            {0.1, 0, 0.45, 0.85},
		MedianTest:    {0, 0, 0, 1},
		VanDerWaerden: {dist.NormalQuantile(0.1), 0, dist.NormalQuantile(0.45), dist.NormalQuantile(0.85)},
	} {
		for i, got := range rankScores(weights, method) {
			if math.Abs(got-want[i]) > 1e-15 || numbers[2] != 3 {
				t.Errorf("%s of %g is %g, not %g", method, numbers[i], got, want[i])
			}
		}
	}
}

func TestTooManyNumbersAndProfilesAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(20, func(i int, r *reply) { r.x, r.place = float64(i*7%20), []string{"north", "south"}[i%2] }), 4, 0)
	by := []string{"place"}
	plan := table.Plan{Rows: []table.Row{
		{Analysis: table.TestRank, Item: "x", By: by}, {Analysis: table.TestMean, Item: "x", By: by, Method: ANOVA},
		{Analysis: table.TestPaired, Item: "x", With: []string{"n"}, Method: SignTest}, {Analysis: table.TestRepeated, Item: "x", With: []string{"n", "scale"}},
	}}
	for _, workers := range []int{1, 3} {
		tally, _ := NewTally(s, d.Levels[0].Layout, plan, Config{})
		tally.estimators[0].(*rankTally).of.values.most = 19
		tally.estimators[1].(*valueTally).of.most = 19
		tally.estimators[2].(*pairTally).of.most = 19
		tally.estimators[3].(*profileTally).of.most = 2
		for pass := tally; pass != nil; pass = tally.Next() {
			var err error
			if tally, err = engine.Tally(context.Background(), engine.Engine{Workers: workers}, d.Levels[0], pass.Fresh, (*Tally).Add, (*Tally).Merge); err != nil {
				t.Fatal(err)
			}
		}
		tables, findings := tally.Tables()
		mustHave(t, findings, "too-many-numbers")
		mustHave(t, findings, "too-many-patterns")
		for i, why := range []string{Scattered, Scattered, Scattered, Crowded} {
			if x := tables[i].Tests[0]; x.Why != why || x.Method == "" || !isNaN(x.P) || x.N != 20 {
				t.Errorf("%+v", x)
			}
		}
	}
}

func TestTestsThatDoNotFitAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	by := []string{"place"}
	for want, rows := range map[string][]table.Row{
		"plan-by": {
			{Analysis: table.TestMean, Item: "x"}, {Analysis: table.TestRank, Item: "x"}, {Analysis: table.TestMean, Item: "x", By: []string{"many"}},
		},
		"plan-with": {
			{Analysis: table.TestPaired, Item: "x"}, {Analysis: table.TestPaired, Item: "x", With: []string{"n", "scale"}}, {Analysis: table.TestRepeated, Item: "x"},
		},
		"plan-analysis": {
			{Analysis: table.TestMean, Item: "many", By: by}, {Analysis: table.TestRank, Item: "place", By: by},
			{Analysis: table.TestPaired, Item: "x", With: []string{"place"}}, {Analysis: table.TestRepeated, Item: "x", With: []string{"many"}},
			{Analysis: table.TestPaired, Item: "x", With: []string{"n"}, Method: McNemar}, {Analysis: table.TestPaired, Item: "scale", With: []string{"place"}, Method: Bowker},
		},
		"plan-method": {
			{Analysis: table.TestMean, Item: "x", By: by, Method: "guessed"}, {Analysis: table.TestMean, Item: "x", By: by, Method: Welch}, // there are weights
			{Analysis: table.TestRank, Item: "x", By: by, Method: "guessed"}, {Analysis: table.TestRank, Item: "x", By: by, Method: Kruskal},
			{Analysis: table.TestPaired, Item: "x", With: []string{"n"}, Method: "guessed"}, {Analysis: table.TestPaired, Item: "x", With: []string{"n"}, Method: PairedT},
			{Analysis: table.TestRepeated, Item: "x", With: []string{"n"}, Method: "guessed"}, {Analysis: table.TestRepeated, Item: "x", With: []string{"n"}},
		},
		"plan-net":  {{Analysis: table.TestPaired, Item: "many", With: []string{"order"}, Values: []string{"absent"}}},
		"plan-item": {{Analysis: table.TestPaired, Item: "x", With: []string{"absent"}}},
	} {
		for _, r := range rows {
			tables, findings, err := Estimate(context.Background(), engine.Engine{}, sample(t, s, people(5, nil), 4, 1), table.Plan{Rows: []table.Row{r}}, Config{})
			if err != nil || len(tables) > 0 {
				t.Errorf("%s %+v: %d tables, %v", want, r, len(tables), err)
			}
			mustHave(t, findings, want)
		}
	}
}
