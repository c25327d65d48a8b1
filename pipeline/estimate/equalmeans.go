package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/regression"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// equalMeans tests whether groups have the same mean, with its variance under
// the design: of two groups by Student's t of their difference, of more by
// Wald's test of all differences, against F. Degrees of freedom are those of
// the design less one for each group but the first, as of a regression on the
// groups (R's svyttest and regTermTest). Groups that nobody with a weight is in
// are out.
//
// The two names are those of the methods, and share the name of the effect that
// more than two groups have.
func (t *Tally) equalMeans(r table.Row, c compared, two, more, effect string) table.Test {
	var in []int
	out := untested(more, "")
	for d, m := range c.value {
		if c.n[d] > 0 && !math.IsNaN(m) {
			in, out.N = append(in, d), out.N+c.n[d]
		}
	}
	switch len(in) {
	case 0, 1:
		out.Why = NothingToCompare
		return out
	case 2:
		out.Method, out.EffectName = two, "difference"
		out.Between, out.Effect = [2]int{in[0], in[1]}, c.value[in[0]]-c.value[in[1]]
	default:
		out.EffectName, out.Effect = effect, c.between(in)
	}
	v, why := c.change()
	if out.Why = why; why != "" {
		return out
	}
	c.df -= int64(len(in) - 1)
	switch {
	case c.df <= 0:
		out.Why = NoFreedom
	case len(in) == 2:
		c.byDesign(&out, v, t.quantile(r.Confidence(), float64(c.df)))
	default:
		c.wald(&out, v, in)
	}
	return out
}

// between returns the share of the weighted sum of squares that lies between
// groups, Σ W(m-M)² over the same and Σ w(y-m)²: eta squared and, of ranks,
// epsilon squared (Kelley 1935).
func (c compared) between(groups []int) float64 {
	var weight, sum, among, within float64
	for _, d := range groups {
		weight += c.weight[d]
		sum += float64(c.weight[d] * c.value[d])
	}
	mean := sum / weight
	for _, d := range groups {
		x := c.value[d] - mean
		among += float64(c.weight[d] * float64(x*x))
		within += c.spread[d]
	}
	return among / (among + within)
}

// wald tests the differences of all groups to the first (Wald 1943).
func (c compared) wald(out *table.Test, v [][]float64, groups []int) {
	first := groups[0]
	var difference []float64
	var cov [][]float64
	var which []int
	for k, a := range groups[1:] {
		which = append(which, k)
		difference = append(difference, c.value[a]-c.value[first])
		row := make([]float64, len(groups)-1)
		for j, b := range groups[1:] {
			row[j] = v[a][b] - v[a][first] - v[first][b] + v[first][first]
		}
		cov = append(cov, row)
	}
	wald, k, ok := regression.Wald(difference, cov, which)
	if !ok || math.IsNaN(wald) {
		out.Why = NoVariance
		return
	}
	out.Statistic, out.NDF, out.DDF = wald/float64(k), float64(k), float64(c.df)
	out.P = dist.FUpper(out.Statistic, out.NDF, out.DDF)
	out.Adjusted = out.P
}
