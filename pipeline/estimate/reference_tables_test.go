package estimate

import (
	"fmt"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// crossed computes a row about the rows of a cross table by its columns.
func (t *trial) crossed(r table.Row) *table.Table {
	t.Helper()
	r.Item, r.By = t.Inputs.Row+"_c", []string{t.Inputs.Col + "_c"}
	return t.one(t.config(), questions{choices: []string{t.Inputs.Row, t.Inputs.Col}}, r)
}

// checkIndependence checks the tests of association of svychisq, and the shares
// beside them.
func checkIndependence(t *trial) {
	want := t.expect()
	for method, fields := range map[string][4]string{
		RaoScottF: {"rs2_F", "rs2_ndf", "rs2_ddf", "rs2_p"},
		WaldF:     {"Wald_F", "Wald_ndf", "Wald_ddf", "Wald_p"},
		AdjWaldF:  {"adjWald_F", "adjWald_ndf", "adjWald_ddf", "adjWald_p"},
		RaoScott:  {"", "rs1_chisq_df", "", "rs1_chisq_p"},
	} {
		got := t.crossed(table.Row{Analysis: table.TestIndependence, Method: method}).Tests[0]
		for i, x := range []float64{got.Statistic, got.NDF, got.DDF, got.P} {
			if name := fields[i]; name != "" {
				if _, is := want[name]; is {
					t.near(name, x, want[name])
				}
			}
		}
		t.near("cramer_v", got.Effect, want["cramer_v"])
	}
	shares := t.crossed(table.Row{Analysis: table.PropSelectOne})
	rows := texts(want["rows"])
	total, pearson := 0.0, want["pearson_X2"]
	for r, choice := range rows {
		at := slices.Index(shares.Choices, choice)
		for c := range texts(want["cols"]) {
			d := t.domain(shares, texts(want["cols"])[c])
			e := shares.Cells[d][at]
			t.near(fmt.Sprintf("colprop[%d][%d]", r, c), e.Value, row(want["colprop"], r)[c])
			t.near(fmt.Sprintf("colprop_se[%d][%d]", r, c), e.SE, row(want["colprop_se"], r)[c])
			t.near(fmt.Sprintf("table[%d][%d]", r, c), e.Weighted, row(want["table"], r)[c])
			total += e.Weighted
		}
	}
	tally, j := t.jointed()
	t.near("pearson_X2", j.pearson(), pearson)
	t.near("df", float64(j.df), want["df"])
	v, why := j.shareCovariance(tally)
	if why != "" {
		t.Fatal(why)
	}
	for r, choice := range rows {
		for c, col := range texts(want["cols"]) {
			i := t.domain(shares, col)*j.choices + slices.Index(shares.Choices, choice)
			t.near("cellprop", j.share[i], row(want["cellprop"], r)[c])
			t.near("cellprop_se", sqrt(v[i][i]), row(want["cellprop_se"], r)[c])
		}
	}
}

func row(v any, at int) []any { return v.([]any)[at].([]any) }

// domain finds the domain of a group.
func (t *trial) domain(of *table.Table, name string) int {
	t.Helper()
	at := slices.IndexFunc(of.Domains, func(d table.Domain) bool { return d.Values[0] == name })
	if at < 0 {
		t.Fatalf("no group %s", name)
	}
	return at
}

// checkComparisons checks pairwise comparisons of the columns of banner tables.
func checkComparisons(t *trial) {
	want := t.expect()
	method := CompareEffective
	if t.Kind == "column_prop_design" {
		method = CompareDesign
	}
	cols := texts(want["cols"])
	for field, how := range map[string]string{"p_raw": "", "p_holm": "holm", "p_bh": "bh", "p_bonferroni": "bonferroni"} {
		if want[field] == nil {
			continue
		}
		got := t.crossed(table.Row{Analysis: table.Compare, Method: method, Adjust: how})
		for r, choice := range texts(want["rows"]) {
			k := 0
			for a := range cols {
				for b := a + 1; b < len(cols); b++ {
					x, turned := t.comparison(got, choice, cols[a], cols[b])
					t.near(fmt.Sprintf("%s[%s][%d]", field, choice, k), x.Adjusted, row(want[field], r)[k])
					for name, figure := range map[string]float64{"z": x.Statistic * turned, "diff": x.Effect * turned, "se": x.SE} {
						if want[name] != nil {
							t.near(name, figure, row(want[name], r)[k])
						}
					}
					if df := want["df"]; df != nil {
						t.near("df", x.DDF, df)
					}
					k++
				}
			}
		}
		shares := t.crossed(table.Row{Analysis: table.PropSelectOne})
		for c, col := range cols {
			d := t.domain(shares, col)
			if want["base_n"] != nil {
				t.near("base_n", float64(shares.Domains[d].Base.Answered()), want["base_n"].([]any)[c])
				t.near("base_neff", shares.Domains[d].Base.Kish, want["base_neff"].([]any)[c])
			}
			for r, choice := range texts(want["rows"]) {
				if want["prop"] != nil {
					t.near("prop", shares.Cells[d][slices.Index(shares.Choices, choice)].Value, row(want["prop"], r)[c])
				}
			}
		}
	}
}

// comparison finds the test of two groups; turned is -1 when it is of b with a.
func (t *trial) comparison(of *table.Table, choice, a, b string) (test table.Test, turned float64) {
	t.Helper()
	x, y := t.domain(of, a), t.domain(of, b)
	for _, test := range of.Tests {
		switch {
		case test.Choice != choice:
		case test.Between == [2]int{x, y}:
			return test, 1
		case test.Between == [2]int{y, x}:
			return test, -1
		}
	}
	t.Fatalf("no comparison of the groups %d and %d", x, y)
	return table.Test{}, 0
}

// jointed returns the joint table of the case as the tests have it.
func (t *trial) jointed() (*Tally, *joint) {
	t.Helper()
	d := t.sheet.dataset(t.T, t.questions(questions{choices: []string{t.Inputs.Row, t.Inputs.Col}}))
	plan := table.Plan{Rows: []table.Row{{Analysis: table.TestIndependence, Item: t.Inputs.Row + "_c", By: []string{t.Inputs.Col + "_c"}}}}
	tally, _ := NewTally(d.Survey, d.Levels[0].Layout, plan, t.config())
	tally, err := engine.Tally(t.Context(), engine.Engine{Workers: 2}, d.Levels[0], tally.Fresh, (*Tally).Add, (*Tally).Merge)
	if err != nil {
		t.Fatal(err)
	}
	tally.Tables()
	m := tally.outputs[0].made.(independenceMaker)
	return tally, tally.joint(tally.estimators[m.tally].(*choiceTally), m.columns, false)
}

func sqrt(x float64) float64 { return math.Sqrt(max(x, 0)) }
