package exact

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestDoublesHoldAHundredBits(t *testing.T) {
	exactly := func(a Double) *big.Float {
		hi := new(big.Float).SetPrec(2000).SetFloat64(a.Hi)
		return hi.Add(hi, new(big.Float).SetPrec(2000).SetFloat64(a.Lo))
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Double {
			x := float64(rapid.Int64Range(1, 1<<53).Draw(t, name))
			if rapid.Bool().Draw(t, name+" negative") {
				x = -x
			}
			return Product(x, 1+math.Ldexp(float64(rapid.Int64Range(0, 1<<40).Draw(t, name+" low")), -52))
		}
		a, b := draw("a"), draw("b")
		x, y, z := exactly(a), exactly(b), func() *big.Float { return new(big.Float).SetPrec(2000) }
		for name, pair := range map[string]struct {
			got   Double
			want  *big.Float
			scale *big.Float
		}{
			"plus":  {a.Plus(b), z().Add(x, y), z().Add(z().Abs(x), z().Abs(y))},
			"minus": {a.Minus(b), z().Sub(x, y), z().Add(z().Abs(x), z().Abs(y))},
			"times": {a.Times(b), z().Mul(x, y), z().Abs(z().Mul(x, y))},
			"over":  {a.Over(b), z().Quo(x, y), z().Abs(z().Quo(x, y))},
		} {
			off := z().Sub(exactly(pair.got), pair.want)
			if off.Abs(off).Cmp(z().SetMantExp(pair.scale, -100)) > 0 {
				t.Fatalf("%s is off by %v of %v", name, off, pair.want)
			}
		}
	})
	for _, n := range []int64{0, 1, -1, math.MaxInt64, math.MinInt64 + 1, 1<<53 + 1} {
		if got, _ := exactly(Whole(n)).Int64(); got != n {
			t.Errorf("%d became %d", n, got)
		}
	}
}
