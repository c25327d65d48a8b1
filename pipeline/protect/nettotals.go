package protect

import (
	"maps"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// netMargins finds how many chose a net that stands by groups alone. Where choices
// add up, that is what they make. Where several may be chosen it is not known; the
// least that there can be stands in for it, which fits all that is told: in each
// grouping those in the groups, and of the others as many as chose one choice.
func (f *family) netMargins() {
	nets := slices.DeleteFunc(slices.Clone(f.tables), func(t *table.Table) bool { return t.Row.Analysis != table.PropNet })
	slices.SortStableFunc(nets, func(a, b *table.Table) int { return len(a.Row.Values) - len(b.Row.Values) })
	told := maps.Clone(f.margin)
	for _, t := range nets {
		name := netName(t)
		if f.single() {
			n := 0.0
			for _, v := range t.Row.Values {
				n += f.margin[v]
			}
			f.margin[name] = n
			continue
		}
		if _, have := told[name]; have {
			continue
		}
		least := f.margin[name]
		for _, v := range t.Row.Values {
			least = math.Max(least, f.margin[v])
		}
		for _, inner := range nets { // whose least has been found, since they are smaller
			if len(inner.Row.Values) < len(t.Row.Values) && among(inner.Row.Values, t.Row.Values) {
				least = math.Max(least, f.margin[netName(inner)])
			}
		}
		f.margin[name] = math.Max(least, f.leastBeside(t))
	}
}

// leastBeside returns how many of everybody must have chosen a net, for what is
// told of it by groups: those in groups, and of the others as many as chose the
// commonest of its choices there. Of groups that overlap each is taken alone.
func (f *family) leastBeside(t *table.Table) float64 {
	shares := f.shares(t.Row.By)
	beside := func(in []int) float64 {
		sum, most := 0.0, 0.0
		for _, d := range in {
			sum += float64(t.Cells[d][0].Count)
		}
		if shares == nil {
			return sum
		}
		for c, choice := range shares.Choices {
			if !slices.Contains(t.Row.Values, choice) {
				continue
			}
			others := f.margin[choice]
			for _, d := range in {
				others -= float64(shares.Cells[d][c].Count)
			}
			most = math.Max(most, others)
		}
		return sum + most
	}
	all := make([]int, len(t.Domains))
	for d := range all {
		all[d] = d
	}
	if !f.groups[groupKey(t)].overlap {
		return beside(all)
	}
	least := 0.0
	for _, d := range all {
		least = math.Max(least, beside([]int{d}))
	}
	return least
}

// netTotals tells of nets that stand by groups alone what everybody makes of them:
// the sum of choices that add up; else no less than any of them, and no more than
// all of them. That takes counts of everybody that are told.
func (f *family) netTotals(b *sums, base int, cells map[string]int) {
	if !f.single() && (f.shares(nil) == nil || math.IsNaN(f.base)) {
		return
	}
	for _, t := range f.tables {
		if t.Row.Analysis != table.PropNet || len(t.Row.By) == 0 {
			continue
		}
		parts, whole := netParts(t, cells)
		key := point(f.item.Name, netName(t))
		if _, have := b.at[key]; have || !whole {
			continue
		}
		net := b.free(key, f.margin[netName(t)], false)
		if f.single() {
			b.system.Sum(net, parts...)
			continue
		}
		b.system.AtLeast(net, parts...)
		b.system.AtLeast(net, base)
		for _, p := range parts {
			b.system.AtLeast(p, net)
		}
	}
}

// netParts returns the cells of the choices of a net, and whether all of them
// have one.
func netParts(t *table.Table, cells map[string]int) (parts []int, whole bool) {
	for _, v := range t.Row.Values {
		if cell, have := cells[v]; have {
			parts = append(parts, cell)
		}
	}
	return parts, len(parts) == len(t.Row.Values)
}
