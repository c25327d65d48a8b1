package orderstat

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// Steps is what is known of the distribution of some numbers: buckets in their
// order, with what weighs before each.
type Steps struct {
	buckets []step
	total   exact.Double
	refused bool
}

type step struct {
	bucket
	before, through exact.Double // weight before it, and with it
	shift           uint         // bits of a key that it leaves out
}

// Steps returns the distribution of what was gathered.
func (h *Histogram) Steps() *Steps {
	s := &Steps{refused: h.refused}
	for _, b := range h.buckets {
		s.buckets = append(s.buckets, step{bucket: b, shift: h.shift})
	}
	s.order()
	return s
}

// order puts the buckets in order and adds up their weights.
func (s *Steps) order() {
	slices.SortFunc(s.buckets, func(a, b step) int { return cmp.Compare(a.first.key, b.first.key) })
	var sum exact.Sum
	for i := range s.buckets {
		b := &s.buckets[i]
		b.before = exact.DoubleOf(sum)
		if !sum.Merge(b.weight) {
			s.refused = true
		}
		b.through = exact.DoubleOf(sum)
	}
	s.total = exact.DoubleOf(sum)
}

// Refused reports whether weights left the range of exact sums.
func (s *Steps) Refused() bool { return s.refused }

// Empty reports whether no number has a weight.
func (s *Steps) Empty() bool { return len(s.buckets) == 0 }

// Exact reports whether no bucket can hide a quantile.
func (s *Steps) Exact() bool {
	return !slices.ContainsFunc(s.buckets, func(b step) bool { return b.n > 2 && !b.one() })
}

// Quantile returns a quantile, NaN where there are no numbers; p under 0 and
// above 1 stand for the ends. It reports false where a bucket hides the
// quantile, which a Lens can look into.
func (s *Steps) Quantile(rule Rule, p float64) (float64, bool) {
	x, hidden := s.find(rule, p)
	return x, hidden < 0
}

// find returns a quantile, or the bucket that hides it.
func (s *Steps) find(rule Rule, p float64) (x float64, hidden int) {
	switch {
	case s.Empty() || math.IsNaN(p):
		return math.NaN(), -1
	case rule.interpolates():
		return s.between(rule, p)
	}
	return s.stepped(rule, p)
}

func (b *step) one() bool      { return b.first.key == b.last.key }
func (b *step) least() float64 { return numberOf(b.first.key) }
func (b *step) most() float64  { return numberOf(b.last.key) }

// stepped finds the first number up to which there is at least p.
func (s *Steps) stepped(rule Rule, p float64) (x float64, hidden int) {
	share := func(of exact.Double) int { return beside(of.Over(s.total), p) }
	n := len(s.buckets)
	i := sort.Search(n, func(i int) bool { return share(s.buckets[i].through) >= 0 })
	if i == n {
		return s.buckets[n-1].most(), -1
	}
	b := &s.buckets[i]
	if share(b.through) == 0 {
		if rule == School && i+1 < n {
			return (b.most() + s.buckets[i+1].least()) / 2, -1
		}
		return b.most(), -1
	}
	if b.one() || share(b.through.Minus(exact.Number(b.last.weight))) < 0 {
		return b.most(), -1
	}
	switch upTo := share(b.before.Plus(exact.Number(b.first.weight))); {
	case upTo > 0 || upTo == 0 && rule == Math:
		return b.least(), -1
	case upTo == 0 && b.n == 2:
		return (b.least() + b.most()) / 2, -1
	}
	return 0, i
}

// between interpolates between the plotting positions on either side of p.
func (s *Steps) between(rule Rule, p float64) (x float64, hidden int) {
	n := len(s.buckets)
	largest := exact.Number(s.buckets[n-1].last.weight)
	first := func(b *step) exact.Double {
		return rule.position(b.before, exact.Number(b.first.weight), s.total, largest)
	}
	last := func(b *step) exact.Double {
		w := exact.Number(b.last.weight)
		return rule.position(b.through.Minus(w), w, s.total, largest)
	}
	i := sort.Search(n, func(i int) bool { return beside(last(&s.buckets[i]), p) >= 0 })
	if i == n {
		return s.buckets[n-1].most(), -1
	}
	b := &s.buckets[i]
	from, to := first(b), last(b)
	switch {
	case beside(to, p) == 0:
		return b.most(), -1
	case beside(from, p) == 0 || i == 0 && beside(from, p) > 0:
		return b.least(), -1
	case beside(from, p) > 0:
		before := &s.buckets[i-1]
		return along(last(before), from, p, before.most(), b.least()), -1
	case b.one():
		return b.most(), -1
	case b.n == 2:
		return along(from, to, p, b.least(), b.most()), -1
	}
	return 0, i
}

// along returns the number at p on the line from a at pa to b at pb.
func along(pa, pb exact.Double, p, a, b float64) float64 {
	part := exact.Number(p).Minus(pa).Over(pb.Minus(pa)).Float()
	part = min(max(part, 0), 1)
	return a + float64(part*(b-a))
}
