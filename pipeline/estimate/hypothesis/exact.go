package hypothesis

import (
	"math"
	"slices"
)

// exactWork is how many steps an exact distribution of ranks may take: about a second.
const exactWork = 400_000_000

// ExactMannWhitney tests two groups by the distribution of U over all ways to
// divide the answers into groups of these sizes. Ties keep their mid-ranks
// (Streitberg and Röhmel 1986). P is NaN unless exactly two groups have
// answers; the error is ErrTooLarge for many.
func ExactMannWhitney(g Grouped) (Exact, error) {
	none := Exact{Statistic: math.NaN(), P: math.NaN(), Less: math.NaN(), Greater: math.NaN()}
	sizes, n := g.sizes()
	var with []int
	for i, size := range sizes {
		if size > 0 {
			with = append(with, i)
		}
	}
	if len(with) != 2 {
		return none, nil
	}
	first := sizes[with[0]]
	if float64(n)*float64(first)*float64(first)*float64(n) > exactWork {
		return none, ErrTooLarge
	}
	var ranks []int // doubled, so that mid-ranks are whole
	observed, before := int64(0), int64(0)
	for _, counts := range g.Counts {
		t := counts[with[0]] + counts[with[1]]
		for range t {
			ranks = append(ranks, int(2*before+t+1))
		}
		observed += counts[with[0]] * (2*before + t + 1)
		before += t
	}
	out := sides(rankSums(ranks, int(first)), int(observed))
	sums, _ := g.ranks()
	out.Statistic = sums[with[0]] - float64(first*(first+1))/2
	return out, nil
}

// rankSums returns the probability of each sum of k ranks drawn without
// replacement.
func rankSums(ranks []int, k int) []float64 {
	top := 0
	for _, r := range ranks[len(ranks)-k:] {
		top += r
	}
	drawn := make([][]float64, k+1) // by how many were drawn and their sum
	for i := range drawn {
		drawn[i] = make([]float64, top+1)
	}
	drawn[0][0] = 1
	for i, r := range ranks {
		for j := min(i, k); j >= 0; j-- {
			p := float64(k-j) / float64(len(ranks)-i) // that this rank is drawn next
			if p > 1 {
				continue // never came about: too few are left
			}
			from := drawn[j]
			for s, v := range from {
				if v == 0 {
					continue
				}
				if j < k {
					drawn[j+1][s+r] += float64(v * p)
				}
				from[s] = float64(v * (1 - p))
			}
		}
	}
	return drawn[k]
}

// ExactWilcoxon tests the differences of pairs by the distribution of V, the
// sum of the ranks of positive differences, over all signs. Differences of 0
// are dropped, ties keep their mid-ranks. The error is ErrTooLarge for many.
func ExactWilcoxon(p Pairs) (Exact, error) {
	none := Exact{Statistic: math.NaN(), P: math.NaN(), Less: math.NaN(), Greater: math.NaN()}
	s := p.signed()
	n := s.positive + s.negative
	switch {
	case n == 0:
		return none, nil
	case float64(n)*float64(n)*float64(n+1) > exactWork:
		return none, ErrTooLarge
	}
	signs := []float64{1}
	for _, d := range s.sizes {
		for range d.positive + d.negative {
			r := int(math.Round(2 * d.rank))
			then := slices.Grow(slices.Clone(signs), r)[:len(signs)+r]
			for i := range then {
				then[i] = 0
			}
			for i, v := range signs {
				then[i] += v / 2
				then[i+r] += v / 2
			}
			signs = then
		}
	}
	out := sides(signs, int(math.Round(2*s.v)))
	out.Statistic = s.v
	return out, nil
}

// sides returns the probabilities of a sum from the distribution of it.
func sides(p []float64, at int) Exact {
	var out Exact
	for s, v := range p {
		if s <= at {
			out.Less += v
		}
	}
	for s := len(p) - 1; s >= at; s-- {
		out.Greater += p[s]
	}
	out.Less, out.Greater = min(out.Less, 1), min(out.Greater, 1)
	out.P = min(1, 2*min(out.Less, out.Greater))
	return out
}
