package hypothesis

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
)

// Correlations are the associations of two numbers.
type Correlations struct {
	N               int64
	Pearson         float64  // product-moment correlation, Pearson (1896)
	PearsonTest     Result   // t on n-2 degrees of freedom
	PearsonInterval Interval // by Fisher's z (1921)
	Spearman        float64  // correlation of mid-ranks, Spearman (1904)
	SpearmanS       float64  // (n³-n)(1-ρ)/6: the sum of squared differences of ranks, without ties
	SpearmanTest    Result   // t on n-2 degrees of freedom
	KendallTauB     float64  // Kendall (1945)
	KendallTest     Result   // normal, corrected for ties, Kendall (1970), ch. 4
	WeightedPearson float64  // of answers counted by their weights; NaN without weights
}

// Correlate correlates X with Y. The interval is of the given level.
func Correlate(p Pairs, level float64) Correlations {
	nan := math.NaN()
	out := Correlations{
		N: p.count(), Pearson: nan, PearsonTest: undefined(TooFew), PearsonInterval: noInterval,
		Spearman: nan, SpearmanS: nan, SpearmanTest: undefined(TooFew),
		KendallTauB: nan, KendallTest: undefined(TooFew), WeightedPearson: nan,
	}
	n := float64(out.N)
	if n < 2 {
		return out
	}
	x, y := p.column(func(q Pair) float64 { return q.X }), p.column(func(q Pair) float64 { return q.Y })
	count, weight := p.column(func(q Pair) float64 { return float64(q.N) }), p.column(func(q Pair) float64 { return q.Weight })
	out.Pearson = correlation(x, y, count)
	out.WeightedPearson = correlation(x, y, weight)
	xs, ys := marginOf(x, count), marginOf(y, count)
	out.Spearman = correlation(xs.midranks(x), ys.midranks(y), count)
	out.SpearmanS = tieTerm(n) / 6 * (1 - out.Spearman)
	out.PearsonTest, out.SpearmanTest = correlationTest(out.Pearson, n), correlationTest(out.Spearman, n)
	if n > 3 && math.Abs(out.Pearson) < 1 {
		z := around(math.Atanh(out.Pearson), dist.NormalQuantile(0.5+level/2)/math.Sqrt(n-3))
		out.PearsonInterval = Interval{Lo: math.Tanh(z.Lo), Hi: math.Tanh(z.Hi)}
	}
	out.KendallTauB, out.KendallTest = kendall(p, xs, ys, n)
	return out
}

func (p Pairs) column(of func(Pair) float64) []float64 {
	out := make([]float64, len(p))
	for i, q := range p {
		out[i] = of(q)
	}
	return out
}

// correlation returns the product-moment correlation of weighted numbers.
func correlation(x, y, w []float64) float64 {
	mx, my := weightedMean(x, w), weightedMean(y, w)
	var xx, yy, xy float64
	for i, v := range w {
		dx, dy := x[i]-mx, y[i]-my
		xx += float64(v * dx * dx)
		yy += float64(v * dy * dy)
		xy += float64(v * dx * dy)
	}
	if !(xx > 0 && yy > 0) {
		return math.NaN()
	}
	return max(-1, min(1, xy/math.Sqrt(xx)/math.Sqrt(yy)))
}

func weightedMean(x, w []float64) float64 {
	total, mean := 0., 0.
	for _, v := range w {
		total += v
	}
	for range 2 { // the second pass takes away what rounding left
		rest := 0.
		for i, v := range w {
			rest += float64(v * (x[i] - mean))
		}
		mean += rest / total
	}
	return mean
}

// correlationTest tests whether a correlation is 0.
func correlationTest(r, n float64) Result {
	switch {
	case math.IsNaN(r):
		return undefined(NoVariation)
	case n < 3:
		return undefined(TooFew)
	}
	return studentT(r*math.Sqrt((n-2)/((1-r)*(1+r))), n-2)
}
