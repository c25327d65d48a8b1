package estimate

import (
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/regression"
	"github.com/soundings-survey/soundings/pipeline/table"
)

var analysisOf = map[string]table.Analysis{
	"svyglm_gaussian": table.RegressionLinear, "svyglm_quasibinomial": table.RegressionLogistic, "svyglm_quasipoisson": table.RegressionPoisson,
}

func checkRegression(t *modelTrial) {
	t.prepare()
	want := t.expect()
	y, with, q := t.formula()
	r := table.Row{Analysis: analysisOf[t.Kind], Item: y + "_n", With: with, Method: Categories}
	if t.sheet.levels[y] != nil { // R explains the second of two levels
		q.choices = append(q.choices, y)
		r.Item, r.Values = y+"_c", t.sheet.levels[y][1:]
	} else {
		q.numbers = append(q.numbers, y)
	}
	got, tally := t.estimated(t.config(), q, r)
	t.terms(got, want)
	cells := got.Cells[0]
	t.close("n", "", float64(got.Domains[0].Base.Answered()), want["n"])
	t.closeAll("coef", field(cells, value), want["coef"])
	t.closeAll("se", field(cells, se), want["se"])
	df := asNumber(want["df_residual"])
	var ratio, p []float64
	for i, e := range cells {
		ratio = append(ratio, e.Value/e.SE)
		p = append(p, dist.StudentTwoSided(e.Value/e.SE, e.DF))
		t.close("df_residual", "", e.DF, df)
		if ci, ok := want["ci95"].([]any); ok {
			t.closeAll("ci95", []float64{e.Lo, e.Hi}, ci[i])
		}
	}
	t.closeAll("t", ratio, want["t"])
	t.closeAll("p", p, want["p"])
	if want["odds_ratio"] != nil {
		t.closeAll("odds_ratio", odds(field(cells, value)), want["odds_ratio"])
	}
	of := tally.estimators[tally.ownAt].(*regressionTally)
	k := tally.coefficients(of, 0)
	for i, row := range k.v {
		if v, ok := want["vcov"].([]any); ok {
			t.closeAll("vcov", row, v[i])
		}
	}
	if d := want["deviance_null_and_residual"]; d != nil {
		scale := float64(got.Domains[0].Base.Answered()) / got.Domains[0].Base.Weighted // R's weights are 1 on average
		t.closeAll("deviance_null_and_residual", []float64{of.fits[0].Null * scale, of.fits[0].Deviance * scale}, d)
	}
	for name, w := range want {
		item, ok := strings.CutPrefix(name, "wald_")
		if !ok {
			continue
		}
		at := slices.IndexFunc(got.Tests, func(test table.Test) bool {
			return test.Choice == item+"_n" || test.Choice == item+"_c"
		})
		if at < 0 {
			t.Errorf("no test of %s", item)
			continue
		}
		test, w := got.Tests[at], w.(map[string]any)
		t.close(name, "F", test.Statistic, w["F"])
		t.close(name, "df", test.NDF, w["df"])
		t.close(name, "ddf", test.DDF, w["ddf"])
		t.close(name, "p", test.P, w["p"])
	}
}

func odds(logs []float64) []float64 {
	out := make([]float64, len(logs))
	for i, x := range logs {
		out[i] = math.Exp(x)
	}
	return out
}

// terms compares the names of the parameters.
func (t *modelTrial) terms(got *table.Table, want map[string]any) {
	t.Helper()
	var names []string
	for _, c := range got.Choices {
		if item, level, ok := strings.Cut(c, "_c="); ok {
			c = item + level
		}
		names = append(names, strings.TrimSuffix(c, "_n"))
	}
	if w := texts(want["terms"]); !slices.Equal(names, w) {
		t.Fatalf("terms %v, R has %v", names, w)
	}
}

func checkReplicated(t *modelTrial) {
	t.prepare()
	want := t.expect()
	y, with, q := t.formula()
	q.numbers = append(q.numbers, y)
	cfg := t.replicateDesign(&q)
	got, _ := t.estimated(cfg, q, table.Row{Analysis: table.RegressionLogistic, Item: y + "_n", With: with, Method: Categories})
	t.terms(got, want)
	t.closeAll("coef", field(got.Cells[0], value), want["coef"])
	t.closeAll("se", field(got.Cells[0], se), want["se"])
	t.close("df_residual", "", got.Cells[0][0].DF, want["df_residual"])
}

func checkOrdinal(t *modelTrial) {
	t.prepare()
	want := t.expect()
	y, with, q := t.formula()
	q.choices = append(q.choices, y)
	r := table.Row{Analysis: table.RegressionOrdinal, Item: y + "_c", With: with, Method: Categories}
	slopes := len(texts(want["terms"]))

	weighted, _ := t.estimated(t.config(), q, r)
	values, ses := field(weighted.Cells[0], value), field(weighted.Cells[0], se)
	t.closeAll("weighted_beta", values[:slopes], want["weighted_beta"])
	t.closeAll("weighted_cutpoints", values[slopes:], want["weighted_cutpoints"])
	t.closeAll("svyolr_se_R", ses, want["svyolr_se_R"])
	t.about("svyolr_beta_R", values[:slopes], ses[:slopes], want["svyolr_beta_R"])
	t.about("svyolr_cut_R", values[slopes:], ses[slopes:], want["svyolr_cut_R"])

	t.Inputs.Design.Weights = nil
	plain, tally := t.estimated(t.config(), q, r)
	plain.Choices = plain.Choices[:slopes]
	t.terms(plain, want)
	values = field(plain.Cells[0], value)
	t.close("n", "", float64(plain.Domains[0].Base.Answered()), want["n"])
	t.closeAll("beta", values[:slopes], want["beta"])
	t.closeAll("cutpoints", values[slopes:], want["cutpoints"])
	f := tally.estimators[tally.ownAt].(*regressionTally).fits[0]
	t.close("loglik", "", -f.Deviance/2, want["loglik"])
	v := simpleErrors(f)
	if want["vcov_diag_se"] != nil { // cutpoints first
		t.closeAll("vcov_diag_se", append(v[slopes:], v[:slopes]...), want["vcov_diag_se"])
	}
}

// simpleErrors returns the standard errors that a simple random sample would have.
func simpleErrors(f *fitting) []float64 {
	var out []float64
	for i, row := range regression.UncentredCovariance(f.model, f.Inverse(), f.centre) {
		out = append(out, math.Sqrt(row[i]))
	}
	return out
}

// about compares with parameters that R's svyolr finds by a search that ends
// early: what it leaves is small beside their standard errors.
func (t *modelTrial) about(name string, got, ses []float64, want any) {
	t.Helper()
	if want == nil {
		return
	}
	for i, w := range asNumbers(want) {
		if !(math.Abs(got[i]-w) <= float64(t.fields[name]*max(math.Abs(w), ses[i]))) {
			t.Errorf("%s %d is %.15g, R has %.15g", name, i, got[i], w)
		}
	}
}
