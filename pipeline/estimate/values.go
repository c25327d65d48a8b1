package estimate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mostValues is how many distinct numbers are held at most.
const mostValues = 1 << 16

// valueItem says which numbers a valueTally counts.
type valueItem struct {
	of       quantity
	crossing int
	domains  int
	most     int
	apart    bool // by domain, not of all domains together
}

// valueTally counts the distinct numbers of groups that do not overlap.
type valueTally struct {
	of   *valueItem
	who  answering
	held map[distinct]*amount // nil where there are too many
}

// distinct is a number in a domain: in the first where they are not told apart.
type distinct struct {
	y      float64
	domain int32
}

// amount is how many have a number, and what they weigh.
type amount struct {
	n int64
	w exact.Sum
}

func newValueTally(of *valueItem) *valueTally {
	return &valueTally{of: of, who: newAnswering(of.domains), held: map[distinct]*amount{}}
}

func (t *valueTally) passes() int         { return 1 }
func (t *valueTally) settle(int)          {}
func (t *valueTally) fresh(int) estimator { return newValueTally(t.of) }

func (t *valueTally) add(v *view) {
	if v.replicate {
		return
	}
	read := t.of.of.of(v.batch)
	in := v.in(t.of.crossing)
	for at, i := range in.row {
		y, reason := read(i)
		w := t.who.add(v, i, in.domain[at], reason)
		if reason != survey.Answered || t.held == nil {
			continue
		}
		key := distinct{y: y}
		if t.of.apart {
			key.domain = in.domain[at]
		}
		a := t.amount(key)
		a.n++
		if !a.w.Add(w) {
			t.who.refused = true
		}
		t.bound()
	}
}

func (t *valueTally) amount(key distinct) *amount {
	a := t.held[key]
	if a == nil {
		a = &amount{}
		t.held[key] = a
	}
	return a
}

func (t *valueTally) merge(other estimator, _ []int32) {
	o := other.(*valueTally)
	t.who.merge(&o.who)
	if t.held == nil || o.held == nil {
		t.held = nil
		return
	}
	for key, from := range o.held { // exact totals: the order does not matter
		a := t.amount(key)
		a.n += from.n
		if !a.w.Merge(from.w) {
			t.who.refused = true
		}
	}
	t.bound()
}

// bound gives up where there are too many numbers. Whether it does hangs on all
// answers together, not on their order.
func (t *valueTally) bound() {
	if len(t.held) > t.of.most {
		t.held = nil
	}
}

// distribution returns the numbers in order, with what those who have them weigh.
func (t *valueTally) distribution() (numbers []float64, weights []exact.Sum) {
	for _, key := range slices.SortedFunc(maps.Keys(t.held), func(a, b distinct) int { return cmp.Compare(a.y, b.y) }) {
		numbers, weights = append(numbers, key.y), append(weights, t.held[key].w)
	}
	return numbers, weights
}

// grouped returns how often the groups have each number.
func (t *valueTally) grouped() hypothesis.Grouped {
	var all []hypothesis.Tally
	for key, a := range t.held { // sorted by NewGrouped
		all = append(all, hypothesis.Tally{Value: key.y, Group: int(key.domain), N: a.n})
	}
	return hypothesis.NewGrouped(t.of.domains, all)
}

// valuesByGroups binds a test that knows nothing of weights and design.
func (b *binder) valuesByGroups(r table.Row, q quantity) valuesMaker {
	crossing := b.crossing(r.By)
	return valuesMaker(b.estimator(newValueTally(&valueItem{of: q, crossing: crossing, domains: b.crossings[crossing].size, most: mostValues, apart: true})))
}

// valuesMaker makes the table of such a test from the estimator at a place.
type valuesMaker int

func (m valuesMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*valueTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	test := untested(r.Method, Scattered)
	for d := range out.Domains {
		out.Domains[d].Base = tally.who.base(d)
		test.N += out.Domains[d].Base.Answered()
	}
	if tally.held == nil {
		out.Tests = []table.Test{test}
		return out, []finding.Finding{tooManyValues(r.Item, tally.of.most)}
	}
	out.Tests = []table.Test{plainGroups(r, tally.grouped())}
	return out, nil
}

// plainGroups tests grouped numbers as if they were those of simple random samples.
func plainGroups(r table.Row, g hypothesis.Grouped) table.Test {
	if r.Analysis == table.TestRank {
		return plainRanks(r, g)
	}
	return plainMeans(r, g)
}

// tooManyValues says that there are too many distinct numbers.
func tooManyValues(item string, most int) finding.Finding {
	return finding.Finding{
		Stage: stage, Kind: "too-many-numbers", Severity: finding.Warning, Place: finding.Place{Item: item},
		Problem: fmt.Sprintf("The item %s has more than %d distinct numbers.", item, most),
		Remedy:  "Put the numbers into bands first.",
	}
}
