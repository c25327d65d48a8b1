package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// varianceTally holds what the variance of a number in the population is made
// of. Its first pass finds the mean of each domain, its second the moments of
// the squared deviations from it.
type varianceTally struct {
	of      *varianceItem
	pass    int
	first   *numberTally
	second  *numberTally
	mean    []float64 // of each domain, once it is known
	stretch []float64 // n/(n-1)
}

type varianceItem struct {
	quantity   quantity
	number     *numberItem
	replicated bool
}

func bindVariance(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	q, ok := b.quantity(item)
	if !ok {
		return nil, b.refuse(r.Item, "plan-analysis", "The plan asks for the variance of the item "+item.Name+", which has no numbers.", "Ask for it of a number, or of a scale with scores.")
	}
	crossing := b.crossing(r.By)
	of := &varianceItem{quantity: q, replicated: b.frame.Replicated() > 0, number: &numberItem{name: item.Name, crossing: crossing, domains: b.crossings[crossing].size, weighted: b.weighted()}}
	return varianceMaker(b.estimator(&varianceTally{of: of, first: newNumberTally(of.number)})), true
}

func (t *varianceTally) passes() int { return 2 }

func (t *varianceTally) fresh(pass int) estimator {
	out := &varianceTally{of: t.of, pass: pass, first: t.first, mean: t.mean, stretch: t.stretch}
	if pass == 0 {
		out.first = newNumberTally(t.of.number)
	} else {
		out.second = newNumberTally(t.of.number)
	}
	return out
}

func (t *varianceTally) merge(other estimator, groups []int32) {
	o := other.(*varianceTally)
	if t.pass == 0 {
		t.first.merge(o.first, groups)
	} else {
		t.second.merge(o.second, groups)
	}
}

func (t *varianceTally) add(v *view) {
	col := v.batch.Column(t.of.number.name)
	if t.pass == 0 {
		t.first.addBy(v, func(i, _ int32) (float64, survey.Reason) { return t.of.read(col, i) })
		return
	}
	t.second.addBy(v, func(i, domain int32) (float64, survey.Reason) {
		y, reason := t.of.read(col, i)
		d := y - t.mean[domain]
		return float64(float64(d*d) * t.stretch[domain]), reason
	})
}

func (of *varianceItem) read(col *dataset.Column, i int32) (float64, survey.Reason) {
	return of.quantity.read(col, i)
}

// settle finds the mean of each domain in the sample, which in a replicate
// design is group 0.
func (t *varianceTally) settle(pass int) {
	if pass > 0 {
		return
	}
	t.mean, t.stretch = make([]float64, t.of.number.domains), make([]float64, t.of.number.domains)
	for d := range t.mean {
		var all sampling.Mass
		var y exact.Sum
		for _, p := range t.first.cells.parts(d) {
			if p.Group > 0 && t.of.replicated {
				continue
			}
			m := t.first.massAt(p.Block)
			all.Merge(m)
			y.Merge(t.first.momentsAt(p.Block).WA)
		}
		n := float64(all.N - all.Zero)
		t.mean[d] = exact.DoubleOf(y).Over(exact.DoubleOf(all.W)).Float()
		t.stretch[d] = n / (n - 1)
	}
}

// varianceMaker makes the table of variances from the estimator at a place.
type varianceMaker int

func (m varianceMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*varianceTally)
	out := t.emptyTable(r, t.crossings[tally.of.number.crossing], []string{""})
	refused := tally.first.refused || tally.second.refused
	for d := range out.Domains {
		of := t.frame.Base(tally.second.cells.parts(d), tally.second.massAt)
		base := tally.second.bases.base(d, of.Total, tally.second.squareOf(d, of.Total))
		e := t.varianceOf(r, tally, of, d, base.Kish, refused)
		e.Count, e.Weighted = base.Answered(), base.Weighted
		out.Domains[d].Base, out.Cells[d][0] = base, e
	}
	return out, tooLargeIf(refused, r.Item)
}

// varianceOf estimates the variance of a number in the population, by the
// influence w((y-m)²·n/(n-1) - s²)/Σw, as R's survey package does.
func (t *Tally) varianceOf(r table.Row, tally *varianceTally, of *sampling.Base, domain int, kish float64, refused bool) table.Estimate {
	if n := of.Total.N - of.Total.Zero; n < 2 {
		e := without(NoVariance)
		if of.Total.N == 0 {
			e.Method = NoBase
		}
		return e
	}
	p := sampling.NewNumbers(of, tally.second.momentsAt)
	f := facts{refused: refused, total: of.Total, df: float64(of.DF)}
	w := exact.DoubleOf(of.Total.W)
	f.value = p.SumY().Over(w)
	if t.frame.Replicated() > 0 {
		f.variance, f.problem = t.varianceByReplicates(tally, domain)
	} else {
		f.variance, f.problem = t.frame.Variance(p, f.value, w)
	}
	f.deviation = func() exact.Double { return p.Deviation(f.value) }
	e := t.estimated(r, f, kish)
	e.DEff = math.NaN() // of a variance it is not defined here
	return e
}

// varianceByReplicates computes it anew in each replicate.
func (t *Tally) varianceByReplicates(tally *varianceTally, domain int) (exact.Double, string) {
	in := make([][]float64, t.frame.Replicated())
	var sample []float64
	for _, p := range tally.first.cells.parts(domain) {
		m := tally.first.momentsAt(p.Block)
		w := exact.DoubleOf(m.WB)
		mean := exact.DoubleOf(m.WA).Over(w)
		s := exact.DoubleOf(m.WAA).Over(w).Minus(mean.Squared()).Times(exact.Number(tally.stretch[domain]))
		if x := []float64{s.Float()}; p.Group == 0 {
			sample = x
		} else {
			in[p.Group-1] = x
		}
	}
	for _, x := range in {
		if x == nil {
			return exact.Double{}, NoVariance
		}
	}
	return exact.Number(t.config.Design.Replicates.Deviations(in, sample)[0][0]), ""
}
