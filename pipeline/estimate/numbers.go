package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// numberTally holds the moments of a numeric item by domain and group. The
// products are added with what rounding took from them, so that the variance
// of numbers far from zero loses nothing.
type numberTally struct {
	of      *numberItem
	bases   bases
	square  []exact.Sum // Σw² of each domain, where there are weights
	cells   cells
	refused bool // a number or a total left the range of exact sums
}

// numberItem says what a numberTally adds up.
type numberItem struct {
	name     string
	crossing int
	domains  int
	weighted bool
	made     reading // of a number that is worked out from answers; nil: the item's own
}

// reading reads the numbers of a batch, or says why a response has none.
type reading func(b *dataset.Batch) func(i int32) (float64, survey.Reason)

// The sums of a block: of weights w and numbers y, over those who answered.
// Without weights only the first two are kept, which then stand for the others.
const (
	sumWY = iota
	sumWYY
	sumW
	sumWW
	sumWWY
	sumWWYY
	moments
	plain = sumW
)

func newNumberTally(of *numberItem) *numberTally {
	sums := plain
	if of.weighted {
		sums = moments
	}
	t := &numberTally{of: of, bases: make(bases, of.domains), cells: cells{domains: of.domains, counts: 1, sums: sums}}
	if of.weighted {
		t.square = make([]exact.Sum, of.domains)
	}
	return t
}

func (t *numberTally) passes() int         { return 1 }
func (t *numberTally) settle(int)          {}
func (t *numberTally) fresh(int) estimator { return newNumberTally(t.of) }

func (t *numberTally) merge(other estimator, groups []int32) {
	o := other.(*numberTally)
	t.bases.merge(o.bases)
	ok := t.cells.merge(&o.cells, groups)
	for d, s := range o.square {
		ok = t.square[d].Merge(s) && ok
	}
	if !ok || o.refused {
		t.refused = true
	}
}

func (t *numberTally) add(v *view) {
	made := t.of.made
	if made == nil {
		made = quantity{item: t.of.name}.of
	}
	read := made(v.batch)
	t.addBy(v, func(i, _ int32) (float64, survey.Reason) { return read(i) })
}

// addBy adds numbers that are read from a response, which may hang on its domain.
func (t *numberTally) addBy(v *view, read func(i, domain int32) (float64, survey.Reason)) {
	in := v.in(t.of.crossing)
	t.cells.grow(v.groups)
	for k, i := range in.row {
		y, reason := read(i, in.domain[k])
		if reason != survey.Answered {
			if !v.replicate {
				t.bases[in.domain[k]][reason]++
			}
			continue
		}
		block := t.cells.at(in.place[k])
		t.cells.count[block]++
		ok := true
		switch {
		case v.weight == nil:
			ok = addPlain(t.cells.sumsAt(block), y)
		case v.weight[i] == 0:
			t.cells.weightless(block)
		default:
			if !v.replicate {
				ok = v.addSquare(i, &t.square[in.domain[k]])
			}
			ok = ok && addMoments(t.cells.sumsAt(block), v.weight[i], y)
		}
		if !ok {
			t.refused = true
		}
	}
}

func numberAt(c *dataset.Column, i int32) float64 {
	if c.Ints != nil {
		return float64(c.Ints[i])
	}
	return c.Floats[i]
}

// addMoments adds one response. Each product is kept to some 106 bits.
func addMoments(s []exact.Sum, w, y float64) bool {
	wy := exact.Product(w, y)
	ok := s[sumW].Add(w)
	ok = exact.Product(w, w).AddTo(&s[sumWW]) && ok
	ok = wy.AddTo(&s[sumWY]) && ok
	ok = wy.Times(exact.Number(y)).AddTo(&s[sumWYY]) && ok
	ok = wy.Times(exact.Number(w)).AddTo(&s[sumWWY]) && ok
	return wy.Squared().AddTo(&s[sumWWYY]) && ok
}

// addPlain adds one response without a weight.
func addPlain(s []exact.Sum, y float64) bool {
	ok := s[sumWY].Add(y)
	return exact.Product(y, y).AddTo(&s[sumWYY]) && ok
}

// squareOf returns Σw² of a domain.
func (t *numberTally) squareOf(domain int, total sampling.Mass) exact.Sum {
	if t.square != nil {
		return t.square[domain]
	}
	return total.Square
}

// momentsAt returns the sums of a block.
func (t *numberTally) momentsAt(block int) sampling.Moments {
	sums := t.cells.sumsAt(block)
	if !t.of.weighted {
		out := sampling.Moments{WA: sums[sumWY], WAA: sums[sumWYY], W2AA: sums[sumWYY], W2AB: sums[sumWY]}
		out.WB.AddInt(t.cells.count[block])
		out.W2BB = out.WB
		return out
	}
	return sampling.Moments{WA: sums[sumWY], WB: sums[sumW], WAA: sums[sumWYY], W2AA: sums[sumWWYY], W2AB: sums[sumWWY], W2BB: sums[sumWW]}
}
