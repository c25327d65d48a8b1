package dist

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// Values with 17 digits, computed with 40. The table holds nobody's answers.
var references = []string{"../testdata/reference", "../../../../shared/reference"}

type reference struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Expected struct {
		Table []row `json:"table"`
	} `json:"expected"`
	Inputs struct {
		Count int `json:"count"`
	} `json:"inputs"`
	Tolerance struct {
		Rel float64 `json:"rel"`
		Abs float64 `json:"abs"`
	} `json:"tolerance"`
}

type row struct {
	F     string    `json:"f"`
	Args  []float64 `json:"args"`
	Value float64   `json:"value"`
}

// functions names the distributions as the table does.
var functions = map[string]func(a []float64) float64{
	"pnorm":        func(a []float64) float64 { return Normal(a[0]) },
	"pnorm_upper":  func(a []float64) float64 { return NormalUpper(a[0]) },
	"qnorm":        func(a []float64) float64 { return NormalQuantile(a[0]) },
	"qnorm_upper":  func(a []float64) float64 { return NormalUpperQuantile(a[0]) },
	"pt":           func(a []float64) float64 { return Student(a[0], a[1]) },
	"pt_upper":     func(a []float64) float64 { return StudentUpper(a[0], a[1]) },
	"qt":           func(a []float64) float64 { return StudentQuantile(a[0], a[1]) },
	"qt_upper":     func(a []float64) float64 { return StudentUpperQuantile(a[0], a[1]) },
	"pchisq":       func(a []float64) float64 { return ChiSquare(a[0], a[1]) },
	"pchisq_upper": func(a []float64) float64 { return ChiSquareUpper(a[0], a[1]) },
	"qchisq":       func(a []float64) float64 { return ChiSquareQuantile(a[0], a[1]) },
	"qchisq_upper": func(a []float64) float64 { return ChiSquareUpperQuantile(a[0], a[1]) },
	"pf":           func(a []float64) float64 { return F(a[0], a[1], a[2]) },
	"pf_upper":     func(a []float64) float64 { return FUpper(a[0], a[1], a[2]) },
	"qf":           func(a []float64) float64 { return FQuantile(a[0], a[1], a[2]) },
	"qf_upper":     func(a []float64) float64 { return FUpperQuantile(a[0], a[1], a[2]) },
	"pbeta":        func(a []float64) float64 { return Beta(a[0], a[1], a[2]) },
	"pbeta_upper":  func(a []float64) float64 { return BetaUpper(a[0], a[1], a[2]) },
	"qbeta":        func(a []float64) float64 { return BetaQuantile(a[0], a[1], a[2]) },
	"qbeta_upper":  func(a []float64) float64 { return BetaUpperQuantile(a[0], a[1], a[2]) },
	"pbinom":       func(a []float64) float64 { return Binomial(int64(a[0]), int64(a[1]), a[2]) },
	"pbinom_upper": func(a []float64) float64 { return BinomialFrom(int64(a[0])+1, int64(a[1]), a[2]) },
	"dbinom":       func(a []float64) float64 { return BinomialMass(int64(a[0]), int64(a[1]), a[2]) },
	"qbinom":       func(a []float64) float64 { return float64(BinomialQuantile(a[0], int64(a[1]), a[2])) },
}

// TestTabulatedValues asks for the tolerance of the table in all rows, those
// far in the tails too.
func TestTabulatedValues(t *testing.T) {
	for _, dir := range references {
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(dir, "distributions", "expected.json"))
			if err != nil {
				t.Skipf("the tables of distributions in %s are not here", dir)
			}
			var cases []reference
			if err := json.Unmarshal(raw, &cases); err != nil {
				t.Fatal(err)
			}
			rows := 0
			for _, c := range cases {
				if c.Kind != "distribution_table" {
					continue
				}
				rows += len(c.Expected.Table)
				t.Run(c.ID, func(t *testing.T) { checkTable(t, c) })
			}
			t.Logf("%d rows of %s", rows, dir)
			if rows == 0 {
				t.Error("no row was checked")
			}
		})
	}
}

func checkTable(t *testing.T, c reference) {
	if c.Inputs.Count != 0 && c.Inputs.Count != len(c.Expected.Table) {
		t.Errorf("%d rows, not %d", len(c.Expected.Table), c.Inputs.Count)
	}
	worst, where := 0., ""
	for _, r := range c.Expected.Table {
		f := functions[r.F]
		if f == nil {
			t.Errorf("no function %s", r.F)
			continue
		}
		got := f(r.Args)
		off := math.Abs(got - r.Value)
		if !(off <= c.Tolerance.Abs && math.Abs(r.Value) > 1e-3) && !(off <= c.Tolerance.Rel*math.Abs(r.Value)) {
			t.Errorf("%s%v is %.16g, not %.16g", r.F, r.Args, got, r.Value)
		}
		if rel := off / math.Abs(r.Value); rel > worst {
			worst, where = rel, fmt.Sprint(r.F, r.Args)
		}
	}
	t.Logf("furthest off by %.1e: %s", worst, where)
}
