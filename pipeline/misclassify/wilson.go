package misclassify

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

func quantile(level float64) float64 { return distuv.UnitNormal.Quantile((1 + level) / 2) }

// wilson returns the score interval of a share p of n (Wilson 1927); of a share
// of all there are, with n infinite, the share itself.
func wilson(p, n, level float64) (lo, hi float64) {
	if math.IsInf(n, 1) {
		return p, p
	}
	z := quantile(level)
	zz := float64(z * z)
	centre := (p + zz/(2*n)) / (1 + zz/n)
	half := float64(z*math.Sqrt(float64(p*(1-p))/n+zz/float64(4*float64(n*n)))) / (1 + zz/n)
	lo, hi = max(0, centre-half), min(1, centre+half)
	return min(lo, p), max(hi, p) // they touch at 0 and 1, but for rounding
}

// drawn returns how many answers a sample of n without replacement out of N is
// worth: more than n, and without bound where it is all of them (Cochran 1977,
// §2.6).
func drawn(n, of float64) float64 {
	if n >= of {
		return math.Inf(1)
	}
	return float64(n*(of-1)) / (of - n)
}
