package hypothesis

import (
	"cmp"
	"math"
	"slices"
)

// margin are the distinct values of one of two numbers, increasing, and how
// many answers have each.
type margin struct {
	values []float64
	counts []float64
}

func marginOf(values, counts []float64) margin {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	var out margin
	for _, i := range order {
		if last := len(out.values) - 1; last >= 0 && out.values[last] == values[i] {
			out.counts[last] += counts[i]
			continue
		}
		out.values = append(out.values, values[i])
		out.counts = append(out.counts, counts[i])
	}
	return out
}

func (m margin) place(x float64) int {
	i, _ := slices.BinarySearch(m.values, x)
	return i
}

// midranks returns the mid-rank of each of the values.
func (m margin) midranks(values []float64) []float64 {
	ranks := make([]float64, len(m.values))
	before := 0.
	for i, t := range m.counts {
		ranks[i] = before + (t+1)/2
		before += t
	}
	out := make([]float64, len(values))
	for i, x := range values {
		out[i] = ranks[m.place(x)]
	}
	return out
}

// sum adds up a term of each count.
func (m margin) sum(term func(t float64) float64) float64 {
	out := 0.
	for _, t := range m.counts {
		out += term(t)
	}
	return out
}

// kendall returns τ_b and the normal test of it.
func kendall(p Pairs, xs, ys margin, n float64) (float64, Result) {
	pairs := func(t float64) float64 { return t * (t - 1) }
	tx, ty := xs.sum(pairs), ys.sum(pairs)
	all := pairs(n)
	if tx >= all || ty >= all {
		return math.NaN(), undefined(NoVariation)
	}
	score := concordance(p, ys)
	tau := 2 * score / math.Sqrt(all-tx) / math.Sqrt(all-ty)

	triples := func(t float64) float64 { return float64(t*(t-1)) * (t - 2) }
	fives := func(t float64) float64 { return float64(t*(t-1)) * (2*t + 5) }
	variance := (fives(n) - xs.sum(fives) - ys.sum(fives)) / 18
	variance += tx / all * ty / 2
	if n > 2 {
		variance += xs.sum(triples) / triples(n) * ys.sum(triples) / 9
	}
	return max(-1, min(1, tau)), normal(score / math.Sqrt(variance))
}

// concordance returns concordant less discordant pairs of answers. Pairs come
// in order of X; a tree of partial sums counts the answers by Y so far.
func concordance(p Pairs, ys margin) float64 {
	tree := make([]float64, len(ys.values)+1)
	upTo := func(place int) float64 { // answers at the first so many values of Y
		s := 0.
		for ; place > 0; place &= place - 1 {
			s += tree[place]
		}
		return s
	}
	seen, score := 0., 0.
	for from := 0; from < len(p); {
		to := from
		for ; to < len(p) && p[to].X == p[from].X; to++ {
			place := ys.place(p[to].Y)
			below, above := upTo(place), seen-upTo(place+1)
			score += float64(float64(p[to].N) * (below - above))
		}
		for ; from < to; from++ {
			n := float64(p[from].N)
			seen += n
			for place := ys.place(p[from].Y) + 1; place < len(tree); place += place & -place {
				tree[place] += n
			}
		}
	}
	return score
}
