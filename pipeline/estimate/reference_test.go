package estimate

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The figures of R's survey package 4.5 that estimates are checked against. A
// part of them, on synthetic answers, is kept with the package.
var references = []string{"testdata/reference", "../../../shared/reference"}

// goal is how close to R a figure must come.
const goal = 1e-9

type reference struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Inputs   inputs          `json:"inputs"`
	Expected json.RawMessage `json:"expected"`
}

type inputs struct {
	Data   string `json:"data"`
	Recode *struct {
		Columns []string `json:"columns"`
		Codes   []int    `json:"codes"`
	} `json:"recode_missing"`
	Design struct {
		IDs     []string `json:"ids"`
		Strata  []string `json:"strata"`
		Weights []string `json:"weights"`
		FPC     []string `json:"fpc"`
	} `json:"design"`
	Var    string   `json:"var"`
	Vars   []string `json:"vars"`
	By     []string `json:"by"`
	Value  any      `json:"value"`
	Level  float64  `json:"level"`
	Subset *struct {
		Var   string `json:"var"`
		Op    string `json:"op"`
		Value any    `json:"value"`
	} `json:"subset"`
	Lonely       string  `json:"lonely"`
	LonelyDomain bool    `json:"adjust_domain_lonely"`
	Domain       string  `json:"domain"`
	Num          string  `json:"num"`
	Den          string  `json:"den"`
	Row          string  `json:"row"`
	Col          string  `json:"col"`
	Codes        []int   `json:"recode_codes"`
	X            float64 `json:"x"`
	N            float64 `json:"n"`
}

func TestAgreesWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the reference figures in %s are not here", dir)
			}
			cases := 0
			for _, group := range []string{"freq", "means", "ciprop", "domain", "multiselect", "lonely", "scores", "tables", "svychisq", "banner", "ratio"} {
				for _, r := range readReferences(t, dir, group) {
					if check := checks[r.Kind]; check != nil {
						cases++
						t.Run(r.ID, func(t *testing.T) { check(&trial{T: t, dir: dir, reference: r}) })
					}
				}
			}
			t.Logf("%d cases of %s", cases, dir)
			if cases == 0 {
				t.Error("no case was checked")
			}
		})
	}
}

var checks = map[string]func(*trial){
	"freq": checkFreq, "svymean_total": checkMean, "svyciprop": checkIntervals, "binom_ci": checkBinomial,
	"svyby": checkDomains, "select_multiple": checkMultiple, "theme_counts": checkThemes,
	"svychisq": checkIndependence, "column_prop_z": checkComparisons, "column_prop_design": checkComparisons,
	"svyratio": checkRatio, "lonely_psu": checkLonely, "likert_scores": checkScores, "crosstab": checkCrosstab,
}

func readReferences(t *testing.T, dir, group string) []reference {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, group, "expected.json"))
	if os.IsNotExist(err) {
		return nil
	}
	var out []reference
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// trial is one case under check.
type trial struct {
	*testing.T
	dir string
	reference
	sheet *sheet
}

// expect reads the expected figures, null and "Inf" as NaN.
func (t *trial) expect() map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(t.Expected, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func asNumber(v any) float64 {
	if x, ok := v.(float64); ok {
		return x
	}
	return math.NaN()
}

func asNumbers(v any) []float64 {
	var out []float64
	for _, x := range v.([]any) {
		out = append(out, asNumber(x))
	}
	return out
}

func (t *trial) near(what string, got float64, want any) {
	t.Helper()
	w := asNumber(want)
	if math.IsNaN(w) != math.IsNaN(got) || math.Abs(got-w) > max(1e-12, goal*math.Abs(w)) {
		t.Errorf("%s is %.15g, R has %.15g", what, got, w)
	}
}

func (t *trial) nearAll(what string, got []float64, want any) {
	t.Helper()
	w := asNumbers(want)
	if len(got) != len(w) {
		t.Errorf("%s has %d figures, R has %d", what, len(got), len(w))
		return
	}
	for i := range w {
		t.near(fmt.Sprintf("%s[%d]", what, i), got[i], w[i])
	}
}

// load reads the data with the recodes of the case, and marks the subset in a
// column "inside".
func (t *trial) load() {
	t.Helper()
	t.sheet = readSheet(t.T, filepath.Join(t.dir, "data", filepath.Base(t.Inputs.Data)))
	recode := func(columns []string, codes []int) {
		for _, c := range columns {
			for i, v := range t.sheet.cells[c] {
				if n, err := strconv.Atoi(v); err == nil && slices.Contains(codes, n) {
					t.sheet.cells[c][i] = ""
				}
			}
		}
	}
	if r := t.Inputs.Recode; r != nil {
		recode(r.Columns, r.Codes)
	}
	recode([]string{t.Inputs.Row, t.Inputs.Col}, t.Inputs.Codes)
	inside := make([]string, t.sheet.rows)
	for i := range inside {
		inside[i] = "yes"
		if s := t.Inputs.Subset; s != nil && !slices.Contains(texts(s.Value), t.sheet.cells[s.Var][i]) {
			inside[i] = "no"
		}
	}
	t.sheet.cells["inside"], t.sheet.levels["inside"] = inside, []string{"yes", "no"}
}

func texts(v any) []string {
	if l, ok := v.([]any); ok {
		var out []string
		for _, x := range l {
			out = append(out, fmt.Sprint(x))
		}
		return out
	}
	return []string{fmt.Sprint(v)}
}

// config returns the design of the case.
func (t *trial) config() Config {
	d := t.Inputs.Design
	out := Config{Design: sampling.Design{Kind: table.Simple}}
	if len(d.Strata) > 0 {
		out.Design.Kind, out.Design.Strata = table.Stratified, d.Strata[0]+"_c"
	}
	if len(d.IDs) > 0 {
		out.Design.Kind, out.Design.PSU = table.Cluster, d.IDs[0]+"_n"
	}
	if len(d.FPC) > 0 {
		out.Design.FPC = d.FPC[0] + "_n"
	}
	return out
}

// questions adds to the items asked for those of the design.
func (t *trial) questions(q questions) questions {
	d := t.Inputs.Design
	q.choices = append(q.choices, "inside")
	for _, group := range []struct {
		to   *[]string
		from []string
	}{{&q.choices, d.Strata}, {&q.numbers, d.IDs}, {&q.numbers, d.FPC}} {
		for _, c := range group.from {
			if !slices.Contains(*group.to, c) {
				*group.to = append(*group.to, c)
			}
		}
	}
	if len(d.Weights) > 0 {
		q.weight = d.Weights[0]
	}
	return q
}

// one computes a single row of the plan within the subset.
func (t *trial) one(cfg Config, q questions, r table.Row) *table.Table {
	t.Helper()
	if t.sheet == nil {
		t.load()
	}
	if r.By == nil {
		r.By = []string{"inside_c"}
	}
	return compute(t.T, t.sheet.dataset(t.T, t.questions(q)), cfg, r)[0]
}

func field(es []table.Estimate, of func(table.Estimate) float64) []float64 {
	out := make([]float64, len(es))
	for i, e := range es {
		out[i] = of(e)
	}
	return out
}

func value(e table.Estimate) float64    { return e.Value }
func se(e table.Estimate) float64       { return e.SE }
func deff(e table.Estimate) float64     { return e.DEff }
func weighted(e table.Estimate) float64 { return e.Weighted }
func count(e table.Estimate) float64    { return float64(e.Count) }

// wald gives the t interval on R's degrees of freedom, which in these cases
// are those of the whole sample although answers are missing.
func wald(e table.Estimate, df any) []float64 {
	lo, hi := precision{value: e.Value, se: e.SE, t: quantileFor(0.95, asNumber(df)), level: 0.95}.wald()
	return []float64{lo, hi}
}

func checkFreq(t *trial) {
	r := table.Row{Analysis: table.PropSelectOne, Item: t.Inputs.Var + "_c"}
	q := questions{choices: []string{t.Inputs.Var}}
	want := t.expect()
	got := t.one(t.config(), q, r)
	cells := got.Cells[0]
	if !slices.Equal(got.Choices, texts(want["levels"])) {
		t.Fatalf("choices %v, R has %v", got.Choices, want["levels"])
	}
	t.nearAll("n", field(cells, count), want["n"])
	t.nearAll("total", field(cells, weighted), want["total"])
	checkCategories(t, want)
	t.nearAll("prop", field(cells, value), want["prop"])
	t.nearAll("se", field(cells, se), want["prop_se"])
	t.nearAll("deff", field(cells, deff), want["deff"])
	base := got.Domains[0].Base
	t.near("missing", float64(base.Total()-base.Answered()), want["n_missing"])
	t.near("kish", float64(base.Answered())/base.Kish, want["kish_deff"])
	for i, ci := range want["prop_ci95_t"].([]any) {
		t.nearAll("t interval", wald(cells[i], want["df"]), ci)
	}
	cfg := t.config()
	cfg.DEff = DEffReplace
	t.nearAll("deff with replacement", field(t.one(cfg, q, r).Cells[0], deff), want["deff_replace"])
}

func checkMean(t *trial) {
	want := t.expect()
	got := t.one(t.config(), questions{numbers: []string{t.Inputs.Var}}, table.Row{Analysis: table.Mean, Item: t.Inputs.Var + "_n"})
	t.mean(got, want)
	checkTotals(t, want)
	cfg := t.config()
	cfg.DEff = DEffReplace
	again := t.one(cfg, questions{numbers: []string{t.Inputs.Var}}, table.Row{Analysis: table.Mean, Item: t.Inputs.Var + "_n"})
	t.near("deff with replacement", again.Cells[0][0].DEff, want["mean_deff_replace"])
	if strings.HasPrefix(t.Inputs.Var, "q") { // also as a scale
		t.mean(t.one(t.config(), questions{choices: []string{t.Inputs.Var}}, table.Row{Analysis: table.Mean, Item: t.Inputs.Var + "_c"}), want)
	}
}

func (t *trial) mean(got *table.Table, want map[string]any) {
	t.Helper()
	e, base := got.Cells[0][0], got.Domains[0].Base
	t.near("n", float64(e.Count), want["n_valid"])
	t.near("Σw", e.Weighted, want["sum_w_valid"])
	t.near("mean", e.Value, want["mean"])
	t.near("se", e.SE, want["mean_se"])
	t.near("deff", e.DEff, want["mean_deff"])
	t.near("kish", base.Kish, want["kish_neff"])
	t.nearAll("t interval", wald(e, want["df"]), want["mean_ci95_t"])
	if base.Answered() == base.Total() {
		t.near("df", e.DF, want["df"])
		t.nearAll("interval", []float64{e.Lo, e.Hi}, want["mean_ci95_t"])
	}
}
