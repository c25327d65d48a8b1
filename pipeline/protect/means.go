package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/protect/suppress"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// enterMeans tells what the means of a scale say of its steps: a mean is a sum
// of scores, known as far as it is rounded. Where shares of the same groups are
// not asked for, the counts behind a mean stand nowhere and some that fit it
// stand in for them. Those of everybody alone are put in when that is asked.
func (f *family) enterMeans(b *sums, everybody bool) {
	names, scores := f.scored()
	everybodys := f.shares(nil) != nil
	if !f.single() || !f.anyHidden(b) {
		return
	}
	if len(names) < 2 {
		b.system.Reach(f.wanted)
		return
	}
	base := f.marginBase
	for _, n := range names {
		base -= f.margin[n]
	}
	unscored := everybodys && math.Abs(base) > 0.5 // some answers have no score
	for _, t := range f.tables {
		if t.Row.Analysis != table.Mean || f.masks[t].whole != "" || everybody && len(t.Row.By) > 0 {
			continue
		}
		of := f.shares(t.Row.By)
		if unscored || of != nil && f.rests(of, t) {
			f.hideMeans(t)
			continue
		}
		if len(t.Row.By) == 0 {
			var cells []int
			for _, n := range names {
				if cell, have := b.at[point(f.item.Name, n)]; have {
					cells = append(cells, cell)
				}
			}
			if len(cells) == len(names) {
				f.enterMean(b, t, 0, cells, scores, names)
			}
			continue
		}
		if of == nil && !everybodys {
			continue // nothing is told of its steps
		}
		for _, sp := range f.splits(t) {
			rows := f.scaleCells(b, sp, names)
			for i, p := range sp.parts {
				if p.domain >= 0 && rows[i] != nil {
					f.enterMean(b, t, p.domain, rows[i], scores, names)
				}
			}
		}
	}
	if !b.system.Reach(f.wanted) {
		for _, t := range f.tables {
			if t.Row.Analysis == table.Mean {
				f.hideMeans(t)
			}
		}
	}
}

func (f *family) hideMeans(t *table.Table) {
	for d := range t.Domains {
		f.masks[t].figures[d][0] = true
	}
}

// anyHidden reports whether a step of the scale is withheld anywhere.
func (f *family) anyHidden(b *sums) bool {
	for t, rows := range f.figures {
		if t.Row.Analysis == table.Mean {
			continue
		}
		for _, row := range rows {
			if slices.ContainsFunc(row, func(c int) bool { return c >= 0 && b.hidden(c) }) {
				return true
			}
		}
	}
	return false
}

// rests reports whether a mean rests on other respondents than the shares.
func (f *family) rests(shares, mean *table.Table) bool {
	for d := range shares.Domains {
		if shares.Domains[d].Base.Answered() != mean.Domains[d].Base.Answered() {
			return true
		}
	}
	return false
}

// scaleCells returns the counts of the steps of a scale in each part of a split:
// those of the shares, or such as stand nowhere.
func (f *family) scaleCells(b *sums, sp split, names []string) [][]int {
	out := make([][]int, len(sp.parts))
	name := f.item.Name
	fresh := f.shares(sp.by) == nil
	columns := make([][]int, len(names))
	for i, p := range sp.parts {
		base, have := b.at[cross(point(name, anyAnswer), p.key)]
		if fresh && !have {
			return make([][]int, len(sp.parts))
		}
		var row []int
		for c, n := range names {
			key := cross(point(name, n), p.key)
			cell, have := b.at[key]
			if !have && fresh {
				cell, have = b.free(key, f.margin[n]*b.n(base)/math.Max(1, f.marginBase), false), true
			}
			if have {
				row = append(row, cell)
				columns[c] = append(columns[c], cell)
			}
		}
		if fresh {
			b.system.Sum(base, row...)
		}
		if len(row) == len(names) {
			out[i] = row
		}
	}
	if fresh {
		for c, n := range names {
			b.system.Sum(b.at[point(name, n)], columns[c]...)
		}
	}
	return out
}

// atEdge is what a mean keeps from where it would be rounded to another one.
const atEdge = 1e-5

// enterMean puts in the sum of scores behind a mean.
func (f *family) enterMean(b *sums, t *table.Table, d int, cells []int, scores map[string]float64, names []string) {
	n, mean := float64(t.Domains[d].Base.Answered()), t.Cells[d][0].Value
	if n == 0 || math.IsNaN(mean) {
		return
	}
	now := 0.0
	var terms []suppress.Term
	for i, c := range cells {
		now += scores[names[i]] * b.n(c)
		terms = append(terms, suppress.Term{Cell: c, By: scores[names[i]]})
	}
	half := 0.5 * math.Pow10(-meanDecimals(*f.item))
	shown := round(mean, meanDecimals(*f.item))
	less, more := math.Max(0, mean-shown+half-atEdge)*n, math.Max(0, shown+half-mean-atEdge)*n
	w := suppress.Cell{Count: now, State: suppress.Shown, Cost: meanCost, Least: math.Inf(-1), Less: less, More: more, Sum: true}
	if len(t.Row.By) == 0 {
		w.Cost = baseCost
	}
	closed := len(t.Row.By) > 0 && f.closed(t.Row.By)[d]
	if closed || f.masks[t].figures[d][0] {
		w.State = suppress.Free
	}
	cell := b.system.Add(w)
	b.system.Equation(append(terms, suppress.Term{Cell: cell, By: -1})...)
	if w.State == suppress.Shown {
		f.wanted[cell] = mean * n
		f.keep(t, d, 0, cell)
	}
}

// telling reports whether a mean of scores leaves room for fewer than k
// respondents away from one end of the scale.
func (f *family) telling(mean, base float64) bool {
	_, scores := f.scored()
	var steps []float64
	for _, s := range scores {
		steps = append(steps, s)
	}
	if !f.single() || len(steps) < 2 || math.IsNaN(mean) {
		return false
	}
	slices.Sort(steps)
	step := math.Inf(1)
	for i := 1; i < len(steps); i++ {
		if d := steps[i] - steps[i-1]; d > 0 {
			step = math.Min(step, d)
		}
	}
	least := f.k * step
	return (mean-steps[0])*base < least || (steps[len(steps)-1]-mean)*base < least
}
