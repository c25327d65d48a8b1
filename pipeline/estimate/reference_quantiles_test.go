package estimate

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/orderstat"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func lower(e table.Estimate) float64 { return e.Lo }
func upper(e table.Estimate) float64 { return e.Hi }

// inside returns the cells of the domain that the case is of.
func inside(tables []*table.Table) []table.Estimate {
	var out []table.Estimate
	for _, t := range tables {
		out = append(out, t.Cells[0]...)
	}
	return out
}

// checkQuantiles checks each rule and each interval, of numbers and, where they
// are few, of the scores of a scale. The rule "shahvaish" is optional.
func checkQuantiles(t *modelTrial) {
	t.prepare()
	want := t.expect()
	kinds := map[string]bool{"n": true}
	if values := t.sheet.choices(t.Inputs.Var); len(values) <= 12 {
		kinds["c"] = true
	}
	for kind := range kinds {
		q := questions{numbers: []string{t.Inputs.Var}}
		if kind == "c" {
			q = questions{choices: []string{t.Inputs.Var}}
		}
		d := t.sheet.dataset(t.T, t.questions(q))
		for name, fields := range want {
			method := ""
			switch {
			case strings.HasPrefix(name, "rule_"):
				if method = strings.TrimPrefix(name, "rule_"); !orderstat.Rule(method).Known() {
					if method != "shahvaish" {
						t.Errorf("the rule %s is not known", method)
					}
					continue
				}
			case strings.HasPrefix(name, "ci_"):
				method = strings.Replace(strings.TrimPrefix(name, "ci_"), "xlogit", "logit", 1)
			case name == "df":
			default:
				t.Errorf("nobody checks %s", name)
			}
			var rows []table.Row
			for _, p := range t.model.Quantiles {
				rows = append(rows, table.Row{Analysis: table.Quantile, Item: t.Inputs.Var + "_" + kind, Prob: p, By: []string{"inside_c"}, Method: method, Level: t.Inputs.Level})
			}
			cells := inside(compute(t.T, d, t.config(), rows...))
			if name == "df" {
				for _, e := range cells {
					t.close("df", "", e.DF, want["df"])
				}
				continue
			}
			f := fields.(map[string]any)
			t.closeList(name+" q", field(cells, value), f["q"])
			t.closeList(name+" lo", field(cells, lower), f["lo"])
			t.closeList(name+" hi", field(cells, upper), f["hi"])
			t.closeList(name+" se", field(cells, se), f["se"])
		}
	}
}

// closeList is closeAll for what R writes as a number where there is one.
func (t *modelTrial) closeList(name string, got []float64, want any) {
	t.Helper()
	if _, one := want.([]any); !one {
		want = []any{want}
	}
	t.closeAll(name, got, want)
}

// checkReplicates checks all figures of a replicate design.
func checkReplicates(t *modelTrial) {
	t.prepare()
	q := questions{numbers: append(append([]string{}, t.model.Means...), t.model.Ratio...)}
	for _, c := range append([]string{t.model.Share}, t.model.Cross...) {
		if c != "" {
			q.choices = append(q.choices, c)
		}
	}
	if t.model.Quantile != "" {
		q.numbers = append(q.numbers, t.model.Quantile)
	}
	q.numbers, q.choices = once(q.numbers), once(q.choices)
	cfg := t.replicateDesign(&q)
	q.choices = append(q.choices, "inside")
	q.weight = t.Inputs.Design.Weights[0]
	d := t.sheet.dataset(t.T, q)
	for name, fields := range t.expect() {
		f, _ := fields.(map[string]any)
		switch {
		case name == "n_replicates":
			t.close(name, "", float64(len(cfg.Design.Replicates.Columns)), fields)
		case name == "df":
			e := compute(t.T, d, cfg, table.Row{Analysis: table.Mean, Item: t.model.Means[0] + "_n"})[0].Cells[0][0]
			t.close(name, "", e.DF, fields)
		case strings.HasPrefix(name, "mean_"):
			e := compute(t.T, d, cfg, table.Row{Analysis: table.Mean, Item: strings.TrimPrefix(name, "mean_") + "_n"})[0].Cells[0][0]
			t.figure(name, e, f)
			t.closeAll(name, []float64{e.Lo, e.Hi}, f["ci95_t"])
		case strings.HasPrefix(name, "total_"):
			column := strings.TrimPrefix(name, "total_")
			e := compute(t.T, d, cfg, table.Row{Analysis: table.Total, Item: column + "_n"})[0].Cells[0][0]
			t.figure(name, e, f)
		case name == "ratio":
			e := compute(t.T, d, cfg, table.Row{Analysis: table.Ratio, Item: t.model.Ratio[0] + "_n", With: []string{t.model.Ratio[1] + "_n"}})[0].Cells[0][0]
			t.figure(name, e, f)
		case name == "prop":
			got := compute(t.T, d, cfg, table.Row{Analysis: table.PropSelectOne, Item: t.model.Share + "_c"})[0]
			if fmt.Sprint(got.Choices) != fmt.Sprint(texts(f["levels"])) {
				t.Errorf("choices %v, R has %v", got.Choices, f["levels"])
			}
			t.closeAll(name, field(got.Cells[0], value), f["est"])
			t.closeAll(name, field(got.Cells[0], se), f["se"])
		case name == "quantile" || name == "quantile_woodruff":
			t.quantiles(name, d, cfg, f)
		case name == "chisq":
			test := compute(t.T, d, cfg, table.Row{Analysis: table.TestIndependence, Item: t.model.Cross[0] + "_c", By: []string{t.model.Cross[1] + "_c"}})[0].Tests[0]
			t.close(name, "F", test.Statistic, f["F"])
			t.close(name, "ndf", test.NDF, f["ndf"])
			t.close(name, "ddf", test.DDF, f["ddf"])
			t.close(name, "p", test.P, f["p"])
		default:
			t.Errorf("nobody checks %s", name)
		}
	}
}

func (t *modelTrial) quantiles(name string, d *dataset.Dataset, cfg Config, want map[string]any) {
	t.Helper()
	ps := []float64{0.25, 0.5, 0.75}
	if f, ok := t.expect()["quantile"].(map[string]any); ok {
		ps = asNumbers(f["p"])
	}
	method := ""
	if name == "quantile" {
		method = "replicates"
	}
	var rows []table.Row
	for _, p := range ps {
		rows = append(rows, table.Row{Analysis: table.Quantile, Item: t.model.Quantile + "_n", Prob: p, Method: method})
	}
	cells := inside(compute(t.T, d, cfg, rows...))
	for what, of := range map[string]func(table.Estimate) float64{"est": value, "se": se, "lo": lower, "hi": upper} {
		if want[what] != nil {
			t.closeAll(name+" "+what, field(cells, of), want[what])
		}
	}
}

func (t *modelTrial) figure(name string, e table.Estimate, want map[string]any) {
	t.Helper()
	t.close(name, "est", e.Value, want["est"])
	t.close(name, "se", e.SE, want["se"])
}

func once(names []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		if !seen[n] {
			out, seen[n] = append(out, n), true
		}
	}
	return out
}
