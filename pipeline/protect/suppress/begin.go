package suppress

import (
	"math"
	"slices"
)

// settleWhole moves the world the search begins with to whole numbers, cell by
// cell, within what is shown, but where many stand between them. It reports whether
// it could.
func (s *System) settleWhole() bool {
	adrift := func(c Cell) bool { return !c.Sum && c.State == Free && between(c.Count) }
	stand := 0
	for _, c := range s.Cells {
		if adrift(c) {
			stand++
		}
	}
	if stand > many {
		return true
	}
	fixed := make([]bool, len(s.Cells))
	for range s.Cells {
		i := slices.IndexFunc(s.Cells, adrift)
		if i < 0 {
			return true
		}
		if !s.round(i, fixed) {
			return false
		}
		fixed[i] = true
	}
	return false
}

// round moves a cell to the nearer whole number, or else to the other one.
func (s *System) round(cell int, fixed []bool) bool {
	count := s.Cells[cell].Count
	for _, p := range split(len(s.Cells), s.bounded(), func(i int) bool {
		c := &s.Cells[i]
		return !fixed[i] && (c.State == Free || c.State == Shown && c.Sum)
	}) {
		at, in := p.at[cell]
		if !in {
			continue
		}
		for _, goal := range beside(count) {
			p.prepare(s)
			if !p.goTo(at, goal-count) || !p.holds() {
				continue
			}
			for j, i := range p.cells {
				s.Cells[i].shift(p.program.value[j])
			}
			s.Cells[cell].Count = goal
			return true
		}
	}
	return false
}

// shift moves where a cell begins; what is shown of it stays the same.
func (c *Cell) shift(by float64) {
	c.Count += by
	if !c.Sum && !between(c.Count) {
		c.Count = math.Round(c.Count)
	}
	c.Less, c.More = math.Max(0, c.Less+by), math.Max(0, c.More-by)
	c.Count = math.Max(c.Count, c.Least)
}
