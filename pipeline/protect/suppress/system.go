package suppress

import (
	"math"
	"slices"
)

// State says what is known of a cell.
type State uint8

// The states. A cell that is Known is taken as known to everybody whatever is
// shown, and is never withheld. One that is Free stands nowhere, neither as a
// figure nor as a mark.
const (
	Known State = iota
	Shown
	Hidden
	Free
)

// Cell is one count.
type Cell struct {
	Count float64 // in the world the search begins with: the true one
	State State
	Cost  float64 // what readers lose when a Shown cell is withheld; 0 is never withheld

	// Need is how wide the range of a withheld cell must be; 0 of a Free cell
	// asks nothing of it. A Free cell with a need may also be narrow as long as
	// it could be nobody.
	Need float64

	// Firm is set of a Free cell that must be as wide as a withheld one.
	Firm bool

	// Few marks a count that says something of few respondents itself. One of
	// them may be a single respondent, who knows their own: what else is few must
	// not follow from that.
	Few bool

	// Less and More are how far the value may move unseen while the cell is
	// Shown, as that of a rounded sum may. Both are 0 for counts.
	Less, More float64

	Least float64 // the least value there can be: 0 for counts

	// Sum is set of a cell that need not be a whole number, as a sum of scores.
	// All others count respondents.
	Sum bool

	// Most is the greatest value there can be of a Capped cell; that of others
	// follows from the equations.
	Most   float64
	Capped bool
}

// Term is a cell with its coefficient in an equation.
type Term struct {
	Cell int
	By   float64
}

// System is cells and the equations between them.
type System struct {
	Cells     []Cell
	equations [][]Term
	bounds    []bound
	of        map[int][]int // bounds by cell
	broken    bool          // an equation does not hold of the counts
	vain      int           // how often no world of whole numbers was found
}

// bound is an equation with a cell that takes up what one side has more than the
// other. Most worlds leave room for it, so that it is looked at only afterwards,
// and worlds are sought with it only where it stood in the way.
type bound struct {
	terms []Term
	room  float64
	slack int
}

// Add puts a cell in and returns its number.
func (s *System) Add(c Cell) int {
	s.Cells = append(s.Cells, c)
	return len(s.Cells) - 1
}

// Sum tells that the parts add up to the whole.
func (s *System) Sum(whole int, parts ...int) {
	e := []Term{{whole, -1}}
	for _, p := range parts {
		e = append(e, Term{p, 1})
	}
	s.Equation(e...)
}

// Holds reports whether all equations hold of the counts.
func (s *System) Holds() bool { return !s.broken }

// AtLeast tells that the parts together are never less than the whole.
func (s *System) AtLeast(whole int, parts ...int) {
	room := -s.Cells[whole].Count
	terms := []Term{{whole, -1}}
	for _, p := range parts {
		room += s.Cells[p].Count
		terms = append(terms, Term{p, 1})
	}
	if room < -1e-6 {
		s.broken = true
		return
	}
	slack := s.Add(Cell{Count: math.Max(0, room), State: Free})
	if s.of == nil {
		s.of = map[int][]int{}
	}
	for _, t := range terms {
		s.of[t.Cell] = append(s.of[t.Cell], len(s.bounds))
	}
	s.bounds = append(s.bounds, bound{terms, math.Max(0, room), slack})
}

// bounded returns all equations, those of the bounds too.
func (s *System) bounded() [][]Term {
	out := slices.Clone(s.equations)
	for _, b := range s.bounds {
		out = append(out, append(slices.Clone(b.terms), Term{b.slack, -1}))
	}
	return out
}

// Equation tells that the terms add up to nothing.
func (s *System) Equation(terms ...Term) {
	sum, size := 0.0, 0.0
	at := map[int]int{}
	var e []Term
	for _, t := range terms {
		sum += t.By * s.Cells[t.Cell].Count
		size += math.Abs(t.By * s.Cells[t.Cell].Count)
		if i, twice := at[t.Cell]; twice {
			e[i].By += t.By
			continue
		}
		at[t.Cell] = len(e)
		e = append(e, t)
	}
	if math.Abs(sum) > 1e-6*(1+size) {
		s.broken = true
	}
	s.equations = append(s.equations, e)
}

// moves returns how far a cell may move from its count, down and up, without
// anything that is shown changing.
func (c *Cell) moves() (down, up float64) {
	switch c.State {
	case Known:
		return 0, 0
	case Shown:
		return -c.Less, c.More
	}
	if up = math.Inf(1); c.Capped {
		up = math.Max(0, c.Most-c.Count)
	}
	return math.Min(0, c.Least-c.Count), up
}

// still reports whether a cell cannot move.
func (c *Cell) still() bool {
	down, up := c.moves()
	return down == 0 && up == 0
}

// Reach moves the world the search begins with until cells have the counts that
// are wanted of them, by moving cells that stand nowhere. It is for systems of
// which not all true counts are known: any world that shows the same figures
// will do. It reports whether there is one.
func (s *System) Reach(wanted map[int]float64) bool {
	defer func() {
		for i := range s.bounds {
			s.bounds[i].room = s.Cells[s.bounds[i].slack].Count
		}
	}()
	free := func(i int) bool {
		_, goal := wanted[i]
		return goal || s.Cells[i].State == Free
	}
	for _, p := range split(len(s.Cells), s.bounded(), free) {
		low, high := make([]float64, len(p.cells)), make([]float64, len(p.cells))
		worth, far := make([]float64, len(p.cells)), 0.0
		for j, i := range p.cells {
			goal, is := wanted[i]
			by := goal - s.Cells[i].Count
			switch {
			case !is:
				low[j], high[j] = s.Cells[i].moves()
			case by > 0:
				high[j], worth[j], far = by, 1, far+by
			default:
				low[j], worth[j], far = by, -1, far-by
			}
		}
		if far == 0 {
			continue
		}
		p.program = newProgram(len(p.cells), p.equations, low, high)
		reached, ok := p.program.maximise(worth, math.Inf(1))
		if !ok || reached < far-1e-6*(1+far) || !p.holds() {
			return false
		}
		for j, i := range p.cells {
			s.Cells[i].Count += p.program.value[j]
			if s.Cells[i].Count < s.Cells[i].Least {
				s.Cells[i].Count = s.Cells[i].Least
			}
		}
	}
	return s.settleWhole()
}
