package estimate

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/orderstat"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// quantileItem says which quantiles of an item by a crossing a quantileTally holds.
type quantileItem struct {
	item       quantity
	crossing   int
	domains    int
	squares    bool // respondents are the sampling units
	replicates int
	counts     bool // only who answered counts: no quantile is asked for
	held       int  // how many buckets a place may have
	asks       []quantileAsk
}

// quantileAsk is one quantile that rows of the plan ask for.
type quantileAsk struct {
	rule orderstat.Rule
	p    float64
}

// quantileStage is what a pass over the answers is for.
type quantileStage int

const (
	gathering quantileStage = iota // the distribution
	pointing                       // looking into buckets that hide a quantile
	halving                        // the share of those up to each quantile
	limiting                       // looking into buckets that hide an end of an interval
)

// quantileTally holds the distribution of an item by domain, and by replicate,
// and the share of those up to each quantile by group of the design. Where the
// numbers are so many that buckets of them are held, further passes look into
// those that hide a quantile or an end of its interval, so that all are exact.
type quantileTally struct {
	of    *quantileItem
	stage quantileStage
	need  int // how many passes are known to be needed

	who        answering
	histograms []*orderstat.Histogram // by replicate (0: the sample) and domain
	steps      []*orderstat.Steps
	lenses     []*orderstat.Lens
	values     [][]float64 // by ask and domain: the quantile of the sample
	cells      cells       // those who answered; and, by ask, those up to the quantile
	refused    bool
}

// distinctHeld is how many distinct numbers a place, which is a domain of the
// sample or of a replicate, may have before they are held in buckets. All places
// of a plan share allDistinct.
const (
	distinctHeld = 1 << 16
	allDistinct  = 1 << 18
	leastHeld    = 1 << 8
)

// room divides the room for distinct numbers among all quantiles of a plan.
func (b *binder) room() {
	places := 0
	each := func(do func(of *quantileItem)) {
		for _, e := range b.own {
			if t, ok := e.(*quantileTally); ok {
				do(t.of)
			}
		}
	}
	each(func(of *quantileItem) { places += of.places() })
	each(func(of *quantileItem) { of.held = min(distinctHeld, max(leastHeld, allDistinct/max(places, 1))) })
}

func newQuantileTally(of *quantileItem) *quantileTally {
	return &quantileTally{of: of, need: 2}
}

func (of *quantileItem) places() int { return of.domains * (1 + of.replicates) }

func (t *quantileTally) passes() int { return t.need }

func (t *quantileTally) fresh(int) estimator {
	out := *t
	switch t.stage {
	case gathering:
		out.who = newAnswering(t.of.domains)
		out.histograms = make([]*orderstat.Histogram, t.of.places())
		for i := range out.histograms {
			out.histograms[i] = orderstat.NewHistogram(t.of.held)
		}
	case halving:
		sums := 1 + len(t.of.asks)
		if t.of.squares {
			sums *= 2
		}
		out.cells = cells{domains: t.of.domains, counts: 1 + len(t.of.asks), sums: sums}
	default:
		out.lenses = make([]*orderstat.Lens, len(t.lenses))
		for i, l := range t.lenses {
			out.lenses[i] = l.Fresh()
		}
	}
	return &out
}

func (t *quantileTally) merge(other estimator, groups []int32) {
	o := other.(*quantileTally)
	t.refused = t.refused || o.refused
	switch t.stage {
	case gathering:
		t.who.merge(&o.who)
		for i := range t.histograms {
			t.histograms[i].Merge(o.histograms[i])
		}
	case halving:
		t.refused = !t.cells.merge(&o.cells, groups) || t.refused
	default:
		for i := range t.lenses {
			t.lenses[i].Merge(o.lenses[i])
		}
	}
}

func (t *quantileTally) add(v *view) {
	if v.replicate && t.of.replicates == 0 && t.stage != halving {
		return
	}
	col := v.batch.Column(t.of.item.item)
	in := v.in(t.of.crossing)
	if t.stage == halving {
		t.cells.grow(v.groups)
	}
	for k, i := range in.row {
		y, reason := t.of.item.read(col, i)
		d := in.domain[k]
		if t.stage == gathering && !v.replicate {
			t.who.add(v, i, d, reason)
		}
		if reason != survey.Answered {
			continue
		}
		w := 1.0
		if v.weight != nil {
			w = v.weight[i]
		}
		place := int(d)
		if v.replicate {
			place = int(in.place[k])
		}
		switch {
		case t.stage == gathering && t.of.counts:
		case t.stage == gathering:
			t.histograms[place].Add(y, v.batch.ID(int(i)), w)
		case t.stage == halving:
			t.share(v, i, in.place[k], int(d), y, w)
		default:
			t.lenses[place].Add(y, v.batch.ID(int(i)), w)
		}
	}
}

// share counts response i among those who answered, and those up to each quantile.
func (t *quantileTally) share(v *view, i, place int32, domain int, y, w float64) {
	block := t.cells.at(place)
	count := func(column int) {
		at := block*t.cells.counts + column
		t.cells.count[at]++
		if w == 0 {
			t.cells.weightless(at)
			return
		}
		sums := t.cells.sumsAt(block)
		if !t.of.squares {
			t.refused = !sums[column].Add(w) || t.refused
			return
		}
		ok := sums[2*column].Add(w)
		if v.weight == nil {
			ok = sums[2*column+1].Add(1) && ok
		} else {
			ok = v.addSquare(i, &sums[2*column+1]) && ok
		}
		t.refused = !ok || t.refused
	}
	count(0)
	for a := range t.of.asks {
		if y <= t.values[a][domain] {
			count(1 + a)
		}
	}
}

func (t *quantileTally) settle(pass int) {
	switch t.stage {
	case gathering:
		for _, h := range t.histograms {
			t.steps = append(t.steps, h.Steps())
		}
		t.histograms = nil
		t.point(pass)
	case pointing:
		t.through()
		t.point(pass)
	case limiting:
		t.through()
	}
}

func (t *quantileTally) through() {
	steps := make([]*orderstat.Steps, len(t.steps))
	for i, s := range t.steps {
		steps[i] = s.Through(t.lenses[i])
	}
	t.steps = steps
}

// point finds the quantiles, or where they hide.
func (t *quantileTally) point(pass int) {
	t.lenses = make([]*orderstat.Lens, len(t.steps))
	hidden := false
	for i, s := range t.steps {
		for _, ask := range t.of.asks {
			t.lenses[i] = s.Look(t.lenses[i], ask.rule, ask.p)
		}
		hidden = hidden || t.lenses[i] != nil
	}
	if hidden {
		t.stage, t.need = pointing, pass+3
		return
	}
	t.stage, t.need = halving, pass+2
	t.values = make([][]float64, len(t.of.asks))
	for a, ask := range t.of.asks {
		t.values[a] = make([]float64, t.of.domains)
		for d := range t.of.domains {
			t.values[a][d], _ = t.steps[d].Quantile(ask.rule, ask.p)
		}
	}
}

// foresee looks for the ends of intervals that buckets hide.
func (t *quantileTally) foresee(all *Tally) {
	if t.stage != halving && t.stage != limiting || t.cells.counts == 0 {
		return
	}
	if !slices.ContainsFunc(t.steps, func(s *orderstat.Steps) bool { return !s.Exact() }) {
		return
	}
	all.settled()
	t.lenses = make([]*orderstat.Lens, len(t.steps))
	hidden := false
	for _, o := range all.outputs {
		m, ok := o.made.(*quantileMaker)
		if !ok || all.estimators[all.ownAt+m.at] != estimator(t) || m.interval == FromReplicates {
			continue
		}
		for d := range t.of.domains {
			if t.steps[d].Exact() {
				continue
			}
			w := all.woodruff(m, o.row, d)
			t.lenses[d] = t.steps[d].Look(t.lenses[d], m.rule(t), w.lo, w.hi)
			hidden = hidden || t.lenses[d] != nil
		}
	}
	if hidden {
		t.stage, t.need = limiting, all.pass+2
	}
}
