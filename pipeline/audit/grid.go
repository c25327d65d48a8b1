package audit

import (
	"cmp"
	"fmt"
	"slices"
)

// grid is the cross of some axes. Values of an axis that no figure tells apart
// are one block, so that a grid has no more cells than it needs.
type grid struct {
	level string
	axes  []int
	of    [][]int // of[i][v] is the block of value v of the i-th axis
	n     []int   // blocks of each axis
	first int     // number of the first cell
	named bool    // by a figure
}

func gridName(level string, axes []int) string { return fmt.Sprint(level, "\x00", axes) }

// split tells values within a set from those without; it reports whether some
// of one block were on both sides.
func (g *grid) split(i int, in set) bool {
	type part struct {
		block int
		in    bool
	}
	next := map[part]int{}
	out := make([]int, len(g.of[i]))
	for v, block := range g.of[i] {
		p := part{block, in.has(v)}
		id, there := next[p]
		if !there {
			id = len(next)
			next[p] = id
		}
		out[v] = id
	}
	changed := len(next) > g.n[i]
	g.of[i], g.n[i] = out, len(next)
	return changed
}

// block returns the values of a block.
func (g *grid) block(i, b int) set {
	out := newSet(len(g.of[i]))
	for v, block := range g.of[i] {
		if block == b {
			out.add(v)
		}
	}
	return out
}

func (g *grid) cells() int {
	n := 1
	for _, blocks := range g.n {
		n *= blocks
		if n > mostCells {
			return mostCells + 1
		}
	}
	return n
}

// chosen returns for each axis the blocks within coordinates; false where a
// block is only partly within.
func (g *grid) chosen(at coords) ([][]int, bool) {
	out := make([][]int, len(g.axes))
	for i, x := range g.axes {
		in, restricted := at[x]
		for b := range g.n[i] {
			block := g.block(i, b)
			switch {
			case !restricted || block.within(in):
				out[i] = append(out[i], b)
			case meets(block, in):
				return nil, false
			}
		}
	}
	return out, true
}

func meets(a, b set) bool {
	for w := range a {
		if a[w]&b[w] != 0 {
			return true
		}
	}
	return false
}

// sum returns the cells of chosen blocks.
func (g *grid) sum(chosen [][]int) []int {
	out := []int{g.first}
	stride := 1
	for i := len(g.axes) - 1; i >= 0; i-- {
		var next []int
		for _, b := range chosen[i] {
			for _, c := range out {
				next = append(next, c+b*stride)
			}
		}
		out = next
		stride *= g.n[i]
	}
	slices.Sort(out)
	return out
}

// grids are all grids of a run.
type grids struct {
	space *space
	byKey map[string]*grid
	order []*grid // larger ones first; nil after one was added
	named map[named]bool
}

// named is an axis that a figure names.
type named struct {
	level string
	axis  int
}

// mostCells bounds what is audited at once; a release with more is refused.
const mostCells = 4_000_000

func (s *grids) grid(level string, axes []int) *grid {
	key := gridName(level, axes)
	g := s.byKey[key]
	if g != nil {
		return g
	}
	g = &grid{level: level, axes: axes}
	for _, x := range axes {
		a := &s.space.axes[x]
		g.of, g.n = append(g.of, make([]int, a.n)), append(g.n, 1)
		if a.whether >= 0 {
			g.split(len(g.of)-1, a.answered())
		}
	}
	s.byKey[key] = g
	s.order = nil
	return g
}

// put makes the grid of coordinates tell them apart from others.
func (s *grids) put(level string, at coords) *grid {
	g := s.grid(level, at.axes())
	for i, x := range g.axes {
		g.split(i, at[x])
	}
	return g
}

// parent returns the axes of the grid to which a grid adds up along one of its
// axes: without it or, of an option, with whether its item was answered.
func (s *grids) parent(g *grid, i int) (axes []int, whether int) {
	axes = slices.Delete(slices.Clone(g.axes), i, i+1)
	whether = s.space.axes[g.axes[i]].whether
	if whether < 0 {
		return axes, -1
	}
	for _, x := range axes {
		if x == whether || s.space.axes[x].whether == whether {
			return axes, -1 // other options of the item say so already
		}
	}
	axes = append(axes, whether)
	slices.Sort(axes)
	return axes, whether
}

// close adds the grids to which others add up, and makes each tell apart what
// those that add up to it do. It reports whether anything changed.
func (s *grids) close() bool {
	changed := false
	todo := slices.Clone(s.sorted())
	for len(todo) > 0 {
		g := todo[0]
		todo = todo[1:]
		for i := range g.axes {
			axes, whether := s.parent(g, i)
			p, there := s.byKey[gridName(g.level, axes)]
			if !there {
				p = s.grid(g.level, axes)
				changed = true
				at, _ := slices.BinarySearchFunc(todo, p, s.compare)
				todo = slices.Insert(todo, at, p)
			}
			for j, x := range p.axes {
				if x == whether {
					changed = p.split(j, s.space.axes[x].answered()) || changed
					for b := range g.n[i] {
						if in := g.block(i, b); !in.has(0) && !in.has(1) {
							changed = p.split(j, s.asAnswers(g.axes[i], in)) || changed
						}
					}
					continue
				}
				k := slices.Index(g.axes, x)
				for b := range g.n[k] {
					changed = p.split(j, g.block(k, b)) || changed
				}
			}
		}
	}
	return changed
}

// asAnswers turns values of an option into those of whether its item was answered.
func (s *grids) asAnswers(option int, in set) set {
	a := &s.space.axes[option]
	out := newSet(s.space.axes[a.whether].n)
	for v := range a.n {
		if in.has(v) {
			out.add(s.space.answer(option, v))
		}
	}
	return out
}

// compare puts larger grids first and, of one size, those with more options.
func (s *grids) compare(a, b *grid) int {
	options := func(g *grid) int {
		n := 0
		for _, x := range g.axes {
			if s.space.axes[x].whether >= 0 {
				n++
			}
		}
		return n
	}
	return cmp.Or(cmp.Compare(len(b.axes), len(a.axes)), cmp.Compare(options(b), options(a)),
		cmp.Compare(a.level, b.level), slices.Compare(a.axes, b.axes))
}

func (s *grids) sorted() []*grid {
	if s.order != nil {
		return s.order
	}
	out := make([]*grid, 0, len(s.byKey))
	for _, g := range s.byKey {
		out = append(out, g)
	}
	slices.SortFunc(out, s.compare)
	s.order = out
	return out
}

// number gives every cell a number; false where there are too many.
func (s *grids) number() (int, bool) {
	n := 0
	for _, g := range s.sorted() {
		g.first = n
		if n += g.cells(); n > mostCells {
			return 0, false
		}
	}
	return n, true
}
