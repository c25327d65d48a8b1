package dist

import "math"

// F returns the probability that an F variable with d1 and d2 degrees of
// freedom is at most x. With infinitely many in the denominator it is a
// chi-square variable over d1.
func F(x, d1, d2 float64) float64 { return fTails(x, d1, d2).lower }

// FUpper returns the probability that an F variable exceeds x.
func FUpper(x, d1, d2 float64) float64 { return fTails(x, d1, d2).upper }

// FQuantile returns x so that an F variable is at most x with probability p.
func FQuantile(p, d1, d2 float64) float64 { return fQuantile(tails{p, 1 - p}, d1, d2) }

// FUpperQuantile returns x so that an F variable exceeds x with probability q.
func FUpperQuantile(q, d1, d2 float64) float64 { return fQuantile(tails{1 - q, q}, d1, d2) }

func fTails(x, d1, d2 float64) tails {
	switch {
	case math.IsNaN(x), !(d1 > 0), !(d2 > 0):
		return undefined
	case math.IsInf(d2, 1):
		return gammaTails(x*d1/2, d1/2)
	case x <= 0:
		return tails{0, 1}
	case math.IsInf(x, 1):
		return tails{1, 0}
	}
	r := x * (d1 / d2)
	if r > 1 {
		return betaTails(1/(1+1/r), 1/(1+r), d1/2, d2/2)
	}
	return betaTails(r/(1+r), 1/(1+r), d1/2, d2/2)
}

func fQuantile(t tails, d1, d2 float64) float64 {
	switch {
	case !(d1 > 0), !(d2 > 0), math.IsInf(d1, 1), !probability(t.lower), !probability(t.upper):
		return math.NaN()
	case t.lower == 0:
		return 0
	case t.upper == 0:
		return math.Inf(1)
	case math.IsInf(d2, 1):
		return 2 * gammaQuantile(t, d1/2) / d1
	}
	return d2 / d1 * math.Exp(betaLogit(t, d1/2, d2/2))
}
