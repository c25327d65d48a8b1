package estimate

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// crossPlan asks for every test of independence and every comparison of groups.
func crossPlan() table.Plan {
	var p table.Plan
	for _, by := range [][]string{{"place"}, {"scale"}, {"place", "scale"}} {
		for _, item := range []string{"scale", "many", "place"} {
			if slices.Contains(by, item) {
				continue
			}
			for _, method := range []string{"", RaoScott, WaldF, AdjWaldF} {
				p.Rows = append(p.Rows, table.Row{Analysis: table.TestIndependence, Item: item, By: by, Method: method})
			}
			for _, method := range []string{CompareDesign, CompareEffective} {
				p.Rows = append(p.Rows, table.Row{Analysis: table.Compare, Item: item, By: by, Method: method, Adjust: "holm"})
			}
		}
		p.Rows = append(p.Rows,
			table.Row{Analysis: table.Compare, Item: "n", By: by, Method: CompareDesign, Adjust: "bh"},
			table.Row{Analysis: table.Compare, Item: "x", By: by, Method: CompareEffective})
	}
	return p
}

// testsOf writes out all tests of tables.
func testsOf(tables []*table.Table) (out []string) {
	for _, t := range tables {
		for _, x := range t.Tests {
			out = append(out, fmt.Sprintf("%s of %s by %v: %+v", t.Row.Analysis, t.Row.Item, t.Row.By, x))
		}
	}
	return out
}

func TestOrderBatchesAndWorkersDoNotMatterForTests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		s := sampleSurvey(t, formOrder, false)
		want := testsOf(run(t, sample(t, s, all, 4096, 1), crossPlan(), cfg, 1))
		mixed := rapid.Permutation(all).Draw(t, "order")
		batch, workers := rapid.IntRange(1, 10).Draw(t, "batch"), rapid.IntRange(1, 4).Draw(t, "workers")
		got := testsOf(run(t, sample(t, s, mixed, batch, 1), crossPlan(), cfg, workers))
		if !slices.Equal(got, want) {
			t.Fatal(firstOther(want, got))
		}
	})
}

func firstOther(want, got []string) string {
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			return got[i] + "\nnot " + want[i]
		}
	}
	return fmt.Sprintf("%d tests, not %d", len(got), len(want))
}

func TestATestHasAProbabilityOrAReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		for _, tb := range run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), crossPlan(), cfg, 1) {
			for _, x := range tb.Tests {
				switch known := x.P >= 0 && x.P <= 1; {
				case known == (x.Why != ""):
					t.Fatalf("%s of %s by %v: %+v", tb.Row.Analysis, tb.Row.Item, tb.Row.By, x)
				case known && !(x.Adjusted >= x.P && x.Adjusted <= 1):
					t.Fatalf("adjusted to less: %+v", x)
				}
			}
		}
	})
}

func TestScalingWeightsMovesNoTest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		factor := math.Ldexp(1, rapid.IntRange(-8, 8).Draw(t, "power"))
		s := sampleSurvey(t, formOrder, false)
		testedAlike(t, run(t, sample(t, s, all, 16, 1), crossPlan(), cfg, 1), run(t, sample(t, s, all, 16, factor), crossPlan(), cfg, 1))
	})
}

func TestAChoiceAndAGroupOfNobodyMoveNoTest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		a := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), crossPlan(), cfg, 1)
		b := run(t, sample(t, sampleSurvey(t, formOrder, true), all, 16, 1), crossPlan(), cfg, 1)
		for _, tb := range b {
			tb.Tests = slices.DeleteFunc(tb.Tests, func(x table.Test) bool {
				return x.Choice == "new" || x.Pair && (named(tb, x.Between[0]) || named(tb, x.Between[1]))
			})
			for i := range tb.Tests {
				tb.Tests[i].Between = [2]int{}
			}
		}
		for _, tb := range a {
			for i := range tb.Tests {
				tb.Tests[i].Between = [2]int{}
			}
		}
		testedAlike(t, a, b)
	})
}

func named(t *table.Table, domain int) bool { return slices.Contains(t.Domains[domain].Values, "new") }

// testedAlike compares tests, up to rounding where a variance is a difference.
func testedAlike(t *rapid.T, a, b []*table.Table) {
	t.Helper()
	for i, tb := range a {
		if len(tb.Tests) != len(b[i].Tests) {
			t.Fatalf("%d tests, not %d", len(b[i].Tests), len(tb.Tests))
		}
		for k, x := range tb.Tests {
			y := b[i].Tests[k]
			same := x.Why == y.Why && x.N == y.N && x.Choice == y.Choice && x.Between == y.Between
			for _, pair := range [][2]float64{{x.Statistic, y.Statistic}, {x.NDF, y.NDF}, {x.DDF, y.DDF}, {x.P, y.P}, {x.Adjusted, y.Adjusted}, {x.Effect, y.Effect}, {x.SE, y.SE}} {
				same = same && close8(pair[0], pair[1])
			}
			if !same {
				t.Fatalf("%s of %s by %v: %+v\nnot %+v", tb.Row.Analysis, tb.Row.Item, tb.Row.By, y, x)
			}
		}
	}
}

func close8(a, b float64) bool {
	return a == b || isNaN(a) && isNaN(b) || math.Abs(a-b) <= 1e-8*max(1e-4, math.Abs(b))
}

// The plan's plain tests are those of the counts that anyone could make.
func TestPlainTestsAreThoseOfCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		tables := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 0), table.Plan{Rows: []table.Row{
			{Analysis: table.TestIndependence, Item: "scale", By: []string{"place"}, Method: ChiSquare},
			{Analysis: table.TestIndependence, Item: "scale", By: []string{"place"}, Method: FisherTest},
		}}, Config{}, 1)
		choices, groups := []string{"low", "middle", "high", "other"}, []string{"north", "south"}
		counts := map[[2]string]int64{}
		inChoice, inGroup := map[string]bool{}, map[string]bool{}
		for _, r := range all {
			if slices.Contains(choices, r.scale) && slices.Contains(groups, r.place) {
				counts[[2]string{r.place, r.scale}]++
				inGroup[r.place], inChoice[r.scale] = true, true
			}
		}
		if len(inGroup) < 2 || len(inChoice) < 2 {
			if why := tables[0].Tests[0].Why; why == "" {
				t.Fatal("tested without anything to compare")
			}
			return
		}
		c := hypothesis.NewCounts(len(inGroup), len(inChoice))
		i := 0
		for _, g := range groups {
			for _, name := range choices {
				if inChoice[name] {
					c.N[i] = counts[[2]string{g, name}]
					i++
				}
			}
		}
		pearson := hypothesis.Associate(c).Pearson
		fisher, err := hypothesis.Fisher(c, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if x, y := tables[0].Tests[0], tables[1].Tests[0]; x.Statistic != pearson.Statistic || x.P != pearson.P || y.P != fisher.P {
			t.Fatalf("%+v and %+v, not %+v and %v", x, y, pearson, fisher.P)
		}
	})
}
