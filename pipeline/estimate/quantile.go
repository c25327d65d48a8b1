package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// studentT returns the quantile of Student's t for a probability of at least
// one half; NaN without degrees of freedom, the normal quantile with infinitely
// many.
func studentT(p, df float64) float64 {
	switch {
	case !(df > 0):
		return math.NaN()
	case math.IsInf(df, 1):
		return distuv.UnitNormal.Quantile(p)
	}
	d := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}
	x := d.Quantile(p)
	return polished(x, func(x float64) float64 { return (upperT(x, df) - (1 - p)) / -d.Prob(x) })
}

// upperT returns the probability that Student's t exceeds x ≥ 0, without
// taking it from 1.
func upperT(x, df float64) float64 {
	return 0.5 * distuv.Beta{Alpha: df / 2, Beta: 0.5}.CDF(df/(df+float64(x*x)))
}

// betaQuantile returns the quantile of the beta distribution. With no weight
// on one side the distribution sits at that end.
func betaQuantile(p, a, b float64) float64 {
	switch {
	case a <= 0:
		return 0
	case b <= 0:
		return 1
	}
	d := distuv.Beta{Alpha: a, Beta: b}
	return polished(d.Quantile(p), func(x float64) float64 { return (d.CDF(x) - p) / d.Prob(x) })
}

// polished improves a root by steps of Newton's method while these shrink.
func polished(x float64, step func(float64) float64) float64 {
	last := math.Inf(1)
	for range 8 {
		s := step(x)
		if size := math.Abs(s); !(size < last) || size == 0 {
			return x
		}
		last = math.Abs(s)
		x -= s
	}
	return x
}
