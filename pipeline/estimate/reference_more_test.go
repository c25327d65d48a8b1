package estimate

import (
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func checkIntervals(t *trial) {
	want := t.expect()
	for kind, name := range map[Interval]string{Logit: "logit", WaldT: "mean", Wilson: "wilson", Beta: "beta", Asin: "asin", Likelihood: "likelihood_exact"} {
		cfg := t.config()
		cfg.Interval = kind
		got := t.one(cfg, questions{choices: []string{t.Inputs.Var}}, table.Row{
			Analysis: table.PropNet, Item: t.Inputs.Var + "_c", Values: texts(t.Inputs.Value), Level: t.Inputs.Level,
		})
		e := got.Cells[0][0]
		t.near("share", e.Value, want["est"])
		t.near("se", e.SE, want["se"])
		t.near("df", e.DF, want["df"])
		t.near("base", float64(got.Domains[0].Base.Answered()), want["n"])
		t.nearAll(name, []float64{e.Lo, e.Hi}, want[name])
		if e.Method != string(kind) {
			t.Errorf("method %q", e.Method)
		}
	}
}

// checkBinomial compares the intervals on a simple random sample with those
// for a binomial: the same where t is replaced by the normal quantile, or for
// the beta interval as it is.
func checkBinomial(t *trial) {
	want := t.expect()
	x, n := t.Inputs.X, t.Inputs.N
	p := precision{value: x / n, t: quantileFor(t.Inputs.Level, n-1), n: n, kish: n, level: t.Inputs.Level}
	lo, hi := p.beta(n)
	t.nearAll("clopper_pearson", []float64{lo, hi}, want["clopper_pearson"])
	p.t = quantileFor(p.level, math.Inf(1))
	lo, hi = p.wilson(n)
	t.nearAll("wilson", []float64{lo, hi}, want["wilson"])
	if x == 0 || x == n {
		p.t = quantileFor(p.level, n-1)
		lo, hi, method := p.interval(Logit)
		t.nearAll("interval of a share of 0 or 1", []float64{lo, hi}, want["clopper_pearson"])
		if method != Beta {
			t.Errorf("method %q", method)
		}
	}
}

func checkDomains(t *trial) {
	want := t.expect()
	q := questions{numbers: []string{t.Inputs.Var}, choices: slices.Clone(t.Inputs.By)}
	r := table.Row{Analysis: table.Mean, Item: t.Inputs.Var + "_n"}
	for _, by := range t.Inputs.By {
		r.By = append(r.By, by+"_c")
	}
	got := t.one(t.config(), q, r)
	checkDomainTotals(t, want)
	names := texts(want["domain"])
	if len(names) != len(got.Domains) {
		t.Errorf("%d domains, R has %d", len(got.Domains), len(names))
	}
	for d, domain := range got.Domains {
		i := slices.Index(names, strings.Join(domain.Values, "|"))
		if i < 0 {
			t.Errorf("R has no domain %v", domain.Values)
			continue
		}
		e := got.Cells[d][0]
		at := func(name string) any { return want[name].([]any)[i] }
		t.near(names[i]+" n", float64(e.Count), at("n"))
		t.near(names[i]+" mean", e.Value, at("mean"))
		t.near(names[i]+" se", e.SE, at("se"))
		if domain.Base.Answered() == domain.Base.Total() {
			t.near(names[i]+" df", e.DF, at("df_domain"))
		}
	}
}

func checkMultiple(t *trial) {
	want := t.expect()
	got := t.one(t.config(), questions{multiple: map[string][]string{"bars": t.Inputs.Vars}}, table.Row{Analysis: table.PropSelectMultiple, Item: "bars"})
	cells := got.Cells[0]
	t.nearAll("counts", field(cells, count), want["counts"])
	t.nearAll("shares", field(cells, value), want["weighted_pct_cases"])
	t.nearAll("se", field(cells, se), want["weighted_se"])
	t.nearAll("total", field(cells, weighted), want["weighted_total"])
	base := got.Domains[0].Base
	t.near("asked", float64(base.Asked()), want["n_asked"])
	t.near("not asked", float64(base.Total()-base.Asked()), want["n_not_asked"])
	t.near("df", cells[0].DF, want["df"])

	checkBases(t, want)

	// Each choice for itself is a net of one, and none of them is not any.
	net := t.one(t.config(), questions{multiple: map[string][]string{"bars": t.Inputs.Vars}}, table.Row{Analysis: table.PropNet, Item: "bars", Values: t.Inputs.Vars})
	t.near("none", float64(base.Answered()-net.Cells[0][0].Count), want["n_none"])
}

func checkThemes(t *trial) {
	all := t.expect()
	for _, v := range t.Inputs.Vars {
		want := all[v].(map[string]any)
		got := t.one(t.config(), questions{choices: []string{v}}, table.Row{Analysis: table.PropNet, Item: v + "_c", Values: []string{"1"}})
		e := got.Cells[0][0]
		t.near(v+" coded", float64(got.Domains[0].Base.Answered()), want["n_coded"])
		t.near(v+" n", float64(e.Count), want["n"])
		t.near(v+" share", e.Value, want["weighted"])
		t.near(v+" se", e.SE, want["se"])
		t.nearAll(v+" interval", []float64{e.Lo, e.Hi}, want["ci95_logit"])
	}
}

func checkLonely(t *trial) {
	want := t.expect()
	cfg := t.config()
	cfg.Design.Lonely, cfg.Design.LonelyDomain = sampling.Lonely(t.Inputs.Lonely), t.Inputs.LonelyDomain
	if cfg.Design.Lonely == "certainty" { // R's other name for remove
		cfg.Design.Lonely = sampling.LonelyRemove
	}
	checkLonelyTotal(t, cfg, want)
	for i, column := range []string{"y", "bin"} {
		r := table.Row{Analysis: table.Mean, Item: column + "_n"}
		if t.Inputs.Domain != "all" {
			r.By = []string{"dom_c"}
		}
		got := t.one(cfg, questions{numbers: []string{column}, choices: []string{"dom"}}, r)
		d := max(slices.IndexFunc(got.Domains, func(d table.Domain) bool { return d.Values[0] == t.Inputs.Domain }), 0)
		e := got.Cells[d][0]
		t.near(column+" mean", e.Value, asNumbers(want["mean"])[i])
		t.near(column+" se", e.SE, asNumbers(want["se"])[i])
		t.near(column+" df", e.DF, want["df"])
	}
}

func checkScores(t *trial) {
	want := t.expect()
	checkNet(t, want)
	shares, ses := want["weighted"].(map[string]any), want["weighted_se"].(map[string]any)
	for _, c := range []struct {
		name string
		row  table.Row
	}{
		{"top2", table.Row{Analysis: table.PropNet, Values: []string{"4", "5"}}},
		{"bottom2", table.Row{Analysis: table.PropNet, Values: []string{"1", "2"}}},
		{"mean", table.Row{Analysis: table.Mean}},
	} {
		c.row.Item = t.Inputs.Var + "_c"
		e := t.one(t.config(), questions{choices: []string{t.Inputs.Var}}, c.row).Cells[0][0]
		t.near(c.name, e.Value, shares[c.name])
		t.near(c.name+" se", e.SE, ses[c.name])
	}
}

// checkCrosstab compares counts and column shares with a table of counts.
func checkCrosstab(t *trial) {
	want := t.expect()
	got := t.one(t.config(), questions{choices: []string{t.Inputs.Row, t.Inputs.Col}}, table.Row{
		Analysis: table.PropSelectOne, Item: t.Inputs.Row + "_c", By: []string{t.Inputs.Col + "_c"},
	})
	rows, columns := texts(want["rows"]), texts(want["cols"])
	var total int64
	for d, domain := range got.Domains {
		total += domain.Base.Answered()
		j := slices.Index(columns, domain.Values[0])
		for c, choice := range got.Choices {
			e, i := got.Cells[d][c], slices.Index(rows, choice)
			n := asNumbers(want["table"].([]any)[i])[j]
			t.near(choice+" n", float64(e.Count), n)
			t.near(choice+" share", e.Value, n/float64(domain.Base.Answered()))
		}
	}
	t.near("n", float64(total), want["n"])
}
