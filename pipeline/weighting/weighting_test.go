package weighting

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawn is a sample of cells of two margins and a number, with totals that some
// positive weights have.
type drawn struct {
	Sample
	margins []Margin
	number  Number
	size    float64
}

func draw(r *rapid.T) drawn {
	a, b := rapid.IntRange(2, 4).Draw(r, "a"), rapid.IntRange(2, 5).Draw(r, "b")
	d := drawn{Sample: Sample{Alike: true}, margins: []Margin{{Totals: make([]float64, a)}, {Totals: make([]float64, b)}}}
	for i := range a {
		for j := range b {
			n := float64(rapid.IntRange(1, 30).Draw(r, "n"))
			w := rapid.Float64Range(0.5, 9).Draw(r, "weight")
			v := rapid.Float64Range(-20, 50).Draw(r, "number")
			true := float64(n*w) * rapid.Float64Range(0.7, 1.4).Draw(r, "truth")
			d.N, d.Weight = append(d.N, n), append(d.Weight, float64(n*w))
			d.margins[0].Of, d.margins[1].Of = append(d.margins[0].Of, int32(i)), append(d.margins[1].Of, int32(j))
			d.margins[0].Totals[i] += true
			d.margins[1].Totals[j] += true
			d.number.Of = append(d.number.Of, v)
			d.number.Total += float64(true * v)
			d.size += true
		}
	}
	return d
}

var tight = Rule{Tolerance: 1e-12, Rounds: 2000}

func near(t interface{ Fatalf(string, ...any) }, what string, got, want []float64, rel float64) {
	for i := range want {
		if math.Abs(got[i]-want[i]) > rel*max(1, math.Abs(want[i])) {
			t.Fatalf("%s: %v, want %v", what, got, want)
		}
	}
}

func TestRakingMeetsAllMarginsAndIsCalibrationByItsDistance(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := draw(r)
		f := d.Rake(d.margins, tight)
		if !f.Met {
			r.Fatalf("not met after %d rounds: %v", f.Rounds, f.Misses)
		}
		g := d.Calibrate(d.margins, nil, d.size, Exponential, Bounds{}, tight)
		if !g.Met {
			r.Fatalf("calibration not met: %v", g.Misses)
		}
		near(r, "factors", f.Factor, g.Factor, 1e-9)
	})
}

func TestRakingOfOneMarginIsPostStratification(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := draw(r)
		want := d.PostStratify(d.margins[0])
		near(r, "raking", d.Rake(d.margins[:1], tight).Factor, want.Factor, 1e-13)
		for _, distance := range []Distance{Linear, Exponential} {
			near(r, string(distance), d.Calibrate(d.margins[:1], nil, d.size, distance, Bounds{}, tight).Factor, want.Factor, 1e-11)
		}
	})
}

func TestCalibrationMeetsNumbersTooAndIsTheNearestOfAllThatDo(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := draw(r)
		f := d.Calibrate(d.margins, []Number{d.number}, d.size, Linear, Bounds{}, tight)
		if !f.Met {
			r.Fatalf("%v", f.Misses)
		}
		// Σ d(g-1)·v = 0 for whatever v that adds nothing to any total: g-1 lies in
		// the span of the columns, so its residual is 0.
		c := NewCalibration(&Cells{}, d.Sample, f)
		u := make([]float64, len(f.Factor))
		z := make([]float64, len(u))
		for i, g := range f.Factor {
			u[i] = g - 1
			z[i] = float64(c.weight[i] * u[i])
		}
		if !slices.Contains(f.Factor, 0) {
			near(r, "g - 1", c.Shifts(z), u, 1e-9)
		}
	})
}

func TestBoundsAreKept(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := draw(r)
		b := Bounds{Least: 0.3, Largest: 3}
		for _, distance := range []Distance{Linear, Logit} {
			f := d.Calibrate(d.margins, nil, d.size, distance, b, Rule{Tolerance: 1e-9, Rounds: 200})
			if !f.Met {
				r.Fatalf("%s: %v", distance, f.Misses) // the truth lies within the bounds
			}
			if slices.Min(f.Factor) < 0.3 || slices.Max(f.Factor) > 3 {
				r.Fatalf("%s: factors %v", distance, f.Factor)
			}
		}
	})
}

func TestWhatCannotBeMetIsNamed(t *testing.T) {
	s := Sample{Weight: []float64{5, 5}, N: []float64{5, 5}, Alike: true}
	same := []int32{0, 1}
	margins := []Margin{{Of: same, Totals: []float64{10, 20}}, {Of: same, Totals: []float64{20, 10}}}
	for name, f := range map[string]Fit{
		"raking":      s.Rake(margins, Rule{Tolerance: 1e-10, Rounds: 50}),
		"calibration": s.Calibrate(margins, nil, 30, Exponential, Bounds{}, Rule{Tolerance: 1e-10, Rounds: 50}),
	} {
		if f.Met || len(f.Misses) == 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if f := s.PostStratify(Margin{Of: same, Totals: []float64{1, 2, 3}}); f.Met || f.Misses[0].Category != 2 {
		t.Errorf("%+v", f)
	}
}

func TestKnownTotalsLeaveNothingOfThemselves(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := draw(r)
		for name, f := range map[string]Fit{
			"post-stratification": d.PostStratify(d.margins[0]), "raking": d.Rake(d.margins, tight),
			"calibration": d.Calibrate(d.margins, nil, d.size, Linear, Bounds{}, tight),
		} {
			c := NewCalibration(&Cells{}, d.Sample, f)
			u, z := make([]float64, len(c.Factor)), make([]float64, len(c.Factor))
			for i, k := range d.margins[0].Of {
				if k == 0 {
					u[i] = 1
				}
				z[i] = float64(c.weight[i] * u[i])
			}
			if slices.Contains(c.weight, 0) {
				continue
			}
			tolerance := 1e-10
			if name == "raking" { // ten sweeps do not take all
				tolerance = 1e-2
			}
			near(r, name, c.Shifts(z), u, tolerance)
		}
	})
}

func TestScaledBaseWeightsChangeNoWeight(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := draw(r)
		by := rapid.Float64Range(0.01, 100).Draw(r, "by")
		scaled := d.Sample
		scaled.Weight = nil
		for _, w := range d.Weight {
			scaled.Weight = append(scaled.Weight, float64(w*by))
		}
		f, g := d.Rake(d.margins, tight), scaled.Rake(d.margins, tight)
		for i := range g.Factor {
			g.Factor[i] *= by
		}
		near(r, "factors", g.Factor, f.Factor, 1e-9)
	})
}
