package estimate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/estimate/orderstat"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// quantileMaker makes the table of a quantile.
type quantileMaker struct {
	at        int // the estimator
	ask       int
	interval  QuantileInterval
	everybody int // where the row is compatible and has domains: the estimator of all respondents; else -1
}

func (m *quantileMaker) rule(t *quantileTally) orderstat.Rule { return t.of.asks[m.ask].rule }

// bindQuantile binds a median or another quantile.
func bindQuantile(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if !item.Type.Numeric() && !b.survey.Scaled(item) {
		return nil, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, which does not fit its type %s.", r.Analysis, r.Item, item.Type),
			"Name an item with numbers, or with choices that have scores.")
	}
	p := 0.5
	if r.Analysis == table.Quantile {
		p = r.Prob
	}
	if !(p > 0 && p < 1) {
		return nil, b.refuse(r.Item, "plan-prob", "The plan asks for a quantile that is not between 0 and 1.", "Give 0.25, for instance.")
	}
	rule, interval, ok := b.quantileMethod(r)
	if !ok {
		return nil, false
	}
	q, ok := b.quantity(item)
	if !ok {
		return nil, b.refuse(r.Item, "plan-analysis", "The plan asks for a quantile of the item "+r.Item+", which has no numbers.", "Name an item with numbers, or with choices that have scores.")
	}
	m := &quantileMaker{interval: interval, everybody: -1}
	m.at = b.quantileTally(q, r.By, false)
	of := b.own[m.at].(*quantileTally).of
	ask := quantileAsk{rule, p}
	if m.ask = slices.Index(of.asks, ask); m.ask < 0 {
		m.ask = len(of.asks)
		of.asks = append(of.asks, ask)
	}
	if interval == FromReplicates {
		of.replicates = b.frame.Replicated()
	}
	if r.Compatible && len(r.By) > 0 {
		m.everybody = b.quantileTally(q, nil, true)
	}
	return m, true
}

// quantileMethod returns the rule and the interval of a row, whose method names
// either, or both with a hyphen between them.
func (b *binder) quantileMethod(r table.Row) (orderstat.Rule, QuantileInterval, bool) {
	rule, interval := b.config.Quantile, b.config.QuantileInterval
	if interval == FromReplicates && b.frame.Replicated() == 0 || r.Compatible {
		interval = FromMean
	}
	if r.Compatible {
		rule = orderstat.Math
	}
	if r.Method != "" {
		first, second, both := strings.Cut(r.Method, "-")
		ruled := orderstat.Rule(first).Known()
		if ruled {
			rule = orderstat.Rule(first)
			first = second
		}
		if both || !ruled {
			interval = QuantileInterval(first)
		}
		if both && !ruled || !slices.Contains(quantileIntervals[:], interval) {
			return "", "", b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the quantile %q, which is not known.", r.Method),
				"Use a rule (math, school, hf4 to hf9), an interval (mean, logit, beta, asin, replicates), or both with a hyphen, as hf7-beta.")
		}
	}
	if interval == FromReplicates && b.frame.Replicated() == 0 {
		return "", "", b.refuse(r.Item, "plan-method", "The plan asks for an interval from replicates, which the design does not have.", "Use mean, logit, beta or asin.")
	}
	return rule, interval, true
}

// quantileTally returns the place of the estimator of an item's quantiles, or of
// one that only counts who answered, which is done before any of the others.
func (b *binder) quantileTally(q quantity, by []string, counts bool) int {
	crossing := b.crossing(by)
	at := slices.IndexFunc(b.own, func(e estimator) bool {
		t, ok := e.(*quantileTally)
		return ok && t.of.item.item == q.item && t.of.crossing == crossing && t.of.counts == counts
	})
	if at >= 0 {
		return at
	}
	return b.estimator(newQuantileTally(&quantileItem{
		item: q, crossing: crossing, domains: b.crossings[crossing].size, squares: b.frame.Squares(), counts: counts,
	}))
}

func (m *quantileMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.quantileTally(m.at)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], []string{""})
	var findings []finding.Finding
	for d := range out.Domains {
		out.Domains[d].Base = tally.who.base(d)
		e := t.quantileFigure(m, r, d)
		if e.Method == OutOfRange && findings == nil {
			findings = append(findings, tooLarge(r.Item))
		}
		out.Cells[d][0] = e
	}
	return out, findings
}

func (t *Tally) quantileTally(at int) *quantileTally {
	return t.estimators[t.ownAt+at].(*quantileTally)
}

// quantileFigure estimates a quantile in a domain.
func (t *Tally) quantileFigure(m *quantileMaker, r table.Row, domain int) table.Estimate {
	tally := t.quantileTally(m.at)
	e := without("")
	base := tally.who.base(domain)
	e.Count, e.Weighted = base.Answered(), base.Weighted
	if e.Method = tally.who.trouble(domain); e.Method != "" {
		return e
	}
	steps := tally.steps[domain]
	if tally.refused || steps.Refused() {
		e.Method = OutOfRange
		return e
	}
	e.Value = tally.values[m.ask][domain]
	w := t.woodruff(m, r, domain)
	e.DF, e.DEff = w.df, w.deff
	switch {
	case m.interval == FromReplicates:
		return t.fromReplicates(m, r, domain, e)
	case w.problem != "":
		e.Method = w.problem
		return e
	}
	e.Method = m.interval.method()
	inside := func(p float64) float64 {
		if !(p >= 0 && p <= 1) {
			return math.NaN()
		}
		x, _ := steps.Quantile(m.rule(tally), p)
		return x
	}
	e.Lo, e.Hi = inside(w.lo), inside(w.hi)
	e.SE = (e.Hi - e.Lo) / (2 * t.quantile(r.Confidence(), e.DF))
	return e
}

// fromReplicates adds the precision that the quantiles of the replicates give.
func (t *Tally) fromReplicates(m *quantileMaker, r table.Row, domain int, e table.Estimate) table.Estimate {
	tally := t.quantileTally(m.at)
	var figures [][]float64
	for i := range tally.of.replicates {
		s := tally.steps[(1+i)*tally.of.domains+domain]
		x, _ := s.Quantile(m.rule(tally), tally.of.asks[m.ask].p)
		if math.IsNaN(x) {
			e.Method = NoVariance
			return e
		}
		figures = append(figures, []float64{x})
	}
	v := t.config.Design.Replicates.Deviations(figures, []float64{e.Value})
	e.SE = math.Sqrt(v[0][0])
	if e.DF <= 0 {
		e.Method = NoFreedom
		return e
	}
	e.Lo, e.Hi = precision{value: e.Value, se: e.SE, t: t.quantile(r.Confidence(), e.DF)}.wald()
	e.Method = FromReplicates.method()
	return e
}

// mass returns those of a block who answered (0), or are up to a quantile.
func (t *quantileTally) mass(block, column int) sampling.Mass {
	at := block*t.cells.counts + column
	out := sampling.Mass{N: t.cells.count[at], Zero: t.cells.zeros(at)}
	sums := t.cells.sumsAt(block)
	if t.of.squares {
		out.W, out.Square = sums[2*column], sums[2*column+1]
	} else {
		out.W = sums[column]
	}
	return out
}
