package attack

import (
	"cmp"
	"slices"
)

// universe is what is counted: respondents of a run, or rows of a repeat.
type universe struct {
	run   int
	level string
}

// layout says which cells there are. Of each cross that a statement names, and
// of all crosses of fewer of its variables, there are cells; states that no
// statement tells apart share a cell.
type layout struct {
	d       *dictionary
	crosses map[universe]map[string]cross
	apart   map[string]map[int]map[states]bool // by cross and variable: sets that must be told from others
	grids   map[universe]map[string]*grid
	size    int
	changed bool
}

// grid holds the cells of a cross, which are numbered from first on.
type grid struct {
	cross  cross
	blocks [][]states
	first  int
	size   int
}

func newLayout(d *dictionary) *layout {
	return &layout{d: d, crosses: map[universe]map[string]cross{}, apart: map[string]map[int]map[states]bool{}, grids: map[universe]map[string]*grid{}}
}

// has says whether there are cells of a cross.
func (l *layout) has(u universe, c cross) bool {
	_, ok := l.crosses[u][c.key()]
	return ok
}

// open adds a cross and all crosses of fewer of its variables.
func (l *layout) open(u universe, c cross) {
	if l.crosses[u] == nil {
		l.crosses[u] = map[string]cross{}
	}
	if l.has(u, c) {
		return
	}
	l.crosses[u][c.key()] = c
	l.changed = true
	for _, v := range c {
		l.open(u, l.lacking(c, v))
	}
}

// lacking returns a cross without a variable. Who has an option answered its item.
func (l *layout) lacking(c cross, v int) cross {
	out := c.without(v)
	p := l.d.vars[v].parent
	if p < 0 || slices.ContainsFunc(out, func(w int) bool { return l.d.vars[w].parent == p }) {
		return out
	}
	return out.with(p)
}

// tell sees to it that a set of states is told from others in a cross.
func (l *layout) tell(c cross, v int, s states) {
	key := c.key()
	if l.apart[key] == nil {
		l.apart[key] = map[int]map[states]bool{}
	}
	if l.apart[key][v] == nil {
		l.apart[key][v] = map[states]bool{}
	}
	if !l.apart[key][v][s] {
		l.apart[key][v][s] = true
		l.changed = true
	}
}

// need opens the cross of a box and tells its sides from others.
func (l *layout) need(u universe, b box) {
	c := b.variables()
	l.open(u, c)
	for _, s := range b {
		l.tell(c, s.v, s.s)
	}
}

// flow lets each cross tell apart what the crosses of more variables do, so that
// their cells add up to its own.
func (l *layout) flow() {
	for _, u := range l.universes() {
		for _, key := range l.keys(u) {
			c := l.crosses[u][key]
			for _, v := range c {
				to := l.lacking(c, v)
				for _, w := range to {
					if !c.has(w) {
						l.tell(to, w, span(0, 1))
					}
				}
				for _, w := range to {
					for s := range l.apart[key][w] {
						l.tell(to, w, s)
					}
				}
			}
		}
	}
}

// share lets crosses tell the same apart of the variables that they have beside
// those of a statement.
func (l *layout) share(crosses []cross, rest cross) {
	for _, w := range rest {
		for _, from := range crosses {
			for s := range l.apart[from.key()][w] {
				for _, to := range crosses {
					l.tell(to, w, s)
				}
			}
		}
	}
}

func (l *layout) universes() []universe {
	out := make([]universe, 0, len(l.crosses))
	for u := range l.crosses {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b universe) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.run, b.run))
	})
	return out
}

// keys returns the keys of a universe's crosses, those of most variables first.
func (l *layout) keys(u universe) []string {
	out := sorted(l.crosses[u])
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return out
}

// number gives each cell its number.
func (l *layout) number() {
	for _, u := range l.universes() {
		l.grids[u] = map[string]*grid{}
		for _, key := range l.keys(u) {
			g := &grid{cross: l.crosses[u][key], first: l.size, size: 1}
			for _, v := range g.cross {
				blocks := l.blocks(key, v)
				g.blocks = append(g.blocks, blocks)
				g.size *= len(blocks)
			}
			l.grids[u][key] = g
			l.size += g.size
		}
	}
}

// blocks returns the states of a variable that are not told apart, together.
func (l *layout) blocks(key string, v int) []states {
	sets := make([]states, 0, len(l.apart[key][v]))
	for s := range l.apart[key][v] {
		sets = append(sets, s)
	}
	slices.SortFunc(sets, func(a, b states) int { return slices.Compare(a[:], b[:]) })
	at := map[string]int{}
	var out []states
	for i := range l.d.vars[v].states {
		mark := make([]byte, len(sets))
		for j, s := range sets {
			if s.has(i) {
				mark[j] = 1
			}
		}
		b, ok := at[string(mark)]
		if !ok {
			b = len(out)
			at[string(mark)] = b
			out = append(out, states{})
		}
		out[b].add(i)
	}
	return out
}

// cells returns the numbers of the cells that make up a box; nil, false where
// there are none of its cross.
func (l *layout) cells(u universe, b box) ([]int, bool) {
	g := l.grids[u][b.variables().key()]
	if g == nil {
		return nil, false
	}
	out := []int{g.first}
	stride := g.size
	for i, s := range b {
		stride /= len(g.blocks[i])
		var next []int
		for j, block := range g.blocks[i] {
			if block.within(s.s) {
				for _, c := range out {
					next = append(next, c+j*stride)
				}
			}
		}
		out = next
	}
	return out, true
}

// boxes calls f with the box of each cell of a grid, and with its number.
func (g *grid) boxes(f func(b box, cell int)) {
	b := make(box, len(g.cross))
	var walk func(i, cell int)
	walk = func(i, cell int) {
		if i == len(g.cross) {
			f(slices.Clone(b), g.first+cell)
			return
		}
		for j, s := range g.blocks[i] {
			b[i] = side{g.cross[i], s}
			walk(i+1, cell*len(g.blocks[i])+j)
		}
	}
	walk(0, 0)
}

// margins adds that the cells of each cross add up to those of fewer variables.
func (l *layout) margins(s *system) {
	for _, u := range l.universes() {
		for _, key := range l.keys(u) {
			g := l.grids[u][key]
			for i, v := range g.cross {
				l.margin(s, u, g, i, v)
			}
		}
	}
}

func (l *layout) margin(s *system, u universe, g *grid, i, v int) {
	to := l.lacking(g.cross, v)
	sums := map[string]map[int]int64{}
	var order []string
	g.boxes(func(b box, cell int) {
		rest := b.without(v)
		for _, w := range to {
			if !g.cross.has(w) {
				rest = rest.with(w, span(0, 1))
			}
		}
		key := rest.key()
		if sums[key] == nil {
			sums[key] = map[int]int64{}
			order = append(order, key)
			cells, _ := l.cells(u, rest)
			for _, c := range cells {
				sums[key][c]--
			}
		}
		sums[key][cell]++
	})
	for _, key := range order {
		s.add(sums[key], 0, 0)
	}
}
