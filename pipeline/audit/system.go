package audit

import (
	"math/bits"
	"slices"
)

// system is what is known of cells: equations, none of whose cells is negative.
type system struct {
	cells     int
	equations []Equation
	value     map[int]int64 // cells that are known
	broken    []int         // equations that cannot hold

	least, greatest []int64 // of cells that are not known

	parts  []*part
	partOf []int // part of each cell that is not known; -1
}

func (s *system) add(e Equation) { s.equations = append(s.equations, e) }

// known tells what cells add up to.
func (s *system) known(cells []int, sum int64) {
	e := Equation{Sum: sum}
	for _, c := range cells {
		e.Terms = append(e.Terms, Term{c, 1})
	}
	s.add(e)
}

// equal tells that some cells add up to what others do.
func (s *system) equal(a, b []int) {
	var e Equation
	for _, c := range a {
		e.Terms = append(e.Terms, Term{c, 1})
	}
	for _, c := range b {
		e.Terms = append(e.Terms, Term{c, -1})
	}
	s.add(e)
}

// solve finds all cells that are known, and what is left of the equations.
func (s *system) solve() {
	if s.value == nil {
		s.value = map[int]int64{}
	}
	left := s.propagate()
	for {
		for s.bound(left) > 0 {
			left = s.propagate()
		}
		s.divide(left)
		known := len(s.value) + s.learn()
		if left = s.propagate(); len(s.value) == known {
			return // the parts say so already
		}
	}
}

// propagate takes equations with one unknown, and those in which cells add up to
// nobody, until there is none. It returns what is left of the others.
func (s *system) propagate() []Equation {
	in := make([][]int32, s.cells)
	for i, e := range s.equations {
		for _, t := range e.Terms {
			in[t.Cell] = append(in[t.Cell], int32(i))
		}
	}
	left := make([]Equation, len(s.equations))
	queued := make([]bool, len(s.equations))
	todo := make([]int32, len(s.equations))
	for i := range todo {
		todo[i], queued[i] = int32(i), true
	}
	s.broken = s.broken[:0]
	broken := make([]bool, len(s.equations))
	learn := func(cell int, v int64) {
		s.value[cell] = v
		for _, i := range in[cell] {
			if !queued[i] {
				queued[i] = true
				todo = append(todo, i)
			}
		}
	}
	for len(todo) > 0 {
		i := todo[0]
		todo = todo[1:]
		queued[i] = false
		e := s.reduced(s.equations[i])
		left[i] = e
		switch {
		case len(e.Terms) == 0:
			broken[i] = e.Sum != 0
		case len(e.Terms) == 1 && e.Sum%e.Terms[0].By == 0 && e.Sum/e.Terms[0].By >= 0:
			learn(e.Terms[0].Cell, e.Sum/e.Terms[0].By)
		case len(e.Terms) == 1:
			broken[i] = true
		case e.Sum == 0 && oneSided(e.Terms):
			for _, t := range e.Terms {
				learn(t.Cell, 0)
			}
		}
	}
	for i, b := range broken {
		if b {
			s.broken = append(s.broken, i)
		}
	}
	return slices.DeleteFunc(left, func(e Equation) bool { return len(e.Terms) < 2 })
}

// reduced returns an equation without the cells that are known.
func (s *system) reduced(e Equation) Equation {
	out := Equation{Sum: e.Sum}
	for _, t := range e.Terms {
		if v, known := s.value[t.Cell]; known {
			out.Sum -= t.By * v
		} else {
			out.Terms = append(out.Terms, t)
		}
	}
	return out
}

func oneSided(terms []Term) bool {
	for _, t := range terms {
		if t.By > 0 != (terms[0].By > 0) {
			return false
		}
	}
	return true
}

// divide groups equations into parts that share no cell.
func (s *system) divide(left []Equation) {
	root := make([]int, s.cells)
	for i := range root {
		root[i] = i
	}
	find := func(x int) int {
		for root[x] != x {
			root[x] = root[root[x]]
			x = root[x]
		}
		return x
	}
	degree := make([]int, s.cells)
	for _, e := range left {
		for _, t := range e.Terms {
			degree[t.Cell]++
			root[find(t.Cell)] = find(e.Terms[0].Cell)
		}
	}
	s.parts, s.partOf = nil, make([]int, s.cells)
	number := map[int]int{}
	for c := range s.cells {
		s.partOf[c] = -1
		if degree[c] == 0 {
			continue
		}
		n, there := number[find(c)]
		if !there {
			n = len(s.parts)
			number[find(c)] = n
			s.parts = append(s.parts, &part{column: map[int]int{}})
		}
		s.partOf[c] = n
		s.parts[n].cells = append(s.parts[n].cells, c)
	}
	for _, e := range left {
		p := s.parts[s.partOf[e.Terms[0].Cell]]
		p.equations = append(p.equations, e)
	}
	for _, p := range s.parts {
		slices.SortStableFunc(p.cells, func(a, b int) int { return degree[a] - degree[b] })
		for i, c := range p.cells {
			p.column[c] = i
		}
		p.eliminate()
	}
}

// learn looks for cells that follow from several equations together, and
// returns how many it found.
func (s *system) learn() int {
	found := 0
	for _, p := range s.parts {
		for column, c := range p.cells {
			if p.rows[column].column == nil {
				continue // no equation begins with it
			}
			if rest, sum := p.reduce([]Term{{c, 1}}); len(rest) == 0 {
				if v, ok := small(sum); ok && v >= 0 {
					s.value[c] = v
					found++
				}
			}
		}
	}
	return found
}

// of returns what a sum of cells comes to, where that is known.
func (s *system) of(cells []int) (int64, bool) {
	e := Equation{}
	for _, c := range cells {
		e.Terms = append(e.Terms, Term{c, 1})
	}
	e = s.reduced(e)
	rest, sum := s.residue(e.Terms)
	v, ok := small(sum)
	return v - e.Sum, len(rest) == 0 && ok
}

// residue is what of a sum of unknown cells no equation accounts for, with the
// sum of the rest, all modulo the prime.
func (s *system) residue(terms []Term) (map[int]uint64, uint64) {
	byPart := map[int][]Term{}
	rest := map[int]uint64{}
	for _, t := range terms {
		if n := s.partOf[t.Cell]; n >= 0 {
			byPart[n] = append(byPart[n], t)
		} else {
			rest[t.Cell] = addMod(rest[t.Cell], mod(t.By))
		}
	}
	var sum uint64
	for n, of := range byPart {
		r, v := s.parts[n].reduce(of)
		for c, by := range r {
			rest[c] = by
		}
		sum = addMod(sum, v)
	}
	return rest, sum
}

// prime is the modulus of the elimination. An equation between whole numbers
// holds of their remainders too, so that nothing that follows is missed unless a
// determinant happens to be a multiple of it.
const prime = 1<<61 - 1

func mod(v int64) uint64 {
	if v < 0 {
		return prime - uint64(-v)%prime
	}
	return uint64(v) % prime
}

func addMod(a, b uint64) uint64 {
	if a += b; a >= prime {
		a -= prime
	}
	return a
}

func mulMod(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return addMod(lo&prime, (hi<<3|lo>>61)%prime)
}

func inverse(a uint64) uint64 {
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = mulMod(out, a)
		}
		a = mulMod(a, a)
	}
	return out
}

// small returns the whole number, not far from nought, that a remainder is of.
func small(v uint64) (int64, bool) {
	const far = 1 << 50
	switch {
	case v < far:
		return int64(v), true
	case v > prime-far:
		return -int64(prime - v), true
	}
	return 0, false
}
