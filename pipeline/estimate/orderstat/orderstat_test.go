package orderstat

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// point is a number with its weight.
type point struct {
	x, w float64
	id   dataset.ID
}

func points() *rapid.Generator[[]point] {
	return rapid.Custom(func(t *rapid.T) []point {
		out := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) point {
			return point{
				x: rapid.OneOf(rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, 1.5, -2, 999, -5e-324}), rapid.Float64Range(-1000, 1000)).Draw(t, "x"),
				w: rapid.SampledFrom([]float64{0, 1, 1, 1, 0.25, 3, 0.1, 2.7}).Draw(t, "w"),
			}
		}), 1, 60).Draw(t, "points")
		for i := range out {
			out[i].id[7] = byte(i)
		}
		return out
	})
}

// plainly finds a quantile from its definition, number by number.
func plainly(ps []point, rule Rule, p float64) float64 {
	ps = slices.DeleteFunc(slices.Clone(ps), func(a point) bool { return a.w == 0 })
	slices.SortFunc(ps, func(a, b point) int {
		return cmp.Or(cmp.Compare(a.x, b.x), bytes.Compare(a.id[:], b.id[:]))
	})
	n := len(ps)
	if n == 0 {
		return math.NaN()
	}
	through := make([]float64, n)
	for i, a := range ps {
		through[i] = a.w
		if i > 0 {
			through[i] += through[i-1]
		}
	}
	total, last := through[n-1], ps[n-1].w
	if !rule.interpolates() {
		for i, a := range ps {
			switch d := through[i]/total - p; {
			case math.Abs(d) < 1e-13:
				if rule == School && i+1 < n {
					return (a.x + ps[i+1].x) / 2
				}
				return a.x
			case d > 0:
				return a.x
			}
		}
		return ps[n-1].x
	}
	at := make([]float64, n)
	for i, a := range ps {
		before := through[i] - a.w
		switch rule {
		case HF4:
			at[i] = through[i] / total
		case HF5:
			at[i] = (before + a.w/2) / total
		case HF6:
			at[i] = through[i] / (total + last)
		case HF7:
			at[i] = before / (total - last)
		case HF8:
			at[i] = (before + 2*a.w/3) / (total + last/3)
		case HF9:
			at[i] = (before + 5*a.w/8) / (total + last/4)
		}
	}
	if n == 1 || p <= at[0] {
		return ps[0].x
	}
	for i := 1; i < n; i++ {
		if p <= at[i] {
			return ps[i-1].x + (p-at[i-1])/(at[i]-at[i-1])*(ps[i].x-ps[i-1].x)
		}
	}
	return ps[n-1].x
}

// gathered makes histograms of the points in some parts, and merges them.
func gathered(ps []point, most, parts int) *Histogram {
	out := NewHistogram(most)
	for part := range parts {
		h := NewHistogram(most)
		for i := part; i < len(ps); i += parts {
			h.Add(ps[i].x, ps[i].id, ps[i].w)
		}
		out.Merge(h)
	}
	return out
}

// found looks for a quantile in as many passes as it takes.
func found(t *rapid.T, s *Steps, ps []point, rule Rule, p float64) (*Steps, float64) {
	for range 10 {
		if x, ok := s.Quantile(rule, p); ok {
			return s, x
		}
		l := s.Look(nil, rule, p)
		if l == nil {
			t.Fatalf("a quantile is hidden, but no bucket hides it")
		}
		one, two := l.Fresh(), l.Fresh()
		for i, a := range ps {
			if i%2 == 0 {
				one.Add(a.x, a.id, a.w)
			} else {
				two.Add(a.x, a.id, a.w)
			}
		}
		two.Merge(one)
		s = s.Through(two)
	}
	t.Fatalf("a quantile stays hidden")
	return nil, 0
}

func TestQuantilesAreThoseOfTheirDefinitionHoweverFewBuckets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ps := points().Draw(t, "points")
		most := rapid.SampledFrom([]int{1, 2, 5, 16, 1000}).Draw(t, "most")
		s := gathered(ps, most, 3).Steps()
		for _, rule := range Rules() {
			p := rapid.OneOf(rapid.SampledFrom([]float64{0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.75, 1}), rapid.Float64Range(0, 1)).Draw(t, "p")
			want := plainly(ps, rule, p)
			var got float64
			s, got = found(t, s, ps, rule, p)
			if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
				t.Fatalf("%s at %v is %v, want %v", rule, p, got, want)
			}
		}
	})
}

func TestOrderAndSplittingChangeNoBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ps := points().Draw(t, "points")
		mixed := rapid.Permutation(ps).Draw(t, "mixed")
		most := rapid.SampledFrom([]int{2, 7, 1000}).Draw(t, "most")
		a, b := gathered(ps, most, 1).Steps(), gathered(mixed, most, 4).Steps()
		for _, rule := range Rules() {
			for _, p := range []float64{0.2, 0.5, 0.9} {
				_, x := found(t, a, ps, rule, p)
				_, y := found(t, b, mixed, rule, p)
				if math.Float64bits(x) != math.Float64bits(y) {
					t.Fatalf("%s at %v is %v, then %v", rule, p, x, y)
				}
			}
		}
	})
}

func TestAHistogramKeepsToItsRoom(t *testing.T) {
	h := NewHistogram(100)
	for i := range 5000 {
		h.Add(math.Sin(float64(i))*1e6, dataset.ID{byte(i), byte(i >> 8)}, 1)
		if len(h.buckets) > 100 {
			t.Fatalf("%d buckets", len(h.buckets))
		}
	}
	if s := h.Steps(); s.Exact() || s.Refused() || s.Empty() {
		t.Error("5000 numbers in 100 buckets are not all known")
	}
}

func TestOfNoNumbersThereIsNoQuantile(t *testing.T) {
	h := NewHistogram(10)
	h.Add(1, dataset.ID{}, 0)
	for _, rule := range Rules() {
		if x, ok := h.Steps().Quantile(rule, 0.5); !ok || !math.IsNaN(x) {
			t.Errorf("%s is %v", rule, x)
		}
	}
}

func TestWeightsThatAreTooLargeAreRefused(t *testing.T) {
	h := NewHistogram(10)
	h.Add(1, dataset.ID{}, math.MaxFloat64)
	if !h.Steps().Refused() {
		t.Error("the largest number there is was added up")
	}
}

func TestBothZerosAreOneNumber(t *testing.T) {
	if keyOf(math.Copysign(0, -1)) != keyOf(0) || !(keyOf(-1) < keyOf(0) && keyOf(0) < keyOf(5e-324)) {
		t.Error("keys are not in the order of numbers")
	}
	for _, x := range []float64{-3.5, 0, 1e-300, 7} {
		if numberOf(keyOf(x)) != x {
			t.Errorf("%v comes back as %v", x, numberOf(keyOf(x)))
		}
	}
}
