package estimate

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestOrderBatchesAndWorkersDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		s := sampleSurvey(t, formOrder, false)
		factor := float64(rapid.IntRange(0, 1).Draw(t, "weighted"))
		want := run(t, sample(t, s, all, 4096, factor), samplePlan(), cfg, 1)
		mixed := rapid.Permutation(all).Draw(t, "order")
		batch, workers := rapid.IntRange(1, 10).Draw(t, "batch"), rapid.IntRange(1, 4).Draw(t, "workers")
		if diff := difference(want, run(t, sample(t, s, mixed, batch, factor), samplePlan(), cfg, workers)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestOrderOfTheChoicesInTheFormMovesOnlyColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		order := rapid.Permutation(formOrder).Draw(t, "order")
		plan := table.Plan{Rows: slices.DeleteFunc(samplePlan().Rows, func(r table.Row) bool { return slices.Contains(r.By, "scale") })}
		a := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), plan, cfg, 1)
		b := run(t, sample(t, sampleSurvey(t, order, false), all, 16, 1), plan, cfg, 1)
		for i := range a {
			for d := range a[i].Cells {
				cells := make([]table.Estimate, len(a[i].Choices))
				for c, name := range a[i].Choices {
					cells[c] = b[i].Cells[d][slices.Index(b[i].Choices, name)]
				}
				b[i].Cells[d] = cells
			}
			b[i].Choices = a[i].Choices
		}
		if diff := difference(a, b); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestScalingWeightsByAPowerOfTwoChangesOnlyWeightedCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design"), DEff: DEffReplace}
		factor := math.Ldexp(1, rapid.IntRange(-8, 8).Draw(t, "power"))
		s := sampleSurvey(t, formOrder, false)
		a := run(t, sample(t, s, all, 16, 1), samplePlan(), cfg, 1)
		b := run(t, sample(t, s, all, 16, factor), samplePlan(), cfg, 1)
		for i, t := range b {
			for d := range t.Cells {
				t.Domains[d].Base.Weighted /= factor
				for c := range t.Cells[d] {
					t.Cells[d][c].Weighted /= factor
					// The design effect is a quotient of two differences: its last digit may move.
					if was := a[i].Cells[d][c].DEff; math.Abs(was-t.Cells[d][c].DEff) <= 4e-16*math.Abs(was) {
						t.Cells[d][c].DEff = was
					}
				}
			}
		}
		if diff := difference(a, b); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestWeightsOfOneAreNoWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		for i := range all {
			all[i].weight = 1
		}
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		s := sampleSurvey(t, formOrder, false)
		a := run(t, sample(t, s, all, 16, 0), samplePlan(), cfg, 1)
		if diff := difference(a, run(t, sample(t, s, all, 16, 1), samplePlan(), cfg, 1)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAnEmptyDomainAndAnUnusedChoiceChangeNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		a := run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), samplePlan(), cfg, 1)
		b := run(t, sample(t, sampleSurvey(t, formOrder, true), all, 16, 1), samplePlan(), cfg, 1)
		for _, tb := range b {
			for d := len(tb.Domains) - 1; d >= 0; d-- {
				if !slices.Contains(tb.Domains[d].Values, "new") {
					continue
				}
				if e := tb.Cells[d][0]; tb.Domains[d].Base.Total() != 0 || !isNaN(e.Value) || !isNaN(e.SE) || e.Method != NoBase {
					t.Fatalf("an empty domain has %+v %+v", tb.Domains[d].Base, e)
				}
				tb.Domains, tb.Cells = slices.Delete(tb.Domains, d, d+1), slices.Delete(tb.Cells, d, d+1)
			}
			if c := slices.Index(tb.Choices, "new"); c >= 0 {
				tb.Choices = slices.Delete(tb.Choices, c, c+1)
				for d := range tb.Cells {
					if e := tb.Cells[d][c]; e.Count != 0 || e.Value > 0 {
						t.Fatalf("an unused choice has %+v", e)
					}
					tb.Cells[d] = slices.Delete(tb.Cells[d], c, c+1)
				}
			}
		}
		if diff := difference(a, b); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFiguresHoldTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{
			Design:   rapid.SampledFrom(sampleDesigns).Draw(t, "design"),
			Interval: rapid.SampledFrom([]Interval{Logit, Wilson, Beta, Asin}).Draw(t, "interval"),
		}
		for _, tb := range run(t, sample(t, sampleSurvey(t, formOrder, false), all, 16, 1), samplePlan(), cfg, 1) {
			for d, domain := range tb.Domains {
				holdsTogether(t, tb, domain, tb.Cells[d], len(all))
			}
		}
	})
}

func holdsTogether(t *rapid.T, tb *table.Table, domain table.Domain, cells []table.Estimate, n int) {
	base := domain.Base
	if base.Total() > int64(n) || len(tb.Row.By) == 0 && base.Total() != int64(n) || base.Kish > float64(base.Answered())+1e-9 {
		t.Fatalf("base %+v of %d", base, n)
	}
	var sum float64
	for _, e := range cells {
		sum += e.Value
		share := tb.Row.Analysis != table.Mean
		switch {
		case base.Answered() == 0:
			if e.Method != NoBase || !isNaN(e.Value) {
				t.Fatalf("%+v without a base", e)
			}
		case base.Weighted == 0:
			if e.Method != NoWeight || !isNaN(e.Value) {
				t.Fatalf("%+v without weight", e)
			}
		case isNaN(e.Value) || share && (e.Value < 0 || e.Value > 1):
			t.Fatalf("%+v", e)
		case e.Method == NoVariance:
			if !isNaN(e.SE) || !isNaN(e.Lo) {
				t.Fatalf("%+v", e)
			}
		case e.Method == NoFreedom:
			if e.DF > 0 || isNaN(e.SE) || !isNaN(e.Lo) {
				t.Fatalf("%+v", e)
			}
		case !(e.SE >= 0) || !(e.Lo <= e.Value+1e-12) || !(e.Hi >= e.Value-1e-12) || share && (e.Lo < 0 || e.Hi > 1):
			t.Fatalf("%s of %s: %+v", tb.Row.Analysis, tb.Row.Item, e)
		}
	}
	if tb.Row.Analysis == table.PropSelectOne && base.Weighted > 0 && math.Abs(sum-1) > 1e-12 {
		t.Fatalf("shares of a single choice add up to %v", sum)
	}
}

func TestBasesHaveEveryReason(t *testing.T) {
	all := []reply{
		{scale: "low", n: 1}, {scale: "other", n: 2}, {scale: "dk", n: -1}, {scale: "", n: -1}, {scale: "high", n: 3},
	}
	for i := range all {
		all[i].weight, all[i].stratum = 1, "s"
	}
	d := sample(t, sampleSurvey(t, formOrder, false), all, 2, 1)
	tables := run(t, d, table.Plan{Rows: []table.Row{
		{Analysis: table.PropSelectOne, Item: "scale"}, {Analysis: table.Mean, Item: "scale"}, {Analysis: table.Mean, Item: "n"},
		{Analysis: table.PropSelectMultiple, Item: "many"},
	}}, Config{}, 1)
	for i, want := range [][survey.Reasons]int64{
		{survey.Answered: 3, survey.NotAnswered: 1, survey.DontKnow: 1},
		{survey.Answered: 2, survey.NotAnswered: 1, survey.DontKnow: 1, survey.NotApplicable: 1}, // "other" has no score
		{survey.Answered: 3, survey.NotAsked: 2},
		{survey.NotAnswered: 5},
	} {
		if got := tables[i].Domains[0].Base.Reasons; got != want {
			t.Errorf("table %d: base %v, not %v", i, got, want)
		}
	}
	if e := tables[1].Cells[0][0]; e.Value != 2.5 || e.Count != 2 {
		t.Errorf("mean of scores %+v", e)
	}
	if names := tables[0].Choices; !slices.Equal(names, []string{"low", "middle", "high", "other"}) {
		t.Errorf("choices %v", names)
	}
}
