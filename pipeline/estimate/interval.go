package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
)

// Reasons why there is no interval, or no estimate, as they stand in the
// method of an Estimate.
const (
	NoBase     = "no base"               // nobody answered
	NoWeight   = "no weight"             // all who answered have weight 0
	NoFreedom  = "no degrees of freedom" // as many strata as sampling units
	NoVariance = sampling.NoVariance
	OutOfRange = sampling.OutOfRange
	MethodT    = "t" // the interval of a mean: ± t·SE
)

// precision is what an interval is made from.
type precision struct {
	value float64 // the share or mean
	se    float64
	t     float64 // quantile of Student's t for the level and the degrees of freedom
	n     float64 // respondents in the base who have a weight
	kish  float64 // effective base
	level float64 // of confidence
}

// quantileFor returns the t of a confidence level and degrees of freedom.
func quantileFor(level, df float64) float64 { return dist.StudentQuantile(0.5+level/2, df) }

// wald returns value ± t·SE.
func (p precision) wald() (lo, hi float64) {
	d := float64(p.t * p.se)
	return p.value - d, p.value + d
}

// interval returns the interval of a share, and the method by which it was
// made. A share of 0 or 1 has no estimated variance: except under wald-t it
// gets the beta interval on Kish's effective base.
//
// The definitions are those of svyciprop in R's survey package (Lumley):
// logit (its "xlogit", the limit of "logit"), mean, wilson, beta and asin.
func (p precision) interval(kind Interval) (lo, hi float64, method Interval) {
	if kind == WaldT {
		lo, hi = p.wald()
		return lo, hi, WaldT
	}
	if p.value <= 0 || p.value >= 1 {
		lo, hi = p.beta(p.kish)
		return lo, hi, Beta
	}
	if p.se == 0 {
		return p.value, p.value, kind
	}
	switch kind {
	case Wilson:
		lo, hi = p.wilson(p.effective())
	case Beta:
		lo, hi = p.beta(p.effective())
	case Asin:
		lo, hi = p.asin()
	case Likelihood:
		lo, hi = p.likelihood()
	default:
		lo, hi = p.logit()
	}
	return lo, hi, kind
}

// likelihood returns the shares whose log-likelihood, on the effective base, is
// less than the largest by t²/2·n/(n-1): the limit of the interval "likelihood"
// of svyciprop in R's survey package (Rao and Scott 1984, for the scaling).
func (p precision) likelihood() (lo, hi float64) {
	n := p.effective()
	drop := float64(p.t*p.t) / 2 * p.n / (p.n - 1)
	loglik := func(q float64) float64 {
		return float64(p.value*math.Log(q)) + float64((1-p.value)*math.Log1p(-q))
	}
	top := loglik(p.value)
	beyond := func(q float64) bool { return float64(n*(top-loglik(q))) > drop }
	between := func(in, out float64) float64 { // beyond(out), and not beyond(in)
		for range 200 {
			mid := (in + out) / 2
			if mid == in || mid == out {
				break
			}
			if beyond(mid) {
				out = mid
			} else {
				in = mid
			}
		}
		return in
	}
	return between(p.value, 0), between(p.value, 1)
}

// effective returns p(1-p)/V, the size of a simple random sample that would
// have the same variance.
func (p precision) effective() float64 {
	return float64(p.value*(1-p.value)) / float64(p.se*p.se)
}

// logit returns the interval log(p/(1-p)) ± t·SE/(p(1-p)), mapped back.
func (p precision) logit() (lo, hi float64) {
	at := math.Log(p.value) - math.Log1p(-p.value)
	d := float64(p.t*p.se) / float64(p.value*(1-p.value))
	return logistic(at - d), logistic(at + d)
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// asin returns the interval asin(√p) ± t·SE/(2√(p(1-p))), mapped back; it ends at 0 and 1.
func (p precision) asin() (lo, hi float64) {
	at := math.Asin(math.Sqrt(p.value))
	d := float64(p.t*p.se) / (2 * math.Sqrt(float64(p.value*(1-p.value))))
	back := func(x float64) float64 {
		s := math.Sin(min(max(x, 0), math.Pi/2))
		return float64(s * s)
	}
	return back(at - d), back(at + d)
}

// wilson returns the score interval (Wilson 1927) for n respondents, with t in
// the place of the normal quantile.
func (p precision) wilson(n float64) (lo, hi float64) {
	t := p.t
	tt := float64(t*t) / n
	centre := (p.value + tt/2) / (1 + tt)
	d := t * math.Sqrt(float64(p.value*(1-p.value))/n+tt/(4*n)) / (1 + tt)
	return max(centre-d, 0), min(centre+d, 1)
}

// beta returns the interval of Korn and Graubard (1998): that of Clopper and
// Pearson on n·(t(n-1)/t(df))² respondents.
func (p precision) beta(n float64) (lo, hi float64) {
	r := quantileFor(p.level, p.n-1) / p.t
	n *= float64(r * r)
	tail := (1 - p.level) / 2
	x := float64(n * p.value)
	return dist.BetaQuantile(tail, x, n-x+1), 1 - dist.BetaQuantile(tail, n-x, x+1)
}
