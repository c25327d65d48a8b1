package table

import (
	"math"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestLinesOfResults(t *testing.T) {
	base := Base{}
	base.Reasons[survey.Answered] = 7
	groups := []Domain{{Values: []string{"a"}, Base: base}, {Values: []string{"b", "c"}, Base: base}}
	figure := [][]Estimate{{{Value: 1}}, {{Value: 2}}}
	nan := math.NaN()
	for name, c := range map[string]struct {
		table Table
		want  Result // of the last line
		lines int
	}{
		"a ratio names both items": {
			Table{Row: Row{Analysis: Ratio, Item: "x", With: []string{"y"}, NAToZero: true, DropZero: true}, Domains: []Domain{{Base: base}}, Choices: []string{""}, Cells: figure[1:]},
			Result{Item: "x %/% y", Value: "NA %/% NA", GroupValue: "NA", Stat: 2, NTotal: 7, Key: "ratio @/@ x %/% NA -/- y %/% NA @/@ NA %/% NA", BaseKind: "answered"}, 1,
		},
		"a quantile says which": {
			Table{Row: Row{Analysis: Quantile, Item: "x", Prob: 0.25, By: []string{"g", "h"}}, Domains: groups, Choices: []string{""}, Cells: figure},
			Result{Item: "x", Value: "NA", GroupValue: "b -/- c", Stat: 2, NTotal: 7, Key: "quantile @/@ x %/% NA @/@ g %/% b -/- h %/% c @/@ prob=0.25", BaseKind: "answered", Prob: 0.25}, 2,
		},
		"shares of responses say so": {
			Table{Row: Row{Analysis: PropSelectMultiple, Item: "x", Base: BaseResponses}, Domains: []Domain{{Base: base}}, Choices: []string{"k"}, Cells: figure[1:]},
			Result{Item: "x", Value: "k", GroupValue: "NA", Stat: 2, NTotal: 7, Key: "prop_select_multiple @/@ x %/% k @/@ NA %/% NA @/@ base=responses", BaseKind: "responses"}, 1,
		},
		"a net score names both sides": {
			Table{Row: Row{Analysis: NetScore, Item: "x", Values: []string{"4", "5"}, Against: []string{"1"}}, Domains: []Domain{{Base: base}}, Choices: []string{""}, Cells: figure[1:]},
			Result{Item: "x", Value: "4|5 - 1", GroupValue: "NA", Stat: 2, NTotal: 7, Key: "net_score @/@ x %/% 4|5 - 1 @/@ NA %/% NA", BaseKind: "answered"}, 1,
		},
		"a test of groups speaks of all of them": {
			Table{Row: Row{Analysis: TestMean, Item: "x", By: []string{"g"}}, Domains: groups, Tests: []Test{{Method: "f", Statistic: 3, DDF: 5, SE: nan, N: 7}}},
			Result{Item: "x", Value: "NA", GroupValue: "NA", Stat: 3, DF: 5, N: -1, NTotal: 7, CIMethod: "f", Key: "test_mean @/@ x %/% NA @/@ g %/% NA", BaseKind: "answered"}, 1,
		},
		"a comparison names its two groups": {
			Table{Row: Row{Analysis: Compare, Item: "x", By: []string{"g"}}, Domains: groups, Tests: []Test{{Method: "t", Statistic: 3, DDF: 5, Choice: "k", Pair: true, Between: [2]int{0, 1}, N: 7}}},
			Result{Item: "x", Value: "k", GroupValue: "a|b -/- c", Stat: 3, DF: 5, N: -1, NTotal: 7, CIMethod: "t", Key: "compare @/@ x %/% k @/@ g %/% NA @/@ between=a|b -/- c", BaseKind: "answered"}, 1,
		},
		"a test of pairs is made in each group": {
			Table{Row: Row{Analysis: TestPaired, Item: "x", With: []string{"y"}, By: []string{"g"}}, Domains: groups[:1], Tests: []Test{{Statistic: 3, DDF: 5, N: 7, Why: "no base"}}},
			Result{Item: "x %/% y", Value: "NA %/% NA", GroupValue: "a", Stat: 3, DF: 5, N: -1, NTotal: 7, CIMethod: "no base", Key: "test_paired @/@ x %/% NA -/- y %/% NA @/@ g %/% a", BaseKind: "answered"}, 1,
		},
		"a test beside coefficients has a key of its own": {
			Table{Row: Row{Analysis: RegressionLinear, Item: "x", With: []string{"y"}}, Domains: []Domain{{Base: base}}, Choices: []string{"y"}, Cells: figure[:1], Tests: []Test{{Method: "wald-f", Statistic: 3, DDF: 5, N: 7, Choice: "y"}}},
			Result{Item: "x %/% y", Value: "y %/% NA", GroupValue: "NA", Stat: 3, DF: 5, N: -1, NTotal: 7, CIMethod: "wald-f", Key: "regression_linear @/@ x %/% y -/- y %/% NA @/@ NA %/% NA @/@ test=wald-f", BaseKind: "answered"}, 2,
		},
	} {
		lines := c.table.Results()
		if len(lines) != c.lines {
			t.Errorf("%s: %d lines, want %d", name, len(lines), c.lines)
			continue
		}
		got := lines[len(lines)-1]
		if (got.Test != nil) != (len(c.table.Tests) > 0) {
			t.Errorf("%s: the line does not know whether it is a test", name)
		}
		got.Test, got.Analysis, got.Group, got.Lo, got.Hi, got.NW, got.NWTotal, got.SE, got.DEff = nil, "", "", 0, 0, 0, 0, 0, 0
		if got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, c.want)
		}
	}
}
