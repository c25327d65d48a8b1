package suppress

import (
	"math"
	"slices"
)

// much outweighs what moving shown cells costs: a cell is moved as far as it
// needs, at the least cost.
const much = 1e6

// cover withholds the cheapest shown cells that let a withheld one move so much
// further than it can, upwards or downwards; or, where neither is possible, as
// far as it can be. frozen, unless -1, may not move in it. It reports whether
// anything was gained.
func (s *System) cover(whole *part, cell int, down, up, short float64, frozen int) (hidden []int, ok bool) {
	best, gained := math.Inf(1), 0.0
	try := func(sign, now, far float64) {
		set, reached := s.route(whole, cell, sign, far, frozen, nil)
		if more := math.Min(reached, far) - now; more < 1e-6 || more < gained-1e-6 {
			return
		}
		// A second search is drawn to what the first one found, and so to fewer cells.
		if again, r := s.route(whole, cell, sign, far, frozen, set); r >= reached-1e-6 && s.cost(again) < s.cost(set) {
			set = again
		}
		more := math.Min(reached, far) - now
		if cost := s.cost(set); more > gained+1e-6 || cost < best {
			best, gained, hidden, ok = cost, more, set, true
		}
	}
	try(1, up, up+short)
	if c := &s.Cells[cell]; c.Count > c.Least {
		try(-1, down, math.Min(down+short, c.Count-c.Least))
	}
	for _, h := range hidden {
		s.Cells[h].State = Hidden
	}
	return hidden, ok
}

func (s *System) cost(set []int) float64 {
	sum := 0.0
	for _, i := range set {
		sum += s.Cells[i].Cost
	}
	return sum
}

// route finds the shown cells that must move with a cell. Those of a set that
// was found before cost less.
func (s *System) route(whole *part, cell int, sign, far float64, frozen int, before []int) (set []int, reached float64) {
	var columns []int
	var low, high, worth []float64
	terms := map[int][]Term{} // the columns of a cell
	add := func(i int, by, l, h, w float64) {
		terms[i] = append(terms[i], Term{len(columns), by})
		columns = append(columns, i)
		low, high, worth = append(low, l), append(high, h), append(worth, w)
	}
	for _, i := range whole.cells {
		c := &s.Cells[i]
		l, h := c.moves()
		switch {
		case i == frozen:
		case i == cell && sign > 0:
			add(i, 1, 0, far, much)
		case i == cell:
			add(i, 1, -far, 0, -much)
		case c.State == Shown && c.Cost > 0:
			if l < 0 || h > 0 {
				add(i, 1, l, h, 0)
			}
			cost := c.Cost
			if slices.Contains(before, i) {
				cost /= 8
			} else if before != nil {
				cost *= 2
			}
			add(i, 1, 0, math.Inf(1), -cost)
			if c.Count > c.Least {
				add(i, -1, 0, c.Count-c.Least, -cost)
			}
		case l < 0 || h > 0:
			add(i, 1, l, h, 0)
		}
	}
	var equations [][]Term
	for _, e := range whole.equations {
		var own []Term
		for _, t := range e {
			for _, part := range terms[whole.cells[t.Cell]] {
				own = append(own, Term{part.Cell, part.By * t.By})
			}
		}
		if len(own) > 0 {
			equations = append(equations, own)
		}
	}
	p := newProgram(len(columns), equations, low, high)
	if _, ok := p.maximise(worth, math.Inf(1)); !ok {
		return nil, 0
	}
	for j, i := range columns {
		switch {
		case i == cell:
			reached = math.Abs(p.value[j])
		case worth[j] < 0 && p.value[j] > 1e-7:
			set = append(set, i)
		}
	}
	slices.Sort(set)
	return slices.Compact(set), reached
}
