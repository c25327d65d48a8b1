package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// number draws floats of all sizes that keep all their bits in a Sum.
func number() *rapid.Generator[float64] {
	return rapid.Custom(func(t *rapid.T) float64 {
		m := rapid.Int64Range(-(1<<53-1), 1<<53-1).Draw(t, "mantissa")
		e := rapid.IntRange(-128, 60).Draw(t, "exponent")
		return math.Ldexp(float64(m), e)
	})
}

func total(xs []float64) Sum {
	var s Sum
	for _, x := range xs {
		if !s.Add(x) {
			panic("refused")
		}
	}
	return s
}

func TestSumIsThatOfArbitraryPrecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOf(number()).Draw(t, "xs")
		want := new(big.Float).SetPrec(400)
		for _, x := range xs {
			want.Add(want, new(big.Float).SetFloat64(x))
		}
		s := total(xs)
		f, _ := want.Float64()
		if s.Float64() != f {
			t.Fatalf("%v, not %v", s.Float64(), f)
		}
		got, _, err := big.ParseFloat(s.String(), 10, 400, big.ToNearestEven)
		if err != nil || new(big.Float).SetPrec(256).Set(got).Cmp(new(big.Float).SetPrec(256).Set(want)) != 0 {
			t.Fatalf("%s, not %s: %v", s, want.Text('f', -1), err)
		}
		hi, lo := s.Split()
		rest := new(big.Float).SetPrec(400).Sub(want, new(big.Float).SetFloat64(hi))
		if l, _ := rest.Float64(); l != lo {
			t.Fatalf("rest %v, not %v", lo, l)
		}
	})
}

func TestOrderSplitAndMergeTreeDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(number(), 1, 60).Draw(t, "xs")
		want := total(xs)
		mixed := rapid.Permutation(xs).Draw(t, "order")
		if got := total(mixed); got != want {
			t.Fatalf("in another order %s, not %s", got, want)
		}
		var parts []Sum
		for len(mixed) > 0 {
			n := rapid.IntRange(1, len(mixed)).Draw(t, "size")
			parts = append(parts, total(mixed[:n]))
			mixed = mixed[n:]
		}
		for len(parts) > 1 {
			i := rapid.IntRange(0, len(parts)-2).Draw(t, "pair")
			parts[i].Merge(parts[i+1])
			parts = append(parts[:i+1], parts[i+2:]...)
		}
		if parts[0] != want {
			t.Fatalf("merged %s, not %s", parts[0], want)
		}
	})
}

func TestWholeNumbersAndDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		var s Sum
		s.AddInt(n)
		if s.Float64() != float64(n) {
			t.Fatalf("%v, not %d", s, n)
		}
		x := number().Draw(t, "x")
		before := s
		s.Add(x)
		if s.Minus(total([]float64{x})) != before {
			t.Fatal("taking away does not undo adding")
		}
		if !s.Minus(s).Zero() {
			t.Fatal("a sum less itself is not zero")
		}
	})
}

func TestLimits(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Ldexp(1, 126), -math.Ldexp(1, 126), math.MaxFloat64} {
		var s Sum
		if s.Add(x) || !s.Zero() {
			t.Errorf("%v was taken", x)
		}
	}
	big := math.Nextafter(math.Ldexp(1, 126), 0)
	for _, sign := range []float64{1, -1} {
		var s Sum
		if !s.Add(sign*big) || s.Float64() != sign*big || !s.Add(sign*big) {
			t.Errorf("%v was refused", sign*big)
		}
		if s.Add(sign * big) {
			t.Error("leaving the range was not reported")
		}
	}
	for _, tt := range []struct{ add, want float64 }{
		{math.Ldexp(1, -128), math.Ldexp(1, -128)},
		{math.Ldexp(3, -129), math.Ldexp(1, -128)},
		{math.Ldexp(-3, -129), math.Ldexp(-1, -128)},
		{math.Ldexp(1, -129), 0},
		{math.Ldexp(-1, -129), 0},
		{math.Ldexp(-1, -180), 0},
		{math.Ldexp(-1.9999, -181), 0},
		{math.SmallestNonzeroFloat64, 0},
		{math.Copysign(0, -1), 0},
	} {
		var s Sum
		if !s.Add(tt.add) || s.Float64() != tt.want {
			t.Errorf("%v gives %v, not %v", tt.add, s.Float64(), tt.want)
		}
	}
}

func TestRoundsTiesToEven(t *testing.T) {
	const big = 1 << 53
	for _, tt := range []struct {
		xs   []float64
		want float64
	}{
		{[]float64{big, 1}, big},
		{[]float64{big + 2, 1}, big + 4},
		{[]float64{big, 1, math.Ldexp(1, -128)}, big + 2},
		{[]float64{-big, -1, math.Ldexp(-1, -128)}, -big - 2},
		{[]float64{-big, -1}, -big},
	} {
		if got := total(tt.xs).Float64(); got != tt.want {
			t.Errorf("%v: %v, not %v", tt.xs, got, tt.want)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	xs := make([]float64, 4096)
	for i := range xs {
		xs[i] = 0.2 + 4*r.Float64()
	}
	var s Sum
	for i := 0; b.Loop(); i++ {
		s.Add(xs[i&4095])
	}
}

func BenchmarkSplit(b *testing.B) {
	s := total([]float64{math.Pi, 1e-20})
	for b.Loop() {
		s.Split()
	}
}
