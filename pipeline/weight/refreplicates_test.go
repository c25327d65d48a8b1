package weight

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// replicateReference is a case of R in which the weights of a sample and those
// of each replicate are raked to the same margins.
type replicateReference struct {
	reference
	Inputs struct {
		inputs
		Weights string    `json:"repweights"`
		Scale   float64   `json:"scale"`
		RScales []float64 `json:"rscales"`
		MSE     bool      `json:"mse"`
	} `json:"inputs"`
	Expected map[string]json.RawMessage `json:"expected"`
}

func TestReplicatesThatAreRakedAgreeWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(dir, "replicate", "expected.json"))
			if err != nil {
				t.Skipf("the reference of replicates in %s is not here", dir)
			}
			var cases []json.RawMessage
			if err := json.Unmarshal(raw, &cases); err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, raw := range cases {
				var r replicateReference
				if json.Unmarshal(raw, &r.reference) != nil || r.Kind != "replicate_rake" {
					continue // expected values of other kinds have other forms
				}
				if err := json.Unmarshal(raw, &r); err != nil {
					t.Fatal(err)
				}
				n++
				t.Run(r.ID, func(t *testing.T) { r.check(t, filepath.Join(dir, "replicate")) })
			}
			if t.Logf("%d cases of %s", n, dir); n == 0 {
				t.Error("no case was checked")
			}
		})
	}
}

func (r replicateReference) check(t *testing.T, dir string) {
	of := r.reference
	of.Inputs = r.Inputs.inputs
	sheet := readTable(t, filepath.Join(dir, r.Inputs.Data), of)
	matrix := readCSV(t, filepath.Join(dir, r.Inputs.Weights))
	samples := [][]float64{r.raked(t, sheet, r.Inputs.Design.weights(sheet))}
	for k := range matrix[0] {
		base := make([]float64, sheet.rows)
		for i, row := range matrix[1:] {
			base[i], _ = strconv.ParseFloat(row[k], 64)
		}
		samples = append(samples, r.raked(t, sheet, base))
	}
	design := sampling.Replicates{Columns: matrix[0], Type: sampling.Other, Scale: r.Inputs.Scale, RScales: r.Inputs.RScales, MSE: r.Inputs.MSE}
	for _, name := range sortedNames(r.Expected) {
		raw := r.Expected[name]
		var first []float64
		var sum float64
		switch {
		case strings.HasPrefix(name, "weights_first") && json.Unmarshal(raw, &first) == nil:
			for i, want := range first {
				of.near(t, name, "the weight of row "+strconv.Itoa(i+2), samples[0][i], want)
			}
		case name == "sum" && json.Unmarshal(raw, &sum) == nil:
			got := 0.0
			for _, w := range samples[0] {
				got += w
			}
			of.near(t, name, "the sum of weights", got, sum)
		default:
			var want estimand
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			r.figure(t, of, sheet, samples, design, name, want)
		}
	}
}

// figure compares a mean, a total, or the shares of a column.
func (r replicateReference) figure(t *testing.T, of reference, sheet *csvTable, samples [][]float64, design sampling.Replicates, name string, want estimand) {
	t.Helper()
	column := sheet.columnFor(t, name)
	var ys [][]*float64
	values := want.Prop
	ses, _ := want.SE.([]any)
	switch {
	case len(want.Prop) > 0:
		for _, level := range sheet.choices(column) {
			ys = append(ys, sheet.indicator(column, level))
		}
	case want.Mean != nil:
		ys, values, ses = [][]*float64{sheet.numbers(t, column)}, []float64{*want.Mean}, []any{want.SE}
	case want.Total != nil:
		ys, values, ses = [][]*float64{sheet.numbers(t, column)}, []float64{*want.Total}, []any{want.SE}
	}
	if len(ys) != len(values) || len(ys) == 0 {
		t.Fatalf("%s: %d figures, R has %d", name, len(ys), len(values))
	}
	for k, y := range ys {
		var all [][]float64
		for _, weights := range samples {
			var wy, w float64
			for i, v := range y {
				if v != nil {
					wy, w = wy+weights[i]**v, w+weights[i]
				}
			}
			if want.Total != nil {
				w = 1
			}
			all = append(all, []float64{wy / w})
		}
		of.near(t, name, name, all[0][0], values[k])
		if se, ok := ses[k].(float64); ok {
			of.near(t, name, "the standard error of "+name, math.Sqrt(design.Deviations(all[1:], all[0])[0][0]), se)
		}
	}
}

// raked rakes weights to the margins. Who is not in a replicate stays out of it.
func (r replicateReference) raked(t *testing.T, sheet *csvTable, base []float64) []float64 {
	t.Helper()
	items := sortedNames(r.Inputs.Margins)
	at := map[string]int{}
	cell := make([]int, sheet.rows)
	var s weighting.Sample
	margins := make([]weighting.Margin, len(items))
	levels := make([][]string, len(items))
	for m, item := range items {
		levels[m] = sortedNames(r.Inputs.Margins[item])
		for _, level := range levels[m] {
			margins[m].Totals = append(margins[m].Totals, r.Inputs.Margins[item][level])
		}
	}
	for i, w := range base {
		if cell[i] = -1; w == 0 {
			continue
		}
		key := ""
		for _, item := range items {
			key += sheet.cells[item][i] + "\x00"
		}
		c, met := at[key]
		if !met {
			c = len(s.Weight)
			at[key] = c
			s.Weight, s.N = append(s.Weight, 0), append(s.N, 0)
			for m, item := range items {
				of := -1
				for k, level := range levels[m] {
					if level == sheet.cells[item][i] {
						of = k
					}
				}
				if of < 0 {
					t.Fatalf("no total of %s for row %d", item, i+2)
				}
				margins[m].Of = append(margins[m].Of, int32(of))
			}
		}
		cell[i] = c
		s.Weight[c] += w
		s.N[c]++
	}
	fit := s.Rake(margins, weighting.Rule{Tolerance: 1e-13, Rounds: 1000})
	if !fit.Met {
		t.Fatal("the margins are not met")
	}
	out := make([]float64, sheet.rows)
	for i, c := range cell {
		if c >= 0 {
			out[i] = base[i] * fit.Factor[c]
		}
	}
	return out
}
