package attack

// mostCells and mostTries bound the parts whose whole numbers are all tried.
const (
	mostCells = 24
	mostTries = 3_000
)

// enumerate finds the least and the greatest value of each goal by trying all
// whole numbers that fit. It says false where there are too many.
func enumerate(s *system, p *part, goals []*goal) (bool, error) {
	if len(p.cells) > mostCells {
		return false, nil
	}
	at := map[int32]int{}
	small := newSystem(len(p.cells), 0)
	for j, c := range p.cells {
		at[c] = j
		small.lo[j], small.hi[j] = s.lo[c], s.hi[c]
	}
	for _, r := range p.rows {
		sum := map[int]int64{}
		for i, c := range r.at {
			sum[at[c]] = r.times[i]
		}
		small.add(sum, r.lo, r.hi)
	}
	e := &enumeration{s: small, goals: goals, lo: make([]int64, len(goals)), hi: make([]int64, len(goals))}
	if !e.try() {
		return false, nil
	}
	if e.found == 0 {
		return true, errContradiction
	}
	for i, g := range goals {
		g.lo, g.hi = e.lo[i], e.hi[i]
		g.solved = true
	}
	return true, nil
}

type enumeration struct {
	s            *system
	goals        []*goal
	lo, hi       []int64
	tries, found int
}

type bounds struct {
	c      int32
	lo, hi int64
}

// try gives the unknown with the fewest values left each of them.
func (e *enumeration) try() bool {
	c := -1
	for i := range e.s.lo {
		if w := e.s.hi[i] - e.s.lo[i]; w > 0 && (c < 0 || w < e.s.hi[c]-e.s.lo[c]) {
			c = i
		}
	}
	if c < 0 {
		e.note()
		return true
	}
	for v, last := e.s.lo[c], e.s.hi[c]; v <= last; v++ {
		if e.tries++; e.tries > mostTries {
			return false
		}
		was := []bounds{{int32(c), e.s.lo[c], e.s.hi[c]}}
		e.s.lo[c], e.s.hi[c] = v, v
		err := e.s.tighten(e.s.uses[c], 20*len(e.s.rows), func(c int32, lo, hi int64) { was = append(was, bounds{c, lo, hi}) })
		ok := err != nil || e.try()
		for i := len(was) - 1; i >= 0; i-- {
			e.s.lo[was[i].c], e.s.hi[was[i].c] = was[i].lo, was[i].hi
		}
		if !ok {
			return false
		}
	}
	return true
}

// note takes in a solution, if it is one.
func (e *enumeration) note() {
	for i := range e.s.rows {
		if lo, hi := e.s.activity(&e.s.rows[i]); lo < e.s.rows[i].lo || hi > e.s.rows[i].hi {
			return
		}
	}
	for i, g := range e.goals {
		var v int64
		for i, j := range g.at {
			v += g.times[i] * e.s.lo[j]
		}
		if e.found == 0 || v < e.lo[i] {
			e.lo[i] = v
		}
		if e.found == 0 || v > e.hi[i] {
			e.hi[i] = v
		}
	}
	e.found++
}
