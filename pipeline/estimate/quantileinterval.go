package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// QuantileInterval is a kind of confidence interval for quantiles. All but the
// last are Woodruff's (1952): the interval of the share of those up to the
// quantile, whose ends are mapped back to numbers.
type QuantileInterval string

// The intervals for quantiles, by that of the share.
const (
	FromMean       QuantileInterval = "mean"       // symmetric about the share, with Student's t
	FromLogit      QuantileInterval = "logit"      // as Logit
	FromBeta       QuantileInterval = "beta"       // as Beta
	FromAsin       QuantileInterval = "asin"       // as Asin
	FromReplicates QuantileInterval = "replicates" // not of a share: ± t·SE from the quantiles of the replicates
)

// quantileIntervals are all of them.
var quantileIntervals = [...]QuantileInterval{FromMean, FromLogit, FromBeta, FromAsin, FromReplicates}

// method returns what the interval is called beside a figure.
func (q QuantileInterval) method() string {
	switch q {
	case FromMean:
		return "woodruff"
	case FromReplicates:
		return "replicates"
	}
	return "woodruff-" + string(q)
}

// woodruff is the share of those up to a quantile, and its interval.
type woodruff struct {
	lo, hi   float64
	df, deff float64
	problem  string // why there is no interval
}

// woodruff returns the interval of the share of those up to a quantile
// (Woodruff 1952; Lumley 2010, §2.4.1).
func (t *Tally) woodruff(m *quantileMaker, r table.Row, domain int) woodruff {
	tally := t.quantileTally(m.at)
	nan := math.NaN()
	of := t.frame.Base(tally.cells.parts(domain), func(block int) sampling.Mass { return tally.mass(block, 0) })
	out := woodruff{lo: nan, hi: nan, df: float64(of.DF), deff: nan}
	if m.everybody >= 0 {
		all := t.quantileTally(m.everybody)
		out.df = float64(t.frame.Base(all.cells.parts(0), func(block int) sampling.Mass { return all.mass(block, 0) }).DF)
	}
	if of.Total.W.Zero() {
		out.problem = NoWeight
		return out
	}
	p := sampling.NewShare(of, func(block int) sampling.Mass { return tally.mass(block, 1+m.ask) })
	weight := exact.DoubleOf(of.Total.W)
	share := p.SumY().Over(weight)
	v, problem := t.frame.Variance(p, share, weight)
	if out.problem = problem; problem != "" {
		return out
	}
	out.deff = t.designEffect(facts{total: of.Total, value: share, variance: v, deviation: func() exact.Double { return p.Deviation(share) }})
	if out.df <= 0 {
		out.problem = NoFreedom
		return out
	}
	level := r.Confidence()
	q := precision{value: share.Float(), se: math.Sqrt(v.Float()), t: t.quantile(level, out.df), n: float64(of.Total.N - of.Total.Zero), level: level}
	out.lo, out.hi = q.upTo(m.interval)
	return out
}

// upTo returns the interval of the share of those up to a quantile. A share of
// 1 has an interval only where it is symmetric about it.
func (p precision) upTo(kind QuantileInterval) (lo, hi float64) {
	switch {
	case kind == FromMean:
		return p.wald()
	case p.value <= 0 || p.value >= 1:
		return math.NaN(), math.NaN()
	case p.se == 0:
		return p.value, p.value
	}
	switch kind {
	case FromBeta:
		return p.beta(p.effective())
	case FromAsin:
		return p.asin()
	}
	return p.logit()
}
