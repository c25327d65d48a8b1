package attack

import (
	"errors"
	"slices"
)

// kinship says of which variables cells are, and which variables rules tie
// together. It is what parts too large for one program are taken apart by.
type kinship struct {
	families []cross       // of each cross: its variables, options as their item
	of       []int32       // of each cell, its cross
	tied     map[int]cross // by family: those that rules name with it
	crossed  map[int]cross // by family: those that it is crossed with
}

func (l *layout) kinship(rules []rule) *kinship {
	k := &kinship{of: make([]int32, l.size), tied: map[int]cross{}, crossed: map[int]cross{}}
	for _, u := range l.universes() {
		for _, key := range l.keys(u) {
			g := l.grids[u][key]
			f := l.family(g.cross)
			for c := g.first; c < g.first+g.size; c++ {
				k.of[c] = int32(len(k.families))
			}
			k.families = append(k.families, f)
			for _, v := range f {
				k.crossed[v] = k.crossed[v].with(f...)
			}
		}
	}
	for _, r := range rules {
		f := l.family(r.variables())
		for _, v := range f {
			k.tied[v] = k.tied[v].with(f...)
		}
	}
	return k
}

func (l *layout) family(c cross) cross {
	var out cross
	for _, v := range c {
		if p := l.d.vars[v].parent; p >= 0 {
			v = p
		}
		out = out.with(v)
	}
	return out
}

// circles returns the sets of variables whose rows a goal may be looked at in,
// the widest first: with all that it is crossed with, with what rules tie to it,
// and by itself.
func (k *kinship) circles(p *part, o *goal) []cross {
	own := cross{}
	for _, j := range o.at {
		own = own.with(k.families[k.of[p.cells[j]]]...)
	}
	tied := own
	for _, v := range own {
		if len(k.tied[v]) < 10 { // what is tied to everything ties nothing
			tied = tied.with(k.tied[v]...)
		}
	}
	if len(own) != 1 {
		return []cross{tied, own}
	}
	return []cross{tied.with(k.crossed[own[0]]...), tied, own}
}

// within returns what is left of a part where only rows on some variables count.
func (k *kinship) within(p *part, families [][]int, circle cross) *part {
	out := &part{}
	has := map[int32]bool{}
	for i, r := range p.rows {
		if slices.ContainsFunc(families[i], func(v int) bool { return !circle.has(v) }) {
			continue
		}
		out.rows = append(out.rows, r)
		for _, c := range r.at {
			if !has[c] {
				has[c] = true
				out.cells = append(out.cells, c)
			}
		}
	}
	slices.Sort(out.cells)
	return out
}

// pieces finds bounds from the rows that are on the variables of each goal, for
// all goals on the same variables at once. A piece has fewer rows, and so bounds
// that are wider, never narrower.
func (p *part) pieces(s *system, goals []*goal, k *kinship, f *Findings) error {
	families := make([][]int, len(p.rows))
	for i, r := range p.rows {
		var all cross
		for _, c := range r.at {
			all = all.with(k.families[k.of[c]]...)
		}
		families[i] = all
	}
	made := map[string]*part{}
	groups := map[string][]*goal{}
	for _, o := range goals {
		for _, circle := range k.circles(p, o) {
			key := circle.key()
			if made[key] == nil {
				made[key] = k.within(p, families, circle)
			}
			if small := made[key]; len(small.rows)*len(small.cells) <= mostOfProgram {
				groups[key] = append(groups[key], o)
				break
			}
		}
	}
	for _, key := range sorted(groups) {
		if err := p.piece(s, made[key], groups[key], f); err != nil {
			return err
		}
	}
	return nil
}

// piece finds bounds of some goals in a piece of their part.
func (p *part) piece(s *system, small *part, goals []*goal, f *Findings) error {
	at := make(map[int32]int32, len(small.cells))
	for j, c := range small.cells {
		at[c] = int32(j)
	}
	inner := make([]*goal, len(goals)) // nil where no row of the piece is on some cell: bounds stay
	for i, o := range goals {
		in := *o
		in.at = nil
		for _, j := range o.at {
			if place, ok := at[p.cells[j]]; ok {
				in.at = append(in.at, place)
			}
		}
		if len(in.at) == len(o.at) {
			inner[i] = &in
		}
	}
	err := small.programs(s, slices.DeleteFunc(slices.Clone(inner), func(o *goal) bool { return o == nil }))
	if err != nil && !errors.Is(err, errHard) {
		return err
	}
	if err != nil {
		f.Hard++
	}
	for i, o := range goals {
		if inner[i] != nil {
			o.lo, o.hi = inner[i].lo, inner[i].hi
		}
		o.solved = true
	}
	return nil
}
