package scale

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Reason says why a figure is not defined; it is empty where it is.
type Reason string

// The reasons.
const (
	FewItems    Reason = "a scale has two items or more"
	FewAnswers  Reason = "fewer than two respondents answered the items together"
	NoVariance  Reason = "the items do not vary"
	NoAgreement Reason = "all are in one cell, so that nothing could disagree"
)

// Alpha is the reliability of a scale. Figures that are not defined are NaN.
type Alpha struct {
	Value       float64 // from the covariances
	Standard    float64 // from the correlations
	Correlation float64 // mean of two items
	Lo, Hi      float64 // interval; NaN with weights, or where some answered a part of the items
	Items       []Item
	Undefined   Reason
}

// Item is what an item does for its scale.
type Item struct {
	Dropped         float64 // alpha of the others
	StandardDropped float64
	Rest            float64 // correlation with the sum of the others
}

// Alpha returns Cronbach's alpha (Cronbach 1951), the standardised alpha, what
// both are without each item, and the correlations of items with the rest
// (Nunnally and Bernstein 1994, §8). The interval of the level is that of Feldt
// (1965), for answers complete and unweighted. Of weighted moments it is the
// alpha of the population (as svycralpha in R's survey package).
func (m Matrix) Alpha(level float64) Alpha {
	k := len(m.Covariance)
	a := Alpha{Value: math.NaN(), Standard: math.NaN(), Correlation: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	total := sumOf(m.Covariance, -1)
	switch {
	case k < 2:
		a.Undefined = FewItems
	case math.IsNaN(total):
		a.Undefined = FewAnswers
	case total <= 0:
		a.Undefined = NoVariance
	}
	if a.Undefined != "" {
		return a
	}
	r := correlations(m.Covariance)
	a.Value, a.Standard = alphaOf(m.Covariance, -1), alphaOf(r, -1)
	a.Correlation = (sumOf(r, -1) - float64(k)) / float64(k*(k-1))
	for i := range k {
		a.Items = append(a.Items, Item{
			Dropped: alphaOf(m.Covariance, i), StandardDropped: alphaOf(r, i), Rest: restCorrelation(m.Covariance, i),
		})
	}
	if m.simple {
		a.Lo, a.Hi = feldt(a.Value, float64(m.Complete), float64(k), level)
	}
	return a
}

// alphaOf returns alpha from covariances without one item, -1 for none.
func alphaOf(c [][]float64, without int) float64 {
	k, own := 0.0, 0.0
	for i := range c {
		if i != without {
			k++
			own += c[i][i]
		}
	}
	total := sumOf(c, without)
	if k < 2 || total <= 0 {
		return math.NaN()
	}
	return k / (k - 1) * (1 - own/total)
}

func sumOf(c [][]float64, without int) float64 {
	sum := 0.0
	for i, row := range c {
		for j, x := range row {
			if i != without && j != without {
				sum += x
			}
		}
	}
	return sum
}

func correlations(c [][]float64) [][]float64 {
	out := make([][]float64, len(c))
	for i, row := range c {
		for j, x := range row {
			r := 1.0
			if i != j || c[i][i] <= 0 {
				r = x / math.Sqrt(float64(c[i][i]*c[j][j]))
			}
			out[i] = append(out[i], r)
		}
	}
	return out
}

func restCorrelation(c [][]float64, item int) float64 {
	with := -c[item][item]
	for _, x := range c[item] {
		with += x
	}
	return with / math.Sqrt(float64(c[item][item]*sumOf(c, item)))
}

// feldt returns the interval of alpha of n respondents and k items.
func feldt(alpha, n, k, level float64) (lo, hi float64) {
	d1, d2 := n-1, float64((n-1)*(k-1))
	tail := (1 - level) / 2
	return 1 - float64((1-alpha)*quantileF(1-tail, d1, d2)), 1 - float64((1-alpha)*quantileF(tail, d1, d2))
}

// quantileF returns the p-th quantile of F, by the incomplete beta function.
func quantileF(p, d1, d2 float64) float64 {
	x := mathext.InvRegIncBeta(d1/2, d2/2, p)
	return float64(d2*x) / float64(d1*(1-x))
}
