package hypothesis

import (
	"cmp"
	"math"
	"slices"
)

// Grouped are numbers in groups, by distinct value: Counts[v][g] answers of
// group g are Values[v]. Values increase.
type Grouped struct {
	Groups int
	Values []float64
	Counts [][]int64
}

// Tally is one value of a group, and how many answers have it.
type Tally struct {
	Value float64
	Group int
	N     int64
}

// NewGrouped adds up tallies, which may come in any order and repeat. Values
// that are no numbers, and tallies of none or of groups that do not exist, are
// left out.
func NewGrouped(groups int, tallies []Tally) Grouped {
	sorted := slices.Clone(tallies)
	slices.SortFunc(sorted, func(a, b Tally) int { return cmp.Compare(a.Value, b.Value) })
	out := Grouped{Groups: max(groups, 0)}
	for _, t := range sorted {
		if math.IsNaN(t.Value) || t.N <= 0 || t.Group < 0 || t.Group >= out.Groups {
			continue
		}
		last := len(out.Values) - 1
		if last < 0 || out.Values[last] != t.Value {
			out.Values = append(out.Values, t.Value)
			out.Counts = append(out.Counts, make([]int64, out.Groups))
			last++
		}
		out.Counts[last][t.Group] += t.N
	}
	return out
}

// Tallies returns what the summary holds.
func (g Grouped) Tallies() []Tally {
	var out []Tally
	for v, counts := range g.Counts {
		for group, n := range counts {
			if n != 0 && v < len(g.Values) {
				out = append(out, Tally{Value: g.Values[v], Group: group, N: n})
			}
		}
	}
	return out
}

// Merge returns both summaries together.
func (g Grouped) Merge(o Grouped) Grouped {
	return NewGrouped(max(g.Groups, o.Groups), append(g.Tallies(), o.Tallies()...))
}

// sizes returns how many answers each group has, and all together.
func (g Grouped) sizes() (each []int64, n int64) {
	each = make([]int64, g.Groups)
	for _, counts := range g.Counts {
		for i, c := range counts {
			each[i] += c
			n += c
		}
	}
	return each, n
}

// ranks returns the sum of mid-ranks of each group, and Σ(t³-t) over ties.
func (g Grouped) ranks() (sums []float64, ties float64) {
	sums = make([]float64, g.Groups)
	before := 0.
	for _, counts := range g.Counts {
		t := 0.
		for _, c := range counts {
			t += float64(c)
		}
		for i, c := range counts {
			sums[i] += float64(float64(c) * (before + (t+1)/2))
		}
		ties += tieTerm(t)
		before += t
	}
	return sums, ties
}

// moments returns the mean of a group and the sum of squares about it.
func (g Grouped) moments(group int, n int64) (mean, squares float64) {
	if n == 0 {
		return math.NaN(), math.NaN()
	}
	for range 2 { // the second pass takes away what rounding left
		rest := 0.
		for v, x := range g.Values {
			rest += float64(float64(g.Counts[v][group]) * (x - mean))
		}
		mean += rest / float64(n)
	}
	for v, x := range g.Values {
		squares += float64(float64(g.Counts[v][group]) * square(x-mean))
	}
	return mean, squares
}

// median returns the middle value of a group, or the mean of the two middle ones.
func (g Grouped) median(group int, n int64) float64 {
	if n == 0 {
		return math.NaN()
	}
	at := func(place int64) float64 {
		for v, x := range g.Values {
			if place -= g.Counts[v][group]; place <= 0 {
				return x
			}
		}
		return math.NaN()
	}
	lo, hi := at((n+1)/2), at(n/2+1)
	return lo + (hi-lo)/2
}
