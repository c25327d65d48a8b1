package estimate

import "github.com/soundings-survey/soundings/pipeline/estimate/exact"

// profile is what a figure of one domain is computed from: how the analysed
// quantity y is spread over the groups of the design. For a share, y is 1 for
// those who count and 0 for the others.
type profile interface {
	base() *groupBase
	sumY() double                   // Σwy
	spread(m double) double         // Σw(y-m)²
	moment(at int, m double) double // Σw(y-m) in a group
	square(at int, m double) double // Σw²(y-m)² in a group; only where respondents are the sampling units
}

// mass is a number of respondents and the exact total of their weights.
type mass struct {
	n, zero   int64     // how many, and how many of them have weight 0
	w, square exact.Sum // Σw and Σw²; no square where sampling units are the groups
}

func (m *mass) merge(o mass) {
	m.n += o.n
	m.zero += o.zero
	m.w.Merge(o.w)
	m.square.Merge(o.square)
}

// groupBase is the base of a domain by the groups that it reaches.
type groupBase struct {
	parts  []part
	masses []mass   // of each part
	weight []double // of each part
	total  mass
	df     int64

	squares bool // respondents are the sampling units: Σw² are needed
}

// newGroupBase keeps of the parts those in which anybody counts.
func (f *frame) newGroupBase(parts []part, of func(block int) mass) *groupBase {
	b := &groupBase{squares: f.kind == respondents}
	for _, p := range parts {
		m := of(p.block)
		if m.n == 0 {
			continue
		}
		b.parts, b.masses, b.weight = append(b.parts, p), append(b.masses, m), append(b.weight, doubleOf(m.w))
		b.total.merge(m)
	}
	b.df = f.freedom(b)
	return b
}

// spreadOfShare is the profile of a share.
type spreadOfShare struct {
	of     *groupBase
	w      []double    // Σw of those who count, by part
	others []exact.Sum // Σw² of the others, and of those who count,
	hits   []exact.Sum // where respondents are the sampling units
	total  mass        // those who count
}

func newShare(of *groupBase, hits func(block int) mass) *spreadOfShare {
	s := &spreadOfShare{of: of, w: make([]double, len(of.parts))}
	for i, p := range of.parts {
		hit := hits(p.block)
		if hit.n > 0 {
			s.w[i] = doubleOf(hit.w)
			s.total.merge(hit)
		}
		if of.squares {
			s.hits = append(s.hits, hit.square)
			s.others = append(s.others, of.masses[i].square.Minus(hit.square))
		}
	}
	return s
}

func (s *spreadOfShare) base() *groupBase { return s.of }
func (s *spreadOfShare) sumY() double     { return doubleOf(s.total.w) }

func (s *spreadOfShare) spread(m double) double {
	others := doubleOf(s.of.total.w.Minus(s.total.w))
	return doubleOf(s.total.w).times(number(1).minus(m).squared()).plus(others.times(m.squared()))
}

func (s *spreadOfShare) moment(at int, m double) double {
	return s.w[at].minus(s.of.weight[at].times(m))
}

func (s *spreadOfShare) square(at int, m double) double {
	return doubleOf(s.hits[at]).times(number(1).minus(m).squared()).plus(doubleOf(s.others[at]).times(m.squared()))
}

// spreadOfScores is the profile of a y with a few values: the masses by value
// hold all there is to know, and no difference of large numbers is ever taken.
type spreadOfScores struct {
	of     *groupBase
	values []double // increasing
	masses [][]mass // masses[part][value]
	totals []mass   // by value
}

func newScores(of *groupBase, values []double, masses func(block int) []mass) *spreadOfScores {
	s := &spreadOfScores{of: of, values: values, totals: make([]mass, len(values))}
	for _, p := range of.parts {
		by := masses(p.block)
		s.masses = append(s.masses, by)
		for i, m := range by {
			s.totals[i].merge(m)
		}
	}
	return s
}

func (s *spreadOfScores) base() *groupBase { return s.of }

func (s *spreadOfScores) sumY() double {
	var sum double
	for i, y := range s.values {
		sum = sum.plus(doubleOf(s.totals[i].w).times(y))
	}
	return sum
}

func (s *spreadOfScores) spread(m double) double {
	var sum double
	for i, y := range s.values {
		sum = sum.plus(doubleOf(s.totals[i].w).times(y.minus(m).squared()))
	}
	return sum
}

func (s *spreadOfScores) moment(at int, m double) double {
	var sum double
	for i, y := range s.values {
		if mass := &s.masses[at][i]; mass.n > 0 {
			sum = sum.plus(doubleOf(mass.w).times(y.minus(m)))
		}
	}
	return sum
}

func (s *spreadOfScores) square(at int, m double) double {
	var sum double
	for i, y := range s.values {
		if mass := &s.masses[at][i]; mass.n > 0 {
			sum = sum.plus(doubleOf(mass.square).times(y.minus(m).squared()))
		}
	}
	return sum
}

// spreadOfNumbers is the profile of numbers, by their moments.
type spreadOfNumbers struct {
	of   *groupBase
	sums [][moments]exact.Sum // of each part
	all  [moments]exact.Sum
}

func newNumbers(of *groupBase, sums func(block int) [moments]exact.Sum) *spreadOfNumbers {
	s := &spreadOfNumbers{of: of}
	for _, p := range of.parts {
		by := sums(p.block)
		s.sums = append(s.sums, by)
		for i, sum := range by {
			s.all[i].Merge(sum)
		}
	}
	return s
}

func (s *spreadOfNumbers) base() *groupBase { return s.of }
func (s *spreadOfNumbers) sumY() double     { return doubleOf(s.all[sumWY]) }

func (s *spreadOfNumbers) spread(m double) double {
	return quadratic(s.all[sumWYY], s.all[sumWY], s.all[sumW], m)
}

func (s *spreadOfNumbers) moment(at int, m double) double {
	return doubleOf(s.sums[at][sumWY]).minus(m.times(s.of.weight[at]))
}

func (s *spreadOfNumbers) square(at int, m double) double {
	sums := &s.sums[at]
	return quadratic(sums[sumWWYY], sums[sumWWY], sums[sumWW], m)
}

// quadratic returns c2 - 2m·c1 + m²·c0, which is Σk(y-m)² when the sums are
// Σky², Σky and Σk.
func quadratic(c2, c1, c0 exact.Sum, m double) double {
	d0, d1, d2 := doubleOf(c0), doubleOf(c1), doubleOf(c2)
	out := d2.minus(m.times(d1.plus(d1))).plus(m.squared().times(d0))
	if negligible(out, d2) {
		return double{}
	}
	return out
}
