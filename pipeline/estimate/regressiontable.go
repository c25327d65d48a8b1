package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/regression"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Reasons why a regression, or a part of it, has no figures.
const (
	NoSpread    = "the outcome does not vary"
	NoFit       = "no convergence" // some predictor gives the outcome away
	Superfluous = "aliased"        // others say the same
)

// MethodWald is the test that some parameters are 0 (Wald 1943; R's regTermTest).
const MethodWald = "wald-f"

// coefficients are the parameters of a fit, as the plan's predictors have them.
type coefficients struct {
	value []float64
	v     [][]float64 // nil without variance
	why   string      // why there are none, or no variance
	df    float64
	base  *sampling.Base
}

// coefficients works out the parameters of a domain and their covariances.
func (t *Tally) coefficients(tally *regressionTally, domain int) coefficients {
	at := domain * (1 + tally.of.replicates)
	f := tally.fits[at]
	parts := tally.cells.parts(domain)
	out := coefficients{base: t.frame.Base(parts, tally.cells.massAt)}
	switch {
	case f.lost:
		out.why = OutOfRange
	case tally.bases[domain][survey.Answered] == 0:
		out.why = NoBase
	case f.State == regression.Constant && out.base.Total.W.Zero():
		out.why = NoWeight
	case f.State == regression.Constant:
		out.why = NoSpread
	case f.State != regression.Converged:
		out.why = NoFit
	}
	if out.why != "" {
		return out
	}
	out.value = regression.Uncentred(f.model, f.Theta, f.centre)
	out.df = float64(out.base.DF) - float64(slopes(f))
	if tally.of.replicates > 0 {
		out.v = t.config.Design.Replicates.Deviations(tally.replicated(at), out.value)
		return out
	}
	var b [][]float64
	b, out.why = t.frame.Covariance(scoreTotals{&tally.cells, parts, f.model.Width(), tally.of.squares})
	if out.why == "" {
		out.v = regression.UncentredCovariance(f.model, f.Sandwich(b), f.centre)
	}
	return out
}

// slopes returns how many slopes a fit has that others do not make superfluous.
func slopes(f *fitting) int {
	n := 0
	for _, out := range f.Aliased {
		if !out {
			n++
		}
	}
	from, to, _ := f.model.Constants()
	return n - (to - from)
}

// replicated returns the parameters that each replicate has, NaN where it has none.
func (t *regressionTally) replicated(sample int) [][]float64 {
	out := make([][]float64, t.of.replicates)
	for r := range out {
		f := t.fits[sample+1+r]
		if f.lost || f.State != regression.Converged {
			out[r] = make([]float64, f.model.Width())
			for i := range out[r] {
				out[r][i] = math.NaN()
			}
			continue
		}
		out[r] = regression.Uncentred(f.model, f.Theta, f.centre)
		for i, alias := range f.Aliased {
			if alias && !t.fits[sample].Aliased[i] {
				out[r][i] = math.NaN()
			}
		}
	}
	return out
}

// regressionTable returns the parameters of a regression with their intervals,
// and tests of each predictor and of all together.
func (t *Tally) regressionTable(r table.Row, tally *regressionTally) *table.Table {
	c := t.crossings[tally.of.crossing]
	item, _ := t.survey.Item(r.Item)
	out := t.emptyTable(r, c, tally.of.names(t.survey.Choices(item)))
	for d := range c.size {
		k := t.coefficients(tally, d)
		base := tally.bases.base(d, k.base.Total, tally.square[d])
		out.Domains[d].Base = base
		f := tally.fits[d*(1+tally.of.replicates)]
		for p, place := range tally.places(f) {
			e := t.coefficient(r, k, f, place)
			e.Count, e.Weighted = base.Answered(), base.Weighted
			if j := tally.termOf(p); j >= 0 && tally.of.terms[j].choice {
				e.Count, e.Weighted = tally.count[d][j], tally.mass[d][j]
			}
			out.Cells[d][p] = e
		}
		for _, p := range tally.of.predictors {
			out.Tests = append(out.Tests, tally.test(f, k, d, p.name, p.from, len(p.terms)))
		}
		all := tally.test(f, k, d, "", 0, len(tally.of.terms))
		if all.Why == "" && f.Null > 0 {
			all.Effect, all.EffectName = 1-f.Deviance/f.Null, "deviance_explained"
		}
		out.Tests = append(out.Tests, all)
	}
	return out
}

// emptyTable returns a table with room for its cells.
func (t *Tally) emptyTable(r table.Row, c crossing, choices []string) *table.Table {
	out := &table.Table{
		Row: r, Level: t.survey.Levels[t.layout.Level].Name, Design: t.config.Design.Kind, Choices: choices,
		Domains: make([]table.Domain, c.size), Cells: make([][]table.Estimate, c.size),
	}
	for d := range c.size {
		out.Domains[d].Values = c.values(d)
		out.Cells[d] = make([]table.Estimate, len(choices))
	}
	return out
}

// places returns for each name of a parameter which parameter of the fit it is:
// none for a cutpoint beyond which nobody is.
func (t *regressionTally) places(f *fitting) []int {
	out := make([]int, t.of.width())
	for p := range out {
		out[p] = p
	}
	if t.of.ordered == 0 {
		return out
	}
	made, steps := 0, 0 // steps up to here that somebody is on, and all of them
	for _, place := range f.step {
		if place != none {
			steps++
		}
	}
	for k := range t.of.ordered - 1 {
		if f.step != nil && f.step[k] != none {
			made++
		}
		at := len(t.of.terms) + made - 1
		if made == 0 || made == steps {
			at = -1
		}
		out[len(t.of.terms)+k] = at
	}
	return out
}

// termOf returns the term that a parameter is the slope of, or -1.
func (t *regressionTally) termOf(p int) int {
	if t.of.ordered > 0 {
		if p < len(t.of.terms) {
			return p
		}
		return -1
	}
	return p - 1
}

// coefficient returns a parameter of a fit with its interval.
func (t *Tally) coefficient(r table.Row, k coefficients, f *fitting, at int) table.Estimate {
	e := without(k.why)
	switch {
	case k.value == nil:
		return e
	case at < 0:
		e.Method = NoBase
		return e
	case f.Aliased[at]:
		e.Method = Superfluous
		return e
	}
	e.Value, e.DF = k.value[at], k.df
	if k.v == nil {
		return e
	}
	e.SE = math.Sqrt(max(k.v[at][at], 0))
	if math.IsNaN(k.v[at][at]) {
		e.SE, e.Method = math.NaN(), NoFit
		return e
	}
	if e.DF <= 0 {
		e.Method = NoFreedom
		return e
	}
	d := float64(t.quantile(r.Confidence(), e.DF) * e.SE)
	e.Lo, e.Hi, e.Method = e.Value-d, e.Value+d, MethodT
	return e
}

// test returns the Wald test that some slopes are 0, against F with the degrees
// of freedom of the design less the slopes.
func (t *regressionTally) test(f *fitting, k coefficients, domain int, name string, from, terms int) table.Test {
	out := untested(MethodWald, k.why)
	out.N, out.Choice, out.Between = k.base.Total.N, name, [2]int{domain, domain}
	if k.value == nil || k.v == nil {
		return out
	}
	var which []int
	for j := range terms {
		if at := f.model.Slopes() + from + j; !f.Aliased[at] {
			which = append(which, at)
		}
	}
	wald, n, ok := regression.Wald(k.value, k.v, which)
	switch {
	case n == 0:
		out.Why = Superfluous
	case !ok || math.IsNaN(wald):
		out.Why = NoVariance
	case !(k.df > 0):
		out.Why = NoFreedom
	default:
		out.Statistic, out.NDF, out.DDF = wald/float64(n), float64(n), k.df
		out.P = dist.FUpper(out.Statistic, out.NDF, out.DDF)
		out.Adjusted = out.P
	}
	return out
}
