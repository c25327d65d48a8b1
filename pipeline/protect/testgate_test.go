package protect

import (
	"math"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func testsOf(row table.Row, domains int, tests ...table.Test) *table.Table {
	t := &table.Table{Row: row, Level: survey.RespondentLevel, Tests: tests}
	for _, name := range choiceNames(domains) {
		if len(row.By) > 0 {
			t.Domains = append(t.Domains, table.Domain{Values: []string{name}})
		}
	}
	return t
}

func TestTestsStandOnlyBesideWhatTheyAreMadeOf(t *testing.T) {
	large, few := [][]int{{40, 50, 30}, {30, 60, 50}}, [][]int{{40, 50, 3}, {30, 60, 50}}
	shares, by := table.Row{Analysis: table.PropSelectOne, Item: "x"}, table.Row{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}
	mean, meanBy := table.Row{Analysis: table.Mean, Item: "x"}, table.Row{Analysis: table.Mean, Item: "x", By: []string{"b"}}
	of := func(a table.Analysis, groups []string, with ...string) table.Row {
		return table.Row{Analysis: a, Item: "x", By: groups, With: with}
	}
	b := []string{"b"}
	for name, c := range map[string]struct {
		n    [][]int
		plan []table.Row
		row  table.Row
		test table.Test
		want int
	}{
		"independence beside its table":       {n: large, plan: []table.Row{shares, by}, row: of(table.TestIndependence, b), want: 1},
		"not beside one that lacks a cell":    {n: few, plan: []table.Row{shares, by}, row: of(table.TestIndependence, b)},
		"not without the table":               {n: large, plan: []table.Row{shares}, row: of(table.TestIndependence, b)},
		"not on too few":                      {n: large, plan: []table.Row{shares, by}, row: of(table.TestIndependence, b), test: table.Test{N: 19}},
		"means beside means":                  {n: large, plan: []table.Row{shares, mean, meanBy}, row: of(table.TestMean, b), want: 1},
		"not where steps are withheld":        {n: few, plan: []table.Row{shares, by, mean, meanBy}, row: of(table.TestMean, b)},
		"ranks of a scale beside its shares":  {n: large, plan: []table.Row{by}, row: of(table.TestRank, b), want: 1},
		"not beside its means alone":          {n: large, plan: []table.Row{meanBy}, row: of(table.TestRank, b)},
		"not a test of nothing":               {n: large, plan: []table.Row{shares, mean}, row: of(table.TestMean, nil)},
		"not pairs of three steps alone":      {n: large, plan: []table.Row{shares}, row: of(table.TestPaired, nil, "b")},
		"pairs beside their cross":            {n: large, plan: []table.Row{by}, row: of(table.TestPaired, nil, "b"), want: 1},
		"not pairs by groups":                 {n: large, plan: []table.Row{by}, row: of(table.TestPaired, b, "b")},
		"a comparison beside both figures":    {n: large, plan: []table.Row{by}, row: of(table.Compare, b), test: table.Test{Choice: "c1", Pair: true, Between: [2]int{0, 1}}, want: 1},
		"not beside one that is withheld":     {n: few, plan: []table.Row{by}, row: of(table.Compare, b), test: table.Test{Choice: "c3", Pair: true, Between: [2]int{0, 1}}},
		"not of a group that is not there":    {n: large, plan: []table.Row{by}, row: of(table.Compare, b), test: table.Test{Choice: "c1", Pair: true, Between: [2]int{0, 2}}},
		"not one that could not be made":      {n: large, plan: []table.Row{by}, row: of(table.Compare, b), test: table.Test{Choice: "c1", Pair: true, Between: [2]int{0, 1}, Why: "base"}},
		"means are compared beside all means": {n: large, plan: []table.Row{meanBy}, row: of(table.Compare, b), test: table.Test{Pair: true, Between: [2]int{0, 1}}, want: 1},
	} {
		s := counted(t, kind{scaled: true}, c.n)
		test := c.test
		test.Method, test.Statistic, test.P = "m", 2, 0.2
		if test.N == 0 {
			test.N = int64(s.n)
		}
		tests := testsOf(c.row, 2, test)
		if got := visible(gated(t, s, c.plan, tests), c.row); got != c.want {
			t.Errorf("%s: %d shown, want %d", name, got, c.want)
		}
	}
}

func TestTestsThatCountStandBesideTheCrossAlone(t *testing.T) {
	s := newStudy(t, 320, kind{name: "x", choices: 4, scaled: true}, kind{name: "b", choices: 4, scaled: true})
	for i := range 320 {
		s.set("x", i, choiceNames(4)[i%4])
		s.set("b", i, choiceNames(4)[i/4%4])
	}
	shares, by := table.Row{Analysis: table.PropSelectOne, Item: "x"}, table.Row{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}
	for _, c := range []struct {
		row          table.Row
		alone, cross int
	}{
		{table.Row{Analysis: table.TestPaired, Item: "x", With: []string{"b"}}, 1, 1},
		{table.Row{Analysis: table.TestPaired, Item: "x", With: []string{"b"}, Method: "t"}, 1, 1},
		{table.Row{Analysis: table.TestPaired, Item: "x", With: []string{"b"}, Method: "sign"}, 0, 1},
		{table.Row{Analysis: table.TestPaired, Item: "x", With: []string{"b"}, Method: "bowker"}, 0, 1},
		{table.Row{Analysis: table.TestPaired, Item: "x", With: []string{"b"}, Values: []string{"c1"}}, 0, 1},
		{table.Row{Analysis: table.TestRepeated, Item: "x", With: []string{"b"}, Values: []string{"c1"}}, 0, 1},
	} {
		test := table.Test{Method: "m", Statistic: 2, P: 0.2, N: 320}
		if got := visible(gated(t, s, []table.Row{shares}, testsOf(c.row, 1, test)), c.row); got != c.alone {
			t.Errorf("%+v: %d shown beside shares", c.row, got)
		}
		if got := visible(gated(t, s, []table.Row{shares, by}, testsOf(c.row, 1, test)), c.row); got != c.cross {
			t.Errorf("%+v: %d shown beside the cross", c.row, got)
		}
	}
}

func TestTheMedianTestOfNumbersIsNotShown(t *testing.T) {
	large := [][]int{{40, 50, 30}, {30, 60, 50}}
	s := counted(t, kind{scaled: true}, large)
	by := table.Row{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}
	scale := table.Row{Analysis: table.TestRank, Item: "x", By: []string{"b"}, Method: "median"}
	if got := visible(gated(t, s, []table.Row{by}, testsOf(scale, 2, table.Test{Method: "median", Statistic: 2, P: 0.2, N: 260})), scale); got != 1 {
		t.Errorf("of a scale beside its shares %d are shown", got)
	}
	g := &gate{}
	if g.ranks(&table.Table{Row: table.Row{Method: "median"}}, &survey.Item{Type: survey.Decimal}) {
		t.Error("of numbers it is shown")
	}
}

// The value of one test adjusted for all of them can be that of another.
func TestAdjustedValuesDoNotTellOfWithheldTests(t *testing.T) {
	s := counted(t, kind{scaled: true}, [][]int{{40, 50, 30}, {30, 60, 50}})
	by := table.Row{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}
	shownRow := table.Row{Analysis: table.TestIndependence, Item: "x", By: []string{"b"}}
	hiddenRow := table.Row{Analysis: table.TestIndependence, Item: "b", By: []string{"x"}}
	for _, adjust := range []string{"holm", "bh", "bonferroni"} {
		test := table.Test{Method: "m", Statistic: 2, P: 0.02, Adjusted: 0.04, Adjust: adjust, N: 260}
		safe := gated(t, s, []table.Row{by}, testsOf(shownRow, 2, test), testsOf(hiddenRow, 3, test))
		v, _ := safe.Test(shownRow)
		x := v.Tests()[0]
		if x.P.Status() != Published || (x.Adjusted.Status() == Published) != (adjust == "bonferroni") {
			t.Errorf("%s: p is %s, adjusted %s", adjust, x.P, x.Adjusted)
		}
		safe = gated(t, s, []table.Row{by}, testsOf(shownRow, 2, test))
		if v, _ = safe.Test(shownRow); v.Tests()[0].Adjusted.Status() != Published {
			t.Errorf("%s: adjusted is withheld without need", adjust)
		}
	}
	row := table.Row{Analysis: table.Compare, Item: "x", By: []string{"b"}}
	pair := func(choice, why string, p float64) table.Test {
		return table.Test{Choice: choice, Pair: true, Between: [2]int{0, 1}, P: p, Adjusted: p, Adjust: "holm", Why: why}
	}
	safe := gated(t, s, []table.Row{by}, testsOf(row, 2, pair("c1", "", 0.1), pair("c2", "base", math.NaN())))
	if v, _ := safe.Test(row); v.Tests()[0].Adjusted.Status() != Published {
		t.Error("a comparison that could not be made hides the others")
	}
	safe = gated(t, s, []table.Row{by}, testsOf(row, 2, pair("c1", "", 0.1), pair("c9", "", 0.1)))
	if v, _ := safe.Test(row); v.Tests()[0].Adjusted.Status() == Published || v.Tests()[0].P.Status() != Published {
		t.Error("an adjusted comparison tells of one that is withheld")
	}
}

func TestTestsAreNeverDecoded(t *testing.T) {
	for _, v := range []interface{ UnmarshalJSON([]byte) error }{&TestView{}, &Tested{}} {
		if v.UnmarshalJSON([]byte(`{}`)) == nil {
			t.Errorf("%T is decoded", v)
		}
	}
	var v *TestView
	if len(v.Tests()) > 0 {
		t.Error("no view has tests")
	}
}
