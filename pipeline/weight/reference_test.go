package weight

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// The weights of R's survey package 4.5 that ours are checked against. A part of
// them, on synthetic answers, is kept with the package.
var references = []string{"testdata/reference", "../../../shared/reference"}

type reference struct {
	ID        string                     `json:"id"`
	Kind      string                     `json:"kind"`
	Call      string                     `json:"call"`
	Inputs    inputs                     `json:"inputs"`
	Raw       map[string]json.RawMessage `json:"-"`
	Expected  expected                   `json:"expected"`
	Tolerance struct{ Rel, Abs float64 } `json:"tolerance"`
	Field     map[string]float64         `json:"field_tolerance"`
}

type inputs struct {
	Data   string `json:"data"`
	Recode *struct {
		Columns []string  `json:"columns"`
		Codes   []float64 `json:"codes"`
	} `json:"recode_missing"`
	Design     design                        `json:"design"`
	Margins    map[string]map[string]float64 `json:"margins"`
	Poststrata []map[string]any              `json:"poststrata"`
	Formula    string                        `json:"formula"`
	Population map[string]float64            `json:"population"`
	Calfun     string                        `json:"calfun"`
	Bounds     []float64                     `json:"bounds"`
	Upper      float64                       `json:"upper"`
	Lower      float64                       `json:"lower"`
	Strict     *bool                         `json:"strict"`
}

type expected struct {
	File      string              `json:"weights_file"`
	Summary   map[string]any      `json:"summary"`
	Estimates map[string]estimand `json:"estimates"`
}

type estimand struct {
	Mean  *float64  `json:"mean"`
	Total *float64  `json:"total"`
	Prop  []float64 `json:"prop"`
	SE    any       `json:"se"`
}

func TestAgreesWithR(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(dir, "weighting", "expected.json"))
			if err != nil {
				t.Skipf("the reference weights in %s are not here", dir)
			}
			var cases []reference
			var raws []struct {
				Inputs map[string]json.RawMessage `json:"inputs"`
			}
			if err := json.Unmarshal(raw, &cases); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, &raws); err != nil {
				t.Fatal(err)
			}
			n := 0
			for i, r := range cases {
				r.Raw = raws[i].Inputs
				n++
				t.Run(r.ID, func(t *testing.T) { checkCase(t, dir, r) })
			}
			if t.Logf("%d cases of %s", n, dir); n == 0 {
				t.Error("no case was checked")
			}
		})
	}
}

func (r reference) near(t *testing.T, field, what string, got, want float64) {
	t.Helper()
	rel := r.Tolerance.Rel
	if f, ok := r.Field[field]; ok {
		rel = f
	}
	if d := math.Abs(got - want); !(d <= r.Tolerance.Abs || d <= rel*math.Abs(want)) {
		t.Errorf("%s is %.15g, R has %.15g (off by %.2g of it)", what, got, want, d/math.Abs(want))
	}
}

func checkCase(t *testing.T, dir string, r reference) {
	sheet := readTable(t, filepath.Join(dir, "weighting", r.Inputs.Data), r)
	base := r.Inputs.Design.weights(sheet)
	d := sheet.dataset(t, base)
	cfg, frame := r.config(t, sheet, base)
	if cfg.Method != "" {
		cfg.Frame = frame.File
	}
	if found := cfg.Validate(); len(found) > 0 {
		t.Fatal(found)
	}
	out, outcome, findings, err := Weight(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, cfg, Sheets{Frame: frame})
	if err != nil || finding.Refused(findings) {
		t.Fatal(err, findings)
	}
	got := weightsOf(t, out, 0)
	want := readWeights(t, filepath.Join(dir, "weighting", r.Expected.File))
	if len(got) != len(want) {
		t.Fatalf("%d weights, R has %d", len(got), len(want))
	}
	least, most := math.Inf(1), 0.0
	for i, w := range got {
		r.near(t, "weights", "the weight of row "+strconv.Itoa(i+2), w, want[i])
		least, most = min(least, w/base[i]), max(most, w/base[i])
		if t.Failed() {
			return
		}
	}
	s := outcome.Summary
	for name, v := range map[string]float64{"sum": s.Sum, "min": s.Min, "max": s.Max, "kish_deff": s.DEff, "ratio_min": least, "ratio_max": most} {
		if x, ok := r.Expected.Summary[name].(float64); ok {
			r.near(t, "summary", name, v, x)
		}
	}
	var cells []int32
	for b, err := range out.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		if outcome.Calibration != nil {
			cells = append(cells, outcome.Calibration.Cells(b)...)
		}
	}
	for _, name := range sortedNames(r.Expected.Estimates) {
		r.checkEstimate(t, name, r.Expected.Estimates[name], estimator{sheet, r.Inputs.Design, got, outcome.Calibration, cells})
	}
	r.checkStage(t, out, sheet, outcome)
}

func (r reference) checkEstimate(t *testing.T, name string, want estimand, e estimator) {
	t.Helper()
	column := e.sheet.columnFor(t, name)
	check := func(what string, value, se, wantValue float64, wantSE any) {
		t.Helper()
		r.near(t, "estimates", what, value, wantValue)
		if x, ok := wantSE.(float64); ok {
			r.near(t, "estimates", "se of "+what, se, x)
		}
	}
	switch {
	case want.Mean != nil:
		v, se := e.mean(e.sheet.numbers(t, column))
		check("mean of "+name, v, se, *want.Mean, want.SE)
	case want.Total != nil:
		v, se := e.total(e.sheet.numbers(t, column))
		check("total of "+name, v, se, *want.Total, want.SE)
	case len(want.Prop) > 0:
		ses, _ := want.SE.([]any)
		for k, level := range e.sheet.choices(column) {
			v, se := e.mean(e.sheet.indicator(column, level))
			check("share "+name+" "+strconv.Itoa(k), v, se, want.Prop[k], ses[k])
		}
	}
}

// config turns the inputs of a case into a config and a frame.
func (r reference) config(t *testing.T, sheet *csvTable, base []float64) (Config, *Sheet) {
	t.Helper()
	cfg := Config{Column: baseItem}
	f := &Sheet{File: "frame.csv", Header: []string{"item", "value", "total"}}
	in := r.Inputs
	switch r.Kind {
	case "rake", "rake_trim":
		cfg.Method = Rake
		for _, item := range sheet.columns {
			for _, value := range sortedNames(in.Margins[item]) {
				f.add(item, value, in.Margins[item][value])
			}
			if in.Margins[item] != nil {
				cfg.Margins = append(cfg.Margins, []string{item})
			}
		}
		slices.SortFunc(cfg.Margins, func(a, b []string) int { return place(r, a[0]) - place(r, b[0]) })
		cfg.Iterations, cfg.Epsilon = 10, 1
		if r.Kind == "rake_trim" { // the call does not say; the figures are those of a tight rule
			cfg.Iterations, cfg.Epsilon = 1000, 1e-13
		}
		if m := regexp.MustCompile(`maxit ?= ?([0-9]+)`).FindStringSubmatch(r.Call); m != nil {
			cfg.Iterations, _ = strconv.Atoi(m[1])
		}
		if m := regexp.MustCompile(`epsilon ?= ?([-0-9.e]+)`).FindStringSubmatch(r.Call); m != nil {
			cfg.Epsilon, _ = strconv.ParseFloat(m[1], 64)
		}
		if cfg.Epsilon < 1 { // R takes it as a share of the sum of weights
			sum := 0.0
			for _, w := range base {
				sum += w
			}
			cfg.Epsilon *= sum
		}
		if r.Kind == "rake_trim" {
			cfg.Trim = Trim{Upper: in.Upper, Lower: in.Lower, Strict: in.Strict == nil || *in.Strict}
		}
	case "trim":
		cfg.Trim = Trim{Upper: in.Upper, Lower: in.Lower, Strict: in.Strict != nil && *in.Strict}
		return cfg, nil
	case "poststratify":
		cfg.Method = PostStratify
		r.poststrata(t, f)
	case "calibrate":
		cfg.Method, cfg.Distance, cfg.Bounds, cfg.Tolerance, cfg.Iterations = Calibrate, weighting.Distance(in.Calfun), in.Bounds, 1e-11, 500
		r.population(t, sheet, f)
	default:
		t.Fatalf("the kind %s is not known", r.Kind)
	}
	return cfg, f
}

// place is where the call names an item: R rakes in that order.
func place(r reference, item string) int { return strings.Index(r.Call, "~"+item) }

func (r reference) poststrata(t *testing.T, f *Sheet) {
	if len(r.Inputs.Poststrata) == 0 {
		for name, raw := range r.Raw {
			item, ok := strings.CutPrefix(name, "poststrata_")
			var totals map[string]float64
			if !ok {
				continue
			}
			if err := json.Unmarshal(raw, &totals); err != nil {
				t.Fatal(err)
			}
			for _, value := range sortedNames(totals) {
				f.add(item, value, totals[value])
			}
		}
		return
	}
	f.Header = nil
	for _, name := range sortedNames(r.Inputs.Poststrata[0]) {
		if name != "N" {
			f.Header = append(f.Header, name)
		}
	}
	f.Header = append(f.Header, "total")
	for _, row := range r.Inputs.Poststrata {
		var cells []string
		for _, name := range f.Header[:len(f.Header)-1] {
			cells = append(cells, text(row[name]))
		}
		f.line(append(cells, text(row["N"])))
	}
}

// population turns totals of a model matrix in treatment contrasts into those of
// categories.
func (r reference) population(t *testing.T, sheet *csvTable, f *Sheet) {
	size, intercept := r.Inputs.Population["(Intercept)"]
	if intercept {
		f.line([]string{"", "", text(size)})
	}
	_, right, _ := strings.Cut(r.Inputs.Formula, "~")
	for term := range strings.SplitSeq(right, "+") {
		item := strings.TrimSpace(term)
		if inner, ok := strings.CutPrefix(item, "factor("); ok {
			item = strings.TrimSuffix(inner, ")")
		}
		if total, ok := r.Inputs.Population[item]; ok {
			f.add(item, "", total)
			continue
		}
		if item == "1" || item == "0" {
			continue
		}
		if !slices.Contains(sheet.columns, item) {
			t.Fatalf("the term %s of the formula is not known", item)
		}
		rest := size
		var first string
		for k, level := range sheet.choices(item) {
			total, ok := r.Inputs.Population[strings.TrimSpace(term)+level]
			if !ok && k == 0 {
				first = level
				continue
			}
			rest -= total
			f.add(item, level, total)
		}
		if first != "" {
			f.add(item, first, rest)
		}
	}
}

func (s *Sheet) add(item, value string, total float64) { s.line([]string{item, value, text(total)}) }

func (s *Sheet) line(cells []string) {
	s.Rows, s.Lines = append(s.Rows, cells), append(s.Lines, len(s.Rows)+2)
}

func text(v any) string {
	if x, ok := v.(float64); ok {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	s, _ := v.(string)
	return s
}
