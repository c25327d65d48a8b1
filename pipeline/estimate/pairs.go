package estimate

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mostPairs is how many distinct pairs of numbers are held at most.
const mostPairs = 1 << 16

// pairItem says of which numbers a pairTally counts pairs.
type pairItem struct {
	item     quantity
	with     []quantity
	crossing int
	domains  int
	most     int
}

// pairTally counts the distinct pairs of an item's numbers with those of
// others, for tests that know nothing of weights.
type pairTally struct {
	of    *pairItem
	who   []answering // by further item
	pairs []pairs     // by further item and domain; nil where there are too many
}

type pairs map[[2]float64]int64

func newPairTally(of *pairItem) *pairTally {
	t := &pairTally{of: of, pairs: make([]pairs, len(of.with)*of.domains)}
	for range of.with {
		t.who = append(t.who, newAnswering(of.domains))
	}
	for i := range t.pairs {
		t.pairs[i] = pairs{}
	}
	return t
}

func (t *pairTally) passes() int         { return 1 }
func (t *pairTally) settle(int)          {}
func (t *pairTally) fresh(int) estimator { return newPairTally(t.of) }

func (t *pairTally) merge(other estimator, _ []int32) {
	o := other.(*pairTally)
	for k := range o.who {
		t.who[k].merge(&o.who[k])
	}
	for i, from := range o.pairs {
		if t.pairs[i] == nil || from == nil {
			t.pairs[i] = nil
			continue
		}
		for p, n := range from { // whole numbers: the order does not matter
			t.pairs[i][p] += n
		}
		t.bound(i)
	}
}

// bound gives up where there are too many pairs. Whether it does hangs on all
// answers together, not on their order.
func (t *pairTally) bound(i int) {
	if len(t.pairs[i]) > t.of.most {
		t.pairs[i] = nil
	}
}

func (t *pairTally) add(v *view) {
	if v.replicate {
		return
	}
	x := v.batch.Column(t.of.item.item)
	for k := range t.of.with {
		t.addPair(v, k, x, v.batch.Column(t.of.with[k].item))
	}
}

func (t *pairTally) addPair(v *view, k int, x, y *dataset.Column) {
	in := v.in(t.of.crossing)
	for at, i := range in.row {
		d := in.domain[at]
		a, reason := t.of.item.read(x, i)
		b := 0.0
		if reason == survey.Answered {
			b, reason = t.of.with[k].read(y, i)
		}
		t.who[k].add(v, i, d, reason)
		place := k*t.of.domains + int(d)
		if reason != survey.Answered || t.pairs[place] == nil {
			continue
		}
		t.pairs[place][[2]float64{a, b}]++
		t.bound(place)
	}
}

// counted returns the pairs with one of the further items in a domain, false
// where there are too many.
func (t *pairTally) counted(k, domain int) (hypothesis.Pairs, bool) {
	from := t.pairs[k*t.of.domains+domain]
	all := make([]hypothesis.Pair, 0, len(from))
	for p, n := range from { // sorted by NewPairs
		all = append(all, hypothesis.Pair{X: p[0], Y: p[1], N: n, Weight: float64(n)})
	}
	return hypothesis.NewPairs(all), from != nil
}

// Scattered is why there are no figures where there are too many distinct pairs.
const Scattered = "too many distinct numbers"

// scattered says that there are too many distinct pairs of numbers.
func scattered(item string) finding.Finding {
	return finding.Finding{
		Stage: stage, Kind: "too-many-numbers", Severity: finding.Warning, Place: finding.Place{Item: item},
		Problem: fmt.Sprintf("The item %s has more than %d distinct pairs of numbers with another item.", item, mostPairs),
		Remedy:  "Put the numbers into bands first.",
	}
}

// plainMethod reports whether a method that knows nothing of weights and design
// may be used; else there is a finding.
func (b *binder) plainMethod(r table.Row) bool {
	if b.plain() {
		return true
	}
	return b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for %s of the item %s by the method %s, which knows nothing of weights, strata and sampling units.", r.Analysis, r.Item, r.Method),
		"Leave the method empty, or analyse answers without weights.")
}

// plain reports whether answers stand for themselves: without weights, strata
// and sampling units.
func (b *binder) plain() bool {
	kind := b.config.Design.Kind
	return !b.layout.Weight && (kind == table.Convenience || kind == table.Simple)
}
