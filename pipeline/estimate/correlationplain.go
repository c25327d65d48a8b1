package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The correlations of answers without weights, as they are known from textbooks.
const (
	PearsonT = "pearson-t" // product-moment, its interval by n alone
	Spearman = "spearman"  // of ranks
	Kendall  = "kendall"   // tau-b
)

// plainCorrelationMaker makes the table of such correlations from the estimator at a place.
type plainCorrelationMaker int

func (m plainCorrelationMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*pairTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], r.With)
	var findings []finding.Finding
	for d := range out.Domains {
		out.Domains[d].Base = tally.who[0].base(d)
		for k, with := range r.With {
			base := tally.who[k].base(d)
			why := tally.who[k].trouble(d)
			pairs, held := tally.counted(k, d)
			if !held {
				why = Scattered
				findings = []finding.Finding{scattered(r.Item)}
			}
			e, test := without(why), untested(r.Method, why)
			if why == "" {
				e, test = plainCorrelation(r, hypothesis.Correlate(pairs, r.Confidence()))
			}
			e.Count, e.Weighted = base.Answered(), base.Weighted
			test.Choice, test.Between, test.N = with, [2]int{d, d}, base.Answered()
			out.Cells[d][k] = e
			out.Tests = append(out.Tests, test)
		}
	}
	return out, findings
}

// plainCorrelation returns the correlation that a row asks for.
func plainCorrelation(r table.Row, c hypothesis.Correlations) (table.Estimate, table.Test) {
	value, result, name := c.Pearson, c.PearsonTest, "r"
	switch r.Method {
	case Spearman:
		value, result, name = c.Spearman, c.SpearmanTest, "rho"
	case Kendall:
		value, result, name = c.KendallTauB, c.KendallTest, "tau_b"
	}
	e, test := plainly(value), untested(r.Method, string(result.Reason))
	if math.IsNaN(value) {
		e.Method = NoSpread
		return e, test
	}
	test.Effect, test.EffectName = value, name
	if r.Method == PearsonT && !math.IsNaN(c.PearsonInterval.Lo) {
		e.Lo, e.Hi, e.Method = c.PearsonInterval.Lo, c.PearsonInterval.Hi, MethodFisher
		test.Lo, test.Hi = e.Lo, e.Hi
	}
	if result.Reason != "" {
		return e, test
	}
	test.Statistic, test.NDF, test.DDF, test.P, test.Adjusted = result.Statistic, 1, result.DF, result.P, result.P
	if r.Method == Kendall {
		test.DDF = math.Inf(1)
	}
	return e, test
}
