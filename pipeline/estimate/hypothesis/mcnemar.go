package hypothesis

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
)

// McNemarTest compares two shares of the same respondents by those who changed.
type McNemarTest struct {
	N           int64
	Plain       Result  // McNemar (1947)
	Corrected   Result  // with the continuity correction of Edwards (1948)
	ExactP      float64 // binomial
	MidP        float64 // Fagerland, Lydersen and Laake (2013)
	Difference  float64 // share of the second column less share of the second row
	SE          float64 // of the difference
	OddsRatio   float64 // (0,1) over (1,0); infinite where nobody changed back
	Gone, Taken int64   // cells (1,0) and (0,1)
}

// McNemar tests a 2 x 2 table of answers before (rows) and after (columns).
func McNemar(c Counts) McNemarTest {
	nan := math.NaN()
	out := McNemarTest{Plain: undefined(WrongShape), Corrected: undefined(WrongShape), ExactP: nan, MidP: nan, Difference: nan, SE: nan, OddsRatio: nan}
	if c.Rows != 2 || c.Cols != 2 || !c.sound() {
		return out
	}
	out.Taken, out.Gone = max(c.N[1], 0), max(c.N[2], 0)
	out.N = max(c.N[0], 0) + max(c.N[3], 0) + out.Taken + out.Gone
	if out.N == 0 {
		out.Plain, out.Corrected = undefined(TooFew), undefined(TooFew)
		return out
	}
	n, d, changed := float64(out.N), float64(out.Taken-out.Gone), float64(out.Taken+out.Gone)
	out.Difference = d / n
	out.SE = math.Sqrt(max(changed-float64(d*(d/n)), 0)) / n
	if changed == 0 {
		out.Plain, out.Corrected = undefined(NoChange), undefined(NoChange)
		return out
	}
	out.Plain = chiSquare(square(d)/changed, 1)
	out.Corrected = chiSquare(square(max(math.Abs(d)-1, 0))/changed, 1)
	out.ExactP = signTest(out.Taken, out.Gone)
	mass := dist.BinomialMass(out.Taken, out.Taken+out.Gone, 0.5)
	if out.MidP = out.ExactP - mass; d == 0 {
		out.MidP = 1 - mass/2
	}
	out.OddsRatio = float64(out.Taken) / float64(out.Gone)
	return out
}
