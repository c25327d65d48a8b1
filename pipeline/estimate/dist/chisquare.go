package dist

import "math"

// ChiSquare returns the probability that a chi-square variable with df degrees
// of freedom is at most x.
func ChiSquare(x, df float64) float64 { return gammaTails(x/2, df/2).lower }

// ChiSquareUpper returns the probability that a chi-square variable exceeds x.
func ChiSquareUpper(x, df float64) float64 { return gammaTails(x/2, df/2).upper }

// ChiSquareQuantile returns x so that a chi-square variable is at most x with
// probability p.
func ChiSquareQuantile(p, df float64) float64 { return 2 * gammaQuantile(tails{p, 1 - p}, df/2) }

// ChiSquareUpperQuantile returns x so that a chi-square variable exceeds x with
// probability q.
func ChiSquareUpperQuantile(q, df float64) float64 { return 2 * gammaQuantile(tails{1 - q, q}, df/2) }

// gammaTails returns both tails of the gamma distribution with shape a and
// scale 1: by the series below its bulk, by the continued fraction above it
// (DLMF 8.11.4, 8.9.2).
func gammaTails(x, a float64) tails {
	switch {
	case math.IsNaN(x), !(a > 0), math.IsInf(a, 1):
		return undefined
	case x <= 0:
		return tails{0, 1}
	case math.IsInf(x, 1):
		return tails{1, 0}
	case x < a+1:
		lower := poissonMass(a, x) * gammaSeries(x, a)
		return tails{lower, 1 - lower}
	}
	upper := poissonMass(a, x) * a * gammaFraction(x, a)
	return tails{1 - upper, upper}
}

func gammaSeries(x, a float64) float64 {
	sum, term := 1., 1.
	for n := a + 1; ; n++ {
		term *= x / n
		next := sum + term
		if next == sum {
			return sum
		}
		sum = next
	}
}

func gammaFraction(x, a float64) float64 {
	b := x + 1 - a
	c, d := math.Inf(1), 1/b
	f := d
	for n := 1.; n < 1e7; n++ {
		k := float64(n * (a - n))
		b += 2
		d = 1 / (b + float64(k*d))
		c = b + k/c
		step := float64(c * d)
		f *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	return f
}

func gammaQuantile(t tails, a float64) float64 {
	switch {
	case !(a > 0), math.IsInf(a, 1), !probability(t.lower), !probability(t.upper):
		return math.NaN()
	case t.lower == 0:
		return 0
	case t.upper == 0:
		return math.Inf(1)
	}
	goal, sign := t.lower, 1.
	if t.upper < t.lower {
		goal, sign = t.upper, -1
	}
	return math.Exp(climb(math.Log(a), goal, func(u float64) (float64, float64) {
		x := math.Exp(u)
		at := gammaTails(x, a)
		if sign < 0 {
			at = at.flipped()
		}
		return at.lower, sign * poissonMass(a, x) * a
	}))
}
