package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// numberTally holds the moments of a numeric item by domain and group. The
// products are added with what rounding took from them, so that the variance
// of numbers far from zero loses nothing.
type numberTally struct {
	of      *numberItem
	bases   bases
	cells   cells
	refused bool // a number or a total left the range of exact sums
}

// numberItem says what a numberTally adds up.
type numberItem struct {
	name     string
	crossing int
	domains  int
	weighted bool
}

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
	return &numberTally{of: of, bases: make(bases, of.domains), cells: cells{domains: of.domains, counts: 1, sums: sums}}
}

func (t *numberTally) passes() int         { return 1 }
func (t *numberTally) settle(int)          {}
func (t *numberTally) fresh(int) estimator { return newNumberTally(t.of) }

func (t *numberTally) merge(other estimator, groups []int32) {
	o := other.(*numberTally)
	t.bases.merge(o.bases)
	if !t.cells.merge(&o.cells, groups) || o.refused {
		t.refused = true
	}
}

func (t *numberTally) add(v *view) {
	col := v.batch.Column(t.of.name)
	in := v.crossing[t.of.crossing]
	t.cells.grow(v.groups)
	for k, i := range in.row {
		reason := col.Reasons[i]
		y := math.NaN()
		if reason == survey.Answered {
			if y = numberAt(col, i); math.IsNaN(y) || math.IsInf(y, 0) {
				reason = survey.Invalid
			}
		}
		if reason != survey.Answered {
			t.bases[in.domain[k]][reason]++
			continue
		}
		block := t.cells.at(in.place[k])
		t.cells.count[block]++
		ok := true
		switch {
		case v.weight == nil:
			ok = addPlain(t.cells.sumsAt(block), y)
		case v.weight[i] == 0:
			t.cells.zero[block]++
		default:
			ok = addMoments(t.cells.sumsAt(block), v.weight[i], y)
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
	wy := product(w, y)
	ok := s[sumW].Add(w)
	ok = product(w, w).addTo(&s[sumWW]) && ok
	ok = wy.addTo(&s[sumWY]) && ok
	ok = wy.times(number(y)).addTo(&s[sumWYY]) && ok
	ok = wy.times(number(w)).addTo(&s[sumWWY]) && ok
	return wy.squared().addTo(&s[sumWWYY]) && ok
}

// addPlain adds one response without a weight.
func addPlain(s []exact.Sum, y float64) bool {
	ok := s[sumWY].Add(y)
	return product(y, y).addTo(&s[sumWYY]) && ok
}

// momentsAt returns the sums of a block.
func (t *numberTally) momentsAt(block int) (out [moments]exact.Sum) {
	copy(out[:], t.cells.sumsAt(block))
	if !t.of.weighted {
		out[sumW].AddInt(t.cells.count[block])
		out[sumWW], out[sumWWY], out[sumWWYY] = out[sumW], out[sumWY], out[sumWYY]
	}
	return out
}
