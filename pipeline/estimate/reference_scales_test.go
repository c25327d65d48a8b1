package estimate

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/table"
)

func checkCorrelation(t *modelTrial) {
	t.prepare()
	want := t.expect()
	x := t.model.X.(string)
	q := questions{numbers: []string{x, t.model.Y}}
	row := table.Row{Analysis: table.Correlation, Item: x + "_n", With: []string{t.model.Y + "_n"}}
	of := func(method string) (table.Estimate, table.Test) {
		row.Method = method
		got, _ := t.estimated(t.config(), q, row)
		return got.Cells[0][0], got.Tests[0]
	}
	e, _ := of("")
	t.close("n", "", float64(e.Count), want["n"])
	t.close("pearson", "", e.Value, want["pearson"])
	e, test := of(PearsonT)
	t.close("pearson", "", e.Value, want["pearson"])
	t.close("pearson_t", "", test.Statistic, want["pearson_t"])
	t.close("pearson_p", "", test.P, want["pearson_p"])
	t.closeAll("pearson_ci95", []float64{e.Lo, e.Hi}, want["pearson_ci95"])
	e, test = of(Spearman)
	t.close("spearman", "", e.Value, want["spearman"])
	t.close("spearman_p", "", test.P, want["spearman_p"])
	e, test = of(Kendall)
	t.close("kendall_tau_b", "", e.Value, want["kendall_tau_b"])
	t.close("kendall_z", "", test.Statistic, want["kendall_z"])
	t.close("kendall_p", "", test.P, want["kendall_p"])
	if t.model.Weight != "" {
		t.Inputs.Design.Weights = []string{t.model.Weight}
		e, _ = of("")
		t.close("weighted_pearson", "", e.Value, want["weighted_pearson"])
	}
}

func checkAlpha(t *modelTrial) {
	t.prepare()
	want := t.expect()
	q := questions{numbers: slices.Clone(t.model.Items)}
	row := table.Row{Analysis: table.Alpha, Item: t.model.Items[0] + "_n"}
	for _, item := range t.model.Items[1:] {
		row.With = append(row.With, item+"_n")
	}
	if t.model.Use == "pairwise" {
		row.Method = Pairwise
	}
	got, _ := t.estimated(t.config(), q, row)
	at := func(name string) table.Estimate { return got.Cells[0][slices.Index(got.Choices, name)] }
	base := got.Domains[0].Base
	if want["n_rows"] != nil {
		t.close("n_rows", "", float64(base.Total()), want["n_rows"])
	}
	for name, figure := range map[string]string{"alpha": "", "raw_alpha": "", "std_alpha": AlphaStandard, "average_r": AlphaCorrelation} {
		if want[name] != nil {
			t.close(name, "", at(figure).Value, want[name])
		}
	}
	for name, figure := range map[string]string{"raw_alpha_if_dropped": AlphaDropped, "r_drop": AlphaRest} {
		by, _ := want[name].(map[string]any)
		for item, w := range by {
			t.close(name, item, at(figure+"="+item+"_n").Value, w)
		}
	}
	for _, name := range []string{"n", "n_complete"} {
		if want[name] != nil {
			t.close(name, "", float64(base.Answered()), want[name])
		}
	}
	if want["feldt_ci95"] != nil {
		t.closeAll("feldt_ci95", []float64{at("").Lo, at("").Hi}, want["feldt_ci95"])
	}
}

// together returns the row of several single-choice items.
func (t *modelTrial) together(a table.Analysis) (table.Row, questions) {
	row := table.Row{Analysis: a, Item: t.model.Vars[0] + "_c"}
	for _, item := range t.model.Vars[1:] {
		row.With = append(row.With, item+"_c")
	}
	q := questions{choices: slices.Clone(t.model.Vars)}
	if t.model.Count != "" {
		t.Inputs.Design.Weights = []string{t.model.Count}
	}
	return row, q
}

func checkCorrespondence(t *modelTrial) {
	t.prepare()
	want := t.expect()
	row, q := t.together(table.Correspondence)
	got, _ := t.estimated(t.config(), q, row)
	at := func(name string) float64 { return got.Cells[0][slices.Index(got.Choices, name)].Value }
	t.close("n", "", float64(got.Domains[0].Base.Answered()), want["n"])
	for k := range axes {
		axis, test := fmt.Sprintf("%s%d", axisName, k+1), got.Tests[k]
		t.close("eigenvalues", axis, test.Statistic, want["eigenvalues"].([]any)[k])
		t.close("greenacre_percent", axis, 100*test.Effect, want["greenacre_percent"].([]any)[k])
		by, _ := want[fmt.Sprintf("coord_dim%d", k+1)].(map[string]any)
		for _, category := range slices.Sorted(maps.Keys(by)) {
			item, choice, _ := strings.Cut(category, ":")
			t.close("coordinates", category, at(axis+":"+item+"_c="+choice), by[category])
		}
	}
}

// checkClasses asks for classes that are as likely as those that R finds from a
// given start; where they are, they are the same.
func checkClasses(t *modelTrial) {
	t.prepare()
	want := t.expect()
	row, q := t.together(table.LatentClasses)
	row.Classes = t.model.K
	got, _ := t.estimated(t.config(), q, row)
	at := func(name string) float64 { return got.Cells[0][slices.Index(got.Choices, name)].Value }
	best := asNumber(want["loglik"])
	fit := func(method string) table.Test {
		return got.Tests[slices.IndexFunc(got.Tests, func(test table.Test) bool { return test.Method == method })]
	}
	if loglik := fit(MethodLikelihood).Statistic; loglik < best-1e-6 {
		t.Fatalf("log likelihood %.10g, R has %.10g", loglik, best)
	} else if loglik > best+1e-6 {
		t.Logf("log likelihood %.10g, more than the %.10g from the start of the case", loglik, best)
		return
	}
	t.close("AIC", "", fit(MethodAIC).Statistic, want["AIC"])
	t.close("BIC", "", fit(MethodBIC).Statistic, want["BIC"])
	t.close("G2", "", fit(MethodG2).Statistic, want["G2"])
	t.close("entropy_R2", "", fit(MethodG2).Effect, want["entropy_R2"])
	for c, share := range asNumbers(want["pi"]) {
		class := fmt.Sprintf("%s%d", className, c+1)
		t.close("pi", class, at(class), share)
		for item, by := range want["theta"].(map[string]any) {
			p := asNumbers(by.([]any)[c])
			for k, choice := range t.sheet.choices(item) {
				if w := p[k]; math.Abs(at(class+":"+item+"_c="+choice)-w) > 1e-4 {
					t.Errorf("%s makes %s %s with %g, not %g", class, item, choice, at(class+":"+item+"_c="+choice), w)
				}
			}
		}
	}
}
