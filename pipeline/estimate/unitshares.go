package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// unitShares is shares in a plain frame: all choices of a domain at once, from
// what each sampling unit adds up to.
func (t *Tally) unitShares(o output, tally *choiceTally, domain int) (table.Base, []table.Estimate) {
	u := newUnitTotals(t, o, tally, domain)
	base := tally.bases.base(domain, u.base, tally.squareOf(domain, u.base))
	weight := exact.DoubleOf(u.base.W)
	value := make([]exact.Double, len(u.hits))
	for i, hit := range u.hits {
		value[i] = exact.DoubleOf(hit.W).Over(weight)
	}
	variance, problem := u.variances(t.frame, value, weight.Float())
	df := t.freedom(o, float64(t.frame.Freedom(u.weighted)))
	out := make([]table.Estimate, len(u.hits))
	for i, hit := range u.hits {
		f := facts{refused: tally.refused, total: u.base, df: df, value: value[i], problem: problem}
		if problem == "" {
			f.variance = exact.Number(variance[i])
			if exact.Negligible(f.variance, value[i].Squared()) {
				f.variance = exact.Double{}
			}
		}
		rest := exact.DoubleOf(u.base.W.Minus(hit.W))
		f.deviation = func() exact.Double { return deviationOfShare(exact.DoubleOf(hit.W), rest, value[i]) }
		out[i] = t.estimated(o.row, f, base.Kish)
		out[i].Count, out[i].Weighted = hit.N, hit.W.Float64()
	}
	return base, out
}

// deviationOfShare returns Σw(y-m)² of those who count, with y = 1, and the
// others, with y = 0.
func deviationOfShare(hits, others, m exact.Double) exact.Double {
	return hits.Times(exact.Number(1).Minus(m).Squared()).Plus(others.Times(m.Squared()))
}

// unitTotals are the totals of a domain by sampling unit, in the order of names.
type unitTotals struct {
	base     sampling.Mass
	hits     []sampling.Mass // of each choice
	groups   []int32         // with anyone in the base
	weighted []int32         // with anyone who has a weight
	weight   []float64       // of each group: Σw of each choice, and of the base
}

func newUnitTotals(t *Tally, o output, tally *choiceTally, domain int) *unitTotals {
	grid := t.gridOf(tally)
	first := domain * grid.columns
	u := &unitTotals{base: grid.all[domain], hits: make([]sampling.Mass, len(o.columns)), weight: make([]float64, 0, len(grid.groups)*(len(o.columns)+1))}
	for i, columns := range o.columns {
		for _, column := range columns {
			at := first + int(column)
			u.hits[i].Merge(sampling.Mass{N: grid.n[at], Zero: grid.zero[at], W: grid.total[at]})
		}
	}
	for k, g := range grid.groups {
		if !grid.people[k][domain].any {
			continue
		}
		u.groups = append(u.groups, g)
		if grid.people[k][domain].weighted {
			u.weighted = append(u.weighted, g)
		}
		row := grid.weight[k][first : first+grid.columns]
		for _, columns := range o.columns {
			var w float64
			for _, column := range columns {
				w += row[column]
			}
			u.weight = append(u.weight, w)
		}
		u.weight = append(u.weight, grid.base[k][domain])
	}
	return u
}

// answered returns how many answered in a block, and how many of them have no weight.
func (t *choiceTally) answered(at int) (n, zero int64) {
	if t.of.multiple {
		return t.cells.count[at], t.cells.zeros(at)
	}
	for i := at; i < at+t.of.choices; i++ {
		n += t.cells.count[i]
		zero += t.cells.zeros(i)
	}
	return n, zero
}

// totalOf returns Σw of a column of a block.
func (t *choiceTally) totalOf(at int) exact.Sum {
	switch {
	case !t.of.weighted:
		var out exact.Sum
		out.AddInt(t.cells.count[at])
		return out
	case t.squares:
		return t.cells.sum[2*at]
	}
	return t.cells.total(at)
}

func (t *choiceTally) weightOf(at int) float64 {
	if !t.of.weighted {
		return float64(t.cells.count[at])
	}
	if t.squares {
		return t.cells.sum[2*at].Float64()
	}
	return t.cells.float(at)
}

// addBase adds all who answered in a block.
func (t *choiceTally) addBase(block int, to *sampling.Mass) {
	at := block * t.cells.counts
	n, zero := t.answered(at)
	to.N, to.Zero = to.N+n, to.Zero+zero
	t.mergeBase(at, to)
	if !t.of.weighted {
		to.Square = to.W
	}
}

// mergeBase adds Σw, and Σw² where it is there, of all who answered in a block.
func (t *choiceTally) mergeBase(at int, to *sampling.Mass) {
	last := at + t.of.choices
	if t.of.multiple {
		last = at + 1
	}
	for i := at; i < last; i++ {
		to.W.Merge(t.totalOf(i))
		if t.of.weighted && t.squares {
			to.Square.Merge(t.cells.sum[2*i+1])
		}
	}
}

// variances returns the variances of the shares.
func (u *unitTotals) variances(f *sampling.Frame, value []exact.Double, weight float64) ([]float64, string) {
	figures := len(value)
	z := make([]float64, 0, len(u.groups)*figures)
	for at := range u.groups {
		row := u.weight[at*(figures+1) : (at+1)*(figures+1)]
		for i, w := range row[:figures] {
			z = append(z, (w-float64(value[i].Float()*row[figures]))/weight)
		}
	}
	return f.UnitVariances(u.groups, z, figures)
}
