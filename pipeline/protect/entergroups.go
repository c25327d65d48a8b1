package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/protect/suppress"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// enterSplit puts in the counts of a family in the groups of a split.
func (f *family) enterSplit(b *sums, sp split) {
	name := f.item.Name
	bases := f.enterBases(b, sp)
	closed := f.closed(sp.by)
	column := func(t *table.Table, margin string, count func(d int) (float64, int)) []int {
		var cells []int
		rest := f.margin[margin]
		for i, p := range sp.parts {
			if p.domain >= 0 {
				n, cell := count(p.domain)
				rest -= n
				cells = append(cells, cell)
				continue
			}
			if !f.linked || rest < 0 {
				cells = append(cells, -1)
				continue
			}
			others := b.free(cross(point(name, margin), p.key), rest, true)
			if base := bases[i]; !f.single() && base >= 0 && b.small(b.n(base)-rest) {
				c := &b.system.Cells[others] // few in no group did not choose it
				c.Need, c.Firm = b.k, true
			}
			cells = append(cells, others)
			if f.remainders != nil {
				f.remainders[t] = append(f.remainders[t], others)
			}
			b.system.Sum(b.free(point(name, margin), f.margin[margin], false), cells...)
		}
		return cells
	}
	columns := map[string][]int{}
	shares := f.shares(sp.by)
	domainOf := func(d int) piece {
		return sp.parts[slices.IndexFunc(sp.parts, func(p piece) bool { return p.domain == d })]
	}
	enterColumn := func(t *table.Table, c int, margin string, cost float64) []int {
		return column(t, margin, func(d int) (float64, int) {
			n, base := float64(t.Cells[d][c].Count), float64(t.Domains[d].Base.Answered())
			primary := closed[d] || f.masks[t].figures[d][c] || f.primary(n, base)
			cell := b.count(cross(point(name, margin), domainOf(d).key), n, primary, cost)
			f.keep(t, d, c, cell)
			if whole, have := b.at[cross(point(name, anyAnswer), domainOf(d).key)]; have && f.single() && f.small(base-n) && b.system.Cells[whole].State != suppress.Known {
				b.system.Sum(whole, cell, b.firm(cross(point(name, no(margin)), domainOf(d).key), base-n))
			}
			return n, cell
		})
	}
	for _, p := range sp.parts {
		b.groups[p.key] = true
	}
	if shares != nil {
		for c, choice := range shares.Choices {
			columns[choice] = enterColumn(shares, c, choice, cellCost)
		}
		for i, p := range sp.parts {
			d := p.domain
			if d < 0 && f.groups[groupKey(shares)].overlap {
				d = -2 - sp.parts[0].domain
			}
			f.enterSkips(b, sp.by, d, func(choice string) (int, bool) {
				column := columns[choice]
				return cellOf(column, i), cellOf(column, i) >= 0
			})
			var row []int
			for _, choice := range shares.Choices {
				row = append(row, columns[choice][i])
			}
			if bases[i] < 0 || slices.Contains(row, -1) {
				continue
			}
			if f.single() {
				b.system.Sum(bases[i], row...)
			} else {
				f.enterOptions(b, bases[i], row, shares.Choices, p.key)
			}
		}
	}
	of := func(i int) map[string]int { // the choices of a part
		cells := map[string]int{}
		for choice, cs := range columns {
			if cs[i] >= 0 {
				cells[choice] = cs[i]
			}
		}
		return cells
	}
	tables, netColumns := f.nets(sp.by), [][]int{}
	for _, t := range tables {
		nets := enterColumn(t, 0, netName(t), netCost)
		netColumns = append(netColumns, nets)
		for i, p := range sp.parts {
			if shares == nil && nets[i] >= 0 {
				f.enterNetSkips(b, t, p.domain, nets[i])
			}
			if bases[i] < 0 || nets[i] < 0 {
				continue
			}
			f.enterNet(b, t, bases[i], nets[i], of(i), p.key)
		}
	}
	for i, p := range sp.parts {
		f.enterNested(b, tables, func(net int) int { return netColumns[net][i] }, of(i), p.key)
	}
}

// enterBases puts in how many of each part answered, and how many there are.
func (f *family) enterBases(b *sums, sp split) []int {
	name := f.item.Name
	of := f.of(sp.by)
	var bases, silent []int
	rest, quiet := f.marginBase, 0.0
	if f.settledBases(of[0], sp) {
		for _, p := range sp.parts {
			n := rest
			if p.domain >= 0 {
				n = float64(of[0].Domains[p.domain].Base.Answered())
				rest -= n
			}
			if n < 0 || p.domain < 0 && !f.linked {
				bases = append(bases, -1)
				continue
			}
			bases = append(bases, b.known(cross(point(name, anyAnswer), p.key), n))
			f.keepBase(of, p, bases[len(bases)-1])
		}
		return bases
	}
	for _, p := range sp.parts {
		if p.domain < 0 {
			if !f.linked || rest < 0 || p.size < rest {
				bases = append(bases, -1)
				continue
			}
			base := b.free(cross(point(name, anyAnswer), p.key), rest, false)
			b.system.Sum(b.known(p.key, p.size), base, b.free(cross(point(name, ""), p.key), p.size-rest, false))
			bases = append(bases, base)
			b.system.Sum(b.known(point(name, anyAnswer), f.marginBase), bases...)
			continue
		}
		n := float64(of[0].Domains[p.domain].Base.Answered())
		rest -= n
		base := b.count(cross(point(name, anyAnswer), p.key), n, f.small(n) || p.silent && n > 0 || f.tellsSkip(of[0].Domains[p.domain], f.groups[groupKey(of[0])].overlap), baseCost)
		size := 0
		if p.silent {
			size = b.free(p.key, p.size, false)
			silent, quiet = append(silent, size), quiet+p.size
		} else {
			size = b.known("\x02asked"+name+p.key, p.asked)
		}
		left := p.size - n
		if !p.silent {
			left = p.asked - n
		}
		b.system.Sum(size, base, b.free(cross(point(name, ""), p.key), left, false))
		bases = append(bases, base)
		f.keepBase(of, p, base)
	}
	if len(silent) > 0 {
		b.system.Sum(b.known("\x02silent"+sp.parts[0].key, quiet), silent...)
	}
	return bases
}

// settledBases reports whether no base of a split is withheld, so that all of
// them are known and none needs cover.
func (f *family) settledBases(t *table.Table, sp split) bool {
	return !slices.ContainsFunc(sp.parts, func(p piece) bool {
		return p.domain >= 0 && (f.small(float64(t.Domains[p.domain].Base.Answered())) || p.silent || f.tellsSkip(t.Domains[p.domain], f.groups[groupKey(t)].overlap))
	})
}

// keepBase notes in which cell the base of a domain stands.
func (f *family) keepBase(of []*table.Table, p piece, base int) {
	for _, t := range of {
		if p.domain < 0 {
			return
		}
		if f.bases[t] == nil {
			f.bases[t] = make([]int, len(t.Domains))
		}
		f.bases[t][p.domain] = base
	}
}

// enterOverlaps tells of groups that overlap how they bound each other: whoever
// is in no group did not answer the item that makes them, so that the groups
// hold at least everybody else.
func (f *family) enterOverlaps(b *sums, t *table.Table) {
	shares := f.shares(t.Row.By)
	if shares == nil || !f.linked || f.figures[shares] == nil || len(t.Row.By) != 1 {
		return
	}
	for c, choice := range shares.Choices {
		all, ok := b.at[point(f.item.Name, choice)]
		if !ok {
			continue
		}
		sum := 0.0
		terms := []int{}
		for d := range shares.Domains {
			sum += b.n(f.figures[shares][d][c])
			terms = append(terms, f.figures[shares][d][c])
		}
		none := b.free(cross(point(f.item.Name, choice), point(t.Row.By[0], "")), math.Max(0, b.n(all)-sum), false)
		if g := f.groups[groupKey(t)]; g.told {
			cell := &b.system.Cells[none]
			cell.Most, cell.Capped = math.Max(g.none, cell.Count), true
		}
		b.system.AtLeast(all, append(terms, none)...)
		for d, domain := range shares.Domains {
			rest, ok := b.at[cross(point(f.item.Name, choice), point(t.Row.By[0], domain.Values[0])+"~")]
			if ok && b.n(rest) >= b.n(none) {
				b.system.AtLeast(none, rest)
			}
			_ = d
		}
	}
}
