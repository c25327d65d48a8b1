package hypothesis

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
)

// TwoGroupTests compare numbers between the first and the second of two groups.
type TwoGroupTests struct {
	U                    float64 // pairs in which the first group has more, ties as one half
	MannWhitney          Result  // Mann and Whitney (1947), normal and corrected for ties
	MannWhitneyCorrected Result  // the same with the continuity correction
	CliffsDelta          float64 // Cliff (1993)

	Difference      float64 // of means
	Welch           Result  // Welch (1947): variances may differ
	WelchInterval   Interval
	Student         Result // with equal variances
	StudentInterval Interval
	CohensD         float64 // difference over the pooled standard deviation, Cohen (1988)
}

// CompareTwo tests two groups; where there are more or fewer with answers
// nothing is defined. Intervals are of the given level.
func CompareTwo(g Grouped, level float64) TwoGroupTests {
	all := CompareGroups(g)
	var with []Group
	for _, d := range all.Groups {
		if d.N > 0 {
			with = append(with, d)
		}
	}
	nan := math.NaN()
	out := TwoGroupTests{U: nan, CliffsDelta: nan, Difference: nan, CohensD: nan, WelchInterval: noInterval, StudentInterval: noInterval}
	if len(with) != 2 {
		no := undefined(OneGroup)
		if len(with) > 2 {
			no = undefined(WrongShape)
		}
		out.MannWhitney, out.MannWhitneyCorrected, out.Welch, out.Student = no, no, no, no
		return out
	}
	a, b := with[0], with[1]
	_, ties := g.ranks()
	out.mannWhitney(a, b, ties)
	out.means(a, b, level)
	return out
}

func (out *TwoGroupTests) mannWhitney(a, b Group, ties float64) {
	na, nb := float64(a.N), float64(b.N)
	n := na + nb
	out.U = a.rank - float64(na*(na+1)/2)
	out.CliffsDelta = 2*out.U/na/nb - 1
	variance := na * nb / 12 * (n + 1 - ties/(n*(n-1)))
	out.MannWhitney, out.MannWhitneyCorrected = undefined(NoVariation), undefined(NoVariation)
	if ties < tieTerm(n) {
		out.MannWhitney, out.MannWhitneyCorrected = bothNormal(out.U-float64(na*nb/2), math.Sqrt(variance))
	}
}

// bothNormal returns the normal test of a difference, without and with one half
// taken from it for continuity.
func bothNormal(d, sd float64) (plain, corrected Result) {
	shift := 0.5
	if d < 0 {
		shift = -0.5
	}
	if d == 0 {
		shift = 0
	}
	return normal(d / sd), normal((d - shift) / sd)
}

func (out *TwoGroupTests) means(a, b Group, level float64) {
	na, nb := float64(a.N), float64(b.N)
	out.Difference = a.Mean - b.Mean
	out.Welch, out.Student = undefined(TooFew), undefined(TooFew)
	if a.N+b.N < 3 {
		return
	}
	df := na + nb - 2
	pooled := (a.squares + b.squares) / df
	if pooled == 0 {
		out.Welch, out.Student = undefined(NoVariation), undefined(NoVariation)
		return
	}
	out.CohensD = out.Difference / math.Sqrt(pooled)
	out.Student, out.StudentInterval = meanTest(out.Difference, math.Sqrt(float64(pooled*(1/na+1/nb))), df, level)
	if a.N < 2 || b.N < 2 {
		return
	}
	va, vb := square(a.SD)/na, square(b.SD)/nb
	df = square(va+vb) / (square(va)/(na-1) + square(vb)/(nb-1))
	out.Welch, out.WelchInterval = meanTest(out.Difference, math.Sqrt(va+vb), df, level)
}

// meanTest tests whether a mean is 0, and gives its interval.
func meanTest(mean, se, df, level float64) (Result, Interval) {
	return studentT(mean/se, df), around(mean, float64(dist.StudentQuantile(0.5+level/2, df)*se))
}
