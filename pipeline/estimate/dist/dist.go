// Package dist has the distributions that estimates and tests rest on: normal,
// Student's t, chi-square, F, beta and binomial, each with its distribution
// function, its upper tail and its quantile.
//
// Both tails are computed for themselves, so that a probability of 1e-200 is as
// accurate as one of one half; none is taken from 1 where it is small. The
// functions do not panic: where a distribution is undefined they return NaN.
package dist

import "math"

// probability says whether p can be one.
func probability(p float64) bool { return p >= 0 && p <= 1 }

// tails are the two parts of a distribution on either side of a point.
type tails struct{ lower, upper float64 }

func (t tails) flipped() tails { return tails{lower: t.upper, upper: t.lower} }

var undefined = tails{lower: math.NaN(), upper: math.NaN()}

// climb finds where the logarithm of a tail is that of its goal. The tails of
// all distributions here have a concave logarithm on the scale on which they
// are searched, on which Newton's method finds the root from everywhere.
// step returns the tail at u and its derivative.
func climb(u, goal float64, step func(u float64) (tail, slope float64)) float64 {
	last, from := math.Inf(1), u
	for range 200 {
		tail, slope := step(u)
		if tail == 0 || slope == 0 || math.IsNaN(tail) { // out of the range of floating point: not so far
			u = from + (u-from)/2
			continue
		}
		from = u
		by := (math.Log(tail) - math.Log(goal)) * (tail / slope)
		size := math.Abs(by)
		if size < 1e-6 && size >= last {
			return u // nothing is left but rounding
		}
		u -= max(min(by, 50), -50)
		if size < 1e-11 {
			return u
		}
		last = size
	}
	return u
}
