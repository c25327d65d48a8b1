package estimate

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// choiceTally holds how many made each choice of an item, and their weight, by
// domain and group. Shares, nets and means of scores are all read from it.
//
// The columns of a single-choice item are its codes. Those of an item with
// several choices are everybody who answered, then its codes, then its nets.
type choiceTally struct {
	of      *choiceItem
	squares bool // Σw² stands beside each Σw; in a cluster design it is not needed
	bases   bases
	square  []exact.Sum // of each domain, where squares do not stand beside
	cells   cells
	grid    unitGrid // once all is counted, in a plain frame
	refused bool     // a total left the range of exact sums
}

// choiceItem says what a choiceTally counts.
type choiceItem struct {
	name     string
	crossing int
	domains  int
	choices  int
	multiple bool
	weighted bool
	nets     []net // of an item with several choices
	groups   int   // how many groups of the design there will be; 0 where that is not known
}

// net marks the codes any of which counts.
type net []bool

func newChoiceTally(of *choiceItem, squares bool) *choiceTally {
	width := of.choices
	if of.multiple {
		width += 1 + len(of.nets)
	}
	t := &choiceTally{of: of, squares: squares, bases: make(bases, of.domains)}
	t.cells = cells{domains: of.domains, counts: max(width, 1)}
	if of.weighted {
		t.cells.sums = width
		if squares {
			t.cells.sums *= 2
		} else {
			t.cells.short = true
			t.square = make([]exact.Sum, of.domains)
		}
	}
	return t
}

func (t *choiceTally) passes() int { return 1 }
func (t *choiceTally) settle(int)  {}

func (t *choiceTally) fresh(int) estimator {
	out := newChoiceTally(t.of, t.squares)
	out.cells.expect(t.of.groups)
	return out
}

func (t *choiceTally) merge(other estimator, groups []int32) {
	o := other.(*choiceTally)
	t.bases.merge(o.bases)
	ok := t.cells.merge(&o.cells, groups)
	for d, s := range o.square {
		ok = t.square[d].Merge(s) && ok
	}
	t.refused = t.refused || o.refused || !ok
}

func (t *choiceTally) add(v *view) {
	col := v.batch.Column(t.of.name)
	in := v.in(t.of.crossing)
	t.cells.grow(v.groups)
	if t.of.multiple {
		t.addMany(v, col, in)
	} else {
		t.addOne(v, col, in)
	}
}

func (t *choiceTally) addOne(v *view, col *dataset.Column, in incidence) {
	codes, reasons := col.Codes, col.Reasons
	for k, i := range in.row {
		reason, code := reasons[i], codes[i]
		if reason == survey.Answered && uint(code) < uint(t.of.choices) {
			at := t.cells.at(in.place[k])*t.cells.counts + int(code)
			t.cells.count[at]++
			if v.weight != nil {
				t.weigh(v, i, at)
				t.weighBase(v, i, in.domain[k])
			}
			continue
		}
		if reason == survey.Answered {
			reason = survey.Invalid
		}
		if !v.replicate {
			t.bases[in.domain[k]][reason]++
		}
	}
}

func (t *choiceTally) addMany(v *view, col *dataset.Column, in incidence) {
	for k, i := range in.row {
		if reason := col.Reasons[i]; reason != survey.Answered {
			if !v.replicate {
				t.bases[in.domain[k]][reason]++
			}
			continue
		}
		at := t.cells.at(in.place[k]) * t.cells.counts
		set := col.Set(int(i))
		t.count(v, i, at)
		if v.weight != nil {
			t.weighBase(v, i, in.domain[k])
		}
		for _, code := range set {
			if uint(code) < uint(t.of.choices) {
				t.count(v, i, at+1+int(code))
			}
		}
		for j, n := range t.of.nets {
			if slices.ContainsFunc(set, func(code int32) bool { return uint(code) < uint(len(n)) && n[code] }) {
				t.count(v, i, at+1+t.of.choices+j)
			}
		}
	}
}

func (t *choiceTally) count(v *view, i int32, at int) {
	t.cells.count[at]++
	if v.weight != nil {
		t.weigh(v, i, at)
	}
}

// weigh adds the weight of response i to a column of a block.
func (t *choiceTally) weigh(v *view, i int32, at int) {
	w := v.weight[i]
	if w == 0 {
		t.cells.weightless(at)
		return
	}
	if !t.squares {
		t.refused = !t.cells.weigh(at, w) || t.refused
		return
	}
	s := t.cells.sum[2*at : 2*at+2]
	if !s[0].Add(w) || !v.addSquare(i, &s[1]) {
		t.refused = true
	}
}

// weighBase adds the squared weight of response i for the whole domain.
func (t *choiceTally) weighBase(v *view, i, domain int32) {
	if t.square != nil && !v.replicate && !v.addSquare(i, &t.square[domain]) {
		t.refused = true
	}
}
