package protect

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// analyses reads the names of all analyses from where they are defined.
func analyses(t *testing.T) []table.Analysis {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "table", "plan.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []table.Analysis
	ast.Inspect(f, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			if of, ok := spec.Type.(*ast.Ident); ok && of.Name == "Analysis" {
				name, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				out = append(out, table.Analysis(name))
			}
		}
		return true
	})
	return out
}

// made is a table of an analysis with one value in all cells, n respondents in
// each domain, and the counts of its cells.
func made(row table.Row, choices []string, n int64, domains [][]string, value float64, counts ...int64) *table.Table {
	t := &table.Table{Row: row, Level: survey.RespondentLevel, Design: table.Simple, Choices: choices}
	if len(row.By) == 0 {
		domains = [][]string{nil}
	}
	for _, values := range domains {
		var b table.Base
		b.Reasons[survey.Answered], b.Kish, b.Weighted = n, float64(n), float64(n)
		var cells []table.Estimate
		for c := range choices {
			count := n
			if c < len(counts) {
				count = counts[c]
			}
			cells = append(cells, table.Estimate{Value: value, Lo: value - 0.1, Hi: value + 0.1, DF: 100, DEff: 1, Count: count, Method: "some"})
		}
		t.Domains, t.Cells = append(t.Domains, table.Domain{Values: values, Base: b}), append(t.Cells, cells)
	}
	return t
}

// gated protects family tables of a study with further tables.
func gated(t *testing.T, s *study, plan []table.Row, further ...*table.Table) *Safe {
	t.Helper()
	return gatedAs(t, Config{Threshold: 10}, s, plan, further...)
}

func gatedAs(t *testing.T, cfg Config, s *study, plan []table.Row, further ...*table.Table) *Safe {
	t.Helper()
	tables := append(s.tables(table.Plan{Rows: plan}), further...)
	safe, _, err := Protect(s.survey, table.Plan{Rows: plan}, tables, nil, Public, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return safe
}

// visible counts the figures and tests of a table that are shown.
func visible(s *Safe, row table.Row) int {
	n := 0
	if v, ok := s.Test(row); ok {
		for _, x := range v.Tests() {
			if x.P.Status() == Published {
				n++
			}
		}
		return n
	}
	v, _ := s.View(row)
	for d := range v.Domains() {
		for c := range v.Choices() {
			if v.Figure(d, c).Status() == Published {
				n++
			}
		}
	}
	return n
}

func TestEveryAnalysisIsDecidedAndFewRespondentsNeverShow(t *testing.T) {
	all := analyses(t)
	if len(all) < 26 {
		t.Fatalf("only %d analyses were found", len(all))
	}
	for _, a := range append(all, "of_tomorrow") {
		for _, by := range [][]string{nil, {"b"}} {
			for _, with := range [][]string{nil, {"y"}, {"y", "z"}} {
				row := table.Row{Analysis: a, Item: "x", With: with, By: by, Values: []string{"c1"}, Against: []string{"c2"}, Prob: 0.5}
				for _, n := range []int64{0, 1, 9, 19} {
					s := counted(t, kind{scaled: true}, [][]int{{30, 30, 30}, {30, 30, 30}})
					s = withItems(t, s, "y", "z")
					one := made(row, []string{"c1"}, n, [][]string{{"c1"}, {"c2"}}, 0.4)
					if inFamily(one) {
						continue
					}
					if a.Test() {
						one.Cells, one.Choices = nil, nil
						one.Tests = []table.Test{{Method: "m", Statistic: 4, P: 0.04, Adjusted: 0.04, NDF: 1, DDF: math.Inf(1), N: n, Pair: a == table.Compare, Between: [2]int{0, 1}}}
					}
					safe := gated(t, s, nil, one)
					if visible(safe, row) > 0 {
						t.Errorf("%s with %d respondents is shown", row.Key(), n)
					}
					for _, r := range safe.Results(safe.Pen("results", nil)) {
						if r.Status != string(Withheld) || !math.IsNaN(r.Stat+r.DF+r.Lo) || r.NTotal >= 1 && r.NTotal < 10 {
							t.Errorf("%s with %d respondents has the line %+v", row.Key(), n, r)
						}
					}
				}
			}
		}
	}
	s := counted(t, kind{scaled: true}, [][]int{{300, 300, 300}, {300, 300, 300}})
	for _, a := range []table.Analysis{table.Total, table.Variance, "of_tomorrow", "of_tomorrow_test"} {
		row := table.Row{Analysis: a, Item: "x"}
		safe := gated(t, s, nil, made(row, []string{""}, 1800, nil, 2))
		if v, _ := safe.View(row); v.reason == "" || visible(safe, row) > 0 {
			t.Errorf("%s is shown", a)
		}
	}
}

// withItems gives a study further items that are answered as x is.
func withItems(t *testing.T, s *study, names ...string) *study {
	t.Helper()
	kinds := []kind{{name: "x", choices: 3, scaled: true}, {name: "b", choices: 2}}
	for _, name := range names {
		kinds = append(kinds, kind{name: name, choices: 3, scaled: true})
	}
	out := newStudy(t, s.n, kinds...)
	for i := range s.n {
		out.set("b", i, s.answers["b"][i]...)
		for _, name := range append([]string{"x"}, names...) {
			out.set(name, i, s.answers["x"][i]...)
		}
	}
	return out
}

// numbersStudy has numeric items num and den, a scale sc of five steps and one
// of the same kind sd, a ranking rk, and groups b.
func numbersStudy(t *testing.T, n int) *study {
	t.Helper()
	s := newStudy(t, n, kind{name: "sc", choices: 5, scaled: true}, kind{name: "sd", choices: 5, scaled: true}, kind{name: "yn", choices: 2},
		kind{name: "m", choices: 3, multiple: true}, kind{name: "b", choices: 2}, kind{name: "who", choices: 2, role: survey.Identifying})
	items := slices.Clone(s.survey.Items)
	items = append(items, survey.Item{Name: "num", Type: survey.Integer}, survey.Item{Name: "den", Type: survey.Integer},
		survey.Item{Name: "rk", Type: survey.Rank, List: "m"})
	var findings any
	s.survey, findings = survey.New(survey.Survey{Levels: s.survey.Levels, Items: items, Lists: s.survey.Lists})
	_ = findings
	for i := range n {
		s.set("sc", i, choiceNames(5)[i%5])
		s.set("sd", i, choiceNames(5)[(i/5)%5])
		s.set("yn", i, choiceNames(2)[(i/2)%2])
		s.set("m", i, choiceNames(3)[i%3])
		s.set("b", i, choiceNames(2)[i%2])
	}
	return s
}

func TestFurtherFiguresAreShownOnlyWhereTheyAreSafe(t *testing.T) {
	two := [][]string{{"c1"}, {"c2"}}
	scShares, scBy := table.Row{Analysis: table.PropSelectOne, Item: "sc"}, table.Row{Analysis: table.PropSelectOne, Item: "sc", By: []string{"b"}}
	multiple := table.Row{Analysis: table.PropSelectMultiple, Item: "m"}
	cross := table.Row{Analysis: table.PropSelectOne, Item: "yn", By: []string{"sc"}}
	one := []string{""}
	three := choiceNames(3)
	for name, c := range map[string]struct {
		n     int
		plan  []table.Row
		table *table.Table
		want  int
	}{
		"a median of numbers on 2k":                 {n: 200, table: made(table.Row{Analysis: table.Median, Item: "num"}, one, 20, nil, 7), want: 1},
		"no median on less":                         {n: 200, table: made(table.Row{Analysis: table.Median, Item: "num"}, one, 19, nil, 7)},
		"a quantile with k beyond":                  {n: 200, table: made(table.Row{Analysis: table.Quantile, Item: "num", Prob: 0.9}, one, 100, nil, 7), want: 1},
		"no quantile with fewer beyond":             {n: 200, table: made(table.Row{Analysis: table.Quantile, Item: "num", Prob: 0.9}, one, 99, nil, 7)},
		"no quantile that is none":                  {n: 200, table: made(table.Row{Analysis: table.Quantile, Item: "num", Prob: 1}, one, 200, nil, 7)},
		"a median of a scale beside its shares":     {n: 200, plan: []table.Row{scShares}, table: made(table.Row{Analysis: table.Median, Item: "sc"}, one, 200, nil, 3), want: 1},
		"no median of a scale without them":         {n: 200, table: made(table.Row{Analysis: table.Median, Item: "sc"}, one, 200, nil, 3)},
		"no median of a scale with steps withheld":  {n: 45, plan: []table.Row{scShares}, table: made(table.Row{Analysis: table.Median, Item: "sc"}, one, 45, nil, 3)},
		"a median by groups":                        {n: 200, table: made(table.Row{Analysis: table.Median, Item: "num", By: []string{"b"}}, one, 100, two, 3), want: 2},
		"no median by small groups":                 {n: 200, table: made(table.Row{Analysis: table.Median, Item: "num", By: []string{"b"}}, one, 19, two, 3)},
		"a ratio of numbers":                        {n: 200, table: made(table.Row{Analysis: table.Ratio, Item: "num", With: []string{"den"}}, one, 200, nil, 3), want: 1},
		"no ratio of scales without their means":    {n: 200, table: made(table.Row{Analysis: table.Ratio, Item: "sc", With: []string{"den"}}, one, 200, nil, 3)},
		"no figure of who respondents are":          {n: 200, table: made(table.Row{Analysis: table.Ratio, Item: "num", With: []string{"who"}}, one, 200, nil, 3)},
		"no total":                                  {n: 200, table: made(table.Row{Analysis: table.Total, Item: "num"}, one, 200, nil, 3)},
		"no groups of groups":                       {n: 200, table: made(table.Row{Analysis: table.Median, Item: "num", By: []string{"b", "yn"}}, one, 100, [][]string{{"c1", "c1"}, {"c2", "c2"}}, 3)},
		"first places that many chose and left":     {n: 200, table: made(table.Row{Analysis: table.RankFirst, Item: "rk"}, three, 200, nil, 0.3, 100, 90, 10), want: 3},
		"no first places with few":                  {n: 200, table: made(table.Row{Analysis: table.RankFirst, Item: "rk"}, three, 200, nil, 0.3, 100, 91, 9)},
		"no first places with nobody":               {n: 200, table: made(table.Row{Analysis: table.RankFirst, Item: "rk"}, three, 200, nil, 0.3, 100, 100, 0)},
		"no first places with all but few":          {n: 200, table: made(table.Row{Analysis: table.RankFirst, Item: "rk"}, three[:2], 200, nil, 0.3, 195, 100)},
		"mean places":                               {n: 200, table: made(table.Row{Analysis: table.RankMean, Item: "rk"}, three, 200, nil, 2, 200, 200, 20), want: 3},
		"no mean places with few who placed":        {n: 200, table: made(table.Row{Analysis: table.RankMean, Item: "rk"}, three, 200, nil, 2, 200, 200, 19)},
		"no mean places near an end":                {n: 200, table: made(table.Row{Analysis: table.RankMean, Item: "rk"}, three, 200, nil, 1.04, 200, 200, 200)},
		"a net score beside its shares":             {n: 200, plan: []table.Row{scBy}, table: made(table.Row{Analysis: table.NetScore, Item: "sc", Values: []string{"c5"}, Against: []string{"c1"}, By: []string{"b"}}, one, 100, two, -0.1), want: 2},
		"no net score without them":                 {n: 200, plan: []table.Row{scShares}, table: made(table.Row{Analysis: table.NetScore, Item: "sc", Values: []string{"c5"}, Against: []string{"c1"}, By: []string{"b"}}, one, 100, two, -0.1)},
		"responses beside answers":                  {n: 201, plan: []table.Row{multiple}, table: made(table.Row{Analysis: table.PropSelectMultiple, Item: "m", Base: table.BaseResponses}, three, 201, nil, 0.3, 67, 67, 67), want: 3},
		"no responses that contradict answers":      {n: 201, plan: []table.Row{multiple}, table: made(table.Row{Analysis: table.PropSelectMultiple, Item: "m", Base: table.BaseResponses}, three, 201, nil, 0.3, 67, 67, 66)},
		"no responses alone":                        {n: 201, table: made(table.Row{Analysis: table.PropSelectMultiple, Item: "m", Base: table.BaseResponses}, three, 201, nil, 0.3, 67, 67, 67)},
		"reliability of scales":                     {n: 200, plan: []table.Row{scShares}, table: made(table.Row{Analysis: table.Alpha, Item: "sc", With: []string{"sd"}}, one, 200, nil, 0.8), want: 1},
		"no reliability of yes and no":              {n: 200, table: made(table.Row{Analysis: table.Alpha, Item: "sc", With: []string{"yn"}}, one, 200, nil, 0.8)},
		"a correlation of scales":                   {n: 200, table: made(table.Row{Analysis: table.Correlation, Item: "sc", With: []string{"sd", "num"}}, []string{"sd", "num"}, 200, nil, 0.8), want: 2},
		"no correlation with withheld steps":        {n: 45, plan: []table.Row{scShares}, table: made(table.Row{Analysis: table.Correlation, Item: "sc", With: []string{"num"}}, []string{"num"}, 45, nil, 0.8)},
		"no correlation of yes and no alone":        {n: 200, table: made(table.Row{Analysis: table.Correlation, Item: "sc", With: []string{"yn"}}, []string{"yn"}, 200, nil, 0.8)},
		"one beside the cross":                      {n: 200, plan: []table.Row{cross}, table: made(table.Row{Analysis: table.Correlation, Item: "sc", With: []string{"yn"}}, []string{"yn"}, 200, nil, 0.8), want: 1},
		"a regression":                              {n: 200, table: made(table.Row{Analysis: table.RegressionLinear, Item: "num", With: []string{"den", "yn"}}, []string{"(Intercept)", "den", "yn=c2"}, 200, nil, 0.8, 200, 200, 100), want: 3},
		"no regression with a category of few":      {n: 200, table: made(table.Row{Analysis: table.RegressionLinear, Item: "num", With: []string{"yn"}}, []string{"(Intercept)", "yn=c2"}, 200, nil, 0.8, 200, 9)},
		"none with few in the category left out":    {n: 200, table: made(table.Row{Analysis: table.RegressionLinear, Item: "num", With: []string{"yn"}}, []string{"(Intercept)", "yn=c2"}, 200, nil, 0.8, 200, 191)},
		"none with coefficients of unknown name":    {n: 200, table: made(table.Row{Analysis: table.RegressionLinear, Item: "num", With: []string{"yn"}}, []string{"(Intercept)", "b2"}, 200, nil, 0.8, 200, 100)},
		"none with too many figures":                {n: 200, table: made(table.Row{Analysis: table.RegressionLinear, Item: "num", With: []string{"den", "yn"}}, []string{"(Intercept)", "den", "yn=c2"}, 29, nil, 0.8, 29, 29, 20)},
		"none of yes and no on choices":             {n: 200, table: made(table.Row{Analysis: table.RegressionLogistic, Item: "yn", With: []string{"b"}}, []string{"(Intercept)", "b=c2"}, 200, nil, 0.8, 200, 100)},
		"correspondence of many answers":            {n: 200, table: made(table.Row{Analysis: table.Correspondence, Item: "sc", With: []string{"sd", "b"}}, []string{"p", "q"}, 200, nil, 0.8, 20, 20), want: 2},
		"none with a category of few":               {n: 200, table: made(table.Row{Analysis: table.Correspondence, Item: "sc", With: []string{"sd", "b"}}, []string{"p", "q"}, 200, nil, 0.8, 20, 9)},
		"none whose dimensions tell all":            {n: 200, table: made(table.Row{Analysis: table.Correspondence, Item: "yn", With: []string{"sc", "b"}}, slices.Repeat([]string{"p"}, 36), 200, nil, 0.8)},
		"latent classes":                            {n: 400, table: made(table.Row{Analysis: table.LatentClasses, Item: "sc", With: []string{"sd", "b"}, Classes: 2}, []string{"1", "2"}, 400, nil, 0.5, 200, 200), want: 2},
		"no latent classes of few":                  {n: 400, table: made(table.Row{Analysis: table.LatentClasses, Item: "sc", With: []string{"sd", "b"}, Classes: 2}, []string{"1", "2"}, 400, nil, 0.5, 391, 9)},
		"no latent classes richer than the answers": {n: 400, table: made(table.Row{Analysis: table.LatentClasses, Item: "yn", With: []string{"b", "m"}, Classes: 3}, []string{"1", "2"}, 400, nil, 0.5, 200, 200)},
	} {
		safe := gated(t, numbersStudy(t, c.n), c.plan, c.table)
		if got := visible(safe, c.table.Row); got != c.want {
			v, _ := safe.View(c.table.Row)
			t.Errorf("%s: %d figures are shown, want %d (%s)", name, got, c.want, v.reason)
		}
	}
}

func TestQuantilesOfOneItemNeedRespondentsBetweenThem(t *testing.T) {
	quantile := func(p float64) *table.Table {
		return made(table.Row{Analysis: table.Quantile, Item: "num", Prob: p}, []string{""}, 100, nil, 7)
	}
	safe := gated(t, numbersStudy(t, 100), nil, quantile(0.5), quantile(0.55), quantile(0.6))
	got := fmt.Sprint(visible(safe, quantile(0.5).Row), visible(safe, quantile(0.55).Row), visible(safe, quantile(0.6).Row))
	if got != "1 0 1" {
		t.Errorf("shown: %s", got)
	}
	v, _ := safe.View(quantile(0.5).Row)
	if v.Figure(0, 0).interval != true {
		t.Error("the median of a hundred has no interval")
	}
	safe = gated(t, numbersStudy(t, 100), nil, quantile(0.9))
	if v, _ := safe.View(quantile(0.9).Row); v.Figure(0, 0).interval || v.Figure(0, 0).Status() != Published {
		t.Error("the interval of a quantile reaches where few are")
	}
}

func TestFiguresOfSensitiveItemsAndIdentitiesStayApart(t *testing.T) {
	s := counted(t, kind{role: survey.Sensitive, scaled: true}, [][]int{{40, 50, 30}, {30, 60, 50}})
	for _, cfg := range []Config{{Threshold: 10, Country: []string{"b"}}, {Threshold: 10, Identity: []string{"b"}}} {
		plan := []table.Row{{Analysis: table.PropSelectOne, Item: "x"}}
		row := table.Row{Analysis: table.TestIndependence, Item: "x", By: []string{"b"}}
		tests := &table.Table{Row: row, Level: survey.RespondentLevel, Tests: []table.Test{{Method: "m", P: 0.5, N: 260}}}
		safe := gatedAs(t, cfg, s, plan, tests, made(table.Row{Analysis: table.Correlation, Item: "x", With: []string{"b"}}, []string{"b"}, 260, nil, 0.1))
		if visible(safe, row)+visible(safe, table.Row{Analysis: table.Correlation, Item: "x", With: []string{"b"}}) > 0 {
			t.Error("a sensitive item stands against who respondents are")
		}
	}
}

func TestResultsHaveALineForEachTestAndNameTheBase(t *testing.T) {
	s := counted(t, kind{scaled: true}, [][]int{{40, 50, 30}, {30, 60, 50}})
	by := table.Row{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}
	row := table.Row{Analysis: table.TestIndependence, Item: "x", By: []string{"b"}}
	tests := &table.Table{Row: row, Level: survey.RespondentLevel, Tests: []table.Test{{Method: "rao-scott-f", Statistic: 1.23456, NDF: 1.987, DDF: 258, P: 0.00012, Effect: 0.1234, EffectName: "cramer_v", N: 260}}}
	safe := gated(t, s, []table.Row{by}, tests)
	pen := safe.Pen("page", nil)
	v, _ := safe.Test(row)
	x := v.Tests()[0]
	got := strings.Join([]string{pen.Text(x.Statistic), pen.Text(x.NDF), pen.Text(x.DDF), pen.Text(x.P), pen.Text(x.Effect), pen.Text(x.N)}, " ")
	if got != "1.23 1.99 258.00 <0.001 0.12 260" {
		t.Errorf("written %q", got)
	}
	lines := 0
	for _, l := range safe.Ledger() {
		if l.Artifact == "page" {
			lines++
		}
	}
	if lines != 6 {
		t.Errorf("%d lines in the ledger", lines)
	}
	all := safe.Results(pen)
	last := all[len(all)-1]
	if last.Analysis != table.TestIndependence || last.Status != string(Published) || last.Stat != 1.23 || last.NTotal != 260 {
		t.Errorf("line %+v", last)
	}
	figures := 0
	for _, t := range safe.Release(1).Tables {
		for _, x := range t.Tests {
			for _, n := range x.Numbers {
				if n.Value != "" {
					figures++
				}
			}
		}
	}
	if figures != 6 {
		t.Errorf("%d figures of tests in the record of the release", figures)
	}
}
