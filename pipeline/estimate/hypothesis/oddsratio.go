package hypothesis

import (
	"math"
	"slices"
)

// hypergeometric is the distribution of the first cell of a 2 x 2 table with
// given margins, where the odds ratio may differ from 1.
type hypergeometric struct {
	least int64     // value of the cell
	at    int       // observed, counted from the least
	log   []float64 // logarithm of the mass at odds ratio 1, but for a constant
}

// tilted is the distribution for one odds ratio: its mean and variance, and the
// masses and means of the tails that hold the observed table.
type tilted struct {
	mean, variance      float64
	logUpper, meanUpper float64
	logLower, meanLower float64
}

// at1 returns the masses for an odds ratio of 1.
func (h hypergeometric) at1() []float64 {
	top := slices.Max(h.log)
	out, sum := make([]float64, len(h.log)), 0.
	for i, l := range h.log {
		out[i] = math.Exp(l - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// tilt works out the distribution for an odds ratio of exp(theta). Values are
// counted from the observed one.
func (h hypergeometric) tilt(theta float64) tilted {
	all := h.part(theta, 0, len(h.log))
	upper, lower := h.part(theta, h.at, len(h.log)), h.part(theta, 0, h.at+1)
	return tilted{
		mean: all.mean, variance: all.variance,
		logUpper: upper.log - all.log, meanUpper: upper.mean,
		logLower: lower.log - all.log, meanLower: lower.mean,
	}
}

// part is a range of values of the distribution.
type part struct{ log, mean, variance float64 } // log of its mass, not normed

func (h hypergeometric) part(theta float64, from, to int) part {
	top := math.Inf(-1)
	for i := from; i < to; i++ {
		top = max(top, h.log[i]+float64(theta*float64(i-h.at)))
	}
	var mass, first, second float64
	for i := from; i < to; i++ {
		u := float64(i - h.at)
		m := math.Exp(h.log[i] + float64(theta*u) - top)
		mass += m
		first += float64(m * u)
		second += float64(m * u * u)
	}
	return part{log: top + math.Log(mass), mean: first / mass, variance: second/mass - square(first/mass)}
}

// oddsRatio returns the estimate under which the observed cell is the expected one.
func (h hypergeometric) oddsRatio() float64 {
	switch {
	case len(h.log) == 1:
		return math.NaN()
	case h.at == 0:
		return 0
	case h.at == len(h.log)-1:
		return math.Inf(1)
	}
	return math.Exp(rising(func(theta float64) (float64, float64) {
		t := h.tilt(theta)
		return t.mean, t.variance
	}))
}

// interval returns the odds ratios that the one-sided tests at half of 1-level
// do not reject (Cornfield 1956).
func (h hypergeometric) interval(level float64) Interval {
	if !(level > 0 && level < 1) {
		return noInterval
	}
	goal := math.Log((1 - level) / 2)
	out := Interval{Lo: 0, Hi: math.Inf(1)}
	if h.at > 0 {
		out.Lo = math.Exp(rising(func(theta float64) (float64, float64) {
			t := h.tilt(theta)
			return t.logUpper - goal, t.meanUpper - t.mean
		}))
	}
	if h.at < len(h.log)-1 {
		out.Hi = math.Exp(rising(func(theta float64) (float64, float64) {
			t := h.tilt(theta)
			return goal - t.logLower, t.mean - t.meanLower
		}))
	}
	return out
}

// rising finds the root of an increasing function from its value and slope, by
// Newton's method within the bracket known so far.
func rising(f func(x float64) (value, slope float64)) float64 {
	x, lo, hi := 0., math.Inf(-1), math.Inf(1)
	for range 300 {
		v, slope := f(x)
		switch {
		case v == 0 || math.IsNaN(v):
			return x
		case v < 0:
			lo = x
		default:
			hi = x
		}
		next := x - max(min(v/slope, 4), -4)
		if next < lo || next > hi || math.IsNaN(next) {
			next = lo + (hi-lo)/2 // finite: a bracket open on one side holds all steps to there
		}
		if math.Abs(next-x) <= 1e-15*max(1, math.Abs(x)) {
			return next
		}
		x = next
	}
	return x
}
