package agreement

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Figures of R that measures are checked against. A part of them, on synthetic
// codes, is kept with the package.
var references = []string{"testdata/reference", "../../../shared/reference"}

type reference struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Inputs struct {
		Data       string      `json:"data"`
		Coders     []string    `json:"coders"`
		Categories []any       `json:"categories"`
		Table      Table       `json:"table"`
		Counts     Counts      `json:"counts"`
		A          []string    `json:"coder_a"`
		B          []string    `json:"coder_b"`
		Weights    [][]float64 `json:"weights"`
		Level      float64     `json:"level"`
	} `json:"inputs"`
	Expected  map[string]any `json:"expected"`
	Tolerance struct {
		Rel float64 `json:"rel"`
		Abs float64 `json:"abs"`
	} `json:"tolerance"`
	Fields map[string]float64 `json:"field_tolerance"`
}

var checks = map[string]func(*trial){
	"two_coder_agreement": checkTwo, "fleiss_kappa": checkFleiss,
	"multi_coder_agreement": checkMany, "multilabel_agreement": checkLabels,
}

func TestAgreesWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(dir, "reliability", "expected.json"))
			if err != nil {
				t.Skipf("the reference figures in %s are not here", dir)
			}
			var all []reference
			if err := json.Unmarshal(raw, &all); err != nil {
				t.Fatal(err)
			}
			cases := 0
			for _, r := range all {
				if check := checks[r.Kind]; check != nil {
					cases++
					t.Run(r.ID, func(t *testing.T) {
						x := &trial{T: t, dir: dir, reference: r, seen: map[string]bool{}}
						check(x)
						x.all()
					})
				}
			}
			t.Logf("%d cases of %s", cases, dir)
			if cases == 0 {
				t.Error("no case was checked")
			}
		})
	}
}

// trial is one case under check.
type trial struct {
	*testing.T
	dir string
	reference
	seen map[string]bool
}

func (t *trial) level() float64 {
	if t.Inputs.Level > 0 {
		return t.Inputs.Level
	}
	return 0.95
}

// near compares a figure with what is expected at a path of fields, if it is.
func (t *trial) near(got float64, path ...string) {
	t.Helper()
	var want any = t.Expected
	for i, p := range path {
		m, ok := want.(map[string]any)
		if !ok {
			t.Fatalf("%v is no object", path[:i])
		}
		if want, ok = m[p]; !ok {
			return
		}
	}
	t.seen[strings.Join(path, "/")] = true
	t.compare(strings.Join(path, "/"), path[0], got, want)
}

func (t *trial) compare(name, field string, got float64, want any) {
	t.Helper()
	rel := t.Tolerance.Rel
	if r, ok := t.Fields[field]; ok {
		rel = r
	}
	w := asNumber(want)
	if d := math.Abs(got - w); math.IsNaN(w) != math.IsNaN(got) || d > max(t.Tolerance.Abs, rel*math.Abs(w)) {
		t.Errorf("%s is %.15g, R has %.15g", name, got, w)
	}
}

func asNumber(v any) float64 {
	if x, ok := v.(float64); ok {
		return x
	}
	return math.NaN()
}

// list compares a list, if it is expected.
func (t *trial) list(got []float64, path ...string) {
	t.Helper()
	var want any = t.Expected
	for _, p := range path {
		var ok bool
		if want, ok = want.(map[string]any)[p]; !ok {
			return
		}
	}
	t.seen[strings.Join(path, "/")] = true
	w, _ := want.([]any)
	if len(w) != len(got) {
		t.Errorf("%v has %d figures, R has %d", path, len(got), len(w))
		return
	}
	for i := range w {
		t.compare(fmt.Sprintf("%v[%d]", path, i), path[0], got[i], w[i])
	}
}

func (t *trial) table(got Table, path ...string) {
	t.Helper()
	var want any = t.Expected
	for _, p := range path {
		want = want.(map[string]any)[p]
	}
	t.seen[strings.Join(path, "/")] = true
	if text, is := fmt.Sprint(want), fmt.Sprint([][]float64(got)); want != nil && text != is {
		t.Errorf("%v is %s, R has %s", path, is, text)
	}
}

// all wants every field of the case to have been compared.
func (t *trial) all() {
	t.Helper()
	var walk func(v any, path []string)
	walk = func(v any, path []string) {
		if m, ok := v.(map[string]any); ok {
			for k, x := range m {
				walk(x, append(slices.Clone(path), k))
			}
			return
		}
		if name := strings.Join(path, "/"); !t.seen[name] {
			t.Errorf("%s was not compared", name)
		}
	}
	walk(t.Expected, nil)
}

// columns reads columns of the data of the case.
func (t *trial) columns(names []string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(t.dir, "data", filepath.Base(t.Inputs.Data)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]string, len(names))
	for k, n := range names {
		at := slices.Index(rows[0], n)
		if at < 0 {
			t.Fatalf("no column %s", n)
		}
		for _, r := range rows[1:] {
			out[k] = append(out[k], r[at])
		}
	}
	return out
}

// data makes data of the columns of the coders, with the categories of the case.
func (t *trial) data() *Data {
	t.Helper()
	var codings []Coding
	for j, column := range t.columns(t.Inputs.Coders) {
		for i, code := range column {
			codings = append(codings, Coding{fmt.Sprint(i), fmt.Sprintf("%03d", j), code})
		}
	}
	var order []string
	for _, c := range t.Inputs.Categories {
		order = append(order, fmt.Sprint(c))
	}
	d, err := New(codings, order)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func checkTwo(t *trial) {
	table := t.Inputs.Table
	if table == nil {
		table = t.data().Table(0, 1)
	}
	t.near(table.Units(), "n")
	t.table(table, "table")
	t.near(table.Agreement().Value, "percent_agreement")
	for name, w := range map[string]Weights{"cohen": Identity(len(table)), "linear": Linear(len(table)), "quadratic": Quadratic(len(table)), "weighted": t.Inputs.Weights} {
		k := table.Kappa(w, t.level())
		if _, ok := t.Expected[name]; !ok {
			continue
		}
		t.near(k.Agreement, name, "agreement")
		t.near(k.Expected, name, "expected")
		t.near(k.Value, name, "kappa")
		t.near(k.SE, name, "ase")
		t.near(k.SE0, name, "ase0")
		t.list([]float64{k.Lo, k.Hi}, name, "ci95")
	}
	t.near(table.ScottPi().Value, "scott_pi")
	t.near(table.BrennanPrediger().Value, "brennan_prediger")
	ac1 := table.AC1(t.level())
	t.near(ac1.Value, "gwet_ac1")
	t.near(ac1.SE, "gwet_ac1_se")
}

func checkFleiss(t *trial) {
	counts := t.Inputs.Counts
	if counts == nil {
		counts = t.data().Counts()
	}
	f := counts.Fleiss()
	t.near(f.Value, "kappa")
	t.near(f.Agreement, "P_bar")
	t.near(f.Expected, "P_e")
	t.near(f.SE0, "se0")
	t.near(f.Z, "z")
	t.list(f.Codes, "per_category")
	ac1 := counts.AC1(t.level())
	t.near(ac1.Value, "gwet_ac1")
	t.near(ac1.SE, "gwet_ac1_se")
	t.near(counts.Alpha(Nominal, nil).Value, "krippendorff_nominal")
}

func checkMany(t *trial) {
	d := t.data()
	counts := d.Counts()
	t.near(float64(len(counts)), "n_units")
	numbers, _ := d.Numbers()
	for _, scale := range Scales() {
		name := "alpha_" + string(scale)
		if _, ok := t.Expected[name]; !ok {
			continue
		}
		a := counts.Alpha(scale, numbers)
		t.near(a.Value, name, "alpha")
		t.near(a.Observed, name, "Do")
		t.near(a.Expected, name, "De")
		t.near(a.Pairable, name, "n_pairable")
	}
	t.near(counts.Agreement().Value, "pairwise_percent_agreement")
	ac1 := counts.AC1(t.level())
	t.near(ac1.Value, "gwet_ac1")
	t.near(ac1.SE, "gwet_ac1_se")
	t.near(counts.Fleiss().Value, "fleiss_kappa_missing")
	for i, a := range t.Inputs.Coders {
		for j, b := range t.Inputs.Coders[:i] {
			table := d.Table(j, i)
			t.near(table.Units(), "all_pairs", b+"|"+a, "n")
			t.near(table.Agreement().Value, "all_pairs", b+"|"+a, "agree")
		}
	}
}

func checkLabels(t *trial) {
	l := t.labels()
	check := func(name string, d *Data) {
		if _, ok := t.Expected[name]; !ok {
			return
		}
		table := d.Table(0, 1)
		t.near(table.Units(), name, "n")
		t.table(table, name, "table")
		t.near(table.Agreement().Value, name, "percent_agreement")
		t.near(table.Positive().Value, name, "positive_agreement")
		k := table.Kappa(Identity(2), t.level())
		t.near(k.Value, name, "kappa")
		t.list([]float64{k.Lo, k.Hi}, name, "kappa_ci95")
		t.near(table.AC1(t.level()).Value, name, "ac1")
		t.near(d.Alpha(Nominal, Bootstrap{}).Value, name, "alpha_nominal")
	}
	for k, name := range l.Codes {
		check(name, l.Code(k))
	}
	check("pooled", l.Pooled())
	sets := l.Sets()
	t.near(sets.Jaccard.Value, "mean_jaccard")
	t.near(sets.Exact.Value, "exact_set_match")
}

// labels makes labels of the indicators of two coders; what the columns of a
// code have in common is its name.
func (t *trial) labels() *Labels {
	l := &Labels{Coders: []string{"a", "b"}}
	a, b := t.columns(t.Inputs.A), t.columns(t.Inputs.B)
	for i := range a[0] {
		l.Units = append(l.Units, fmt.Sprintf("%06d", i))
	}
	l.given = decisions(len(l.Units), 2, len(a))
	for k, name := range t.Inputs.A {
		code := name
		for cut := 1; cut < len(name); cut++ {
			if strings.HasSuffix(t.Inputs.B[k], name[cut:]) && t.Expected[name[cut:]] != nil {
				code = name[cut:]
				break
			}
		}
		l.Codes = append(l.Codes, code)
		for i := range l.Units {
			for j, cell := range []string{a[k][i], b[k][i]} {
				if cell != "" {
					l.given[i][j][k] = no
				}
				if cell == "1" {
					l.given[i][j][k] = yes
				}
			}
		}
	}
	return l
}
