package suppress

import (
	"cmp"
	"slices"
)

// most bounds how many times one system is looked at while what was withheld
// for cover is shown again where it is not needed.
const most = 4000

// Hide withholds shown cells until every withheld cell has the range that it
// needs. It returns those it has withheld, and those withheld cells that cannot
// have it even so: what they stand in must not be published.
func (s *System) Hide() (covers, failed []int) {
	if s.broken {
		return nil, s.needing()
	}
	could := func(i int) bool {
		c := &s.Cells[i]
		return !c.still() || c.State == Shown && c.Cost > 0
	}
	for _, whole := range s.parts(could) {
		c, f := s.hidePart(whole)
		covers, failed = append(covers, c...), append(failed, f...)
	}
	lost := map[int]bool{}
	for _, i := range failed {
		lost[i] = true
	}
	for _, i := range append(s.Narrow(), s.Determined()...) {
		if !lost[i] {
			lost[i] = true
			failed = append(failed, i)
		}
	}
	slices.Sort(failed)
	slices.Sort(covers)
	return covers, failed
}

func (s *System) hidePart(whole *part) (covers, failed []int) {
	var queue []int
	for _, i := range whole.cells {
		if c := &s.Cells[i]; c.Need > 0 && (c.State == Hidden || c.State == Free) {
			queue = append(queue, i)
		}
	}
	// What says most of few is covered first: what covers it often covers others.
	slices.SortStableFunc(queue, func(a, b int) int {
		x, y := &s.Cells[a], &s.Cells[b]
		if x.Few != y.Few {
			if x.Few {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.Count, y.Count)
	})
	var own *part
	for n := 0; n < len(queue); n++ {
		i := queue[n]
		for {
			if own == nil {
				own = s.partOf(whole, i)
			} else if _, in := own.at[i]; !in {
				own = s.partOf(whole, i)
			}
			short := own.short(s, i)
			if short == 0 {
				break
			}
			down, up, _ := own.reach(s, i, s.Cells[i].Need)
			hidden, ok := s.cover(whole, i, down, up, short, -1)
			if !ok || len(hidden) == 0 {
				failed = append(failed, i)
				break
			}
			covers, queue, own = append(covers, hidden...), append(queue, hidden...), nil
		}
	}
	if len(failed) > 0 {
		return covers, failed
	}
	for range 100 {
		more := s.againstInsiders(whole)
		if len(more) == 0 {
			break
		}
		covers = append(covers, more...)
	}
	return s.showAgain(whole, covers), nil
}

// partOf returns the cells that can move together with one of them, as things
// stand, within a part of the system.
func (s *System) partOf(whole *part, cell int) *part {
	for _, p := range s.within(whole) {
		if _, in := p.at[cell]; in {
			p.prepare(s)
			return p
		}
	}
	return &part{at: map[int]int{}}
}

// within splits a part of the system into what can move together as things stand.
func (s *System) within(whole *part) []*part {
	inner := &System{Cells: make([]Cell, len(whole.cells)), equations: whole.equations}
	for j, i := range whole.cells {
		inner.Cells[j] = s.Cells[i]
	}
	out := inner.parts(func(j int) bool { return !inner.Cells[j].still() })
	for _, p := range out {
		at := map[int]int{}
		for n, j := range p.cells {
			p.cells[n] = whole.cells[j]
			at[p.cells[n]] = n
		}
		p.at = at
	}
	return out
}

// againstInsiders withholds more where a single respondent, who knows their own
// count, could work out another that is few.
func (s *System) againstInsiders(whole *part) (covers []int) {
	for _, p := range s.within(whole) {
		for _, i := range append([]int{-1}, p.cells...) {
			if i >= 0 && (s.Cells[i].State != Hidden || !s.Cells[i].Few || s.Cells[i].Count != 1) {
				continue
			}
			for _, j := range p.determined(s, i) {
				if hidden, ok := s.cover(whole, j, 0, 0, 1, i); ok && len(hidden) > 0 {
					return hidden
				}
			}
		}
	}
	return nil
}

// showAgain shows what was withheld for cover and is not needed, the dearest
// first.
func (s *System) showAgain(whole *part, covers []int) []int {
	order := slices.Clone(covers)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.Cells[b].Cost, s.Cells[a].Cost) })
	kept := map[int]bool{}
	looks := 0
	for _, i := range order {
		kept[i] = true
		own := s.partOf(whole, i)
		if looks += len(own.cells); looks > most {
			continue
		}
		s.Cells[i].State = Shown
		if s.holdsWithout(whole, own) {
			kept[i] = false
		} else {
			s.Cells[i].State = Hidden
		}
	}
	var out []int
	for _, i := range covers {
		if kept[i] {
			out = append(out, i)
		}
	}
	return out
}

// holdsWithout reports whether the pattern holds for the cells of what was one
// part before a cell of it was shown.
func (s *System) holdsWithout(whole, before *part) bool {
	found := map[int]bool{}
	for _, p := range s.within(whole) {
		if len(p.cells) == 0 {
			continue
		}
		if _, ours := before.at[p.cells[0]]; !ours {
			continue
		}
		if len(p.narrow(s)) > 0 || len(p.determined(s, -1)) > 0 {
			return false
		}
		for _, i := range p.cells {
			found[i] = true
			if c := &s.Cells[i]; c.State == Hidden && c.Few && c.Count == 1 && len(p.determined(s, i)) > 0 {
				return false
			}
		}
	}
	for _, i := range before.cells {
		if c := &s.Cells[i]; !found[i] && c.Need > 0 && c.State == Hidden {
			return false
		}
	}
	return true
}
