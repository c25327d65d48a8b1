package estimate

import (
	"math"
	"sync"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// facts are what an estimate is made of.
type facts struct {
	total     sampling.Mass // the base
	df        float64
	value     exact.Double // share or mean
	variance  exact.Double
	refused   bool                // totals left the range of exact sums
	problem   string              // why there is no variance
	deviation func() exact.Double // Σw(y-m)²
}

// figure estimates the mean of a spread with its precision.
func (t *Tally) figure(o output, p sampling.Spread, kish float64) table.Estimate {
	base := p.Base()
	f := facts{refused: t.refused(o), total: base.Total, df: t.freedom(o, float64(base.DF))}
	weight := exact.DoubleOf(base.Total.W)
	if base.Total.N > 0 && !base.Total.W.Zero() {
		f.value = p.SumY().Over(weight)
		f.variance, f.problem = t.frame.Variance(p, f.value, weight)
		f.deviation = func() exact.Double { return p.Deviation(f.value) }
	}
	return t.estimated(o.row, f, kish)
}

// isShare reports whether an analysis gives shares, whose intervals stay
// between 0 and 1.
func isShare(a table.Analysis) bool {
	switch a {
	case table.PropSelectOne, table.PropSelectMultiple, table.PropNet, table.RankFirst:
		return true
	}
	return false
}

// estimated makes an estimate of a share or mean.
func (t *Tally) estimated(r table.Row, f facts, kish float64) table.Estimate {
	nan := math.NaN()
	e := table.Estimate{Value: nan, SE: nan, Lo: nan, Hi: nan, DF: nan, DEff: nan}
	switch {
	case f.refused:
		e.Method = OutOfRange
		return e
	case f.total.N == 0:
		e.Method = NoBase
		return e
	case f.total.W.Zero():
		e.Method = NoWeight
		return e
	}
	e.Value, e.DF = f.value.Float(), f.df
	if f.problem != "" {
		e.Method = f.problem
		return e
	}
	e.SE = math.Sqrt(f.variance.Float())
	e.DEff = t.designEffect(f)
	if e.DF <= 0 {
		e.Method = NoFreedom
		return e
	}
	level := r.Confidence()
	q := precision{e.Value, e.SE, t.quantile(level, e.DF), float64(f.total.N - f.total.Zero), kish, level}
	if !isShare(r.Analysis) {
		e.Lo, e.Hi = q.wald()
		e.Method = MethodT
		return e
	}
	kind := t.config.Interval
	switch {
	case r.Compatible:
		kind = WaldT
	case r.Method != "":
		kind = Interval(r.Method)
	}
	lo, hi, method := q.interval(kind)
	e.Lo, e.Hi, e.Method = lo, hi, string(method)
	return e
}

// quantiles are those of Student's t, by level and degrees of freedom, each
// worked out once.
type quantiles struct {
	sync.Mutex
	known map[[2]float64]float64
}

func (t *Tally) quantile(level, df float64) float64 {
	t.quantiles.Lock()
	defer t.quantiles.Unlock()
	key := [2]float64{level, df}
	q, ok := t.quantiles.known[key]
	if !ok {
		q = quantileFor(level, df)
		t.quantiles.known[key] = q
	}
	return q
}

// designEffect returns the variance over that of a simple random sample of the
// n respondents with a weight: s²/n with replacement, s²/n·(1-n/W) without,
// s² = n/(n-1)·Σw(y-m)²/W (Kish 1965, §8.2; as R's survey package). It is NaN
// where nothing varies or, without replacement, where W does not exceed n.
func (t *Tally) designEffect(f facts) float64 {
	n, weight := f.total.N-f.total.Zero, exact.DoubleOf(f.total.W)
	spread := f.deviation().Over(weight)
	if exact.Negligible(spread, f.value.Squared()) {
		return math.NaN()
	}
	simple := spread.Over(exact.Whole(n - 1))
	if t.config.DEff == DEffSample && t.config.Design.Kind != table.Convenience {
		left := weight.Minus(exact.Whole(n))
		if !(left.Hi > 0) {
			return math.NaN()
		}
		simple = simple.Times(left.Over(weight))
	}
	if n < 2 || !(simple.Hi > 0) {
		return math.NaN()
	}
	return f.variance.Over(simple).Float()
}
