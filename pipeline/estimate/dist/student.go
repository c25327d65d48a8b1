package dist

import "math"

// Student returns the probability that Student's t is at most x, with df
// degrees of freedom; infinitely many are the normal distribution.
func Student(x, df float64) float64 {
	if x > 0 {
		return 1 - studentUpper(x, df)
	}
	return studentUpper(-x, df)
}

// StudentUpper returns the probability that Student's t exceeds x.
func StudentUpper(x, df float64) float64 { return Student(-x, df) }

// StudentTwoSided returns the probability that Student's t is at least as far
// from 0 as t.
func StudentTwoSided(t, df float64) float64 { return 2 * studentUpper(math.Abs(t), df) }

// studentUpper returns the upper tail at x ≥ 0, which is half of a tail of the
// beta distribution at df/(df+x²).
func studentUpper(x, df float64) float64 {
	switch {
	case math.IsNaN(x), !(df > 0):
		return math.NaN()
	case math.IsInf(df, 1):
		return NormalUpper(x)
	case x > 1e153: // its square leaves the range of floating point
		return 0.5 * betaTails(df/x/x, 1, df/2, 0.5).lower
	}
	r := float64(x*x) / df
	return 0.5 * betaTails(1/(1+r), r/(1+r), df/2, 0.5).lower
}

// StudentQuantile returns x so that Student's t is at most x with probability
// p; NaN without degrees of freedom.
func StudentQuantile(p, df float64) float64 {
	if p > 0.5 {
		return -studentLower(1-p, df)
	}
	return studentLower(p, df)
}

// StudentUpperQuantile returns x so that Student's t exceeds x with probability q.
func StudentUpperQuantile(q, df float64) float64 { return -StudentQuantile(q, df) }

// studentLower returns the quantile of a probability of at most one half.
func studentLower(p, df float64) float64 {
	switch {
	case !(df > 0), !probability(p):
		return math.NaN()
	case math.IsInf(df, 1):
		return NormalQuantile(p)
	case p == 0.5:
		return 0
	case p == 0:
		return math.Inf(-1)
	}
	u := betaLogit(tails{lower: 2 * p, upper: 1 - 2*p}, df/2, 0.5) // log(df/x²)
	return -math.Sqrt(df) * math.Exp(-u/2)
}
