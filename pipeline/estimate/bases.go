package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// bases counts, for each domain of a crossing, the missing answers to an item
// by reason. Those who answered are in the cells.
type bases [][survey.Reasons]int64

func (b bases) merge(o bases) {
	for d := range o {
		for r, n := range o[d] {
			b[d][r] += n
		}
	}
}

// base returns the base of a domain with those who answered, of whose weights
// the squares add up to a sum.
func (b bases) base(domain int, answered sampling.Mass, square exact.Sum) table.Base {
	out := table.Base{Reasons: b[domain], Weighted: answered.W.Float64(), Kish: kish(answered.W, square)}
	out.Reasons[survey.Answered] = answered.N
	return out
}

// kish returns the effective base, (Σw)²/Σw² (Kish 1965, §11.7): the number of
// equally weighted respondents that would be as precise. It is 0 without weights.
func kish(sum, square exact.Sum) float64 {
	if square.Zero() {
		return 0
	}
	return exact.DoubleOf(sum).Squared().Over(exact.DoubleOf(square)).Float()
}
