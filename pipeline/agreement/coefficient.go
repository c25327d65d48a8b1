package agreement

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Reason says why a figure is not defined.
type Reason string

// The reasons.
const (
	Defined    Reason = ""
	NoPairs    Reason = "no unit has two codes"
	NoVariance Reason = "all codes are the same, so that nothing could disagree"
	OneCode    Reason = "there are fewer than two codes to choose from"
	NotNumbers Reason = "the scale needs codes that are numbers"
	NotRatio   Reason = "a ratio scale needs numbers from 0 upwards"
	NotSquare  Reason = "the table is not square"
)

// Coefficient is a measure of agreement. Where it is undefined, or has no
// standard error or interval, those are NaN.
type Coefficient struct {
	Value     float64
	SE        float64 // standard error
	Lo, Hi    float64 // confidence interval
	Undefined Reason  // empty where it is defined
}

func undefined(why Reason) Coefficient {
	return Coefficient{Value: math.NaN(), SE: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), Undefined: why}
}

// point is a coefficient without precision.
func point(x float64) Coefficient {
	c := undefined(Defined)
	c.Value = x
	return c
}

// normal is a coefficient with the normal interval of a level, such as 0.95.
func normal(x, se, level float64) Coefficient {
	z := distuv.UnitNormal.Quantile((1 + level) / 2)
	return Coefficient{Value: x, SE: se, Lo: x - float64(z*se), Hi: x + float64(z*se)}
}

// root is the square root of a variance, 0 for what rounding leaves below 0.
func root(x float64) float64 { return math.Sqrt(max(x, 0)) }

// nearly is what a difference of shares may be by rounding alone.
const nearly = 1e-14
