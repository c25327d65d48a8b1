package estimate

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// figurePlan asks for figures that are no shares or means on those who answered.
func figurePlan() table.Plan {
	var p table.Plan
	for _, by := range [][]string{nil, {"place"}, {"many"}} {
		p.Rows = append(p.Rows,
			table.Row{Analysis: table.Total, Item: "x", By: by},
			table.Row{Analysis: table.Total, Item: "many", By: by},
			table.Row{Analysis: table.Total, Item: "scale", By: by},
			table.Row{Analysis: table.Ratio, Item: "x", With: []string{"n"}, By: by},
			table.Row{Analysis: table.Ratio, Item: "n", With: []string{"scale"}, By: by, NAToZero: true, DropZero: true},
			table.Row{Analysis: table.Variance, Item: "x", By: by},
			table.Row{Analysis: table.NetScore, Item: "scale", Values: []string{"high"}, Against: []string{"low"}, By: by},
			table.Row{Analysis: table.RankMean, Item: "order", By: by},
			table.Row{Analysis: table.RankFirst, Item: "order", By: by},
			table.Row{Analysis: table.PropSelectMultiple, Item: "many", Base: table.BaseResponses, By: by},
			table.Row{Analysis: table.PropSelectMultiple, Item: "many", Base: table.BaseRespondents, By: by})
	}
	return p
}

func TestOrderBatchesAndWorkersDoNotMatterToTotalsAndRatios(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		factor := float64(rapid.IntRange(0, 1).Draw(t, "weighted"))
		want := run(t, sample(t, s, all, 4096, factor), figurePlan(), cfg, 1)
		if len(want) != len(figurePlan().Rows) {
			t.Fatalf("%d tables", len(want))
		}
		mixed := rapid.Permutation(all).Draw(t, "order")
		batch, workers := rapid.IntRange(1, 10).Draw(t, "batch"), rapid.IntRange(1, 4).Draw(t, "workers")
		if diff := difference(want, run(t, sample(t, s, mixed, batch, factor), figurePlan(), cfg, workers)); diff != "" {
			t.Fatal(diff)
		}
		for _, tb := range want {
			for d, cells := range tb.Cells {
				for c, e := range cells {
					if e.Method == "" || math.IsInf(e.Value, 0) || math.IsInf(e.SE, 0) || e.SE < 0 {
						t.Fatalf("%+v %v %s: %+v", tb.Row, tb.Domains[d].Values, tb.Choices[c], e)
					}
				}
			}
		}
	})
}

func TestTotalsRatiosAndBasesHoldTogether(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	near := func(t *rapid.T, what string, a, b float64) {
		t.Helper()
		if math.IsNaN(a) != math.IsNaN(b) || math.Abs(a-b) > 1e-9*max(1, math.Abs(a)) {
			t.Fatalf("%s: %v, not %v", what, a, b)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := sample(t, s, replies().Draw(t, "replies"), 64, 1)
		cfg := Config{Design: rapid.SampledFrom(sampleDesigns).Draw(t, "design")}
		got := run(t, d, table.Plan{Rows: []table.Row{
			{Analysis: table.Total, Item: "x"}, {Analysis: table.Mean, Item: "x"},
			{Analysis: table.Total, Item: "scale"}, {Analysis: table.PropSelectOne, Item: "scale"},
			{Analysis: table.PropSelectMultiple, Item: "many", Base: table.BaseResponses},
			{Analysis: table.NetScore, Item: "scale", Values: []string{"high"}, Against: []string{"low"}},
			{Analysis: table.PropSelectMultiple, Item: "many", Base: table.BaseRespondents},
			{Analysis: table.RankFirst, Item: "order"},
		}}, cfg, 2)
		at := func(table, choice int) float64 { return got[table].Cells[0][choice].Value }
		if w := got[1].Domains[0].Base.Weighted; w > 0 {
			near(t, "total of numbers", at(0, 0), at(1, 0)*w)
		}
		if w := got[3].Domains[0].Base.Weighted; w > 0 {
			for c := range got[2].Choices {
				near(t, "total of a choice", at(2, c), at(3, c)*w)
			}
			near(t, "net", at(5, 0), at(3, 2)-at(3, 0))
		}
		var responses, first float64
		for c := range got[4].Choices {
			responses += at(4, c)
		}
		for c := range got[7].Choices {
			first += at(7, c)
		}
		if !math.IsNaN(responses) {
			near(t, "shares of responses", responses, 1)
		}
		if !math.IsNaN(first) && first > 1+1e-12 {
			t.Fatalf("first places add up to %v", first)
		}
		base := got[6].Domains[0].Base
		if base.Reasons[survey.Answered] != base.Total() {
			t.Fatalf("not all respondents are in the base: %+v", base)
		}
	})
}

func TestFiguresThatDoNotFitAnItemAreFindings(t *testing.T) {
	s := sampleSurvey(t, formOrder, false)
	d := sample(t, s, people(5, nil), 4, 1)
	for _, r := range []table.Row{
		{Analysis: table.Total, Item: "stratum"}, {Analysis: table.Variance, Item: "many"}, {Analysis: table.RankMean, Item: "many"},
		{Analysis: table.RankFirst, Item: "scale"}, {Analysis: table.NetScore, Item: "many", Values: []string{"a"}, Against: []string{"b"}},
	} {
		_, findings := NewTally(s, d.Levels[0].Layout, table.Plan{Rows: []table.Row{r}}, Config{})
		mustHave(t, findings, "plan-analysis")
	}
	_, findings := NewTally(s, d.Levels[0].Layout, table.Plan{Rows: []table.Row{{Analysis: table.Ratio, Item: "x", With: []string{"n", "scale"}}}}, Config{})
	mustHave(t, findings, "plan-with")
}
