package protect

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/protect/suppress"
)

// What readers lose by a withheld figure: the figures of everybody are dearest,
// and large counts dearer than small ones.
const (
	everybodyCost = 100
	baseCost      = 60
	netCost       = 8
	meanCost      = 25
	cellCost      = 10
)

// sums is the system of the counts of some families, and where each stands.
// Counts with the same coordinates are one cell, in whatever table they stand.
type sums struct {
	rule
	system *suppress.System
	at     map[string]int
	groups map[string]bool // coordinates of groups that counts stand in
}

func newSums(r rule) *sums {
	return &sums{rule: r, system: &suppress.System{}, at: map[string]int{}, groups: map[string]bool{}}
}

// put puts a cell in, or finds the one that is there. What one table withholds is
// withheld, and what one shows is shown.
func (b *sums) put(key string, c suppress.Cell) int {
	i, have := b.at[key]
	if !have {
		b.at[key] = b.system.Add(c)
		return b.at[key]
	}
	now := &b.system.Cells[i]
	stands := func(s suppress.State) int {
		switch s {
		case suppress.Hidden:
			return 3
		case suppress.Shown:
			return 2
		case suppress.Known:
			return 1
		}
		return 0
	}
	if stands(c.State) > stands(now.State) {
		now.State, now.Cost, now.Few = c.State, c.Cost, c.Few
	}
	now.Need = max(now.Need, c.Need)
	return i
}

// count puts in a count of respondents that is shown or withheld in a table.
func (b *sums) count(key string, n float64, hidden bool, cost float64) int {
	c := suppress.Cell{Count: n, State: suppress.Shown, Cost: cost + math.Sqrt(n), Need: b.k, Few: b.small(n)}
	if hidden {
		c.State = suppress.Hidden
	}
	return b.put(key, c)
}

// known puts in a count that is taken as known to everybody.
func (b *sums) known(key string, n float64) int {
	return b.put(key, suppress.Cell{Count: n, State: suppress.Known})
}

// free puts in a count that stands nowhere; guarded, if it may not be known to
// be few.
func (b *sums) free(key string, n float64, guarded bool) int {
	c := suppress.Cell{Count: n, State: suppress.Free}
	if guarded && b.small(n) {
		c.Need = b.k
	}
	return b.put(key, c)
}

// firm puts in how many did not choose what is withheld of those who did: it
// stands nowhere, but the mark is for it as well.
func (b *sums) firm(key string, n float64) int {
	c := suppress.Cell{Count: n, State: suppress.Free, Firm: true}
	if b.small(n) {
		c.Need = b.k
	}
	return b.put(key, c)
}

// within tells that a count is of those in a base. Where the base is known, that
// is all there is to say; else others makes the cell of those not counted.
func (b *sums) within(cell, base int, others func() int) {
	if b.system.Cells[base].State == suppress.Known {
		c := &b.system.Cells[cell]
		c.Most, c.Capped = b.n(base), true
		return
	}
	b.system.Sum(base, cell, others())
}

func (b *sums) n(cell int) float64 { return b.system.Cells[cell].Count }

func (b *sums) hidden(cell int) bool { return b.system.Cells[cell].State == suppress.Hidden }

func (b *sums) hide(cell int) {
	if c := &b.system.Cells[cell]; c.State == suppress.Shown {
		c.State = suppress.Hidden
	}
}

// fix takes what is shown as settled: it is not withheld for others any more.
func (b *sums) fix(cell int) {
	if c := &b.system.Cells[cell]; c.State == suppress.Shown {
		c.Cost = 0
	}
}
