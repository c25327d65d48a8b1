package attack

import (
	"math"
	"math/big"
)

// prove returns a bound above which a sum of cells of a part cannot be, in exact
// arithmetic. Gains of a linear program say how many times each row is taken;
// whatever these numbers are, what is left of the sum and the bounds of rows and
// cells give a bound that holds (weak duality). Errors of floating point can make
// it worse, never wrong.
func prove(s *system, p *part, g *program, sum, d []float64) int64 {
	left := make(map[int32]*big.Rat, len(p.cells))
	for j, c := range p.cells {
		if sum[j] != 0 {
			left[c] = new(big.Rat).SetFloat64(sum[j])
		}
	}
	bound := new(big.Rat)
	for j, v := range g.others {
		if v < g.n || d[j] == 0 || math.Abs(d[j]) < 1e-9 {
			continue
		}
		r := p.rows[v-g.n]
		limit := r.hi
		if d[j] < 0 {
			limit = r.lo
		}
		if limit >= unbounded/2 || limit <= -unbounded/2 {
			continue
		}
		y := new(big.Rat).SetFloat64(d[j])
		bound.Add(bound, new(big.Rat).Mul(y, big.NewRat(limit, 1)))
		for i, c := range r.at {
			if left[c] == nil {
				left[c] = new(big.Rat)
			}
			left[c].Sub(left[c], new(big.Rat).Mul(y, big.NewRat(r.times[i], 1)))
		}
	}
	for c, f := range left {
		limit := s.hi[c]
		if f.Sign() < 0 {
			limit = s.lo[c]
		}
		bound.Add(bound, new(big.Rat).Mul(f, big.NewRat(limit, 1)))
	}
	q := new(big.Int)
	q.Div(bound.Num(), bound.Denom()) // rounds down, for denominators are positive
	if !q.IsInt64() {
		return unbounded
	}
	return q.Int64()
}
