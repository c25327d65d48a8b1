package dist

import "math"

// Normal returns the probability that a standard normal variable is at most x.
func Normal(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

// NormalUpper returns the probability that a standard normal variable exceeds x.
func NormalUpper(x float64) float64 { return 0.5 * math.Erfc(x/math.Sqrt2) }

// NormalTwoSided returns the probability that a standard normal variable is at
// least as far from 0 as z.
func NormalTwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// NormalQuantile returns x so that a standard normal variable is at most x with
// probability p.
func NormalQuantile(p float64) float64 {
	if p > 0.5 {
		return -normalLower(1 - p)
	}
	return normalLower(p)
}

// NormalUpperQuantile returns x so that a standard normal variable exceeds x
// with probability q.
func NormalUpperQuantile(q float64) float64 { return -NormalQuantile(q) }

// normalLower returns the quantile of a probability of at most one half.
func normalLower(p float64) float64 {
	switch {
	case !probability(p):
		return math.NaN()
	case p == 0:
		return math.Inf(-1)
	case p == 0.5:
		return 0
	}
	return climb(-1, p, func(x float64) (float64, float64) {
		return Normal(x), math.Exp(-float64(x*x)/2) / math.Sqrt(2*math.Pi)
	})
}
