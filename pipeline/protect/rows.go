package protect

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// layout is the rows of a table by groups: the domains that are open, and
// whether there is a last row for everybody else.
type layout struct {
	domains []int  // those that are open
	silent  []bool // by domain: its base is withheld too
	overlap bool
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
