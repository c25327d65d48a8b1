package protect

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// butNot stands before what those of a net did not choose.
const butNot = "\x02but "

// enterPart tells that a count is part of that of a net. How many are in the net
// but not in the part is a difference that any reader makes: it stands nowhere,
// but may not be known to be few.
func (b *sums) enterPart(net, part int, rest string) {
	switch n := b.n(net) - b.n(part); {
	case b.small(n):
		b.system.Sum(net, part, b.firm(rest, n))
	case n >= 0:
		b.system.AtLeast(part, net)
	}
}

// enterNested tells of nets of several choices that lie in each other, such as a
// theme in its family: the outer one is no less than the inner one, and no more
// than the inner one and the choices that are its own; nor than several inner
// ones that share nothing, and the choices that are its own. At gives the cell of
// a net, and cells those of choices.
func (f *family) enterNested(b *sums, nets []*table.Table, at func(net int) int, cells map[string]int, group string) {
	if f.single() {
		return // sums of choices say all
	}
	for o, outer := range nets {
		if at(o) < 0 {
			continue
		}
		var inner []int
		for i, t := range nets {
			if at(i) >= 0 && len(t.Row.Values) < len(outer.Row.Values) && among(t.Row.Values, outer.Row.Values) && b.n(at(o)) >= b.n(at(i)) {
				inner = append(inner, i)
				b.enterPart(at(o), at(i), cross(point(f.item.Name, netName(outer)+butNot+netName(t)), group))
				f.enterMost(b, nets, outer, at, []int{i}, cells)
			}
		}
		slices.SortStableFunc(inner, func(x, y int) int { return len(nets[y].Row.Values) - len(nets[x].Row.Values) })
		var apart []int
		for _, i := range inner {
			if !slices.ContainsFunc(apart, func(a int) bool { return meet(nets[a].Row.Values, nets[i].Row.Values) }) {
				apart = append(apart, i)
			}
		}
		if len(apart) > 1 {
			f.enterMost(b, nets, outer, at, apart, cells)
		}
	}
}

// enterMost tells that a net is no more than some in it and its other choices.
func (f *family) enterMost(b *sums, nets []*table.Table, outer *table.Table, at func(net int) int, inner []int, cells map[string]int) {
	most := 0.0
	var parts []int
	for _, i := range inner {
		most += b.n(at(i))
		parts = append(parts, at(i))
	}
	for _, v := range outer.Row.Values {
		if slices.ContainsFunc(inner, func(i int) bool { return slices.Contains(nets[i].Row.Values, v) }) {
			continue
		}
		cell, have := cells[v]
		if !have {
			return
		}
		most += b.n(cell)
		parts = append(parts, cell)
	}
	whole := at(slices.Index(nets, outer))
	if most >= b.n(whole) {
		b.system.AtLeast(whole, parts...)
	}
}

// among reports whether all of some choices are among others.
func among(some, others []string) bool {
	return !slices.ContainsFunc(some, func(v string) bool { return !slices.Contains(others, v) })
}

// meet reports whether two nets share a choice.
func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}
