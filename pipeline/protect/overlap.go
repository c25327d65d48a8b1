package protect

import "github.com/soundings-survey/soundings/pipeline/table"

// protectOverlap decides on a table by groups that overlap, as those of an item
// of several choices do. Each group and everybody else are two parts of the
// whole, so a figure of one gives that of the other; and the groups bound each
// other in ways that no sum shows. So an answer that must be withheld in one
// group is withheld in all, and of an item of a single choice a second answer
// with it.
func (f *family) protectOverlap(t *table.Table, l layout) {
	m := f.masks[t]
	margins := f.margins(t)
	hidden := make([]bool, len(t.Choices))
	for _, p := range f.pairs {
		for c, choice := range t.Choices {
			hidden[c] = hidden[c] || choice != "" && (choice == p.a || choice == p.b)
		}
	}
	for _, d := range l.domains {
		base := float64(t.Domains[d].Base.Answered())
		for c := range t.Choices {
			n := float64(t.Cells[d][c].Count)
			if f.primary(n, base) || f.base > base && (f.small(margins[c]-n) || f.small(f.base-base-margins[c]+n)) {
				hidden[c], m.primary[d][c] = true, true
			}
		}
	}
	if t.Row.Analysis == table.PropSelectOne {
		for f.thinRow(t, l, hidden) && hideOne(hidden, margins) {
		}
	}
	for d := range t.Domains {
		m.closeRow(d, l.silent[d])
	}
	for _, d := range l.domains {
		m.base[d] = false
		copy(m.figures[d], hidden)
	}
}

// thinRow reports whether in some group the withheld answers, whose sum is
// known, come to so few together that each is known too well.
func (f *family) thinRow(t *table.Table, l layout, hidden []bool) bool {
	for _, d := range l.domains {
		sum, n := 0.0, 0
		for c, h := range hidden {
			if h {
				sum += float64(t.Cells[d][c].Count)
				n++
			}
		}
		if n == 1 || n > 0 && sum < f.k {
			return true
		}
	}
	return false
}

// hideOne withholds the least of the columns that are not; false when all are.
func hideOne(hidden []bool, margins []float64) bool {
	least := -1
	for c, h := range hidden {
		if !h && (least < 0 || margins[c] < margins[least]) {
			least = c
		}
	}
	if least < 0 {
		return false
	}
	hidden[least] = true
	return true
}
