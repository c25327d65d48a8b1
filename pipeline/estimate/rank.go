package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// rankItem says which ranks a rankTally compares.
type rankItem struct {
	values   valueItem
	method   string
	weighted bool
}

// rankTally holds the rank scores of a number in two passes: the first finds
// how the numbers are distributed, the second adds up the scores of their ranks
// in the groups.
type rankTally struct {
	of     *rankItem
	pass   int
	values *valueTally
	item   *numberItem // of the scores, once the ranks are known
	scores *numberTally
}

func newRankTally(of *rankItem) *rankTally {
	return &rankTally{of: of, values: newValueTally(&of.values)}
}

func (t *rankTally) passes() int { return 2 }

func (t *rankTally) fresh(pass int) estimator {
	if pass == 0 {
		return newRankTally(t.of)
	}
	out := *t
	out.pass, out.scores = pass, newNumberTally(t.item)
	return &out
}

func (t *rankTally) add(v *view) {
	if t.pass == 0 {
		t.values.add(v)
	} else {
		t.scores.add(v)
	}
}

func (t *rankTally) merge(other estimator, groups []int32) {
	if o := other.(*rankTally); t.pass == 0 {
		t.values.merge(o.values, groups)
	} else {
		t.scores.merge(o.scores, groups)
	}
}

// settle turns numbers into the scores of their ranks. Replicates of a sample
// keep the ranks that the sample has.
func (t *rankTally) settle(pass int) {
	if pass > 0 {
		return
	}
	numbers, weights := t.values.distribution()
	score := make(map[float64]float64, len(numbers))
	for i, s := range rankScores(weights, t.of.method) {
		score[numbers[i]] = s
	}
	of := t.of.values
	t.item = &numberItem{
		name: of.of.item, crossing: of.crossing, domains: of.domains, weighted: t.of.weighted,
		made: func(b *dataset.Batch) func(i int32) (float64, survey.Reason) {
			read := of.of.of(b)
			return func(i int32) (float64, survey.Reason) {
				y, reason := read(i)
				return score[y], reason
			}
		},
	}
}
