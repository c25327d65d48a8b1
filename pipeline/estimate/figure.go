package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// figure estimates the mean of a profile with its precision.
func (t *Tally) figure(o output, p profile, kish float64) table.Estimate {
	nan := math.NaN()
	e := table.Estimate{Value: nan, SE: nan, Lo: nan, Hi: nan, DF: nan, DEff: nan}
	total := p.base().total
	switch {
	case t.refused(o):
		e.Method = OutOfRange
		return e
	case total.n == 0:
		e.Method = NoBase
		return e
	case total.w.Zero():
		e.Method = NoWeight
		return e
	}
	weight := doubleOf(total.w)
	m := p.sumY().over(weight)
	e.Value, e.DF = m.float(), float64(p.base().df)
	v, problem := t.frame.variance(p, m, weight)
	if problem != "" {
		e.Method = problem
		return e
	}
	e.SE = math.Sqrt(v.float())
	e.DEff = t.designEffect(v, p, m, weight)
	if e.DF <= 0 {
		e.Method = NoFreedom
		return e
	}
	level := o.row.Confidence()
	q := precision{e.Value, e.SE, t.quantile(level, e.DF), float64(total.n - total.zero), kish, level}
	if o.row.Analysis == table.Mean {
		e.Lo, e.Hi = q.wald()
		e.Method = MethodT
		return e
	}
	lo, hi, method := q.interval(t.config.Interval)
	e.Lo, e.Hi, e.Method = lo, hi, string(method)
	return e
}

// quantile returns Student's t, each worked out once.
func (t *Tally) quantile(level, df float64) float64 {
	key := [2]float64{level, df}
	q, ok := t.quantiles[key]
	if !ok {
		q = quantileFor(level, df)
		t.quantiles[key] = q
	}
	return q
}

// designEffect returns the variance over that of a simple random sample of the
// n respondents with a weight: s²/n with replacement, s²/n·(1-n/W) without,
// s² = n/(n-1)·Σw(y-m)²/W (Kish 1965, §8.2; as R's survey package). It is NaN
// where nothing varies or, without replacement, where W does not exceed n.
func (t *Tally) designEffect(v double, p profile, m, weight double) float64 {
	total := p.base().total
	n := total.n - total.zero
	spread := p.spread(m).over(weight)
	if negligible(spread, m.squared()) {
		return math.NaN()
	}
	simple := spread.over(whole(n - 1))
	if t.config.DEff == DEffSample && t.config.Design.Kind != table.Convenience {
		left := weight.minus(whole(n))
		if !(left.hi > 0) {
			return math.NaN()
		}
		simple = simple.times(left.over(weight))
	}
	if n < 2 || !(simple.hi > 0) {
		return math.NaN()
	}
	return v.over(simple).float()
}
