package suppress

import (
	"math"
	"slices"
)

const (
	tiny     = 1e-9
	longest  = 20000 // pivots of one search before it is given up
	patience = 60    // pivots in place before the order of columns decides
)

// program is a linear program over moves: equations without constants, and a
// lower bound of at most 0 and an upper of at least 0 for each column, so that
// no move at all is always allowed. Its simplex begins there.
type program struct {
	low, high []float64
	rows      [][]float64 // basic column = -(sum of the others)
	basis     []int       // column of each row
	row       []int       // row of a column, -1 if it is not basic
	value     []float64
	gain      []float64 // of one unit of each column that is not basic
	support   []int
}

// newProgram makes the program of some equations and finds a first basis.
func newProgram(columns int, equations [][]Term, low, high []float64) *program {
	p := &program{low: low, high: high, row: make([]int, columns), value: make([]float64, columns)}
	for i := range p.row {
		p.row[i] = -1
	}
	used := make([]int, columns)
	for _, e := range equations {
		for _, t := range e {
			used[t.Cell]++
		}
	}
	var support [][]int // of each row, and perhaps more
	take := func(r []float64, own []int, by int, f float64) []int {
		for _, j := range support[by] {
			v := p.rows[by][j]
			if v == 0 {
				continue
			}
			if r[j] == 0 {
				own = append(own, j)
			}
			if r[j] -= f * v; math.Abs(r[j]) < 1e-9 {
				r[j] = 0
			}
		}
		return own
	}
	for _, e := range equations {
		r := make([]float64, columns)
		var own []int
		for _, t := range e {
			if r[t.Cell] == 0 {
				own = append(own, t.Cell)
			}
			r[t.Cell] += t.By
		}
		for _, t := range e {
			if i := p.row[t.Cell]; i >= 0 && r[t.Cell] != 0 {
				own = take(r, own, i, r[t.Cell])
				r[t.Cell] = 0
			}
		}
		best := -1
		for _, j := range own {
			if v := r[j]; v != 0 && (best < 0 || better(v, r[best], used[j], used[best]) || !better(r[best], v, used[best], used[j]) && j < best) {
				best = j
			}
		}
		if best < 0 {
			continue // it follows from the others
		}
		by := 1 / r[best]
		own = slices.DeleteFunc(own, func(j int) bool { return r[j] == 0 })
		slices.Sort(own)
		own = slices.Compact(own)
		for _, j := range own {
			r[j] *= by
		}
		n := len(p.rows)
		p.row[best] = n
		p.rows, p.basis, support = append(p.rows, r), append(p.basis, best), append(support, own)
		if used[best] == 1 {
			continue // it stands in no other equation
		}
		for i := range n {
			if f := p.rows[i][best]; f != 0 {
				support[i] = take(p.rows[i], support[i], n, f)
				p.rows[i][best] = 0
			}
		}
	}
	return p
}

// better prefers columns of few equations with entries that are not small.
func better(v, than float64, used, usedThan int) bool {
	if a, b := math.Abs(v) >= 0.5, math.Abs(than) >= 0.5; a != b {
		return a
	}
	return used < usedThan
}

func subtract(r, by []float64, f float64) {
	for j, v := range by {
		if v != 0 {
			if r[j] -= f * v; math.Abs(r[j]) < 1e-11 {
				r[j] = 0
			}
		}
	}
}

func scale(r []float64, f float64) {
	for j := range r {
		r[j] *= f
	}
}

// reset goes back to no move at all.
func (p *program) reset() {
	clear(p.value)
}

// maximise moves from where the program stands until the worth of the moves
// cannot grow, or enough is reached, and returns it. It is +Inf where nothing
// bounds it. ok is false when the search was given up.
func (p *program) maximise(worth []float64, enough float64) (reached float64, ok bool) {
	p.gain = append(p.gain[:0], worth...)
	for i, b := range p.basis {
		if w := worth[b]; w != 0 {
			subtract(p.gain, p.rows[i], w)
		}
	}
	for j, w := range worth {
		reached += w * p.value[j]
	}
	stuck := 0
	for range longest {
		if reached >= enough {
			return reached, true
		}
		enter, up := p.entering(stuck > patience)
		if enter < 0 {
			return reached, true
		}
		step, leave := p.step(enter, up, stuck > patience)
		if math.IsInf(step, 1) {
			return math.Inf(1), true
		}
		if step > tiny {
			stuck = 0
		} else {
			stuck++
		}
		reached += math.Abs(p.gain[enter]) * step
		p.move(enter, up, step)
		if leave >= 0 {
			p.pivot(leave, enter)
		}
	}
	return reached, false
}

// entering chooses a column whose move is worth something, and its direction.
func (p *program) entering(first bool) (column int, up bool) {
	column = -1
	most := 1e-7
	for j, g := range p.gain {
		if p.row[j] >= 0 || math.Abs(g) <= most {
			continue
		}
		if g > 0 && p.value[j] < p.high[j]-tiny || g < 0 && p.value[j] > p.low[j]+tiny {
			column, up = j, g > 0
			if first {
				return column, up
			}
			most = math.Abs(g)
		}
	}
	return column, up
}

// step returns how far a column can move, and the row that stops it; -1 for the
// bound of the column itself.
func (p *program) step(enter int, up, first bool) (step float64, leave int) {
	step, leave = p.value[enter]-p.low[enter], -1
	if up {
		step = p.high[enter] - p.value[enter]
	}
	size := 0.0
	for i, r := range p.rows {
		a := r[enter]
		if math.Abs(a) < 1e-8 {
			continue
		}
		b := p.basis[i]
		room := p.value[b] - p.low[b]
		if (a > 0) != up {
			room = p.high[b] - p.value[b]
		}
		room = math.Max(0, room) / math.Abs(a)
		switch {
		case room < step-tiny, room <= step+tiny && leave >= 0 && (first && b < p.basis[leave] || !first && math.Abs(a) > size):
			step, leave, size = math.Min(room, step), i, math.Abs(a)
		}
	}
	return step, leave
}

func (p *program) move(enter int, up bool, step float64) {
	if step == 0 {
		return
	}
	if !up {
		step = -step
	}
	p.value[enter] += step
	for i, r := range p.rows {
		if a := r[enter]; a != 0 {
			p.value[p.basis[i]] -= a * step
		}
	}
}

func (p *program) pivot(leave, enter int) {
	r := p.rows[leave]
	scale(r, 1/r[enter])
	p.support = p.support[:0]
	for j, v := range r {
		if math.Abs(v) < 1e-11 {
			r[j] = 0
		} else {
			p.support = append(p.support, j)
		}
	}
	for i, other := range p.rows {
		if i != leave && other[enter] != 0 {
			p.eliminate(other, r, other[enter])
			other[enter] = 0
		}
	}
	p.eliminate(p.gain, r, p.gain[enter])
	p.gain[enter] = 0
	p.row[p.basis[leave]] = -1
	p.basis[leave], p.row[enter] = enter, leave
}

func (p *program) eliminate(r, by []float64, f float64) {
	for _, j := range p.support {
		if r[j] -= f * by[j]; math.Abs(r[j]) < 1e-11 {
			r[j] = 0
		}
	}
}
