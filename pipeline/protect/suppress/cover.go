package suppress

import (
	"math"
	"slices"
)

// much outweighs what moving shown cells costs: a cell is moved as far as it
// needs, at the least cost.
const much = 1e6

// searched is how many cells a part may have to be searched for cover. What
// cannot be covered nearer than that is given up.
const searched = 1200

// cover withholds the cheapest shown cells that let a withheld one move so much
// further than it can, upwards or downwards; or, where neither is possible, as
// far as it can be. frozen, unless -1, may not move in it. It reports whether
// anything was gained.
func (s *System) cover(whole *part, cell int, known map[int]span, lacks float64, frozen int) (hidden []int, ok bool) {
	stopped := false
	look := func(whole *part) {
		for _, steps := range []int{near, 2 * near, len(whole.cells)} {
			place := whole.around(cell, steps)
			if len(place.cells) > searched {
				return
			}
			was := known[cell]
			var w world
			w, ok = s.coverIn(place, cell, was, lacks, frozen)
			hidden = w.hidden
			w.tell(s, known, whole.many())
			stopped = stopped || place.stopped
			// What it gains between whole numbers alone is nothing: look further away,
			// and do not ask for more where it went as far as it can.
			gained := len(hidden) > 0 || known[cell].wide() > was.wide()+tiny
			if ok && gained || place == whole {
				ok = ok && (gained || w.further)
				return
			}
		}
	}
	look(whole)
	if !ok && stopped {
		look(s.boundedPart(cell, s.could))
	}
	for _, h := range hidden {
		s.Cells[h].State = Hidden
	}
	return hidden, ok
}

// world is how cells move, and which shown ones must be withheld for it.
type world struct {
	cells   []int
	moves   []float64
	hidden  []int
	reached float64 // of the cell that was to move
	further bool    // it might move further if that were asked for
}

// tell notes how far cells are proved to move; with fractions, where there are many.
func (w world) tell(s *System, known map[int]span, fractions bool) {
	whole := true
	for j, i := range w.cells {
		whole = whole && s.Cells[i].whole(w.moves[j])
	}
	if !whole && !fractions {
		return
	}
	for j, i := range w.cells {
		v := w.moves[j]
		if !whole {
			v = butOne(v)
		}
		k := known[i]
		k.down, k.up = math.Max(k.down, -v), math.Max(k.up, v)
		known[i] = k
	}
}

// coverIn is cover within a part.
func (s *System) coverIn(whole *part, cell int, was span, lacks float64, frozen int) (found world, ok bool) {
	if _, in := whole.at[cell]; !in {
		return world{}, false
	}
	best, gained, further := math.Inf(1), 0.0, false
	try := func(sign, now, most float64) {
		far := math.Min(now+lacks, most)
		w := s.route(whole, cell, sign, far, frozen, nil)
		further = further || w.reached > now+lacks-1e-6
		if more := math.Min(w.reached, far) - now; more < 1e-6 || more < gained-1e-6 {
			return
		}
		// A second search is drawn to what the first one found, and so to fewer cells.
		if again := s.route(whole, cell, sign, far, frozen, w.hidden); again.reached >= w.reached-1e-6 && s.cost(again.hidden) < s.cost(w.hidden) {
			w = again
		}
		more := math.Min(w.reached, far) - now
		if cost := s.cost(w.hidden); more > gained+1e-6 || cost < best {
			best, gained, found, ok = cost, more, w, true
		}
	}
	try(1, was.up, math.Inf(1))
	if c := &s.Cells[cell]; c.Count > c.Least {
		try(-1, was.down, c.Count-c.Least)
	}
	found.further = further
	return found, ok
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
func (s *System) route(whole *part, cell int, sign, far float64, frozen int, before []int) world {
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
			add(i, 1, 0, math.Min(far, h), much)
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
		return world{}
	}
	at := part{cells: whole.cells, at: whole.at, bounded: whole.bounded, program: &program{value: make([]float64, len(whole.cells))}}
	for j, i := range whole.cells {
		for _, t := range terms[i] {
			at.program.value[j] += t.By * p.value[t.Cell]
		}
	}
	if !at.allowed(s) {
		whole.stopped = true
		return world{}
	}
	out := world{cells: whole.cells, moves: at.program.value}
	for j, i := range columns {
		switch {
		case i == cell:
			out.reached = math.Abs(p.value[j])
		case worth[j] < 0 && p.value[j] > 1e-7:
			out.hidden = append(out.hidden, i)
		}
	}
	slices.Sort(out.hidden)
	out.hidden = slices.Compact(out.hidden)
	return out
}
