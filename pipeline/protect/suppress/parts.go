package suppress

import (
	"math"
	"slices"
)

// part is the cells that can move together: those of equations that share a
// cell which can move. Cells that can move and are in no equation are no part
// of anything; they move alone.
type part struct {
	cells     []int // numbers in the system
	equations [][]Term
	at        map[int]int
	program   *program
	worth     []float64
}

// parts splits the system into what can move together. movable says which cells
// can.
func (s *System) parts(movable func(int) bool) []*part {
	parent := make([]int, len(s.Cells))
	for i := range parent {
		parent[i] = i
	}
	var root func(int) int
	root = func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, e := range s.equations {
		first := -1
		for _, t := range e {
			if !movable(t.Cell) {
				continue
			}
			if first < 0 {
				first = root(t.Cell)
			} else {
				parent[root(t.Cell)] = first
			}
		}
	}
	byRoot := map[int]*part{}
	var out []*part
	for i := range s.Cells {
		if !movable(i) {
			continue
		}
		p := byRoot[root(i)]
		if p == nil {
			p = &part{at: map[int]int{}}
			byRoot[root(i)] = p
			out = append(out, p)
		}
		p.at[i] = len(p.cells)
		p.cells = append(p.cells, i)
	}
	for _, e := range s.equations {
		var own []Term
		var p *part
		for _, t := range e {
			if movable(t.Cell) {
				p = byRoot[root(t.Cell)]
				own = append(own, Term{p.at[t.Cell], t.By})
			}
		}
		if p != nil {
			p.equations = append(p.equations, own)
		}
	}
	return out
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

// reach returns how far a cell is proved to move down and up while all that is
// shown stays as it is; enough in all is enough. proved is false when a world
// that was found does not bear being added up.
func (p *part) reach(s *System, cell int, enough float64) (down, up float64, proved bool) {
	j := p.at[cell]
	search := func(sign, enough float64) (float64, bool) {
		p.program.reset()
		clear(p.worth)
		p.worth[j] = sign
		far, _ := p.program.maximise(p.worth, enough)
		if math.IsInf(far, 1) {
			return enough, true // nothing bounds it: any world on the way is one
		}
		return math.Min(far, enough), p.holds()
	}
	up, ok := search(1, enough)
	if !ok {
		return 0, 0, false
	}
	if up >= enough-tiny {
		return 0, up, true
	}
	down, ok = search(-1, enough-up)
	return down, up, ok
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
// need: nil when the pattern of what is withheld holds.
func (s *System) Narrow() []int {
	if s.broken {
		return s.needing()
	}
	var out []int
	for _, p := range s.parts(func(i int) bool { return !s.Cells[i].still() }) {
		out = append(out, p.narrow(s)...)
	}
	for i := range s.Cells {
		c := &s.Cells[i]
		if (c.State == Hidden || c.State == Free) && c.Need > 0 && c.still() {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

func (s *System) needing() []int {
	var out []int
	for i := range s.Cells {
		if c := &s.Cells[i]; (c.State == Hidden || c.State == Free) && c.Need > 0 {
			out = append(out, i)
		}
	}
	return out
}

func (p *part) narrow(s *System) []int {
	var out []int
	for _, i := range p.cells {
		c := &s.Cells[i]
		if c.State != Hidden && c.State != Free || c.Need == 0 {
			continue
		}
		if p.program == nil {
			p.prepare(s)
		}
		if short := p.short(s, i); short > 0 {
			out = append(out, i)
		}
	}
	return out
}

// short returns how much the range of a cell lacks of what it needs.
func (p *part) short(s *System, i int) float64 {
	c := &s.Cells[i]
	down, up, ok := p.reach(s, i, c.Need)
	switch {
	case !ok:
		return c.Need
	case c.State == Free && !c.Firm && down >= c.Count-1e-6 && down > 0:
		return 0 // it could be nobody
	}
	if short := c.Need - down - up; short > 1e-6 {
		return short
	}
	return 0
}
