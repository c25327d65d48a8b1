package protect

import (
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/protect/suppress"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Why combinations of choices are withheld.
const (
	whySets = "With the choices that it combines, it would tell of few respondents."
	whyRole = "Which choices were made together is not told of items that are sensitive, or say who or where respondents are."
)

// mostSetCells is how many counts of sets in groups are looked at together. A
// table with more is withheld.
const mostSetCells = 700

// narrowed takes out of tables of combinations those that few respondents made:
// that a combination occurs at all says something of whoever made it. They are
// counted with all others, of which there must be nobody or k.
func narrowed(tables []*table.Table, k float64) []*table.Table {
	out := slices.Clone(tables)
	for i, t := range out {
		if t.Row.Analysis == table.PropCombination && combined(t) {
			out[i] = narrow(t, k)
		}
	}
	return out
}

// combined reports whether a table of combinations has everything that protection
// needs: the count of each set, and figures for those shown and for all others.
func combined(t *table.Table) bool {
	if t.Sets == nil || !shaped(t) || len(t.Row.By) > 0 || len(t.Choices) != len(t.Sets.Shown)+1 || t.Choices[len(t.Choices)-1] != table.OtherSets {
		return false
	}
	counts, all := map[table.Set]int64{}, int64(0)
	for _, c := range t.Sets.Counts {
		counts[c.Set] += c.N
		all += c.N
	}
	rest := all
	for c, set := range t.Sets.Shown {
		if set.Name(t.Sets.Choices) != t.Choices[c] || counts[set] != t.Cells[0][c].Count {
			return false
		}
		rest -= counts[set]
	}
	return all == t.Domains[0].Base.Answered() && rest == t.Cells[0][len(t.Sets.Shown)].Count
}

func narrow(t *table.Table, k float64) *table.Table {
	last := len(t.Sets.Shown)
	n, other := 0, t.Cells[0][last]
	for n < last && float64(t.Cells[0][n].Count) >= k {
		n++
	}
	take := func() {
		other = add(other, t.Cells[0][last-1])
		last--
	}
	for last > n {
		take()
	}
	for last > 0 && other.Count > 0 && float64(other.Count) < k {
		take()
	}
	out, sets := *t, *t.Sets
	sets.Shown = slices.Clone(t.Sets.Shown[:last])
	out.Sets = &sets
	out.Choices = append(slices.Clone(t.Choices[:last]), table.OtherSets)
	out.Cells = [][]table.Estimate{append(slices.Clone(t.Cells[0][:last]), other)}
	return &out
}

// add returns the share of two shares of the same respondents together.
func add(a, b table.Estimate) table.Estimate {
	a.Value, a.Count, a.Weighted = a.Value+b.Value, a.Count+b.Count, a.Weighted+b.Weighted
	return a
}

// combinations opens the shares of combinations of choices, all or none: where,
// with everything that is shown of the item, for everybody and by groups, every
// count that is withheld has the range that it needs, and no combination, in all
// or in a group, and no pair of choices is known to be made by few.
func (g *gate) combinations(t *table.Table, item *survey.Item, v *verdict) {
	f := g.families[t.Level+"\x00"+item.Name]
	switch {
	case item.Role != survey.Plain || slices.Contains(g.cfg.Country, item.Name) || slices.Contains(g.cfg.Identity, item.Name):
		v.whole = whyRole
	case !combined(t):
		v.whole = whyUnknown
	case !g.bare(t.Domains[0].Base) || len(t.Sets.Shown) < 2:
		v.whole = whySmall
	case f == nil || f.shares(nil) == nil || g.tied(t, f) || !g.namedSafely(t, f):
		v.whole = whyBeside
	case slices.ContainsFunc(f.tables, func(o *table.Table) bool {
		return g.masks[o].whole == whyChanged || g.masks[o].whole == whyWithdrawn
	}):
		v.whole = whyChanged
	case !g.setsKept(t, f):
		v.whole = whySets
	}
	if v.whole == "" {
		v.openRow(0)
	}
}

// tied reports whether the counts of an item say something of another one, so
// that what combinations tell would have to be followed there: it divides or
// explains other items, others are asked after its choices, or its choices are
// made of others.
func (g *gate) tied(t *table.Table, f *family) bool {
	for _, o := range g.all {
		if o.Level == t.Level && (slices.Contains(o.Row.By, f.item.Name) || slices.Contains(o.Row.With, f.item.Name)) {
			return true
		}
	}
	for _, other := range g.families {
		if other != f && united(g.cfg.Links.Unions, f, other) {
			return true
		}
	}
	return len(f.skips) > 0
}

// namedSafely reports whether all choices that are combined are shown for
// everybody: that they are the most frequent is told by naming them.
func (g *gate) namedSafely(t *table.Table, f *family) bool {
	shares := f.shares(nil)
	if g.masks[shares].base[0] {
		return false
	}
	return !slices.ContainsFunc(t.Sets.Choices, func(name string) bool {
		c := slices.Index(shares.Choices, name)
		return c < 0 || g.masks[shares].figures[0][c]
	})
}

// setsKept reports whether everything that is withheld of an item is still
// covered when combinations are shown. The counts of every set that was chosen,
// in every group, are put into the system of the item's counts. Worlds with other
// sets are left out of account, so that what is proved is less than what is true.
func (g *gate) setsKept(t *table.Table, of *family) bool {
	f := *of // it notes where its counts stand
	b := newSums(f.rule)
	f.enter(b)
	if !f.linked {
		return false
	}
	for _, o := range f.tables {
		for d := range f.bases[o] {
			if g.masks[o].base[d] {
				b.hide(f.bases[o][d])
			}
		}
	}
	s := &setSums{sums: b, f: &f, sets: t.Sets}
	if !s.everybody(t) {
		return false
	}
	var done [][]string
	for _, o := range f.tables {
		by := o.Row.By
		if len(by) == 0 || f.masks[o].whole != "" || slices.ContainsFunc(done, func(d []string) bool { return slices.Equal(d, by) }) {
			continue
		}
		done = append(done, by)
		if !s.groups(o) {
			return false
		}
	}
	for i := range b.system.Cells {
		b.system.Cells[i].Cost = 0 // all that is shown is settled
	}
	return b.system.Holds() && len(b.system.Cells) <= mostSetCells && len(b.system.Narrow()) == 0 && len(b.system.Determined()) == 0
}

// setSums puts counts of sets into the system of a family.
type setSums struct {
	*sums
	f     *family
	sets  *table.Sets
	total []int // cell of each set, as in sets.Counts
}

// everybody puts in how many chose each set, what they add up to, and pairs of
// choices.
func (s *setSums) everybody(t *table.Table) bool {
	most, least := s.k-1, int64(0)
	for _, e := range t.Cells[0][:len(s.sets.Shown)] {
		least = e.Count
	}
	for _, c := range s.sets.Counts { // whoever knows the rule knows that no other set has more
		if !slices.Contains(s.sets.Shown, c.Set) && float64(c.N) >= s.k {
			most = float64(least)
		}
	}
	for _, c := range s.sets.Counts {
		if slices.Contains(s.sets.Shown, c.Set) {
			s.total = append(s.total, s.system.Add(suppress.Cell{Count: float64(c.N), State: suppress.Known}))
			continue
		}
		cell := s.guarded(float64(c.N))
		s.system.Cells[cell].Most, s.system.Cells[cell].Capped = most, true
		s.total = append(s.total, cell)
	}
	if !s.counts("", s.total, s.f.of(nil)) {
		return false
	}
	for i := range s.sets.Choices {
		for j := range i {
			for _, yes := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}} {
				s.those(s.total, func(set table.Set) bool { return set.Has(i) == yes[0] && set.Has(j) == yes[1] })
			}
		}
	}
	for i := range s.sets.Choices { // among those whose combination is not shown
		for _, yes := range []bool{true, false} {
			s.those(s.total, func(set table.Set) bool { return set.Has(i) == yes && !slices.Contains(s.sets.Shown, set) })
		}
	}
	return true
}

// guarded puts in a count that stands nowhere and may not be known to be few.
func (s *setSums) guarded(n float64) int {
	c := suppress.Cell{Count: n, State: suppress.Free}
	if s.small(n) {
		c.Need = s.k
	}
	return s.system.Add(c)
}

// those puts in how many chose some of the sets, where these are few.
func (s *setSums) those(cells []int, in func(table.Set) bool) {
	n := 0.0
	var parts []int
	for i, cell := range cells {
		if in(s.sets.Counts[i].Set) {
			n += s.n(cell)
			parts = append(parts, cell)
		}
	}
	if s.small(n) && len(parts) > 1 {
		s.system.Sum(s.guarded(n), parts...)
	}
}

// counts tells what sets in a group add up to: who answered it, each choice and
// each net. It reports whether all of these are in the system.
func (s *setSums) counts(group string, cells []int, tables []*table.Table) bool {
	name := s.f.item.Name
	sum := func(answer string, in func(table.Set) bool) bool {
		whole, have := s.at[cross(point(name, answer), group)]
		if group == "" {
			whole, have = s.at[point(name, answer)]
		}
		var parts []int
		for i, cell := range cells {
			if in(s.sets.Counts[i].Set) {
				parts = append(parts, cell)
			}
		}
		if have {
			s.system.Sum(whole, parts...)
		}
		return have
	}
	whole := sum(anyAnswer, func(table.Set) bool { return true })
	for _, t := range tables {
		switch t.Row.Analysis {
		case table.PropSelectMultiple:
			for i, choice := range s.sets.Choices {
				whole = slices.Contains(t.Choices, choice) && sum(choice, func(set table.Set) bool { return set.Has(i) }) && whole
			}
			s.none(group, cells, t.Choices)
		case table.PropNet:
			var net table.Set
			for _, choice := range t.Row.Values {
				i := slices.Index(s.sets.Choices, choice)
				if i < 0 {
					return false
				}
				net |= 1 << i
			}
			whole = sum(netName(t), func(set table.Set) bool { return set&net != 0 }) && whole
		}
	}
	return whole
}

// none tells that whoever made none of the choices that are combined made one of
// the others.
func (s *setSums) none(group string, cells []int, choices []string) {
	var others []int
	n := 0.0
	for _, choice := range choices {
		if slices.Contains(s.sets.Choices, choice) {
			continue
		}
		at := point(s.f.item.Name, choice)
		if group != "" {
			at = cross(at, group)
		}
		cell, have := s.at[at]
		if !have {
			return
		}
		others, n = append(others, cell), n+s.n(cell)
	}
	for i, cell := range cells {
		if s.sets.Counts[i].Set == 0 && n >= s.n(cell) && len(others) > 0 {
			s.system.AtLeast(cell, others...)
		}
	}
}

// groups puts in how many chose each set in each group of a table, and in none.
func (s *setSums) groups(t *table.Table) bool {
	at := slices.IndexFunc(s.sets.Groups, func(g table.SetGroups) bool { return slices.Equal(g.By, t.Row.By) })
	if at < 0 || len(s.sets.Groups[at].Counts) != len(t.Domains) {
		return false
	}
	byDomain := make([]map[table.Set]int64, len(t.Domains))
	for d, counts := range s.sets.Groups[at].Counts {
		byDomain[d] = map[table.Set]int64{}
		for _, c := range counts {
			byDomain[d][c.Set] = c.N
		}
	}
	for _, sp := range s.f.splits(t) {
		left := map[table.Set]int64{}
		for _, c := range s.sets.Counts {
			left[c.Set] = c.N
		}
		within := make([][]int, len(s.sets.Counts)) // cells of each set
		for _, p := range sp.parts {
			n := maps.Clone(left)
			if p.domain >= 0 {
				n = byDomain[p.domain]
			}
			var cells []int
			all := int64(0)
			for i, c := range s.sets.Counts {
				if left[c.Set] -= n[c.Set]; left[c.Set] < 0 {
					return false
				}
				all += n[c.Set]
				cells = append(cells, s.guarded(float64(n[c.Set])))
				within[i] = append(within[i], cells[i])
			}
			if all == 0 && p.domain < 0 { // nobody is in no group, and everybody knows
				for _, cell := range cells {
					s.system.Cells[cell].State = suppress.Known
				}
			}
			if !s.counts(p.key, cells, s.f.of(sp.by)) {
				return false
			}
		}
		for i, cells := range within {
			s.system.Sum(s.total[i], cells...)
		}
	}
	return true
}
