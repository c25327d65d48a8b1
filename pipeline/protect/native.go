package protect

import "github.com/soundings-survey/soundings/pipeline/table"

// Key returns the key of the figure, as the ledger has it: it names the figure
// and says nothing of its value.
func (n Number) Key() table.Key { return n.key }

// Value returns the figure as it is published, as a number for a cell that holds
// numbers: a share as a proportion. Decimals are those it is shown with, of a
// share those of its percentage. There is none of what is withheld, nor of a
// figure of which only a limit is told. The ledger has it as text: it is the
// number that Text writes.
func (p *Pen) Value(n Number) (v float64, decimals int, shown bool) {
	p.record(n, "text")
	if !n.published || n.below {
		return 0, 0, false
	}
	return n.value, n.decimals, true
}
