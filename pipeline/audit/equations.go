package audit

import (
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/ledger"
)

// plan makes the grids of a run: those that figures name, and those that link
// them.
func (a *auditor) plan(figures []*figure) *grids {
	s := &grids{space: a.space, byKey: map[string]*grid{}, named: map[named]bool{}}
	for _, f := range figures {
		for _, at := range []coords{f.at, f.of} {
			s.put(f.level, at).named = true
			for x := range at {
				s.named[named{f.level, x}] = true
			}
		}
	}
	for _, v := range a.head.Variables { // what combinations hold is said of them alone
		if x, whole := a.space.byName[v.Name], a.space.byName[v.Sets]; v.Sets != "" && s.named[named{v.Level, whole}] {
			s.named[named{v.Level, x}] = true
		}
	}
	s.triangles(figures)
	for again := true; again; {
		again = false
		for _, z := range a.zeros(s) {
			again = s.splits(z.level, z.at) || again
		}
		for _, u := range a.unions(s) {
			again = s.splits(u.level, u.whole) || again
			again = s.splits(u.level, u.parts) || again
		}
		again = s.close() || again
	}
	return s
}

// splits is put, and reports whether it changed anything.
func (s *grids) splits(level string, at coords) bool {
	g, there := s.byKey[gridName(level, at.axes())]
	if !there {
		s.put(level, at)
		return true
	}
	changed := false
	for i, x := range g.axes {
		changed = g.split(i, at[x]) || changed
	}
	return changed
}

// nobody says that there is nobody at coordinates.
type nobody struct {
	level string
	at    coords
}

// zeros returns where conditions say that there is nobody: among all, and in
// each domain in which both the item and what its condition asks are counted.
func (a *auditor) zeros(s *grids) []nobody {
	var out []nobody
	for _, z := range a.head.Zeros {
		when, level, ok := a.space.coords(z.When)
		asked, same, ok2 := a.space.coords(ledger.At{z.Variable: {ledger.Answered}})
		if !ok || !ok2 {
			a.fault(Unclear, a.head.Run, "zero of "+z.Variable)
			continue
		}
		if level != same || !s.all(level, when) || !s.all(level, asked) {
			continue
		}
		at := maps.Clone(when)
		for x, in := range asked {
			at[x] = in
		}
		if len(at) < len(when)+len(asked) {
			continue
		}
		out = append(out, nobody{level, at})
		for _, d := range s.domains(level, when) {
			if s.byKey[gridName(level, withAxis(asked.axes(), d))] == nil || at[d] != nil {
				continue
			}
			for _, in := range s.blocks(level, d, when, asked) {
				by := maps.Clone(at)
				by[d] = in
				out = append(out, nobody{level, by})
			}
		}
	}
	return out
}

// all reports whether figures name each axis of coordinates.
func (s *grids) all(level string, at coords) bool {
	for x := range at {
		if !s.named[named{level, x}] {
			return false
		}
	}
	return len(at) > 0
}

func withAxis(axes []int, x int) []int {
	out := append(slices.Clone(axes), x)
	slices.Sort(out)
	return out
}

// domains returns the axes by which figures divide coordinates.
func (s *grids) domains(level string, at coords) []int {
	var out []int
	for _, g := range s.sorted() {
		if !g.named || g.level != level || len(g.axes) != len(at)+1 {
			continue
		}
		var others []int
		for _, x := range g.axes {
			if at[x] == nil {
				others = append(others, x)
			}
		}
		if len(others) == 1 {
			out = append(out, others[0])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// blocks returns the parts of an axis that grids of coordinates tell apart.
func (s *grids) blocks(level string, d int, of ...coords) []set {
	var out []set
	for _, at := range of {
		g := s.byKey[gridName(level, withAxis(at.axes(), d))]
		if g == nil {
			continue
		}
		i := slices.Index(g.axes, d)
		for b := range g.n[i] {
			out = append(out, g.block(i, b))
		}
	}
	return out
}

// same says that those at some coordinates are those at others.
type same struct {
	level        string
	whole, parts coords
}

// unions returns which counts of one variable are counts of another: among all,
// and in each domain in which both are counted.
func (a *auditor) unions(s *grids) []same {
	var out []same
	for _, u := range a.head.Unions {
		whole, level, ok := a.space.coords(ledger.At{u.Variable: {u.Category}})
		parts, other, ok2 := a.space.coords(ledger.At{u.Is.Variable: u.Is.Categories})
		if !ok || !ok2 {
			a.fault(Unclear, a.head.Run, "union of "+u.Variable)
			continue
		}
		if level != other || !s.all(level, whole) || !s.all(level, parts) {
			continue
		}
		out = append(out, same{level, whole, parts})
		for _, d := range s.domains(level, whole) {
			if s.byKey[gridName(level, withAxis(parts.axes(), d))] == nil || whole[d] != nil || parts[d] != nil {
				continue
			}
			for _, in := range s.blocks(level, d, whole, parts) {
				w, p := maps.Clone(whole), maps.Clone(parts)
				w[d], p[d] = in, in
				out = append(out, same{level, w, p})
			}
		}
	}
	return out
}

// sum returns the cells that a count is the sum of.
func (s *grids) sum(level string, at coords) []int {
	g := s.byKey[gridName(level, at.axes())]
	if g == nil {
		return nil
	}
	chosen, ok := g.chosen(at)
	if !ok {
		return nil
	}
	return g.sum(chosen)
}

// structure tells the system how cells add up.
func (a *auditor) structure(s *grids, to *system) {
	for _, g := range s.sorted() {
		for i := range g.axes {
			s.addUp(g, i, to)
		}
	}
	for _, u := range a.unions(s) {
		if whole, parts := s.sum(u.level, u.whole), s.sum(u.level, u.parts); whole != nil && parts != nil {
			to.equal(whole, parts)
		}
	}
	for _, z := range a.zeros(s) {
		if cells := s.sum(z.level, z.at); cells != nil {
			to.known(cells, 0)
		}
	}
}

// addUp tells how the cells of a grid add up along an axis to those of another.
func (s *grids) addUp(g *grid, i int, to *system) {
	axes, whether := s.parent(g, i)
	p := s.byKey[gridName(g.level, axes)]
	rest := make([]int, len(g.axes)) // the block of each other axis
	for {
		at := coords{}
		chosen := make([][]int, len(g.axes))
		for j, x := range g.axes {
			if j != i {
				at[x] = g.block(j, rest[j])
				chosen[j] = []int{rest[j]}
			}
		}
		var answered, all []int
		for b := range g.n[i] {
			in := g.block(i, b)
			if whether >= 0 && !in.has(0) && !in.has(1) {
				chosen[i] = []int{b}
				at[whether] = s.asAnswers(g.axes[i], in)
				s.link(p, at, g.sum(chosen), to)
				delete(at, whether)
			} else {
				answered = append(answered, b)
			}
			all = append(all, b)
		}
		if whether >= 0 {
			at[whether] = s.space.axes[whether].answered()
			all = answered
		}
		chosen[i] = all
		s.link(p, at, g.sum(chosen), to)
		j := 0
		for ; j < len(rest); j++ {
			if j == i {
				continue
			}
			if rest[j]++; rest[j] < g.n[j] {
				break
			}
			rest[j] = 0
		}
		if j == len(rest) {
			return
		}
	}
}

func (s *grids) link(p *grid, at coords, cells []int, to *system) {
	if chosen, ok := p.chosen(at); ok {
		to.equal(p.sum(chosen), cells)
	}
}
