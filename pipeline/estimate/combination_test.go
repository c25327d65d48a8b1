package estimate

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/table"
)

func combinationPlan() table.Plan {
	return table.Plan{Rows: []table.Row{
		{Analysis: table.PropSelectMultiple, Item: "many"}, {Analysis: table.PropCombination, Item: "many"},
		{Analysis: table.PropSelectMultiple, Item: "many", By: []string{"place"}},
	}}
}

// TestCombinationsAddUpToChoices holds the sets of choices against the shares of
// each choice, for everybody and by groups, whatever the order of the answers and
// however many count them.
func TestCombinationsAddUpToChoices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := replies().Draw(t, "replies")
		s := sampleSurvey(t, formOrder, false)
		got := run(t, sample(t, s, all, 16, 1), combinationPlan(), Config{}, 1)
		mixed := slices.Clone(all)
		slices.Reverse(mixed)
		other := run(t, sample(t, s, mixed, 3, 1), combinationPlan(), Config{}, 4)
		of, sets, by := got[0], got[1], got[2]
		again := other[1].Sets
		if !slices.Equal(sets.Sets.Counts, again.Counts) || !slices.Equal(sets.Choices, other[1].Choices) {
			t.Fatalf("%v and %v in another order", sets.Sets, again)
		}
		var n int64
		sum := 0.0
		for _, e := range sets.Cells[0] {
			n, sum = n+e.Count, sum+e.Value
		}
		if n != of.Domains[0].Base.Answered() || of.Domains[0].Base.Weighted > 0 && math.Abs(sum-1) > 1e-12 {
			t.Fatalf("combinations of %d respondents, and shares that add up to %v", n, sum)
		}
		made := func(counts []table.SetCount, choice string) (n int64) {
			for _, c := range counts {
				if c.Set.Has(slices.Index(sets.Sets.Choices, choice)) {
					n += c.N
				}
			}
			return n
		}
		for c, choice := range of.Choices {
			if of.Cells[0][c].Count != made(sets.Sets.Counts, choice) {
				t.Fatalf("%s: %d in its combinations, %d in all", choice, made(sets.Sets.Counts, choice), of.Cells[0][c].Count)
			}
			for d := range by.Domains {
				if by.Cells[d][c].Count != made(sets.Sets.Groups[0].Counts[d], choice) {
					t.Fatalf("%s in %v does not add up", choice, by.Domains[d].Values)
				}
			}
		}
	})
}
