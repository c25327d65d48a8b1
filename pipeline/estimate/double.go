package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// double is an unevaluated sum hi + lo that holds a number to some 106 bits.
// Estimates are finished in it, so that differences of large totals lose
// nothing that a float64 result could show (Dekker 1971; the product's error
// by fused multiply-add).
type double struct{ hi, lo float64 }

func (a double) float() float64        { return a.hi + a.lo }
func (a double) neg() double           { return double{-a.hi, -a.lo} }
func (a double) minus(b double) double { return a.plus(b.neg()) }

func number(x float64) double { return double{hi: x} }

// whole returns a whole number, its upper and lower half added.
func whole(n int64) double {
	return quickSum(math.Ldexp(float64(n>>32), 32), float64(n&(1<<32-1)))
}

func doubleOf(s exact.Sum) double {
	hi, lo := s.Split()
	return double{hi, lo}
}

// quickSum adds two numbers of which the first is the larger in size.
func quickSum(a, b float64) double {
	s := a + b
	return double{s, b - (s - a)}
}

func twoSum(a, b float64) double {
	s := a + b
	v := s - a
	return double{s, (a - (s - v)) + (b - v)}
}

// product returns x·y without error, unless it underflows.
func product(x, y float64) double {
	p := float64(x * y)
	return double{p, math.FMA(x, y, -p)}
}

func (a double) plus(b double) double {
	s, t := twoSum(a.hi, b.hi), twoSum(a.lo, b.lo)
	s = quickSum(s.hi, s.lo+t.hi)
	return quickSum(s.hi, s.lo+t.lo)
}

func (a double) times(b double) double {
	p := product(a.hi, b.hi)
	return quickSum(p.hi, p.lo+(float64(a.hi*b.lo)+float64(a.lo*b.hi)))
}

func (a double) over(b double) double {
	q1 := a.hi / b.hi
	r := a.minus(b.times(number(q1)))
	q2 := r.hi / b.hi
	r = r.minus(b.times(number(q2)))
	return quickSum(q1, q2).plus(number(r.hi / b.hi))
}

func (a double) squared() double { return a.times(a) }

// addTo adds the number to an exact sum, bit by bit.
func (a double) addTo(s *exact.Sum) bool {
	ok := s.Add(a.hi)
	if a.lo != 0 {
		ok = s.Add(a.lo) && ok
	}
	return ok
}

// negligible reports whether a quantity that cannot be negative is no more
// than what rounding leaves of a zero, beside the size of what it was made of.
func negligible(a, beside double) bool { return a.hi <= math.Ldexp(beside.hi, -90) }
