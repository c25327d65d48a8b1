package hypothesis

import (
	"cmp"
	"math"
	"slices"
)

// Pair is a pair of numbers and how many answers have it.
type Pair struct {
	X, Y   float64
	N      int64
	Weight float64 // sum of the weights of these answers; used where a test says so
}

// Pairs are distinct pairs in order of X, then of Y.
type Pairs []Pair

// NewPairs adds up pairs, which may come in any order and repeat. Those with
// something that is no number, and those of no answers, are left out. Counts
// add up exactly; weights do as floating point does, so that totals of weights
// that should not depend on order must be exact before.
func NewPairs(pairs []Pair) Pairs {
	sorted := slices.Clone(pairs)
	slices.SortFunc(sorted, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y), cmp.Compare(a.Weight, b.Weight))
	})
	var out Pairs
	for _, p := range sorted {
		if math.IsNaN(p.X) || math.IsNaN(p.Y) || p.N <= 0 {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].X == p.X && out[last].Y == p.Y {
			out[last].N += p.N
			out[last].Weight += p.Weight
			continue
		}
		out = append(out, p)
	}
	return out
}

// Merge returns both together.
func (p Pairs) Merge(o Pairs) Pairs { return NewPairs(slices.Concat(p, o)) }

func (p Pairs) count() int64 {
	var n int64
	for _, x := range p {
		n += x.N
	}
	return n
}

// size is how often a difference of one size occurs.
type size struct {
	of                 float64
	positive, negative int64
	rank               float64 // mid-rank among differences that are not 0
}

// signed are the differences Y - X by size.
type signed struct {
	sizes                    []size // without 0, increasing
	positive, negative, zero int64
	v                        float64 // sum of the ranks of positive differences
	ties                     float64 // Σ(t³-t)
}

func (p Pairs) signed() signed {
	var all []size
	var out signed
	for _, x := range p {
		switch d := x.Y - x.X; {
		case d > 0:
			all = append(all, size{of: d, positive: x.N})
			out.positive += x.N
		case d < 0:
			all = append(all, size{of: -d, negative: x.N})
			out.negative += x.N
		case d == 0:
			out.zero += x.N
		}
	}
	slices.SortFunc(all, func(a, b size) int { return cmp.Compare(a.of, b.of) })
	for _, s := range all {
		if last := len(out.sizes) - 1; last >= 0 && out.sizes[last].of == s.of {
			out.sizes[last].positive += s.positive
			out.sizes[last].negative += s.negative
			continue
		}
		out.sizes = append(out.sizes, s)
	}
	before := 0.
	for i := range out.sizes {
		s := &out.sizes[i]
		t := float64(s.positive + s.negative)
		s.rank = before + (t+1)/2
		out.v += float64(float64(s.positive) * s.rank)
		out.ties += tieTerm(t)
		before += t
	}
	return out
}
