package suppress

import "math"

// part is the cells that can move together: those of equations that share a
// cell which can move. Cells that can move and are in no equation are no part
// of anything; they move alone.
type part struct {
	cells     []int // numbers in the system
	equations [][]Term
	at        map[int]int
	in        [][]int // the equations of each cell
	program   *program
	worth     []float64
	bounded   bool // its equations hold those of the bounds
	stopped   bool // a world was found that a bound does not allow
}

// parts splits the system into what can move together. movable says which cells
// can by themselves; a cell that an equation ties to others that cannot move
// cannot either.
func (s *System) parts(movable func(int) bool) []*part {
	return split(len(s.Cells), s.equations, movable)
}

func split(cells int, equations [][]Term, movable func(int) bool) []*part {
	moves := make([]bool, cells)
	for i := range moves {
		moves[i] = movable(i)
	}
	settle(moves, equations)
	root := make([]int, cells)
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, e := range equations {
		first := -1
		for _, t := range e {
			if !moves[t.Cell] {
				continue
			}
			if first < 0 {
				first = find(t.Cell)
			} else {
				root[find(t.Cell)] = first
			}
		}
	}
	byRoot := map[int]*part{}
	var out []*part
	for i := range cells {
		if !moves[i] {
			continue
		}
		p := byRoot[find(i)]
		if p == nil {
			p = &part{at: map[int]int{}}
			byRoot[find(i)] = p
			out = append(out, p)
		}
		p.at[i] = len(p.cells)
		p.cells = append(p.cells, i)
	}
	for _, e := range equations {
		var own []Term
		var p *part
		for _, t := range e {
			if moves[t.Cell] {
				p = byRoot[find(t.Cell)]
				own = append(own, Term{p.at[t.Cell], t.By})
			}
		}
		if p != nil {
			p.equations = append(p.equations, own)
		}
	}
	return out
}

// settle takes out cells that are the only ones to move in an equation: they
// cannot.
func settle(moves []bool, equations [][]Term) {
	in := make([][]int, len(moves))
	left := make([]int, len(equations))
	var queue []int
	for n, e := range equations {
		for _, t := range e {
			if moves[t.Cell] {
				in[t.Cell] = append(in[t.Cell], n)
				left[n]++
			}
		}
		if left[n] == 1 {
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if left[n] != 1 {
			continue
		}
		for _, t := range equations[n] {
			if !moves[t.Cell] {
				continue
			}
			moves[t.Cell] = false
			for _, o := range in[t.Cell] {
				if left[o]--; left[o] == 1 {
					queue = append(queue, o)
				}
			}
			break
		}
	}
}

// around returns the part of a part that is near one of its cells: those that
// can be reached over so many equations. What is further away does not move.
func (p *part) around(cell, steps int) *part {
	if _, in := p.at[cell]; !in {
		return &part{at: map[int]int{}}
	}
	near := map[int]bool{p.at[cell]: true}
	if p.in == nil {
		p.in = make([][]int, len(p.cells))
		for n, e := range p.equations {
			for _, t := range e {
				p.in[t.Cell] = append(p.in[t.Cell], n)
			}
		}
	}
	edge := []int{p.at[cell]}
	seen := map[int]bool{}
	for range steps {
		var next []int
		for _, i := range edge {
			for _, n := range p.in[i] {
				if seen[n] {
					continue
				}
				seen[n] = true
				for _, t := range p.equations[n] {
					if !near[t.Cell] {
						near[t.Cell] = true
						next = append(next, t.Cell)
					}
				}
			}
		}
		edge = next
	}
	if len(near) == len(p.cells) {
		return p
	}
	for _, own := range split(len(p.cells), p.equations, func(i int) bool { return near[i] }) {
		if _, in := own.at[p.at[cell]]; !in {
			continue
		}
		at := map[int]int{}
		for n, i := range own.cells {
			own.cells[n] = p.cells[i]
			at[own.cells[n]] = n
		}
		own.at, own.bounded = at, p.bounded
		return own
	}
	return &part{at: map[int]int{}}
}

// prepare makes the program of the moves that leave all that is shown as it is.
func (p *part) prepare(s *System) {
	low, high := make([]float64, len(p.cells)), make([]float64, len(p.cells))
	for i, c := range p.cells {
		low[i], high[i] = s.Cells[c].moves()
	}
	p.program = newProgram(len(p.cells), p.equations, low, high)
	p.worth = make([]float64, len(p.cells))
}

// span is how far a cell is proved to move down and up.
type span struct{ down, up float64 }

func (k span) wide() float64 { return k.down + k.up }

// reach finds how far a cell is proved to move while all that is shown stays as
// it is, until that is enough in all, and notes what it learns of other cells on
// the way. A world that does not bear being added up proves nothing.
func (p *part) reach(s *System, cell int, enough float64, known map[int]span) {
	if _, in := p.at[cell]; !in || known[cell].wide() >= enough-tiny {
		return
	}
	for _, sign := range []float64{1, -1} {
		k := known[cell]
		goal := enough - k.down
		if sign < 0 {
			goal = enough - k.up
		}
		p.move(s, cell, sign, goal, known)
		if known[cell].wide() >= enough-tiny {
			return
		}
	}
}

// move looks for the world in which a cell moves furthest one way, until that is
// enough.
func (p *part) move(s *System, cell int, sign, enough float64, known map[int]span) {
	if p.program == nil {
		p.prepare(s)
	}
	was := known[cell].up
	if sign < 0 {
		was = known[cell].down
	}
	p.program.reset()
	clear(p.worth)
	p.worth[p.at[cell]] = sign
	aim := enough
	if p.many() {
		aim += 2 // of what has fractions, one is taken off and the rest rounded down
	}
	far, _ := p.program.maximise(p.worth, aim)
	p.wholly(s, cell, sign, was)
	if !p.holds() || !p.allowed(s) {
		return
	}
	world{cells: p.cells, moves: p.program.value}.tell(s, known, p.many())
	if math.IsInf(far, 1) { // nothing bounds it
		k := known[cell]
		if sign > 0 {
			k.up = math.Max(k.up, enough)
		} else {
			k.down = math.Max(k.down, enough)
		}
		known[cell] = k
	}
}

// near is over how many equations worlds are sought first: most ranges are proved
// close to the cell, in few columns.
const near = 2

// lacks finds out whether a cell has the range that it needs, first close to it,
// then in all of its part, unless that has more cells than the largest. It returns
// how much it lacks.
func (p *part) lacks(s *System, i int, known map[int]span, largest int) float64 {
	if short(&s.Cells[i], known[i]) == 0 {
		return 0
	}
	if len(p.cells) > 60 {
		close := p.around(i, near)
		close.reach(s, i, s.Cells[i].Need, known)
		p.stopped = p.stopped || close.stopped
		if short(&s.Cells[i], known[i]) == 0 {
			return 0
		}
	}
	if len(p.cells) > largest {
		return short(&s.Cells[i], known[i])
	}
	p.reach(s, i, s.Cells[i].Need, known)
	if short(&s.Cells[i], known[i]) == 0 || !p.stopped || p.bounded {
		return short(&s.Cells[i], known[i])
	}
	whole := s.boundedPart(i, func(i int) bool { return !s.Cells[i].still() })
	whole.around(i, near).reach(s, i, s.Cells[i].Need, known)
	if short(&s.Cells[i], known[i]) > 0 {
		whole.reach(s, i, s.Cells[i].Need, known)
	}
	return short(&s.Cells[i], known[i])
}

// boundedPart returns the part of a cell with the equations of the bounds.
func (s *System) boundedPart(cell int, movable func(int) bool) *part {
	for _, p := range split(len(s.Cells), s.bounded(), movable) {
		if _, in := p.at[cell]; in {
			p.bounded = true
			return p
		}
	}
	return &part{at: map[int]int{}}
}

// allowed reports whether the world at which the program stands keeps to all
// bounds. Cells of other parts stay as they are.
func (p *part) allowed(s *System) bool {
	if p.bounded {
		return true
	}
	seen := map[int]bool{}
	for j, i := range p.cells {
		if p.program.value[j] == 0 {
			continue
		}
		for _, b := range s.of[i] {
			if seen[b] {
				continue
			}
			seen[b] = true
			room := s.bounds[b].room
			for _, t := range s.bounds[b].terms {
				if j, in := p.at[t.Cell]; in {
					room += t.By * p.program.value[j]
				}
			}
			if room < -1e-6 {
				p.stopped = true
				return false
			}
		}
	}
	return true
}

// holds adds up the world at which the program stands.
func (p *part) holds() bool {
	v := p.program.value
	for i := range v {
		if v[i] < p.program.low[i]-1e-6 || v[i] > p.program.high[i]+1e-6 || math.IsNaN(v[i]) {
			return false
		}
	}
	for _, e := range p.equations {
		sum, size := 0.0, 0.0
		for _, t := range e {
			sum += t.By * v[t.Cell]
			size += math.Abs(t.By * v[t.Cell])
		}
		if math.Abs(sum) > 1e-6*(1+size) {
			return false
		}
	}
	return true
}

// Narrow returns the cells whose range is not proved to be as wide as they
// need: none when the pattern of what is withheld holds.
func (s *System) Narrow() []int {
	var out []int
	needs := s.needing()
	if s.broken {
		return needs
	}
	of := map[int]*part{}
	for _, p := range s.parts(func(i int) bool { return !s.Cells[i].still() }) {
		for _, i := range p.cells {
			of[i] = p
		}
	}
	known := map[int]span{}
	for _, i := range needs {
		if of[i] == nil || of[i].lacks(s, i, known, math.MaxInt) > 0 {
			out = append(out, i)
		}
	}
	return out
}

// needing returns the cells that need a range.
func (s *System) needing() []int {
	var out []int
	for i := range s.Cells {
		if s.Cells[i].needs() {
			out = append(out, i)
		}
	}
	return out
}

func (c *Cell) needs() bool {
	return c.Need > 0 && (c.State == Hidden || c.State == Free)
}

// short returns how much the range of a cell lacks of what it needs.
func short(c *Cell, k span) float64 {
	if c.State == Free && !c.Firm && k.down >= c.Count-1e-6 && k.down > 0 {
		return 0 // it could be nobody
	}
	if lacks := c.Need - k.wide(); lacks > 1e-6 {
		return lacks
	}
	return 0
}
