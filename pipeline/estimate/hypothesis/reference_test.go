package hypothesis

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The figures of R 4.2 that tests are checked against. A part of them, on
// synthetic answers, is kept with the package above.
var references = []string{"../testdata/reference", "../../../../shared/reference"}

type reference struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Inputs struct {
		Data   string    `json:"data"`
		Codes  []float64 `json:"recode_codes"`
		Row    string    `json:"row"`
		Col    string    `json:"col"`
		Y      string    `json:"y"`
		Group  string    `json:"group"`
		X      any       `json:"x"` // a column, a count or numbers
		Weight string    `json:"weight"`
		Pre    string    `json:"pre"`
		Post   string    `json:"post"`
		Vars   []string  `json:"vars"`
		A      []float64 `json:"a"`
		B      []float64 `json:"b"`
		P      []any     `json:"p"`
		N      int64     `json:"n"`
		Level  float64   `json:"level"`
	} `json:"inputs"`
	Expected  map[string]any `json:"expected"`
	Tolerance struct {
		Rel float64 `json:"rel"`
		Abs float64 `json:"abs"`
	} `json:"tolerance"`
	Fields map[string]json.RawMessage `json:"field_tolerance"`
}

// trial is one case under check.
type trial struct {
	*testing.T
	reference
	sheet *sheet
}

// figures are what was computed, under the names of the reference.
type figures map[string]any

var kinds = map[string]func(*trial) figures{
	"crosstab": crosstab, "group_tests": groupTests, "mann_whitney_exact": mannWhitneyExact,
	"wilcoxon_exact": wilcoxonExact, "paired_numeric": pairedNumeric, "mcnemar": mcNemar,
	"cochran_q": cochranQ, "friedman": friedman, "bowker_stuart": bowkerStuart,
	"correlation": correlations, "binom_ci": binomial, "p_adjust": adjustments,
}

func TestAgreesWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			files, err := filepath.Glob(filepath.Join(dir, "*", "expected.json"))
			if err != nil || len(files) == 0 {
				t.Skipf("the reference figures in %s are not here", dir)
			}
			cases := map[string]int{}
			for _, file := range files {
				for _, r := range readReferences(t, file) {
					compute := kinds[r.Kind]
					if compute == nil {
						continue
					}
					cases[r.Kind]++
					t.Run(r.ID, func(t *testing.T) { (&trial{T: t, reference: r}).check(dir, compute) })
				}
			}
			t.Logf("cases of %s: %v", dir, cases)
			if len(cases) == 0 {
				t.Error("no case was checked")
			}
		})
	}
}

func readReferences(t *testing.T, file string) []reference {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var kept []json.RawMessage
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	var out []reference
	for _, one := range kept {
		var kind struct{ Kind string }
		if err := json.Unmarshal(one, &kind); err != nil {
			t.Fatal(err)
		}
		if kinds[kind.Kind] == nil {
			continue // inputs of others have other types
		}
		var r reference
		if err := json.Unmarshal(one, &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// check computes the figures and compares all that are expected.
func (t *trial) check(dir string, compute func(*trial) figures) {
	if in := t.Inputs; in.Data != "" {
		t.sheet = readSheet(t.T, filepath.Join(dir, "data", filepath.Base(in.Data)))
		x, _ := in.X.(string)
		t.sheet.forget(in.Codes, slices.Concat([]string{in.Row, in.Col, in.Y, in.Group, in.Pre, in.Post, x}, in.Vars)...)
	}
	if t.Tolerance.Rel == 0 {
		t.Tolerance.Rel, t.Tolerance.Abs = 1e-9, 1e-12 // as kept with the package
	}
	if t.Inputs.Level == 0 {
		t.Inputs.Level = 0.95
	}
	got := compute(t)
	for name, want := range t.Expected {
		g, ok := got[name]
		if !ok {
			t.Errorf("%s is not computed", name)
			continue
		}
		t.compare(name, name, g, want)
	}
}

// tolerance returns that of a field.
func (t *trial) tolerance(field string) (rel, abs float64) {
	rel, abs = t.Tolerance.Rel, t.Tolerance.Abs
	raw, ok := t.Fields[field]
	if !ok {
		return rel, abs
	}
	var both struct{ Rel, Abs *float64 }
	if json.Unmarshal(raw, &rel) == nil {
		return rel, abs
	}
	if err := json.Unmarshal(raw, &both); err != nil {
		t.Fatal(err)
	}
	if both.Rel != nil {
		rel = *both.Rel
	}
	if both.Abs != nil {
		abs = *both.Abs
	}
	return rel, abs
}

func (t *trial) compare(field, where string, got, want any) {
	t.Helper()
	switch w := want.(type) {
	case []any:
		g := list(got)
		if len(g) != len(w) {
			t.Errorf("%s has %d figures, not %d", where, len(g), len(w))
			return
		}
		for i := range w {
			t.compare(field, fmt.Sprintf("%s[%d]", where, i), g[i], w[i])
		}
	default:
		if s, ok := got.(string); ok {
			if s != fmt.Sprint(want) {
				t.Errorf("%s is %q, not %v", where, s, want)
			}
			return
		}
		rel, abs := t.tolerance(field)
		x, y := number(got), number(want)
		if math.IsNaN(x) != math.IsNaN(y) || x != y && !(math.Abs(x-y) <= abs || math.Abs(x-y) <= rel*math.Abs(y)) {
			t.Errorf("%s is %.16g, not %.16g", where, x, y)
		}
		if x != y && y != 0 && math.Abs(x-y) > 1e-6*math.Abs(y) {
			t.Errorf("%s is %.16g, not %.16g: within the tolerance by its smallness alone", where, x, y)
		}
	}
}

// number reads a figure, null as NaN.
func number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	case int:
		return float64(v)
	case string:
		switch v {
		case "Inf":
			return math.Inf(1)
		case "-Inf":
			return math.Inf(-1)
		}
	}
	return math.NaN()
}

func list(v any) []any {
	var out []any
	add := func(x any) { out = append(out, x) }
	switch v := v.(type) {
	case []any:
		return v
	case []float64:
		for _, x := range v {
			add(x)
		}
	case []int64:
		for _, x := range v {
			add(x)
		}
	case []string:
		for _, x := range v {
			add(x)
		}
	case Interval:
		return []any{v.Lo, v.Hi}
	}
	return out
}

// matrix cuts cells into rows.
func matrix[T any](cells []T, cols int) []any {
	var out []any
	for row := range slices.Chunk(cells, cols) {
		out = append(out, list(any(row)))
	}
	return out
}
