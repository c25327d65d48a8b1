package estimate

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// repeated makes a test of columns, as numbers or as choices of one list, of
// answers that stand for themselves.
func (t *modelTrial) repeated(a table.Analysis, method, kind string, columns ...string) table.Test {
	t.Helper()
	var levels []string
	for _, c := range columns {
		for _, l := range t.sheet.choices(c) {
			if !slices.Contains(levels, l) {
				levels = append(levels, l)
			}
		}
	}
	if t.sheet.levels[columns[0]] == nil {
		slices.Sort(levels)
	}
	q := questions{numbers: columns}
	if kind == "_c" {
		q = questions{choices: columns}
		for _, c := range columns {
			t.sheet.levels[c] = levels
		}
	}
	r := table.Row{Analysis: a, Method: method, Item: columns[0] + kind, By: []string{"inside_c"}}
	for _, c := range columns[1:] {
		r.With = append(r.With, c+kind)
	}
	return t.one(Config{Design: sampling.Design{Kind: table.Simple}}, q, r).Tests[0]
}

func checkPairs(t *modelTrial) {
	t.prepare()
	want := t.expect()
	kinds := []string{"_n"}
	if t.few(t.model.Pre) && t.few(t.model.Post) && len(t.sheet.choices(t.model.Pre)) > 2 {
		kinds = append(kinds, "_c")
	}
	for _, kind := range kinds {
		test := func(method string) table.Test {
			return t.repeated(table.TestPaired, method, kind, t.model.Pre, t.model.Post)
		}
		mean := test(PairedT)
		t.close("n", kind, float64(mean.N), want["n"])
		t.close("mean_diff", kind, mean.Effect, want["mean_diff"])
		t.close("t", kind, mean.Statistic, want["t"])
		t.close("df", kind, mean.DDF, want["df"])
		t.close("p", kind, mean.P, want["p"])
		t.closeAll("ci95", []float64{mean.Lo, mean.Hi}, want["ci95"])
		if len(t.sheet.cells[t.model.Pre]) == int(mean.N) { // nobody is missing: the same under the design
			design := test(MethodTwoMeans)
			t.close("t", "of the design", design.Statistic, want["t"])
			t.close("df", "of the design", design.DDF, want["df"])
			t.closeAll("ci95", []float64{design.Lo, design.Hi}, want["ci95"])
		}
		for method, field := range map[string]string{
			SignedRank: "wilcoxon_p_nocorr", SignedRankCorrected: "wilcoxon_p_corr", SignedRankExact: "wilcoxon_p_exact", SignTest: "sign_p",
		} {
			if want[field] != nil {
				t.close(field, kind, test(method).P, want[field])
			}
		}
		t.close("rank_biserial", kind, test(SignedRank).Effect, want["rank_biserial"])
		t.close("improved", "less worse"+kind, test(SignTest).Effect, asNumber(want["improved"])-asNumber(want["worse"]))
		if method := test("").Method; method != map[string]string{"_n": PairedT, "_c": SignedRank}[kind] {
			t.Errorf("without a method it is %s", method)
		}
	}
}

func checkMcNemar(t *modelTrial) {
	t.prepare()
	want := t.expect()
	test := func(method string) table.Test {
		return t.repeated(table.TestPaired, method, "_c", t.model.Pre, t.model.Post)
	}
	plain := test("")
	if plain.Method != McNemar {
		t.Errorf("without a method it is %s", plain.Method)
	}
	t.close("X2", "", plain.Statistic, want["X2"])
	t.close("p", "", plain.P, want["p"])
	t.close("X2_cc", "", test(McNemarCorrected).Statistic, want["X2_cc"])
	t.close("p_cc", "", test(McNemarCorrected).P, want["p_cc"])
	t.close("p_exact", "", test(McNemarExact).P, want["p_exact"])
	t.close("p_mid", "", test(McNemarMidP).P, want["p_mid"])
	t.close("diff", "", plain.Effect, want["diff"])
	t.close("diff_se", "", plain.SE, want["diff_se"])
	t.close("diff", "by t", test(MethodTwoMeans).Effect, want["diff"])
}

// checkSymmetry puts five steps together to three where the case has a table of
// three: 1-2, 3, 4-5.
func checkSymmetry(t *modelTrial) {
	t.prepare()
	want := t.expect()
	if rows, ok := want["table"].([]any); ok && len(rows) == 3 && len(t.sheet.choices(t.model.Pre)) > 3 {
		for _, column := range []string{t.model.Pre, t.model.Post} {
			for i, v := range t.sheet.cells[column] {
				t.sheet.cells[column][i] = strings.NewReplacer("1", "1", "2", "1", "3", "2", "4", "3", "5", "3").Replace(v)
			}
		}
	}
	for method, field := range map[string]string{Bowker: "bowker", StuartMaxwell: "stuart_maxwell"} {
		test := t.repeated(table.TestPaired, method, "_c", t.model.Pre, t.model.Post)
		t.close(field, "", test.Statistic, want[field])
		t.close(field+"_df", "", test.NDF, want[field+"_df"])
		t.close(field+"_p", "", test.P, want[field+"_p"])
	}
}

func checkCochran(t *modelTrial) {
	t.prepare()
	want := t.expect()
	test := t.repeated(table.TestRepeated, "", "_c", t.model.Vars...)
	if test.Method != CochranQ {
		t.Errorf("without a method it is %s", test.Method)
	}
	t.close("n", "", float64(test.N), want["n"])
	t.close("Q", "", test.Statistic, want["Q"])
	t.close("df", "", test.NDF, want["df"])
	t.close("p", "", test.P, want["p"])
}

func checkFriedman(t *modelTrial) {
	t.prepare()
	want := t.expect()
	for _, kind := range []string{"_n", "_c"} {
		if kind == "_c" && slices.ContainsFunc(t.model.Vars, func(c string) bool { return !t.few(c) }) {
			continue
		}
		test := t.repeated(table.TestRepeated, Friedman, kind, t.model.Vars...)
		t.close("n", kind, float64(test.N), want["n"])
		t.close("chi2", kind, test.Statistic, want["chi2"])
		t.close("df", kind, test.NDF, want["df"])
		t.close("p", kind, test.P, want["p"])
		t.close("kendall_w", kind, test.Effect, want["kendall_w"])
	}
}
