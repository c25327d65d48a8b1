package dist

import "math"

// Beta returns the probability that a beta variable is at most x: the
// regularised incomplete beta function.
func Beta(x, a, b float64) float64 { return betaTails(x, 1-x, a, b).lower }

// BetaUpper returns the probability that a beta variable exceeds x.
func BetaUpper(x, a, b float64) float64 { return betaTails(x, 1-x, a, b).upper }

// BetaQuantile returns x so that a beta variable is at most x with probability
// p. With no weight on one side (a or b of 0) the distribution sits at that end.
func BetaQuantile(p, a, b float64) float64 { return betaQuantile(tails{p, 1 - p}, a, b) }

// BetaUpperQuantile returns x so that a beta variable exceeds x with
// probability q.
func BetaUpperQuantile(q, a, b float64) float64 { return betaQuantile(tails{1 - q, q}, a, b) }

func betaQuantile(t tails, a, b float64) float64 {
	switch {
	case math.IsNaN(a), math.IsNaN(b), !probability(t.lower), !probability(t.upper):
		return math.NaN()
	case a <= 0, b > 0 && t.lower == 0:
		return 0
	case b <= 0, t.upper == 0:
		return 1
	}
	x, _ := unlogit(betaLogit(t, a, b))
	return x
}

// betaTails returns both tails at x, where y is 1-x, given apart for what is
// close to 1.
func betaTails(x, y, a, b float64) tails {
	switch {
	case math.IsNaN(x), !(a > 0), !(b > 0), math.IsInf(a, 1), math.IsInf(b, 1):
		return undefined
	case x <= 0:
		return tails{0, 1}
	case y <= 0:
		return tails{1, 0}
	case x > (a+1)/(a+b+2):
		upper := betaDensity(x, y, a, b) * betaFraction(y, x, b, a)
		return tails{1 - upper, upper}
	}
	lower := betaDensity(x, y, a, b) * betaFraction(x, y, a, b)
	return tails{lower, 1 - lower}
}

// betaDensity returns the density of the beta distribution on the scale of
// log(x/y): x^a·y^b/B(a,b).
func betaDensity(x, y, a, b float64) float64 {
	return binomialMass(a, b, x, y) * a * (b / (a + b))
}

// betaFraction evaluates the continued fraction of Didonato and Morris (1992),
// which is every second step of DLMF 8.17.22, by the method of Lentz. It
// converges for x up to (a+1)/(a+b+2), and loses no digits for large shapes,
// since what nearly cancels is taken from y = 1-x.
func betaFraction(x, y, a, b float64) float64 {
	l := float64(a*y) - float64(b*x) + 1
	f := l * (a / (a + 1))
	c, d := f, 0.
	for n := 1.; n < 1e6; n++ {
		h := a + 2*n - 1
		r := n * (b - n) * (x / h)
		num := float64(r * (x * ((a + n - 1) * ((a + b + n - 1) / h))))
		den := n + r + float64((a+n)/(h+2)*(l+float64(n*(1+y))))
		d = 1 / (den + float64(num*d))
		c = den + num/c
		step := float64(c * d)
		f *= step
		if math.Abs(step-1) < 2e-16 {
			break
		}
	}
	return 1 / f
}

// betaLogit returns log(x/(1-x)) at the quantile x of which both tails are given.
func betaLogit(t tails, a, b float64) float64 {
	if t.upper < t.lower {
		return -betaLogit(t.flipped(), b, a)
	}
	return climb(math.Log(a/b), t.lower, func(u float64) (float64, float64) {
		x, y := unlogit(u)
		return betaTails(x, y, a, b).lower, betaDensity(x, y, a, b)
	})
}

// unlogit returns x and 1-x for u = log(x/(1-x)).
func unlogit(u float64) (x, y float64) {
	if u > 0 {
		y, x = unlogit(-u)
		return x, y
	}
	e := math.Exp(u)
	return e / (1 + e), 1 / (1 + e)
}
