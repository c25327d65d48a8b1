package check

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

func TestKeysHaveTheOrderOfNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64().Draw(t, "a"), rapid.Float64().Draw(t, "b")
		if (a < b) != (key(a) < key(b)) || value(key(a)) != a {
			t.Errorf("%g has the key %d, %g %d", a, key(a), b, key(b))
		}
	})
	if key(0) != key(math.Copysign(0, -1)) {
		t.Error("the two noughts differ")
	}
}

// TestQuantilesAreExactWhateverTheOrder compares with sorted numbers, with
// windows so small that they must be narrowed down.
func TestQuantilesAreExactWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(-1e9, 1e9), rapid.Float64Range(0, 1), rapid.Map(rapid.IntRange(0, 5), func(n int) float64 { return float64(n) })), 1, 200).Draw(t, "numbers")
		most := rapid.IntRange(2, 20).Draw(t, "most")
		sorted := slices.Sorted(slices.Values(numbers))
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		cut := rapid.IntRange(0, len(numbers)).Draw(t, "cut")
		got := quantile(p, int64(len(numbers)), func(rank int64) float64 {
			target := &target{rank: rank, hi: math.MaxUint64}
			for pass := 0; !target.found(); pass++ {
				if pass > 64 {
					t.Fatal("no end")
				}
				a, b := newWindow(target.lo, target.hi, most), newWindow(target.lo, target.hi, most)
				whole := newWindow(target.lo, target.hi, most)
				for i, x := range numbers {
					if i < cut {
						a.add(key(x))
					} else {
						b.add(key(x))
					}
					whole.add(key(numbers[len(numbers)-1-i]))
				}
				a.merge(b)
				if a.shift != whole.shift || len(a.counts) != len(whole.counts) {
					t.Fatalf("the order matters: shifts %d and %d", a.shift, whole.shift)
				}
				target.narrow(a)
			}
			return value(target.lo)
		})
		if want := quantile(p, int64(len(sorted)), func(rank int64) float64 { return sorted[rank] }); got != want {
			t.Errorf("quantile %g of %d numbers: %g, want %g", p, len(sorted), got, want)
		}
	})
}

// TestManyDifferentNumbersAreMeasuredExactly goes through the passes over a
// level.
func TestManyDifferentNumbersAreMeasuredExactly(t *testing.T) {
	s := sample(t)
	layout := dataset.NewLayout(s, 0, nil).With(s, nil, true, false)
	const n = 30_000
	var batches dataset.Memory
	b := dataset.NewBuilder(layout)
	var all []float64
	for i := range n {
		x := math.Sin(float64(i)) * 1000
		all = append(all, x)
		b.Begin(dataset.Response{Parent: -1, Origin: dataset.Origin{Row: int64(i + 2)}})
		b.Column("share").Float(x)
		if b.Len() == dataset.BatchRows {
			batches = append(batches, b.Batch())
		}
	}
	batches = append(batches, b.Batch())
	w := &work{ctx: t.Context()}
	w.engine.Workers = 3
	level := dataset.Level{Layout: layout, Rows: n, Source: batches}
	got, err := measure(w, level, 1, func(b *dataset.Batch, put func(int, float64)) {
		numbers(b.Column("share"), func(_ int, x float64) { put(0, x) })
	}, 0.25, 0.5, 0.75)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	for _, p := range []float64{0.25, 0.5, 0.75} {
		if want := quantile(p, n, func(rank int64) float64 { return all[rank] }); got[0].quantile(p) != want {
			t.Errorf("quantile %g: %g, want %g", p, got[0].quantile(p), want)
		}
	}
	// Mean and spread of sin over many turns: 0 and 1000/√2.
	if m := got[0].plain(); math.Abs(m.mean) > 0.1 || math.Abs(m.sd-1000/math.Sqrt2) > 0.1 {
		t.Errorf("mean %g, sd %g", m.mean, m.sd)
	}
}
