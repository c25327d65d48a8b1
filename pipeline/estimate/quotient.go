package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// quotientTally holds what makes totals over totals, Σwa/Σwb: ratios of two
// numbers, mean places of a ranking, and shares on bases other than those who
// answered. A column is one such figure.
type quotientTally struct {
	of      *quotientItem
	bases   bases
	weight  []exact.Sum // Σw and Σw² of all who are in the base of a domain
	square  []exact.Sum
	cells   cells
	refused bool
}

// quotientItem says what a quotientTally adds up.
type quotientItem struct {
	items    []string
	crossing int
	domains  int
	columns  int
	read     func(answers []*dataset.Column, i int32, out []pair) survey.Reason
}

// pair is what a response adds to a column; one that is not in adds nothing.
type pair struct {
	a, b float64
	in   bool
}

// The sums of a column: those of sampling.Moments, and Σw, Σwab and Σwb².
const (
	quotientW = iota
	quotientA
	quotientB
	quotientAA
	quotientAB
	quotientBB
	quotient2AA
	quotient2AB
	quotient2BB
	quotientSums
)

func newQuotientTally(of *quotientItem) *quotientTally {
	return &quotientTally{
		of: of, bases: make(bases, of.domains), weight: make([]exact.Sum, of.domains), square: make([]exact.Sum, of.domains),
		cells: cells{domains: of.domains, counts: 2 * of.columns, sums: of.columns * quotientSums},
	}
}

func (t *quotientTally) passes() int         { return 1 }
func (t *quotientTally) settle(int)          {}
func (t *quotientTally) fresh(int) estimator { return newQuotientTally(t.of) }

func (t *quotientTally) merge(other estimator, groups []int32) {
	o := other.(*quotientTally)
	t.bases.merge(o.bases)
	ok := t.cells.merge(&o.cells, groups)
	for d := range o.weight {
		ok = t.weight[d].Merge(o.weight[d]) && ok
		ok = t.square[d].Merge(o.square[d]) && ok
	}
	t.refused = t.refused || o.refused || !ok
}

func (t *quotientTally) add(v *view) {
	answers := make([]*dataset.Column, len(t.of.items))
	for k, item := range t.of.items {
		answers[k] = v.batch.Column(item)
	}
	in := v.in(t.of.crossing)
	t.cells.grow(v.groups)
	pairs := make([]pair, t.of.columns)
	for k, i := range in.row {
		clear(pairs)
		reason := t.of.read(answers, i, pairs)
		d := in.domain[k]
		if !v.replicate {
			t.bases[d][reason]++
		}
		if reason != survey.Answered {
			continue
		}
		w, ok := 1.0, true
		if v.weight != nil {
			w = v.weight[i]
		}
		if !v.replicate {
			ok = t.weight[d].Add(w) && exact.Product(w, w).AddTo(&t.square[d])
		}
		block := t.cells.at(in.place[k])
		for column, p := range pairs {
			if p.in {
				ok = t.put(block, column, w, p) && ok
			}
		}
		t.refused = t.refused || !ok
	}
}

func (t *quotientTally) put(block, column int, w float64, p pair) bool {
	at := block*t.cells.counts + column
	t.cells.count[at]++
	if p.a != 0 {
		t.cells.count[at+t.of.columns]++
	}
	if w == 0 {
		t.cells.weightless(at)
		return true
	}
	s := t.cells.sumsAt(block)[column*quotientSums:][:quotientSums]
	wa, wb := exact.Product(w, p.a), exact.Product(w, p.b)
	ok := s[quotientW].Add(w)
	for _, x := range []struct {
		to int
		by exact.Double
	}{
		{quotientA, wa}, {quotientB, wb},
		{quotientAA, wa.Times(exact.Number(p.a))}, {quotientAB, wa.Times(exact.Number(p.b))}, {quotientBB, wb.Times(exact.Number(p.b))},
		{quotient2AA, wa.Squared()}, {quotient2AB, wa.Times(wb)}, {quotient2BB, wb.Squared()},
	} {
		ok = x.by.AddTo(&s[x.to]) && ok
	}
	return ok
}

// momentsAt returns the moments of a column of a block.
func (t *quotientTally) momentsAt(block, column int) sampling.Moments {
	s := t.cells.sumsAt(block)[column*quotientSums:]
	return sampling.Moments{
		WA: s[quotientA], WB: s[quotientB], WAA: s[quotientAA],
		W2AA: s[quotient2AA], W2AB: s[quotient2AB], W2BB: s[quotient2BB],
	}
}

func (t *quotientTally) massAt(block, column int) sampling.Mass {
	at := block*t.cells.counts + column
	s := t.cells.sumsAt(block)[column*quotientSums:]
	return sampling.Mass{N: t.cells.count[at], Zero: t.cells.zeros(at), W: s[quotientW]}
}

// deviation returns Σw(a-mb)² of the sample.
func (t *quotientTally) deviation(of *sampling.Base, column int, m exact.Double) exact.Double {
	var aa, ab, bb exact.Sum
	for k, p := range of.Parts {
		if !of.InSample(k) {
			continue
		}
		s := t.cells.sumsAt(p.Block)[column*quotientSums:]
		aa.Merge(s[quotientAA])
		ab.Merge(s[quotientAB])
		bb.Merge(s[quotientBB])
	}
	d := exact.DoubleOf(ab).Times(m)
	return exact.DoubleOf(aa).Minus(d.Plus(d)).Plus(exact.DoubleOf(bb).Times(m.Squared()))
}
