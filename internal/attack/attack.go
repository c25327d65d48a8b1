package attack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Attacker is somebody who reads ledgers.
type Attacker struct {
	// Lost is how many respondents at most were edited or withdrawn between two
	// runs, as far as the attacker knows. With 0 each cell can only have grown;
	// with less than 0 nothing ties the runs together.
	Lost int

	real bool // linear programs alone, also where all whole numbers could be tried
}

// Kind says what a claim is about.
type Kind string

// The kinds of claims. The first two are of withheld lines.
const (
	Known      Kind = "known"      // a withheld count can be one number only
	Narrow     Kind = "narrow"     // a withheld count lies in a range narrower than the threshold
	Few        Kind = "few"        // a published figure is that of fewer than the threshold, and not of nobody
	Complement Kind = "complement" // those of a base who are not in the published figure are so few
	Unshown    Kind = "unshown"    // a cell that no line shows is known to be so few
	Unanswered Kind = "unanswered" // the same of a cell of those who lack an answer
	Gained     Kind = "gained"     // a cell is known to have gained or lost so few between two runs
)

// Claim is something that can be worked out. The bounds hold for certain.
type Claim struct {
	Kind         Kind
	Place        string // artifact and key of a line; variables and numbers of states of a cell
	Stat         string // of a line, what it would have shown
	Run          int
	Lower, Upper int64
	Reasons      bool // a count of those who lack an answer
}

// Findings is what an attack comes to.
type Findings struct {
	Claims []Claim

	Withheld      int            // withheld counts that were attacked
	Cells         int            // unknowns, before anything followed
	Parts         int            // that what is left falls into
	Largest       int            // cells of the largest part
	Pieces        int            // parts that were too large, and taken in pieces
	Hard          int            // programs that were given up
	Markers       []string       // what stands in place of withheld figures; two of them tell something
	Contradiction bool           // nothing fits all that is published: no claim is made
	Ignored       map[string]int // lines and rules that were not understood, by reason
}

// Of returns the claims of some kinds.
func (f Findings) Of(kinds ...Kind) []Claim {
	var out []Claim
	for _, c := range f.Claims {
		if slices.Contains(kinds, c.Kind) {
			out = append(out, c)
		}
	}
	return out
}

// Attack attacks the ledgers together, knowing that nobody was edited or
// withdrawn between their runs.
func Attack(ledgers ...Ledger) Findings { return Attacker{}.Attack(ledgers...) }

// target is a count about which something may be claimed: a sum of cells.
type target struct {
	kind    Kind // what would be claimed; Narrow for what is withheld
	place   string
	stat    string
	run     int
	reasons bool
	sum     map[int]int64
}

// Attack attacks the ledgers together.
func (a Attacker) Attack(ledgers ...Ledger) Findings {
	var f Findings
	if len(ledgers) == 0 {
		return f
	}
	d := newDictionary(ledgers)
	f.Ignored = d.ignored
	k := int64(0)
	for _, l := range ledgers {
		k = max(k, int64(l.Threshold))
	}
	lines := once(ledgers)
	f.Markers = markers(lines)

	l := newLayout(d)
	said, wanted := d.take(l, lines)
	rules := l.spoken(d.rules(ledgers))
	l.lay(rules)

	population := populations(ledgers)
	s := newSystem(l.size, 1<<24)
	f.Cells = l.size
	l.bound(s, population)
	l.margins(s)
	l.state(s, rules)
	l.assert(s, said)
	if a.Lost >= 0 {
		l.grown(s, int64(a.Lost))
	}
	targets := append(l.wanted(wanted), l.unshown(wanted)...)
	targets = append(targets, l.gained()...)

	all := make([]int32, len(s.rows))
	for i := range all {
		all[i] = int32(i)
	}
	if err := s.tighten(all, 200*len(all), nil); err != nil {
		f.Contradiction = true
		return f
	}
	ranges, err := a.solve(s, targets, k, l.kinship(rules), &f)
	if err != nil {
		f.Contradiction = true
		return f
	}
	for i, t := range targets {
		if t.kind == Narrow {
			f.Withheld++
		}
		if c, ok := claim(t, ranges[i].lo, ranges[i].hi, k); ok {
			f.Claims = append(f.Claims, c)
		}
	}
	slices.SortStableFunc(f.Claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Run, b.Run), cmp.Compare(a.Place, b.Place))
	})
	return f
}

// claim says what bounds of a target come to.
func claim(t target, lo, hi, k int64) (Claim, bool) {
	c := Claim{Kind: t.kind, Place: t.place, Stat: t.stat, Run: t.run, Lower: lo, Upper: hi, Reasons: t.reasons}
	few := lo >= 1 && hi < k
	switch t.kind {
	case Narrow:
		if lo == hi {
			c.Kind = Known
		}
		return c, hi-lo < k
	case Gained:
		return c, few || hi <= -1 && lo > -k
	}
	return c, few
}

// once returns the lines of all ledgers, each once, whatever artifact it is in.
func once(ledgers []Ledger) []Line {
	var out []Line
	seen := map[string]bool{}
	for _, g := range ledgers {
		for _, l := range g.Lines {
			key := fmt.Sprint(l.Run, l.At, l.Of, l.Stat, l.Value, l.Decimals, l.Status) // fmt sorts maps
			if !seen[key] {
				seen[key] = true
				out = append(out, l)
			}
		}
	}
	return out
}

func markers(lines []Line) []string {
	var out []string
	for _, l := range lines {
		if l.Status == Withheld && !slices.Contains(out, l.Marker) {
			out = append(out, l.Marker)
		}
	}
	slices.Sort(out)
	return out
}

// want is a box of a line, and what is to be found out of it.
type want struct {
	kind  Kind
	line  Line
	in    universe
	terms []term
}

// take opens the crosses of all lines, and returns what they say and what is to
// be found out.
func (d *dictionary) take(l *layout, lines []Line) ([]statement, []want) {
	var said []statement
	var wanted []want
	for _, line := range lines {
		if line.At == nil {
			continue // a figure of no place, such as a share of all answers
		}
		statements, err := d.says(line)
		if err != nil {
			d.ignored[err.Error()]++
			continue
		}
		r, err := d.read(line)
		if err != nil {
			d.ignored[err.Error()]++
			continue
		}
		l.need(r.in, box{})
		said = append(said, statements...)
		for _, s := range statements {
			for _, t := range s.terms {
				l.need(s.in, t.box)
			}
		}
		counts := line.Stat == "count" || line.Stat == "pct" || line.Stat == "wpct"
		if !counts || r.empty {
			continue
		}
		l.need(r.in, r.at)
		at := []term{{1, r.at}}
		if line.Status == Withheld {
			wanted = append(wanted, want{Narrow, line, r.in, at})
			continue
		}
		wanted = append(wanted, want{Few, line, r.in, at})
		if line.Of != nil && r.at.key() != r.of.key() && d.part(r.at, r.of) {
			l.need(r.in, r.of)
			wanted = append(wanted, want{Complement, line, r.in, []term{{1, r.of}, {-1, r.at}}})
		}
	}
	return said, wanted
}

// part says whether everybody in a box is in another.
func (d *dictionary) part(b, of box) bool {
	return !slices.ContainsFunc(of, func(o side) bool {
		return !slices.ContainsFunc(b, func(s side) bool {
			return s.v == o.v && s.s.within(o.s) || d.vars[s.v].parent == o.v && o.s.has(0)
		})
	})
}

// lay opens crosses until rules and triangles need no more, and numbers cells.
// Triangles are of pairs that lines make.
func (l *layout) lay(rules []rule) {
	l.flow()
	l.triangles()
	for l.changed = true; l.changed; {
		l.changed = false
		l.prepare(rules)
		l.flow()
	}
	l.number()
}

func populations(ledgers []Ledger) map[int]int64 {
	out := map[int]int64{}
	for _, l := range ledgers {
		for _, r := range l.Runs {
			if r.Respondents >= 0 && r.Respondents <= 1<<24 {
				out[r.Run] = int64(r.Respondents)
			}
		}
	}
	return out
}

// bound says how many respondents there are of each run. No cell has more.
func (l *layout) bound(s *system, population map[int]int64) {
	for u, grids := range l.grids {
		n, ok := population[u.run]
		if !ok || u.level != "" {
			continue
		}
		for _, g := range grids {
			for c := g.first; c < g.first+g.size; c++ {
				s.hi[c] = n
			}
			if len(g.cross) == 0 {
				s.lo[g.first] = n
			}
		}
	}
}

func (l *layout) sum(in universe, terms []term) map[int]int64 {
	sum := map[int]int64{}
	for _, t := range terms {
		cells, _ := l.cells(in, t.box)
		for _, c := range cells {
			sum[c] += t.times
		}
	}
	return sum
}

func (l *layout) assert(s *system, said []statement) {
	for _, x := range said {
		s.add(l.sum(x.in, x.terms), x.lo, x.hi)
	}
}

// earlier returns the grid of the same cross in the last run before that has it,
// and how many runs lie between.
func (l *layout) earlier(u universe, key string) (*grid, universe, int) {
	var out *grid
	var of universe
	steps := 0
	for _, w := range l.universes() {
		if w.level != u.level || w.run >= u.run {
			continue
		}
		steps++
		if g := l.grids[w][key]; g != nil {
			out, of, steps = g, w, 1
		}
	}
	return out, of, steps
}

// grown says that no cell lost more between two runs than there were edits.
func (l *layout) grown(s *system, lost int64) {
	for _, u := range l.universes() {
		for _, key := range l.keys(u) {
			if g, _, steps := l.earlier(u, key); g != nil {
				now := l.grids[u][key]
				for i := range now.size {
					s.add(map[int]int64{now.first + i: 1, g.first + i: -1}, -lost*int64(steps), unbounded)
				}
			}
		}
	}
}

func (l *layout) wanted(wanted []want) []target {
	out := make([]target, 0, len(wanted))
	for _, w := range wanted {
		t := target{kind: w.kind, place: w.line.Artifact + ": " + w.line.Key, stat: w.line.Stat, run: w.in.run, sum: l.sum(w.in, w.terms)}
		t.reasons = slices.ContainsFunc(w.terms[len(w.terms)-1].box, l.lacks)
		out = append(out, t)
	}
	return out
}

// lacks says whether a side is of reasons only.
func (l *layout) lacks(s side) bool { return s.s.and(l.d.vars[s.v].categories()).empty() }

// unshown returns the cells that are no line.
func (l *layout) unshown(wanted []want) []target {
	lines := map[string]bool{}
	id := func(u universe, b box) string { return fmt.Sprint(u.run, u.level, "\x00") + b.key() }
	for _, w := range wanted {
		if len(w.terms) == 1 {
			lines[id(w.in, w.terms[0].box)] = true
		}
	}
	var out []target
	for _, u := range l.universes() {
		for _, key := range l.keys(u) {
			l.grids[u][key].boxes(func(b box, cell int) {
				if len(b) == 0 || lines[id(u, b)] {
					return
				}
				t := target{kind: Unshown, place: l.place(b), run: u.run, sum: map[int]int64{cell: 1}}
				if slices.ContainsFunc(b, l.lacks) {
					t.kind, t.reasons = Unanswered, true
				}
				out = append(out, t)
			})
		}
	}
	return out
}

// gained returns by how much cells differ from those of the run before.
func (l *layout) gained() []target {
	var out []target
	for _, u := range l.universes() {
		for _, key := range l.keys(u) {
			before, _, _ := l.earlier(u, key)
			if before == nil {
				continue
			}
			now := l.grids[u][key]
			now.boxes(func(b box, cell int) {
				if len(b) > 0 {
					out = append(out, target{kind: Gained, place: l.place(b), run: u.run, reasons: slices.ContainsFunc(b, l.lacks),
						sum: map[int]int64{cell: 1, before.first + cell - now.first: -1}})
				}
			})
		}
	}
	return out
}

// place names a cell by its variables and the numbers of their states.
func (l *layout) place(b box) string {
	var sides []string
	for _, s := range b {
		var at []string
		for i := range l.d.vars[s.v].states {
			if s.s.has(i) {
				at = append(at, fmt.Sprint(i+1))
			}
		}
		sides = append(sides, strings.TrimPrefix(l.d.vars[s.v].name, "\x00")+" "+strings.Join(at, "+"))
	}
	return strings.Join(sides, " × ")
}
