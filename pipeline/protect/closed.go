package protect

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// closed returns the groups that have no figures of an item: those with fewer
// than 2k who answered, or whose weight is that of few, or whose size is
// withheld; and those in which nearly all stand at one end of a scale, which a
// mean gives away. All tables of the item by the same groups agree on it.
func (f *family) closed(by []string) []bool {
	key := strings.Join(by, "\x00")
	if out, have := f.shut[key]; have {
		return out
	}
	of := f.of(by)
	g := f.groups[groupKey(of[0])]
	out := make([]bool, len(of[0].Domains))
	for _, t := range of {
		for d, domain := range t.Domains {
			base := float64(domain.Base.Answered())
			others := f.marginBase - base
			out[d] = out[d] || base < 2*f.k || domain.Base.Kish > 0 && domain.Base.Kish < leastKish || g.silent[d] ||
				g.overlap && others > 0 && others < 2*f.k || f.tellsSkip(domain, g.overlap) ||
				t.Row.Analysis == table.Mean && f.telling(t.Cells[d][0].Value, base)
		}
	}
	for _, t := range of {
		for t.Row.Analysis == table.Mean && !g.overlap && f.restTells(t, out) {
			if !closeLeast(t, out) {
				break
			}
		}
	}
	f.shut[key] = out
	return out
}

// tellsSkip reports whether a base tells how many few were not asked an item,
// and so what they answered to the item that it hangs on: when they are few, and
// some of them for sure, as far as the whole of those without an answer tells. Of
// a group that overlaps with others, so does the base of everybody else.
func (f *family) tellsSkip(d table.Domain, overlap bool) bool {
	without := float64(d.Base.Total() - d.Base.Answered())
	others := f.all - f.base - without
	return f.follows && (f.small(without) && without > f.without || overlap && f.small(others) && others > f.without)
}

// closeLeast closes the smallest open group; false when there is none.
func closeLeast(t *table.Table, closed []bool) bool {
	least := -1
	for d, domain := range t.Domains {
		if !closed[d] && (least < 0 || domain.Base.Answered() < t.Domains[least].Base.Answered()) {
			least = d
		}
	}
	if least < 0 {
		return false
	}
	closed[least] = true
	return true
}

// closeBases closes groups whose bases were withheld for cover: a share beside
// its count would give them back. It reports whether there were any.
func (f *family) closeBases(b *sums) bool {
	found := false
	for t, bases := range f.bases {
		closed := f.closed(t.Row.By)
		for d, cell := range bases {
			if b.hidden(cell) && !closed[d] {
				closed[d], found = true, true
			}
		}
	}
	if !found {
		return false
	}
	for t, rows := range f.figures {
		if len(t.Row.By) == 0 {
			continue
		}
		for d, closed := range f.closed(t.Row.By) {
			if closed {
				for _, cell := range rows[d] {
					if cell >= 0 {
						b.hide(cell)
					}
				}
			}
		}
	}
	return true
}

// restTells reports whether the mean of those in no open group, which follows
// from the mean of everybody, is one that gives answers away.
func (f *family) restTells(t *table.Table, closed []bool) bool {
	i := slices.IndexFunc(f.of(nil), func(t *table.Table) bool { return t.Row.Analysis == table.Mean })
	if i < 0 {
		return false
	}
	all := f.of(nil)[i]
	n := float64(all.Domains[0].Base.Answered())
	sum := all.Cells[0][0].Value * n
	for d, domain := range t.Domains {
		if !closed[d] {
			base := float64(domain.Base.Answered())
			sum -= t.Cells[d][0].Value * base
			n -= base
		}
	}
	return n >= 1 && f.telling(sum/n, n)
}
