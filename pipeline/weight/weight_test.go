package weight

import (
	"context"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// sample has a respondent for each weight (NaN: none) and a repeat whose
// responses belong to the respondents named in children.
func sample(t testing.TB, weights []float64, children []int) *dataset.Dataset {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "w", Type: survey.Decimal}, {Name: "n", Type: survey.Integer}, {Name: "text", Type: survey.OpenText}, {Name: "inner", Type: survey.Integer, Level: 1},
		},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}, {Name: "visits", Parent: 0}},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	top, below := dataset.NewLayout(s, 0, nil), dataset.NewLayout(s, 1, nil)
	var batches, repeats dataset.Memory
	for i, w := range weights { // a batch each
		b := dataset.NewBuilder(top)
		b.Begin(dataset.Response{ID: dataset.ID{byte(i)}, Parent: -1, Weight: 1, Origin: dataset.Origin{Row: int64(i + 2)}})
		if !math.IsNaN(w) {
			b.Column("w").Float(w)
			b.Column("n").Int(int64(w))
		}
		batches = append(batches, b.Batch())
	}
	b := dataset.NewBuilder(below)
	for k, c := range children {
		b.Begin(dataset.Response{ID: dataset.ID{byte(c)}, Parent: int64(c), Weight: 1})
		if k%2 == 1 {
			repeats = append(repeats, b.Batch())
		}
	}
	repeats = append(repeats, b.Batch())
	return &dataset.Dataset{Survey: s, Files: []string{"a.csv"}, Levels: []dataset.Level{
		{Layout: top, Rows: int64(len(weights)), Source: batches}, {Layout: below, Rows: int64(len(children)), Source: repeats},
	}}
}

func weightsOf(t testing.TB, d *dataset.Dataset, level int) []float64 {
	t.Helper()
	var out []float64
	for b, err := range d.Batches(level) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b.Weights()...)
	}
	return out
}

func run(t testing.TB, d *dataset.Dataset, cfg Config) (*dataset.Dataset, Summary, []finding.Finding) {
	t.Helper()
	out, outcome, findings, err := Weight(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, cfg, Sheets{})
	if err != nil {
		t.Fatal(err)
	}
	return out, outcome.Summary, findings
}

func TestWithoutAColumnEveryWeightIsOne(t *testing.T) {
	out, sum, findings := run(t, sample(t, []float64{5, math.NaN(), 7}, []int{2, 0}), Config{})
	if len(findings) > 0 || !slices.Equal(weightsOf(t, out, 0), []float64{1, 1, 1}) || !slices.Equal(weightsOf(t, out, 1), []float64{1, 1}) {
		t.Error(findings, weightsOf(t, out, 0), weightsOf(t, out, 1))
	}
	if math.Abs(sum.Top1-0.01) > 1e-12 || math.Abs(sum.Top5-0.05) > 1e-12 {
		t.Error(sum.Top1, sum.Top5)
	}
	if want := (Summary{Responses: 3, Spread: Spread{Min: 1, Max: 1, Ratio: 1, Sum: 3, Effective: 3, DEff: 1, Top1: sum.Top1, Top5: sum.Top5}}); !reflect.DeepEqual(sum, want) {
		t.Errorf("summary %+v", sum)
	}
	if !out.Levels[0].Layout.Weight || !out.Levels[1].Layout.Weight {
		t.Error("the layout says there is no weight")
	}
}

func TestWeightsComeFromTheColumnAndReachRepeats(t *testing.T) {
	for _, column := range []string{"w", "n"} {
		out, sum, findings := run(t, sample(t, []float64{2, 4, 6, 8}, []int{0, 0, 2, 3, 3}), Config{Column: column})
		if len(findings) > 0 || !slices.Equal(weightsOf(t, out, 0), []float64{2, 4, 6, 8}) || !slices.Equal(weightsOf(t, out, 1), []float64{2, 2, 6, 8, 8}) {
			t.Error(findings, weightsOf(t, out, 0), weightsOf(t, out, 1))
		}
		// (2+4+6+8)² / (4+16+36+64) = 400/120
		if math.Abs(sum.Effective-400.0/120) > 1e-12 || math.Abs(sum.DEff-1.2) > 1e-12 || sum.Min != 2 || sum.Max != 8 {
			t.Errorf("summary %+v", sum)
		}
	}
}

func TestARepeatInAnotherOrderIsNotWeightedAndSaysSo(t *testing.T) {
	out, _, findings := run(t, sample(t, []float64{2, 4, 6}, []int{2, 0, 1}), Config{Column: "w"})
	if len(findings) != 1 || findings[0].Kind != "repeat-unweighted" || !slices.Equal(weightsOf(t, out, 1), []float64{1, 1, 1}) {
		t.Error(findings, weightsOf(t, out, 1))
	}
}

func TestBadWeightsAreRefusedByRow(t *testing.T) {
	d := sample(t, []float64{1, math.NaN(), -2, 0, math.Inf(1), 3, 1e200}, nil)
	out, _, findings := run(t, d, Config{Column: "w"})
	if out != d || !finding.Refused(findings) {
		t.Error("bad weights went through")
	}
	var got []string
	for _, f := range findings {
		got = append(got, f.String())
	}
	for i, want := range []string{"row 3, column w: The weight is missing.", "row 4, column w: The weight is negative.", "row 5, column w: The weight is zero.", "row 6, column w: The weight is not a finite", "row 8, column w: The weight is beyond"} {
		if i >= len(got) || !strings.Contains(got[i], want) {
			t.Errorf("findings %q lack %q", got, want)
		}
	}
}

func TestAColumnThatCannotWeighIsRefused(t *testing.T) {
	for column, kind := range map[string]string{"weigth": "unknown-item", "text": "weight-type", "inner": "weight-level"} {
		d := sample(t, []float64{1}, nil)
		out, _, findings := run(t, d, Config{Column: column})
		if out != d || len(findings) != 1 || findings[0].Kind != kind || findings[0].Severity != finding.Refusal {
			t.Errorf("%s: %v", column, findings)
		}
	}
}

func TestSumsAreExactWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := rapid.SliceOfN(rapid.Float64Range(1e-9, 1e9), 1, 40).Draw(r, "w")
		var a, b summing
		want := new(big.Float).SetPrec(4000)
		for i, x := range w {
			a.add(x)
			b.add(w[len(w)-1-i])
			want.Add(want, new(big.Float).SetFloat64(x))
		}
		if a.spread() != b.spread() {
			r.Fatalf("%+v in order, %+v in reverse", a.spread(), b.spread())
		}
		if f, _ := want.Float64(); a.spread().Sum != f {
			r.Fatalf("sum %v, want %v", a.spread().Sum, f)
		}
	})
}
