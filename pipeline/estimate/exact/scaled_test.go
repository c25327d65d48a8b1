package exact

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func scaled(n int64, exp int) *big.Float {
	x := new(big.Float).SetPrec(600).SetInt64(n)
	return x.SetMantExp(x, exp)
}

func TestScaledNumbersAreAddedWithoutLossOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Sum
		var short Short
		want := new(big.Float).SetPrec(600)
		exact, fits := true, true
		for range rapid.IntRange(1, 20).Draw(t, "n") {
			n := rapid.Int64().Draw(t, "number") >> uint(rapid.IntRange(0, 62).Draw(t, "less"))
			exp := rapid.IntRange(-140, 70).Draw(t, "exp")
			if n != math.MinInt64 {
				if got := s.AddScaled(n, exp); !got {
					exact = false
				}
				if got := short.AddScaled(n, exp); !got {
					fits = false
				}
				want.Add(want, scaled(n, exp))
			}
			if !exact {
				break
			}
			if x, _ := want.Float64(); s.Float64() != x {
				t.Fatalf("the sum is %v, want %v", s.Float64(), x)
			}
			if fits && short.Sum() != s {
				t.Fatalf("the short sum is %v, want %v", short.Sum(), s)
			}
		}
	})
}

func TestNumbersThatFitAreNotRefused(t *testing.T) {
	for _, tt := range []struct {
		n   int64
		exp int
		sum bool
		sho bool
	}{
		{1, -128, true, false}, {1, -129, false, false}, {2, -129, true, false}, {1, -64, true, true}, {-1, -64, true, true},
		{1, -65, true, false}, {4, -66, true, true}, {1, 62, true, true}, {1, 63, true, false}, {-1, 62, true, true},
		{1 << 62, 0, true, true}, {1 << 62, 1, true, false}, {1, 120, false, false}, {0, 500, true, true}, {0, -500, true, true},
	} {
		var s Sum
		var short Short
		if got := s.AddScaled(tt.n, tt.exp); got != tt.sum {
			t.Errorf("%d·2^%d: %v, want %v", tt.n, tt.exp, got, tt.sum)
		}
		if got := short.AddScaled(tt.n, tt.exp); got != tt.sho {
			t.Errorf("short: %d·2^%d: %v, want %v", tt.n, tt.exp, got, tt.sho)
		}
	}
}

func TestShortSumsRoundAsLongOnesAndAddHalves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a, b Short
		for range rapid.IntRange(1, 5).Draw(t, "n") {
			hi, lo := rapid.Int64Range(-1<<30, 1<<40).Draw(t, "hi"), rapid.Int64Range(0, 1<<62).Draw(t, "lo")
			shift := uint(rapid.IntRange(0, 40).Draw(t, "shift"))
			fits := a.AddScaled(lo, int(shift)-64) && a.AddScaled(hi, int(shift)+44-64)
			if got := b.AddHalves(hi, lo, shift, 44); got != fits {
				t.Fatalf("%d %d %d: %v, want %v", hi, lo, shift, got, fits)
			}
			if !fits {
				return
			}
		}
		if a != b || a.Float64() != a.Sum().Float64() {
			t.Fatalf("%v is %v; %v rounds to %v", b.Sum(), a.Sum(), a.Sum(), a.Float64())
		}
	})
}
