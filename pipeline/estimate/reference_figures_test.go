package estimate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// checkTotals checks the totals and the variance of a number.
func checkTotals(t *trial, want map[string]any) {
	ask := func(a table.Analysis, cfg Config) table.Estimate {
		return t.one(cfg, questions{numbers: []string{t.Inputs.Var}}, table.Row{Analysis: a, Item: t.Inputs.Var + "_n"}).Cells[0][0]
	}
	total := ask(table.Total, t.config())
	t.near("total", total.Value, want["total"])
	t.near("total se", total.SE, want["total_se"])
	t.near("total deff", total.DEff, want["total_deff"])
	t.nearAll("total t interval", wald(total, want["df"]), want["total_ci95_t"])
	variance := ask(table.Variance, t.config())
	t.near("variance", variance.Value, want["variance"])
	t.near("variance se", variance.SE, want["variance_se"])
	t.near("sd", math.Sqrt(variance.Value), want["sd"])
	mean := ask(table.Mean, t.config())
	t.near("cv", mean.SE/math.Abs(mean.Value), want["mean_cv"])
	t.nearAll("z interval", []float64{mean.Value - 1.959963984540054*mean.SE, mean.Value + 1.959963984540054*mean.SE}, want["mean_ci95_z"])
	t.near("kish deff", float64(mean.Count)/asNumber(want["kish_neff"]), want["kish_deff"])
}

// checkCategories checks the totals of a frequency table, and the covariances of
// its shares.
func checkCategories(t *trial, want map[string]any) {
	totals := t.one(t.config(), questions{choices: []string{t.Inputs.Var}}, table.Row{Analysis: table.Total, Item: t.Inputs.Var + "_c"}).Cells[0]
	t.nearAll("total", field(totals, value), want["total"])
	t.nearAll("total se", field(totals, se), want["total_se"])
	// The variance of a net of two choices has their covariance in it.
	v, names := want["prop_vcov"].([]any), texts(want["levels"])
	for a := range names {
		for b := range a {
			net := t.one(t.config(), questions{choices: []string{t.Inputs.Var}}, table.Row{
				Analysis: table.PropNet, Item: t.Inputs.Var + "_c", Values: []string{names[a], names[b]},
			}).Cells[0][0]
			w := asNumber(row(v, a)[a]) + asNumber(row(v, b)[b]) + 2*asNumber(row(v, a)[b])
			if w > 1e-16 {
				t.near("se of a net", net.SE, math.Sqrt(w))
			}
		}
	}
	for i, p := range want["unweighted_prop"].([]any) {
		t.near("unweighted share", float64(totals[i].Count)/sum(asNumbers(want["n"])), p)
	}
}

func sum(x []float64) (out float64) {
	for _, y := range x {
		out += y
	}
	return out
}

func checkRatio(t *trial) {
	want := t.expect()
	e := t.one(t.config(), questions{numbers: []string{t.Inputs.Num, t.Inputs.Den}}, table.Row{
		Analysis: table.Ratio, Item: t.Inputs.Num + "_n", With: []string{t.Inputs.Den + "_n"},
	}).Cells[0][0]
	t.near("ratio", e.Value, want["ratio"])
	t.near("se", e.SE, want["se"])
	t.near("deff", e.DEff, want["deff"])
	t.nearAll("interval", wald(e, want["df"]), want["ci95_t"])
}

// checkDomainTotals checks totals by domain, and how the means of domains vary together.
func checkDomainTotals(t *trial, want map[string]any) {
	q := questions{numbers: []string{t.Inputs.Var}, choices: slices.Clone(t.Inputs.By)}
	r := table.Row{Analysis: table.Total, Item: t.Inputs.Var + "_n"}
	for _, by := range t.Inputs.By {
		r.By = append(r.By, by+"_c")
	}
	totals := t.one(t.config(), q, r)
	names := texts(want["domain"])
	at := make([]int, len(names))
	for d, domain := range totals.Domains {
		i := slices.Index(names, strings.Join(domain.Values, "|"))
		if i < 0 {
			continue
		}
		at[i] = d
		t.near(names[i]+" total", totals.Cells[d][0].Value, want["total"].([]any)[i])
		t.near(names[i]+" total se", totals.Cells[d][0].SE, want["total_se"].([]any)[i])
	}
	r.Analysis, r.Method = table.Compare, CompareDesign
	pairs := t.one(t.config(), q, r)
	v := want["mean_vcov"].([]any)
	for _, test := range pairs.Tests {
		a, b := slices.Index(at, test.Between[0]), slices.Index(at, test.Between[1])
		variance := asNumber(row(v, a)[a]) + asNumber(row(v, b)[b]) - 2*asNumber(row(v, a)[b])
		if variance > 1e-20 {
			t.near(fmt.Sprintf("se of %s less %s", names[a], names[b]), test.SE, math.Sqrt(variance))
		}
		if diff, ok := want["diff_first_two"].(map[string]any); ok && min(a, b) == 0 && max(a, b) == 1 {
			sign := 1.0
			if a == 1 {
				sign = -1
			}
			t.near("difference", sign*test.Effect, diff["est"])
			t.near("difference se", test.SE, diff["se"])
		}
	}
}

// checkBases checks the shares of items of several choices on their other bases.
func checkBases(t *trial, want map[string]any) {
	q := questions{multiple: map[string][]string{"bars": t.Inputs.Vars}}
	ask := func(r table.Row) []table.Estimate {
		r.Item = "bars"
		return t.one(t.config(), q, r).Cells[0]
	}
	responses := ask(table.Row{Analysis: table.PropSelectMultiple, Base: table.BaseResponses})
	t.nearAll("shares of responses", field(responses, value), want["weighted_pct_responses"])
	t.nearAll("counts of responses", field(responses, count), want["counts"])
	all := ask(table.Row{Analysis: table.PropSelectMultiple, Base: table.BaseRespondents})
	totals := ask(table.Row{Analysis: table.Total})
	t.nearAll("total", field(totals, value), want["weighted_total"])
	t.nearAll("total se", field(totals, se), want["weighted_total_se"])
	var made float64
	var whole float64
	for i, n := range asNumbers(want["counts"]) {
		made += n
		t.near("share of cases", n/asNumber(want["n_asked"]), want["pct_cases"].([]any)[i])
		whole = all[i].Weighted / all[i].Value
	}
	for i, n := range asNumbers(want["counts"]) {
		t.near("share of responses", n/made, want["pct_responses"].([]any)[i])
		t.near("share of respondents", all[i].Value, totals[i].Value/whole)
	}
	checkOverlaps(t, want)
	t.near("mean selected", made/asNumber(want["n_asked"]), want["mean_selected"])
}

// checkOverlaps checks how the choices go together.
func checkOverlaps(t *trial, want map[string]any) {
	n := int64(asNumber(want["n_asked"]))
	made := func(v string, i int) bool { return t.sheet.cells[v][i] == "1" }
	for a, x := range t.Inputs.Vars {
		for b, y := range t.Inputs.Vars {
			var one, other, both int64
			for i := range t.sheet.rows {
				switch {
				case made(x, i) && made(y, i):
					one, other, both = one+1, other+1, both+1
				case made(x, i):
					one++
				case made(y, i):
					other++
				}
			}
			jaccard, phi := hypothesis.Overlap(n, one, other, both)
			t.near("cooccurrence", float64(both), row(want["cooccurrence"], a)[b])
			t.near("jaccard", jaccard, row(want["jaccard"], a)[b])
			t.near("phi", phi, row(want["phi"], a)[b])
		}
	}
}

// checkLonelyTotal checks the total under a rule for lonely units.
func checkLonelyTotal(t *trial, cfg Config, want map[string]any) {
	r := table.Row{Analysis: table.Total, Item: "y_n"}
	if t.Inputs.Domain != "all" {
		r.By = []string{"dom_c"}
	}
	got := t.one(cfg, questions{numbers: []string{"y"}, choices: []string{"dom"}}, r)
	d := max(slices.IndexFunc(got.Domains, func(d table.Domain) bool { return d.Values[0] == t.Inputs.Domain }), 0)
	t.near("total", got.Cells[d][0].Value, want["total"])
	t.near("total se", got.Cells[d][0].SE, want["total_se"])
}

// checkNet checks the net score of a scale, with weights and without.
func checkNet(t *trial, want map[string]any) {
	r := table.Row{Analysis: table.NetScore, Item: t.Inputs.Var + "_c", Values: []string{"4", "5"}, Against: []string{"1", "2"}}
	got := t.one(t.config(), questions{choices: []string{t.Inputs.Var}}, r)
	e, w, s := got.Cells[0][0], want["weighted"].(map[string]any), want["weighted_se"].(map[string]any)
	t.near("net", e.Value, w["net"])
	t.near("net se", e.SE, s["net"])
	t.near("n", float64(e.Count), want["n_valid"])
	d := t.Inputs.Design
	t.Inputs.Design.IDs, t.Inputs.Design.Strata, t.Inputs.Design.Weights, t.Inputs.Design.FPC = nil, nil, nil, nil
	defer func() { t.Inputs.Design = d }()
	plain := want["unweighted"].(map[string]any)
	ask := func(r table.Row) table.Estimate {
		r.Item = t.Inputs.Var + "_c"
		return t.one(Config{Design: sampling.Design{Kind: table.Simple}}, questions{choices: []string{t.Inputs.Var}}, r).Cells[0][0]
	}
	e = ask(r)
	t.near("unweighted net", e.Value, plain["net"])
	// Theirs is a sample of those who answered; ours one in which they are a domain.
	n, all := float64(e.Count), float64(t.sheet.rows)
	t.near("unweighted net se", e.SE*math.Sqrt(n/(n-1)/(all/(all-1))), want["unweighted_net_se"])
	t.near("unweighted", e.Value, plain["net"])
	t.near("unweighted top 2", ask(table.Row{Analysis: table.PropNet, Values: []string{"4", "5"}}).Value, plain["top2"])
	t.near("unweighted bottom 2", ask(table.Row{Analysis: table.PropNet, Values: []string{"1", "2"}}).Value, plain["bottom2"])
	t.near("unweighted mean", ask(table.Row{Analysis: table.Mean}).Value, plain["mean"])
	t.near("unweighted sd", math.Sqrt(ask(table.Row{Analysis: table.Variance}).Value), plain["sd"])
}
