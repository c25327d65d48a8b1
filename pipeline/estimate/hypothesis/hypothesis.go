// Package hypothesis has the classical tests of answers that stand for
// themselves: without weights, strata or clusters. It knows nothing of surveys.
//
// What goes in are summaries that can be merged: counts of cells (Counts), of
// distinct values by group (Grouped), of distinct pairs (Pairs) and of distinct
// profiles (Profile). Their order, and how they were split before they were
// merged, changes nothing. Categories and groups without answers are left out.
//
// Nothing here panics. A figure that is not defined is NaN, and its Reason says
// why.
package hypothesis

import (
	"errors"
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
)

// Reason says why a test is not defined; it is empty for one that is.
type Reason string

// The reasons why a test is not defined.
const (
	TooFew      Reason = "too few answers"
	NoVariation Reason = "answers do not vary"
	OneGroup    Reason = "fewer than two groups"
	NoChange    Reason = "no answer changed"
	WrongShape  Reason = "not defined for a table of this shape"
)

// ErrTooLarge is the error of exact tests that would take too long; their
// approximations are good for such counts.
var ErrTooLarge = errors.New("too many answers for an exact test")

// Result is one test.
type Result struct {
	Statistic float64
	DF        float64 // degrees of freedom, those of the numerator for F; 0 for a normal statistic
	DF2       float64 // degrees of freedom of the denominator of F; 0 for others
	P         float64 // two-sided where there are sides
	Reason    Reason
}

func undefined(why Reason) Result {
	return Result{Statistic: math.NaN(), DF: math.NaN(), DF2: math.NaN(), P: math.NaN(), Reason: why}
}

func chiSquare(x, df float64) Result {
	return Result{Statistic: x, DF: df, P: dist.ChiSquareUpper(x, df)}
}

func studentT(t, df float64) Result {
	return Result{Statistic: t, DF: df, P: dist.StudentTwoSided(t, df)}
}

func fRatio(f, df1, df2 float64) Result {
	return Result{Statistic: f, DF: df1, DF2: df2, P: dist.FUpper(f, df1, df2)}
}

func normal(z float64) Result { return Result{Statistic: z, P: dist.NormalTwoSided(z)} }

// Interval is a confidence interval; both ends are NaN where there is none.
type Interval struct{ Lo, Hi float64 }

var noInterval = Interval{Lo: math.NaN(), Hi: math.NaN()}

// around returns at ± by.
func around(at, by float64) Interval { return Interval{Lo: at - float64(by), Hi: at + float64(by)} }

// Exact is a test by the exact distribution of its statistic.
type Exact struct {
	Statistic float64
	P         float64 // two-sided: twice the smaller side, 1 at most
	Less      float64 // probability of the statistic or less
	Greater   float64 // probability of the statistic or more
}

func square(x float64) float64 { return float64(x * x) }

// tieTerm returns t³ - t.
func tieTerm(t float64) float64 { return float64(t*(t-1)) * (t + 1) }
