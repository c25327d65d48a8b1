package protect

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// otherSets adds what a table of combinations tells with the choices of its item:
// how many of those whose combination is not shown made each choice, and did not.
func otherSets(out facts, t, choices *Told) {
	if t.Row.Analysis != table.PropCombination || len(t.Exact.Domains) != 1 || len(choices.Exact.Domains) != 1 {
		return
	}
	sets, of := t.Exact.Domains[0].Counts, choices.Exact.Domains[0].Counts
	base := int64(0)
	for _, n := range sets {
		base += n
	}
	for c, choice := range choices.Exact.Choices {
		if c >= len(of) {
			return
		}
		with, without := of[c], base-of[c]
		for s, name := range t.Exact.Choices {
			switch {
			case name == table.OtherSets || s >= len(sets):
			case slices.Contains(table.SetOf(name), choice):
				with -= sets[s]
			default:
				without -= sets[s]
			}
		}
		name := portion(subjectOf(t.Row), table.OtherSets)
		out[portion(choice, "yes")+" & "+name], out[portion(choice, "no")+" & "+name] = with, without
	}
}
