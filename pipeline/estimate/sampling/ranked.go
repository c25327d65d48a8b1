package sampling

import (
	"cmp"
	"slices"
	"strings"
)

// ranked puts strata, units and groups in the order of their names.
func (f *Frame) ranked() {
	if f.kind == replicates {
		f.groupsInOrder = make([]int32, f.Groups())
		for g := range f.groupsInOrder {
			f.groupsInOrder[g] = int32(g)
		}
		return
	}
	path := func(h int32) []answer {
		var out []answer
		for {
			s := f.strata.of[h].key
			out = append(out, s.name)
			if s.parent == None {
				slices.Reverse(out)
				return out
			}
			u := f.units.of[s.parent]
			out = append(out, u.name)
			h = u.stratum
		}
	}
	strataPath := make([][]answer, len(f.strata.of))
	f.byName = make([]int32, len(f.strata.of))
	for h := range f.byName {
		f.byName[h], strataPath[h] = int32(h), path(int32(h))
	}
	slices.SortFunc(f.byName, func(a, b int32) int { return slices.CompareFunc(strataPath[a], strataPath[b], compareAnswers) })
	f.unitsOf = make([][]int32, len(f.strata.of))
	for k, u := range f.units.of {
		f.unitsOf[u.stratum] = append(f.unitsOf[u.stratum], int32(k))
	}
	for _, units := range f.unitsOf {
		slices.SortFunc(units, func(a, b int32) int { return compareAnswers(f.units.of[a].name, f.units.of[b].name) })
	}
	nodes := make([]int32, max(len(f.strata.of), len(f.units.of)))
	next := int32(0)
	for _, h := range f.byName {
		if f.kind == respondents {
			nodes[h] = next
			next++
			continue
		}
		for _, k := range f.unitsOf[h] {
			nodes[k] = next
			next++
		}
	}
	order := make([]int32, len(f.groups.of))
	for g := range order {
		order[g] = int32(g)
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := f.groups.of[a], f.groups.of[b]
		return cmp.Or(cmp.Compare(nodes[x.node], nodes[y.node]), cmp.Compare(x.cell, y.cell))
	})
	f.place = make([]int32, len(order))
	for i, g := range order {
		f.place[g] = int32(i)
	}
	f.groupsInOrder = order
}

func compareAnswers(a, b answer) int {
	return cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.text, b.text))
}
