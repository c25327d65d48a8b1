package audit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ledger"
)

// target is a withheld count.
type target struct {
	*figure
	cells []int
}

// known looks for withheld counts of a run that follow from what is published.
func (a *auditor) known(run int, all []*figure) {
	var figures []*figure
	for _, f := range all {
		if f.run == run && f.at != nil && byCoordinates(f.stat) {
			figures = append(figures, f)
		}
	}
	s := a.plan(figures)
	n, ok := s.number()
	if !ok {
		a.fault(TooLarge, run, "")
		return
	}
	system := &system{cells: n}
	a.structure(s, system)
	for _, f := range figures {
		if f.stat == ledger.Count && f.published() {
			if cells := s.sum(f.level, f.at); cells != nil {
				system.known(cells, int64(f.value().value))
			}
		}
	}
	for _, r := range a.head.Runs { // fewer than k respondents are told nowhere
		if cells := s.sum("", coords{}); r.Run == run && r.Respondents >= a.k && cells != nil {
			system.known(cells, r.Respondents)
		}
	}
	for again := true; again; {
		system.solve()
		again = a.infer(s, system, figures)
	}
	a.contradictions(run, s, system, figures)
	targets := a.targets(s, system, figures)
	a.exactly(run, system, targets)
	a.alone(run, system, targets)
	a.narrow(run, system, targets)
}

// contradictions refuses published counts that cannot all be: what follows from
// them is not known.
func (a *auditor) contradictions(run int, s *grids, system *system, figures []*figure) {
	if len(system.broken) == 0 {
		return
	}
	cells := map[int]bool{}
	for _, i := range system.broken {
		for _, t := range system.equations[i].Terms {
			cells[t.Cell] = true
		}
	}
	a.fault(Contradictory, run, "")
	for _, f := range figures {
		if f.stat == ledger.Count && f.published() && slices.ContainsFunc(s.sum(f.level, f.at), func(c int) bool { return cells[c] }) {
			a.fault(Contradictory, run, "", f.keys()...)
		}
	}
}

// infer adds what rounded shares and means say exactly, given bases that are
// known. It reports whether there was anything new.
func (a *auditor) infer(s *grids, system *system, figures []*figure) bool {
	found := false
	for _, f := range figures {
		if !f.published() || f.stat != ledger.Pct && f.stat != ledger.Mean {
			continue
		}
		of := s.sum(f.level, f.of)
		base, known := system.of(of)
		if of == nil || !known || base <= 0 {
			continue
		}
		if f.stat == ledger.Mean {
			found = a.inferSum(s, system, f, base) || found
			continue
		}
		cells := s.sum(f.level, f.at)
		if _, known := system.of(cells); known || cells == nil {
			continue
		}
		low, high := within(f.value(), base, 1, 2)
		if low != high {
			continue
		}
		if low >= 1 && low < a.k {
			a.fault(FewImplied, f.run, f.keys()[0], f.keys()...)
		}
		system.known(cells, low)
		found = true
	}
	return found
}

// within returns the least and greatest whole multiples of 1/steps, counted in
// steps, that a rounded figure times its base can be.
func within(r rounded, base int64, steps float64, more int) (low, high int64) {
	half := 0.5 * math.Pow10(-r.decimals-more)
	const slack = 1e-9 // a half may have been rounded either way
	n := float64(base) * steps
	return int64(math.Ceil((r.value-half)*n - slack)), int64(math.Floor((r.value+half)*n + slack))
}

// inferSum adds the sum of scores that a mean gives exactly on a small base.
func (a *auditor) inferSum(s *grids, system *system, f *figure, base int64) bool {
	for x, in := range f.at {
		axis := &a.space.axes[x]
		if axis.scores == nil || !in.within(axis.answered()) || !axis.answered().within(in) || slices.ContainsFunc(axis.scores, func(v float64) bool { return v != math.Trunc(v) || math.Abs(v) > 1e6 }) {
			continue
		}
		low, high := within(f.value(), base, 1, 0)
		if low != high {
			return false
		}
		e := Equation{Sum: low}
		for c := range axis.cats {
			at := coords{}
			for y, other := range f.at {
				at[y] = other
			}
			at[x] = axis.all(c, c+1)
			cells := s.sum(f.level, at)
			if cells == nil {
				return false // no figure tells the categories apart
			}
			for _, cell := range cells {
				if axis.scores[c] != 0 {
					e.Terms = append(e.Terms, Term{cell, int64(axis.scores[c])})
				}
			}
		}
		for _, have := range system.equations {
			if have.Sum == e.Sum && slices.Equal(have.Terms, e.Terms) {
				return false
			}
		}
		system.add(e)
		return true
	}
	return false
}

// targets returns the withheld counts, and those behind withheld shares, but for
// those of a domain that is shown to hold nobody, and of what is known of
// everybody.
func (a *auditor) targets(s *grids, system *system, figures []*figure) []target {
	empty := map[string][]coords{}
	shown := map[string]bool{}
	for _, f := range figures {
		if f.stat == ledger.Count && f.published() {
			shown[f.level+"\x00"+f.at.key()] = true
			if f.value().value == 0 {
				empty[f.level] = append(empty[f.level], f.at)
			}
		}
	}
	var out []target
	seen := map[string]int{}
	for _, f := range figures {
		if len(f.hidden) == 0 || f.stat == ledger.Mean || f.stat == ledger.WMean {
			continue
		}
		name := f.level + "\x00" + f.at.key()
		if shown[name] || slices.ContainsFunc(empty[f.level], func(none coords) bool { return f.at.within(none) }) || a.everybody(s, system, f) {
			continue
		}
		cells := s.sum(f.level, f.at)
		if cells == nil {
			continue
		}
		if i, twice := seen[name]; twice { // the share and the count behind it
			merged := *out[i].figure
			merged.hidden = map[string]bool{}
			for _, of := range []*figure{out[i].figure, f} {
				for k := range of.hidden {
					merged.hidden[k] = true
				}
			}
			out[i].figure = &merged
			continue
		}
		seen[name] = len(out)
		out = append(out, target{f, cells})
	}
	return out
}

// everybody reports whether a figure is of an answer that everybody is known to
// have given who answered, or of having answered where everybody has: then its
// count is that of a domain, and says nothing of anybody in it. Of a sensitive
// item that all said the same says it of each.
func (a *auditor) everybody(s *grids, system *system, f *figure) bool {
	for x, in := range f.at {
		axis := &a.space.axes[x]
		rest := axis.answered()
		switch {
		case !in.within(rest):
			continue
		case rest.within(in):
			rest = axis.all(axis.cats, axis.n)
		case axis.sensitive:
			continue
		}
		for w := range rest {
			rest[w] &^= in[w]
		}
		if cells := s.sum(f.level, coords{x: rest}); cells != nil {
			if n, known := system.of(cells); known && n == 0 {
				return true
			}
		}
	}
	return false
}

// exactly refuses withheld counts that follow from what is published.
func (a *auditor) exactly(run int, system *system, targets []target) {
	for _, t := range targets {
		if _, known := system.of(t.cells); known {
			a.fault(Known, run, t.keys()[0], t.keys()...)
		}
	}
}

// alone refuses withheld counts that somebody can work out who is the only one
// behind another withheld count, which they therefore know.
func (a *auditor) alone(run int, system *system, targets []target) {
	if a.config.Alone == nil {
		return
	}
	byRest := map[string][]target{}
	for _, t := range targets {
		if name, open := system.rest(t.cells); open {
			byRest[name] = append(byRest[name], t)
		}
	}
	for _, group := range byRest {
		if len(group) < 2 {
			continue
		}
		for _, t := range group {
			if !slices.ContainsFunc(t.keys(), a.config.Alone) {
				continue
			}
			var keys []string
			for _, o := range group {
				if o.at.key() != t.at.key() {
					keys = append(keys, o.keys()...)
				}
			}
			a.fault(KnownToOne, run, t.keys()[0], append(keys, t.keys()...)...)
		}
	}
}

// rest names what of a sum of cells is open, the same for those that follow from
// each other.
func (s *system) rest(cells []int) (string, bool) {
	var e Equation
	for _, c := range cells {
		e.Terms = append(e.Terms, Term{c, 1})
	}
	rest, _ := s.residue(s.reduced(e).Terms)
	if len(rest) == 0 {
		return "", false
	}
	var of []int
	for c := range rest {
		of = append(of, c)
	}
	slices.Sort(of)
	scale := inverse(rest[of[0]])
	var b strings.Builder
	for _, c := range of {
		fmt.Fprintf(&b, "%d:%x;", c, mulMod(rest[c], scale))
	}
	return b.String(), true
}

// narrow refuses withheld counts of answers that can be one of fewer numbers than
// the threshold.
func (a *auditor) narrow(run int, system *system, targets []target) {
	for _, t := range targets {
		if _, known := system.of(t.cells); known || a.base(t.figure) {
			continue
		}
		least, greatest := system.between(t.cells)
		narrow := greatest-least < a.k
		if !narrow && a.config.Bounder != nil {
			var sum Equation
			for _, c := range t.cells {
				sum.Terms = append(sum.Terms, Term{c, 1})
			}
			least, greatest, err := a.bounds(system, system.reduced(sum).Terms)
			narrow = err != nil || !(greatest-least >= float64(a.k))
		}
		if narrow {
			a.fault(Narrow, run, t.keys()[0], t.keys()...)
		}
	}
}

// base reports whether a figure counts who answered, or who did not, whatever
// they would have said. Where nearly everybody answers, all bases are known
// nearly, and say of nobody what they answered.
func (a *auditor) base(f *figure) bool {
	for x, in := range f.at {
		axis := &a.space.axes[x]
		if answered := axis.answered(); answered.within(in) || in.within(axis.all(axis.cats, axis.n)) {
			return true
		}
	}
	return false
}

// bounds asks the bounder about the parts that a sum touches.
func (a *auditor) bounds(s *system, sum []Term) (least, greatest float64, err error) {
	number := map[int]int{}
	var equations []Equation
	var terms []Term
	cell := func(c int) int {
		n, there := number[c]
		if !there {
			n = len(number)
			number[c] = n
		}
		return n
	}
	var parts []int
	for _, t := range sum {
		terms = append(terms, Term{cell(t.Cell), t.By})
		if n := s.partOf[t.Cell]; n >= 0 && !slices.Contains(parts, n) {
			parts = append(parts, n)
		}
	}
	slices.SortFunc(parts, cmp.Compare)
	for _, n := range parts {
		for _, e := range s.parts[n].equations {
			out := Equation{Sum: e.Sum}
			for _, t := range e.Terms {
				out.Terms = append(out.Terms, Term{cell(t.Cell), t.By})
			}
			equations = append(equations, out)
		}
	}
	return a.config.Bounder.Bounds(equations, terms)
}
