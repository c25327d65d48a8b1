package hypothesis

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
)

// PairedTests compare two numbers of the same respondents, such as before (X)
// and after (Y).
type PairedTests struct {
	N, Nonzero int64
	Difference float64 // mean of Y - X
	SD         float64 // of the differences
	T          Result  // Student (1908)
	Interval   Interval
	CohensDz   float64 // mean over standard deviation of the differences, Cohen (1988)

	V                 float64 // sum of the ranks of positive differences
	Wilcoxon          Result  // Wilcoxon (1945), normal, zeros dropped, corrected for ties
	WilcoxonCorrected Result  // the same with the continuity correction
	RankBiserial      float64 // Kerby (2014)

	Positive, Negative    int64
	SignP                 float64 // of the exact sign test
	Improved, Same, Worse float64 // shares: Y above, equal to and below X
}

// ComparePairs tests whether X and Y differ. The interval is of the given level.
func ComparePairs(p Pairs, level float64) PairedTests {
	nan := math.NaN()
	s := p.signed()
	n := s.positive + s.negative + s.zero
	out := PairedTests{
		N: n, Nonzero: s.positive + s.negative, Positive: s.positive, Negative: s.negative,
		Difference: nan, SD: nan, T: undefined(TooFew), Interval: noInterval, CohensDz: nan,
		V: s.v, Wilcoxon: undefined(NoChange), WilcoxonCorrected: undefined(NoChange), RankBiserial: nan,
		SignP: nan, Improved: nan, Same: nan, Worse: nan,
	}
	if n == 0 {
		return out
	}
	total := float64(n)
	out.Improved, out.Same, out.Worse = float64(s.positive)/total, float64(s.zero)/total, float64(s.negative)/total
	out.means(s, total, level)
	if out.Nonzero == 0 {
		return out
	}
	out.SignP = signTest(s.positive, s.negative)
	m := float64(out.Nonzero)
	sum := m * (m + 1) / 2
	out.RankBiserial = (2*s.v - sum) / sum
	variance := sum*(2*m+1)/12 - s.ties/48
	out.Wilcoxon, out.WilcoxonCorrected = bothNormal(s.v-sum/2, math.Sqrt(variance))
	return out
}

// means fills in what rests on the mean of the differences.
func (out *PairedTests) means(s signed, n, level float64) {
	about := func(mean float64, power func(float64) float64) float64 {
		sum := float64(s.zero) * power(-mean)
		for _, d := range s.sizes {
			sum += float64(float64(d.positive)*power(d.of-mean)) + float64(float64(d.negative)*power(-d.of-mean))
		}
		return sum
	}
	same := func(x float64) float64 { return x }
	mean := about(0, same) / n
	mean += about(mean, same) / n
	out.Difference = mean
	if n < 2 {
		return
	}
	out.SD = math.Sqrt(about(mean, square) / (n - 1))
	if out.SD == 0 {
		out.T = undefined(NoVariation)
		return
	}
	out.CohensDz = mean / out.SD
	out.T, out.Interval = meanTest(mean, out.SD/math.Sqrt(n), n-1, level)
}

// signTest returns the exact probability of so uneven a division of signs:
// twice the smaller tail of the binomial distribution, at most 1.
func signTest(positive, negative int64) float64 {
	return min(1, 2*dist.Binomial(min(positive, negative), positive+negative, 0.5))
}
