package estimate

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// MethodFisher is the interval of a correlation, symmetric on Fisher's z
// (Fisher 1921), with the standard error of the design.
const MethodFisher = "fisher-z"

// Pearson is the method of correlations unless a plan names another.
const Pearson = "pearson"

// bindCorrelation binds the correlations of an item with others.
func bindCorrelation(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	of := &correlationItem{crossing: b.crossing(r.By), squares: b.frame.Squares(), replicates: b.frame.Replicated()}
	of.domains = b.crossings[of.crossing].size
	items, ok := b.quantities(r, item)
	if !ok {
		return nil, false
	}
	of.item, of.with = items[0], items[1:]
	switch r.Method {
	case "", Pearson:
		return correlationMaker(b.estimator(newCorrelationTally(of))), true
	case PearsonT, Spearman, Kendall:
		pairs := &pairItem{item: of.item, with: of.with, crossing: of.crossing, domains: of.domains, most: mostPairs}
		return plainCorrelationMaker(b.estimator(newPairTally(pairs))), b.plainMethod(r)
	}
	return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the correlation %q, which is not known.", r.Method), "Use pearson, pearson-t, spearman or kendall.")
}

// quantities binds an item and the further items of a row as numbers.
func (b *binder) quantities(r table.Row, item *survey.Item) ([]quantity, bool) {
	items := []*survey.Item{item}
	for _, name := range r.With {
		more, ok := b.item(name)
		if !ok {
			return nil, false
		}
		items = append(items, more)
	}
	if len(items) < 2 {
		return nil, b.refuse(r.Item, "plan-with", fmt.Sprintf("The plan asks for %s of the item %s without further items.", r.Analysis, r.Item), "Name at least one further item.")
	}
	var out []quantity
	for _, item := range items {
		q, ok := b.quantity(item)
		if !ok {
			return nil, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s with the item %s, which does not fit its type %s.", r.Analysis, item.Name, item.Type),
				"Name items with numbers, or with choices that have scores.")
		}
		out = append(out, q)
	}
	return out, true
}

// correlationMaker makes the table of correlations from the estimator at a place.
type correlationMaker int

func (m correlationMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*correlationTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], r.With)
	var findings []finding.Finding
	for d := range out.Domains {
		out.Domains[d].Base = tally.pairs[0].base(d)
		for k := range r.With {
			e := t.correlation(r, tally, k, d)
			if e.Method == OutOfRange && findings == nil {
				findings = append(findings, tooLarge(r.Item))
			}
			out.Cells[d][k] = e
			out.Tests = append(out.Tests, correlationTest(e, r.With[k], d))
		}
	}
	return out, findings
}

// correlation estimates the correlation with one of the further items in a domain.
func (t *Tally) correlation(r table.Row, tally *correlationTally, k, domain int) table.Estimate {
	e := without("")
	base := tally.pairs[k].base(domain)
	e.Count, e.Weighted = base.Answered(), base.Weighted
	if e.Method = tally.pairs[k].trouble(domain); e.Method != "" {
		return e
	}
	if tally.refused {
		e.Method = OutOfRange
		return e
	}
	place := k*tally.of.domains + domain
	at := place * (1 + tally.of.replicates)
	if e.Value = tally.moments[at].r; math.IsNaN(e.Value) {
		e.Method = NoSpread
		return e
	}
	var v [][]float64
	if n := tally.of.replicates; n > 0 {
		e.DF = float64(t.frame.Base(nil, nil).DF - 1)
		figures := make([][]float64, n)
		for i, m := range tally.moments[at+1 : at+1+n] {
			figures[i] = []float64{m.r}
		}
		v = t.config.Design.Replicates.Deviations(figures, []float64{e.Value})
	} else {
		c := &tally.cells[k]
		parts := c.parts(domain)
		e.DF = float64(t.frame.Base(parts, c.massAt).DF - 1)
		if v, e.Method = t.frame.Covariance(scoreTotals{c, parts, 1, tally.of.squares}); e.Method != "" {
			return e
		}
	}
	e.SE = math.Sqrt(max(v[0][0], 0))
	switch {
	case math.IsNaN(v[0][0]):
		e.SE, e.Method = math.NaN(), NoSpread
	case e.DF <= 0:
		e.Method = NoFreedom
	default:
		e.Lo, e.Hi = fisher(e.Value, e.SE, t.quantile(r.Confidence(), e.DF))
		e.Method = MethodFisher
	}
	return e
}

// fisher returns the interval tanh(atanh(r) ± t·SE/(1-r²)).
func fisher(r, se, t float64) (lo, hi float64) {
	rest := float64((1 - r) * (1 + r))
	if !(rest > 0) {
		return r, r
	}
	z, d := math.Atanh(r), float64(t*se)/rest
	return math.Tanh(z - d), math.Tanh(z + d)
}

// correlationTest tests whether a correlation is 0, by t of the figure over its
// standard error.
func correlationTest(e table.Estimate, with string, domain int) table.Test {
	out := untested(Pearson, e.Method)
	out.Choice, out.Between, out.N = with, [2]int{domain, domain}, e.Count
	if e.Method != MethodFisher {
		return out
	}
	out.Effect, out.EffectName, out.SE, out.Lo, out.Hi = e.Value, "r", e.SE, e.Lo, e.Hi
	out.Why = ""
	if !(e.SE > 0) {
		out.Why = NoVariance
		return out
	}
	out.Statistic, out.NDF, out.DDF = e.Value/e.SE, 1, e.DF
	out.P = dist.StudentTwoSided(out.Statistic, out.DDF)
	out.Adjusted = out.P
	return out
}

// untested returns a test without figures, for a reason.
func untested(method, why string) table.Test {
	nan := math.NaN()
	return table.Test{Method: method, Statistic: nan, NDF: nan, DDF: nan, P: nan, Adjusted: nan, Effect: nan, SE: nan, Lo: nan, Hi: nan, Why: why}
}

// massAt returns how many are in a block whose first sum is of their weights.
func (c *cells) massAt(block int) sampling.Mass {
	return sampling.Mass{N: c.count[block], Zero: c.zeros(block), W: c.sumsAt(block)[0]}
}
