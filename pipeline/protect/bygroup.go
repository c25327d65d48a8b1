package protect

import (
	"cmp"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// layout is the rows of a table by groups: the domains that are open, and
// whether there is a last row for everybody else.
type layout struct {
	domains []int  // those that are open
	silent  []bool // by domain: its base is withheld too
	overlap bool
}

// least returns which of the open domains has the smallest base, by its place.
func (l layout) least(t *table.Table) int {
	best := 0
	for row, d := range l.domains {
		if t.Domains[d].Base.Answered() < t.Domains[l.domains[best]].Base.Answered() {
			best = row
		}
	}
	return best
}

// openRows returns the domains of a table that may have figures at all: those of
// open groups with a base of 2k, as long as those left over are nobody or k.
func (f *family) openRows(t *table.Table, closed []bool) layout {
	g := f.groups[groupKey(t)]
	l := layout{overlap: g.overlap}
	bases, open := make([]float64, len(t.Domains)), make([]bool, len(t.Domains))
	rest := f.base
	for d, domain := range t.Domains {
		bases[d] = float64(domain.Base.Answered())
		open[d] = g.open[d] && !closed[d] && bases[d] >= 2*f.k && (domain.Base.Kish == 0 || domain.Base.Kish >= 4)
		if others := f.base - bases[d]; l.overlap && others > 0 && others < 2*f.k {
			open[d] = false // everybody but this group would be a figure on few
		}
		if open[d] {
			rest -= bases[d]
		}
	}
	for !l.overlap && f.thin(rest, bases, open) {
		d := smallest(open, bases)
		if d < 0 {
			break
		}
		open[d] = false
		rest += bases[d]
	}
	l.silent = f.silentBases(t, bases, open, g.silent, l.overlap)
	for d, o := range open {
		if o {
			l.domains = append(l.domains, d)
		}
	}
	return l
}

// thin reports whether those left over are so few that their figures, which
// follow by subtraction, say too much of them or of one closed group among them.
func (f *family) thin(rest float64, bases []float64, open []bool) bool {
	if rest > 0 && rest < f.k {
		return true
	}
	for d, n := range bases {
		if !open[d] && n > 0 && rest != n && rest-n < f.k {
			return true
		}
	}
	return false
}

// silentBases returns the domains whose bases are withheld: small ones, and as
// many of the least others as it takes for each small one to be anything up to
// k, or up to the size of its domain, which is known. An open domain whose base
// is withheld is closed.
func (f *family) silentBases(t *table.Table, bases []float64, open, hushed []bool, overlap bool) []bool {
	silent, sizes := make([]bool, len(bases)), make([]float64, len(bases))
	left := f.base  // of those who answered, in the domains whose bases are withheld or in none
	strays := f.all // respondents in no domain
	for d, n := range bases {
		sizes[d] = float64(t.Domains[d].Base.Total())
		strays -= sizes[d]
		if silent[d] = f.small(n) || hushed[d] && n > 0; !silent[d] {
			left -= n
		}
	}
	covered := func() bool {
		others := strays
		for d := range bases {
			if silent[d] {
				others += sizes[d]
			}
		}
		for d, n := range bases {
			if silent[d] && f.small(n) {
				least := math.Max(0, left-(others-sizes[d]))
				if math.Min(sizes[d], left)-least < math.Min(f.k, sizes[d]) {
					return false
				}
			}
		}
		return true
	}
	for !overlap && !covered() {
		best := -1
		for d, n := range bases {
			if silent[d] || n == 0 {
				continue
			}
			if best < 0 || open[best] && !open[d] || open[best] == open[d] && n < bases[best] {
				best = d
			}
		}
		if best < 0 {
			break
		}
		silent[best], open[best] = true, false
		left += bases[best]
	}
	return silent
}

// protectGroups decides on a table of shares, or of a net, by groups. Where a
// cell cannot be covered its row is closed, and the table is tried again.
func (f *family) protectGroups(t *table.Table) {
	m := f.masks[t]
	closed := make([]bool, len(t.Domains))
	for {
		l := f.openRows(t, closed)
		if len(l.domains) == 0 {
			m.whole = whySmall
			return
		}
		if l.overlap {
			f.protectOverlap(t, l)
			return
		}
		grids, columns := f.grids(t, l)
		bad := -1
		for i, g := range grids {
			g.hidePrimary()
			f.force(g, columns[i])
			if bad = g.cover(); bad >= 0 {
				break
			}
		}
		if bad < 0 {
			f.write(t, l, grids, columns)
			return
		}
		if bad == len(l.domains) { // those in no group: take the smallest group to them
			bad = l.least(t)
		}
		closed[l.domains[bad]] = true
	}
}

// columns are the answers that the columns of a grid stand for; "" is "any
// other answer".
type columns []string

// grids returns the grids of a table: one for an item of a single choice, one
// for each option of several or for a net.
func (f *family) grids(t *table.Table, l layout) ([]*grid, []columns) {
	if t.Row.Analysis == table.PropSelectOne {
		return []*grid{f.grid(t, l, f.margins(t), func(d, c int) float64 { return float64(t.Cells[d][c].Count) })}, []columns{t.Choices}
	}
	var grids []*grid
	var heads []columns
	margins := f.margins(t)
	for c, choice := range t.Choices {
		yes := margins[c]
		g := f.grid(t, l, []float64{yes, f.base - yes}, func(d, column int) float64 {
			n := float64(t.Cells[d][c].Count)
			if column == 1 {
				n = float64(t.Domains[d].Base.Answered()) - n
			}
			return n
		})
		if t.Row.Analysis == table.PropSelectMultiple {
			g.caps = f.caps(t, l, c, margins)
		}
		grids = append(grids, g)
		heads = append(heads, columns{choice, ""})
	}
	return grids, heads
}

// caps bounds how many in each row can have left an option out: whoever did has
// chosen another, as far as it is known that everybody chose at least one.
func (f *family) caps(t *table.Table, l layout, option int, margins []float64) [][]float64 {
	rest := 0.0
	for o, n := range margins {
		if o != option {
			rest += n
		}
	}
	var out [][]float64
	for _, d := range l.domains {
		others := 0.0
		for o, e := range t.Cells[d] {
			if o != option {
				others += float64(e.Count)
			}
		}
		rest -= others
		out = append(out, []float64{math.Inf(1), others})
	}
	return append(out, []float64{math.Inf(1), math.Max(rest, 0)})
}

// margins returns the counts of everybody for the figures of a table by groups:
// from the table of everybody where there is one, else what the groups come to.
func (f *family) margins(t *table.Table) []float64 {
	out := make([]float64, len(t.Choices))
	for _, all := range f.of(nil) {
		if all.Row.Analysis == t.Row.Analysis && slices.Equal(all.Row.Values, t.Row.Values) {
			for c := range out {
				out[c] = float64(all.Cells[0][c].Count)
			}
			return out
		}
	}
	if all := f.shares(nil); all != nil && f.single() && t.Row.Analysis == table.PropNet {
		for c, choice := range all.Choices {
			if slices.Contains(t.Row.Values, choice) {
				out[0] += float64(all.Cells[0][c].Count)
			}
		}
		return out
	}
	for d := range t.Domains {
		for c := range out {
			out[c] += float64(t.Cells[d][c].Count)
		}
	}
	return out
}

// grid sets up a grid from counts by domain and column. Its last row is
// everybody who is in no open group.
func (f *family) grid(t *table.Table, l layout, margins []float64, count func(d, column int) float64) *grid {
	rest := slices.Clone(margins)
	var counts [][]float64
	for _, d := range l.domains {
		row := make([]float64, len(margins))
		for c := range row {
			row[c] = count(d, c)
			rest[c] -= row[c]
		}
		counts = append(counts, row)
	}
	for c := range rest {
		rest[c] = math.Max(rest[c], 0)
	}
	free := make([]bool, len(l.domains)+1)
	free[len(l.domains)] = true
	return newGrid(f.rule, append(counts, rest), free)
}

// force withholds, for each withheld answer of everybody, the rows in which it
// changes places: what covers it there must be unknown here too.
func (f *family) force(g *grid, heads columns) {
	for _, p := range f.pairs {
		a, b := slices.Index(heads, p.a), slices.Index(heads, p.b)
		if a < 0 || b < 0 {
			continue
		}
		g.forceRows(a, b, b, p.up)
		g.forceRows(a, b, a, p.down)
	}
}

// forceRows withholds two columns in rows that hold so many in one of them:
// first where it costs nothing, then in the smallest row that has enough.
func (g *grid) forceRows(a, b, from int, amount float64) {
	order := make([]int, len(g.counts))
	for r := range order {
		order[r] = r
	}
	rank := func(r int) int {
		switch {
		case g.free[r], g.hidden[r][a] && g.hidden[r][b]:
			return 0
		case g.counts[r][from] >= amount:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(order, func(x, y int) int {
		size := cmp.Compare(g.counts[x][from], g.counts[y][from])
		if rank(x) == 2 {
			size = -size
		}
		return cmp.Or(cmp.Compare(rank(x), rank(y)), size)
	})
	for _, r := range order {
		if amount <= 0 {
			return
		}
		if g.counts[r][from] > 0 {
			g.hidden[r][a], g.hidden[r][b] = true, true
			amount -= g.counts[r][from]
		}
	}
}

// write takes the decisions of the grids into the mask of the table.
func (f *family) write(t *table.Table, l layout, grids []*grid, heads []columns) {
	m := f.masks[t]
	for d := range t.Domains {
		row := slices.Index(l.domains, d)
		if row < 0 {
			m.closeRow(d, l.silent[d])
			for c := range t.Choices {
				m.primary[d][c] = true
			}
			continue
		}
		base := float64(t.Domains[d].Base.Answered())
		for c := range t.Choices {
			g, column := grids[0], c
			if len(heads) > 1 || heads[0][len(heads[0])-1] == "" {
				g, column = grids[c], 0
			}
			m.figures[d][c] = g.hidden[row][column]
			m.primary[d][c] = f.primary(float64(t.Cells[d][c].Count), base)
		}
	}
}
