package suppress

import (
	"math"
	"slices"
)

// Counts of respondents are whole numbers. Where they only add up, the worlds at
// the ends of a range are whole by themselves; where a mean weighs them by scores,
// or a sum may only move as far as it is rounded, the ends may lie between whole
// numbers, and whoever tries all counts that there can be finds a narrower range.
// So a world proves something only if its counts are whole. Where so many counts can
// move that no such world is found in time, one with fractions proves what it does
// but for one respondent each way: that is not certain, but what lies between whole
// numbers can be made up for in many places then.

// near enough to a whole number, after the arithmetic of a search.
const nearWhole = 1e-6

// between reports whether a number lies between whole ones.
func between(n float64) bool { return math.Abs(n-math.Round(n)) > nearWhole }

// beside returns the whole numbers beside one that lies between them, the nearer first.
func beside(n float64) [2]float64 {
	near := math.Round(n)
	return [...]float64{near, math.Floor(n) + math.Ceil(n) - near}
}

// whole reports whether a move leaves a cell a whole number, if it must be one: a
// stand-in that was none from the beginning need not become one.
func (c *Cell) whole(move float64) bool {
	return c.Sum || move == 0 || !between(c.Count+move) || between(c.Count)
}

// How many values of a cell are tried before its range ends there, and from how
// many places whole numbers are sought for each: at most, and after it was in vain
// several times.
const (
	values = 3
	places = 12
	least  = 1
	many   = 40 // cells that can move, of which a world may be left with fractions
)

// many reports whether so many cells can move that fractions may stay.
func (p *part) many() bool { return len(p.cells) > many }

// butOne is what a move proves in a world with fractions: whole numbers, but one.
func butOne(move float64) float64 {
	return math.Copysign(math.Max(0, math.Floor(math.Abs(move)+nearWhole)-1), move)
}

// wholly goes from the world at which the program stands, in which a cell moves
// furthest one way, to one of whole numbers in which it moves as far as it can
// then. Where the cell moves no further than is known of it, or no such world is
// found, the program goes back to no move at all; or, of many cells, to where it
// stood.
func (p *part) wholly(s *System, cell int, sign, known float64) {
	if p.fraction(s) < 0 {
		return
	}
	q, first := p.program, p.at[cell]
	low, high := q.low, q.high
	defer func() { q.low, q.high = low, high }()
	count, stood := s.Cells[cell].Count, slices.Clone(q.value)
	far := math.Floor(sign*(count+q.value[first])+nearWhole) - sign*count
	goals, from := float64(values), max(least, places>>s.vain)
	if p.many() {
		goals, from = 1, min(from, 2)
	}
	for goal := far; goal > known+tiny && goal > far-goals; goal-- {
		for place := range from {
			q.low, q.high = slices.Clone(low), slices.Clone(high)
			if !p.goTo(first, sign*goal) {
				break
			}
			p.elsewhere(place)
			if p.settleAt(s) {
				s.vain = 0
				return
			}
		}
		s.vain++
	}
	if q.reset(); p.many() {
		copy(q.value, stood)
	}
}

// elsewhere moves the program to another of the places that are as good. It stays
// where it is first, for that is mostly near enough; then it goes to one where little
// moves, then to such as a rule draws.
func (p *part) elsewhere(place int) {
	if place == 0 {
		return
	}
	q := p.program
	low, high := q.low, q.high
	q.low, q.high = slices.Clone(low), slices.Clone(high)
	for j, v := range q.value {
		switch {
		case place > 1:
			p.worth[j] = float64(j*(2*place+1)%7) - 3
		case v > 0:
			p.worth[j], q.low[j] = -1, math.Max(0, q.low[j])
		case v < 0:
			p.worth[j], q.high[j] = 1, math.Min(0, q.high[j])
		default:
			p.worth[j] = 0
		}
	}
	q.maximise(p.worth, math.Inf(1))
	q.low, q.high = low, high
}

// fraction returns the cell of the world at which the program stands that is
// nearest to a whole number and is none; -1 if all are whole.
func (p *part) fraction(s *System) int {
	found, least := -1, math.Inf(1)
	for j, i := range p.cells {
		n := s.Cells[i].Count + p.program.value[j]
		if off := math.Abs(n - math.Round(n)); off < least && !s.Cells[i].whole(p.program.value[j]) {
			found, least = j, off
		}
	}
	return found
}

// settleAt moves what lies between whole numbers to one of them, cell by cell,
// while those before stay where they are.
func (p *part) settleAt(s *System) bool {
	for range p.cells {
		j := p.fraction(s)
		if j < 0 {
			return true
		}
		count := s.Cells[p.cells[j]].Count
		goals := beside(count + p.program.value[j])
		if !p.goTo(j, goals[0]-count) && !p.goTo(j, goals[1]-count) {
			return false
		}
	}
	return p.fraction(s) < 0
}

// goTo moves a column to a value from where the program stands, and holds it
// there. It reports whether that could be.
func (p *part) goTo(column int, goal float64) bool {
	q := p.program
	low, high := q.low[column], q.high[column]
	if goal < low-tiny || goal > high+tiny {
		return false
	}
	clear(p.worth)
	if goal > q.value[column] {
		q.high[column], p.worth[column] = goal, 1
	} else {
		q.low[column], p.worth[column] = goal, -1
	}
	if _, ok := q.maximise(p.worth, math.Inf(1)); !ok || math.Abs(q.value[column]-goal) > nearWhole {
		q.low[column], q.high[column] = low, high
		return false
	}
	q.low[column], q.high[column] = goal, goal
	return true
}
