package dist

import "math"

// Binomial returns the probability of at most k successes in n trials, each
// with probability p.
func Binomial(k, n int64, p float64) float64 { return binomialTails(k, n, p).lower }

// BinomialFrom returns the probability of k successes or more in n trials.
func BinomialFrom(k, n int64, p float64) float64 { return binomialTails(k-1, n, p).upper }

// BinomialMass returns the probability of exactly k successes in n trials.
func BinomialMass(k, n int64, p float64) float64 {
	switch {
	case !probability(p), n < 0:
		return math.NaN()
	case k < 0, k > n:
		return 0
	case k == 0:
		return math.Exp(float64(n) * math.Log1p(-p))
	case k == n:
		return math.Pow(p, float64(n))
	case p == 0, p == 1:
		return 0
	}
	return binomialMass(float64(k), float64(n-k), p, 1-p)
}

// binomialTails returns the probabilities of at most k and of more than k.
func binomialTails(k, n int64, p float64) tails {
	switch {
	case !probability(p), n < 0:
		return undefined
	case k < 0:
		return tails{0, 1}
	case k >= n:
		return tails{1, 0}
	}
	return betaTails(p, 1-p, float64(k+1), float64(n-k)).flipped()
}

// BinomialQuantile returns the smallest k so that at most k successes in n
// trials have probability q or more.
func BinomialQuantile(q float64, n int64, p float64) int64 {
	lo, hi := int64(-1), max(n, 0) // P(at most lo) < q ≤ P(at most hi)
	for hi-lo > 1 {
		if mid := lo + (hi-lo)/2; Binomial(mid, n, p) >= q {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}
