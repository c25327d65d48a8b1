package suppress

import (
	"cmp"
	"math"
	"slices"
)

// most bounds how many times one system is looked at while what was withheld
// for cover is shown again where it is not needed.
const most = 4000

// largest is how many cells a part may have to be searched as a whole before
// more is withheld nearby.
const largest = 150

// Hide withholds shown cells until every withheld cell has the range that it
// needs. It returns those it has withheld, and those withheld cells that cannot
// have it even so: what they stand in must not be published.
func (s *System) Hide() (covers, failed []int) {
	if s.broken {
		return nil, s.needing()
	}
	for _, whole := range s.parts(s.could) {
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

// could reports whether a cell can move, or could if it were withheld.
func (s *System) could(i int) bool {
	c := &s.Cells[i]
	return !c.still() || c.State == Shown && c.Cost > 0
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
	known := map[int]span{}
	parts := s.within(whole)
	for n := 0; n < len(queue); n++ {
		i := queue[n]
		for further := 0.0; ; {
			lacks := short(&s.Cells[i], known[i])
			if own := parts[i]; own != nil {
				lacks = own.lacks(s, i, known, largest)
			}
			if lacks == 0 {
				break
			}
			if further > s.Cells[i].Need {
				failed = append(failed, i)
				break
			}
			was := known[i]
			hidden, ok := s.cover(whole, i, known, lacks+further, -1)
			if !ok {
				failed = append(failed, i)
				break
			}
			if len(hidden) == 0 {
				if known[i].wide() <= was.wide()+tiny {
					further++ // it moves so far only between whole numbers
				}
				continue
			}
			covers, queue = append(covers, hidden...), append(queue, hidden...)
			parts = s.within(whole)
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

// within returns, for each cell of a part of the system, the cells with which it
// can move as things stand.
func (s *System) within(whole *part) map[int]*part {
	out := map[int]*part{}
	for _, p := range split(len(whole.cells), whole.equations, func(j int) bool { return !s.Cells[whole.cells[j]].still() }) {
		at := map[int]int{}
		for n, j := range p.cells {
			p.cells[n] = whole.cells[j]
			at[p.cells[n]] = n
		}
		p.at = at
		for _, i := range p.cells {
			out[i] = p
		}
	}
	return out
}

// againstInsiders withholds more where a count follows from the equations alone,
// for everybody or for a single respondent, who knows their own count and could
// work out another that is few.
func (s *System) againstInsiders(whole *part) (covers []int) {
	parts := s.within(whole)
	done := map[*part]bool{}
	for _, i := range whole.cells {
		p := parts[i]
		if p == nil || done[p] {
			continue
		}
		done[p] = true
		for _, found := range p.determined(s) {
			if hidden, ok := s.cover(whole, found.cell, map[int]span{}, 1, found.insider); ok && len(hidden) > 0 {
				return hidden
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
	parts := s.within(whole)
	for _, i := range order {
		kept[i] = true
		own := parts[i]
		if own == nil {
			continue
		}
		if looks += len(own.cells); looks > most {
			continue
		}
		s.Cells[i].State = Shown
		after := s.within(whole)
		if s.holds(own, after) {
			kept[i], parts = false, after
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

// holds reports whether the pattern holds for the cells of what was one part
// before a cell of it was shown.
func (s *System) holds(before *part, parts map[int]*part) bool {
	known := map[int]span{}
	done := map[*part]bool{}
	for _, i := range before.cells {
		p := parts[i]
		if s.Cells[i].needs() && (p == nil || p.lacks(s, i, known, math.MaxInt) > 0) {
			return false
		}
		if p != nil && !done[p] {
			done[p] = true
			if len(p.determined(s)) > 0 {
				return false
			}
		}
	}
	return true
}
