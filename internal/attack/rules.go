package attack

import (
	"slices"
)

// rule is a statement that holds of everybody, and so among those in any cell of
// other variables: what options, nets, unions and skips are.
type rule struct {
	level  string
	terms  []term
	lo, hi int64
	starts int // how many of the first terms lead to it: among cells that these are crossed with it is stated
	adds   int // up to so many other variables, cells are made for it
}

// rules returns what is known of variables without any answer.
func (d *dictionary) rules(ledgers []Ledger) []rule {
	var out []rule
	for p, v := range d.vars {
		if v.name != "" && v.name[0] == 0 {
			out = append(out, d.choices(p)...)
		}
	}
	for v := range d.vars {
		for i := range d.vars[v].states {
			for n, u := range d.unions[[2]int{v, i}] {
				if first := d.unions[[2]int{v, i}][0]; n > 0 { // boxes are in the words of the first
					out = append(out, rule{d.vars[v].level, []term{{1, box{first}}, {-1, box{u}}}, 0, 0, 2, 0})
				}
				out = append(out, rule{d.vars[v].level, []term{{1, box{{v, span(i, i+1)}}}, {-1, box{u}}}, 0, 0, 1, 2})
			}
		}
	}
	seen := map[string]bool{}
	for _, l := range ledgers {
		for _, z := range l.Zeros {
			when, err := d.boxes(z.When)
			v, ok := d.names[z.Variable]
			if err != nil || !ok {
				d.ignored["a skip of what is not listed"]++
				continue
			}
			if p := d.vars[v].parent; p >= 0 {
				v = p
			}
			key := d.vars[v].name
			for _, b := range when {
				key += "\x00" + b.key()
			}
			if len(when) > 0 && !seen[key] {
				seen[key] = true
				out = append(out, d.skip(v, when)...)
			}
		}
	}
	return out
}

// choices are the rules of an item of several choices: whoever answered made
// one at least; a net holds whoever made any of its choices.
func (d *dictionary) choices(p int) []rule {
	level := d.vars[p].level
	yes := func(v int) box { return box{{v, span(d.vars[v].index("yes"), d.vars[v].index("yes")+1)}} }
	var options, nets []int
	for v := range d.vars {
		switch x := d.vars[v]; {
		case x.parent != p || x.index("yes") < 0:
		case len(x.net) > 0:
			nets = append(nets, v)
		default:
			options = append(options, v)
		}
	}
	some := rule{level, []term{{-1, box{{p, span(0, 1)}}}}, 0, unbounded, 99, 0}
	for _, o := range options {
		some.terms = append(some.terms, term{1, yes(o)})
	}
	out := []rule{some}
	for _, n := range nets {
		inside := rule{level, []term{{-1, yes(n)}}, 0, unbounded, 99, 0}
		outside := rule{level, []term{{-1, box{{p, span(0, 1)}}}, {1, yes(n)}}, 0, unbounded, 99, 0}
		for _, o := range options {
			if !slices.Contains(d.vars[n].net, d.vars[o].option) {
				outside.terms = append(outside.terms, term{1, yes(o)})
				continue
			}
			inside.terms = append(inside.terms, term{1, yes(o)})
			out = append(out, rule{level, []term{{1, yes(n)}, {-1, yes(o)}}, 0, unbounded, 99, 0})
		}
		if len(inside.terms) == len(d.vars[n].net)+1 {
			out = append(out, inside, outside)
		}
		for _, m := range nets {
			if m != n && within(d.vars[n].net, d.vars[m].net) {
				out = append(out, rule{level, []term{{1, yes(m)}, {-1, yes(n)}}, 0, unbounded, 99, 0})
			}
		}
	}
	return out
}

func within(a, b []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}

// skip says that nobody in some boxes was asked a variable, or an item: not one of them is
// in another state, and so those not asked are as many at least.
func (d *dictionary) skip(v int, when []box) []rule {
	i := d.vars[v].index(notAsked)
	if i < 0 {
		d.ignored["a skip of a variable without the reason for it"]++
		return nil
	}
	var others states
	for j := range d.vars[v].states {
		if j != i {
			others.add(j)
		}
	}
	level := d.vars[v].level
	least := rule{level, []term{{1, box{{v, span(i, i+1)}}}}, 0, unbounded, 1, 1}
	var out []rule
	for _, b := range when {
		if _, ok := b.at(v); ok {
			return nil
		}
		least.terms = append(least.terms, term{-1, b})
		out = append(out, rule{level, []term{{1, b.with(v, others)}}, 0, 0, 1, 0})
	}
	return append(out, least)
}

// spoken leaves out rules on variables of which no line speaks: whatever follows
// from them is met by nobody being in their categories.
func (l *layout) spoken(rules []rule) []rule {
	var known cross
	for _, crosses := range l.crosses {
		for _, c := range crosses {
			known = known.with(c...)
		}
	}
	for v, of := range l.d.vars { // what combinations hold is spoken of with them
		if at, ok := l.d.names[of.sets]; of.sets != "" && ok && known.has(at) {
			known = known.with(v)
		}
	}
	return slices.DeleteFunc(rules, func(r rule) bool {
		return slices.ContainsFunc(r.terms, func(t term) bool {
			return r.starts == 1 && slices.ContainsFunc(t.box, func(s side) bool { return !known.has(s.v) })
		})
	})
}

// variables returns all variables that a rule speaks of.
func (r rule) variables() cross {
	var out cross
	for _, t := range r.terms {
		out = out.with(t.box.variables()...)
	}
	return out
}

// rests returns the sets of other variables among whose cells a rule is stated:
// those with which a term of it is crossed.
func (l *layout) rests(u universe, r rule) []cross {
	seen := map[string]cross{}
	about := r.variables()
	for _, c := range l.crosses[u] { // in any order: what comes of them is sorted
		for _, t := range r.terms[:min(r.starts, len(r.terms))] {
			vs := t.box.variables()
			if slices.ContainsFunc(vs, func(v int) bool { return !c.has(v) }) {
				continue // most crosses: nothing is made of them
			}
			rest := c
			for _, v := range vs {
				rest = rest.without(v)
			}
			if slices.ContainsFunc(rest, func(w int) bool { return about.has(w) || l.related(w, about) }) {
				continue
			}
			if (len(rest) <= r.adds || l.crossed(u, r, rest)) && seen[rest.key()] == nil {
				seen[rest.key()] = rest
			}
		}
	}
	out := make([]cross, 0, len(seen))
	for _, key := range sorted(seen) {
		out = append(out, seen[key])
	}
	return out
}

// related says whether a variable is an option of an item, or the item of an
// option, of which one is in a set.
func (l *layout) related(w int, about cross) bool {
	p := l.d.vars[w].parent
	return slices.ContainsFunc(about, func(v int) bool {
		q := l.d.vars[v].parent
		return q == w || p == v || p >= 0 && p == q
	})
}

// crossed says whether all terms of a rule are crossed with other variables.
func (l *layout) crossed(u universe, r rule, rest cross) bool {
	return !slices.ContainsFunc(r.terms, func(t term) bool { return !l.has(u, t.box.variables().with(rest...)) })
}

// prepare opens the crosses that rules need, and lets them tell the same apart.
func (l *layout) prepare(rules []rule) {
	for _, u := range l.universes() {
		for _, r := range rules {
			if r.level != "" && r.level != u.level {
				continue
			}
			for _, rest := range l.rests(u, r) {
				var crosses []cross
				for _, t := range r.terms {
					c := t.box.variables().with(rest...)
					l.open(u, c)
					for _, s := range t.box {
						l.tell(c, s.v, s.s)
					}
					crosses = append(crosses, c)
				}
				l.share(crosses, rest)
			}
		}
	}
}

// state adds what rules say to a system.
func (l *layout) state(s *system, rules []rule) {
	for _, u := range l.universes() {
		for _, r := range rules {
			if r.level != "" && r.level != u.level {
				continue
			}
			for _, rest := range l.rests(u, r) {
				if l.crossed(u, r, rest) {
					l.among(s, u, r, rest)
				}
			}
		}
	}
}

// among states a rule in each cell of other variables.
func (l *layout) among(s *system, u universe, r rule, rest cross) {
	first := r.terms[0].box.variables().with(rest...)
	cells := grid{cross: rest}
	for _, w := range rest {
		cells.blocks = append(cells.blocks, l.blocks(first.key(), w))
	}
	cells.boxes(func(b box, _ int) {
		sum := map[int]int64{}
		for _, t := range r.terms {
			whole := t.box
			for _, side := range b {
				whole = whole.with(side.v, side.s)
			}
			found, _ := l.cells(u, whole)
			for _, c := range found {
				sum[c] += t.times
			}
		}
		s.add(sum, r.lo, r.hi)
	})
}
