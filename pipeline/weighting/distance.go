package weighting

import "math"

// Distance says how factors may differ from 1: which of all weights that meet
// the totals is taken.
type Distance string

// The distances of Deville and Särndal (1992), cases 1, 2, 6 and 7 of their §2.
const (
	Linear      Distance = "linear" // least squares: the generalised regression estimator; with bounds, cut off at them
	Exponential Distance = "raking" // factors stay above 0: raking
	Logit       Distance = "logit"  // factors stay between bounds, smoothly
)

// Bounds are the least and the largest factor, around 1. The zero Bounds are none.
type Bounds struct{ Least, Largest float64 }

// factor returns the factor for a linear predictor u, and its derivative.
func (d Distance) factor(u float64, b Bounds) (f, slope float64) {
	switch d {
	case Exponential:
		e := math.Exp(u)
		return e, e
	case Logit:
		l, h := b.Least, b.Largest
		a := (h - l) / (float64((1 - l) * (h - 1)))
		if u > 0 { // from the end that does not overflow
			e := math.Exp(-float64(a * u))
			den := float64((h-1)*e) + (1 - l)
			return (float64(l*(h-1)*e) + float64(h*(1-l))) / den, float64((h-l)*(h-l)*e) / (den * den)
		}
		e := math.Exp(float64(a * u))
		den := (h - 1) + float64((1-l)*e)
		return (float64(l*(h-1)) + float64(h*(1-l)*e)) / den, float64((h-l)*(h-l)*e) / (den * den)
	default:
		f = 1 + u
		switch {
		case b == (Bounds{}):
			return f, 1
		case f <= b.Least:
			return b.Least, 0
		case f >= b.Largest:
			return b.Largest, 0
		}
		return f, 1
	}
}
