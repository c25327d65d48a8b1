package estimate

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The tests of two answers of the same respondents. MethodTwoMeans knows of weights
// and design, and is made without a method in the plan where there are any. The
// others know nothing of them: without a method PairedT is made of numbers,
// McNemar of a yes or no, SignedRank of scales, and StuartMaxwell of other choices.
const (
	PairedT             = "paired-t"              // Student (1908), of the mean difference
	SignedRank          = "signed-rank"           // Wilcoxon (1945), normal
	SignedRankCorrected = "signed-rank-corrected" // the same, with the correction for continuity
	SignedRankExact     = "signed-rank-exact"     // the same, by the distribution of the sum of ranks
	SignTest            = "sign"                  // exact test of how many rose and fell
	McNemar             = "mcnemar"               // McNemar (1947)
	McNemarCorrected    = "mcnemar-corrected"     // with the correction of Edwards (1948)
	McNemarExact        = "mcnemar-exact"         // binomial
	McNemarMidP         = "mcnemar-mid-p"         // Fagerland, Lydersen and Laake (2013)
	Bowker              = "bowker"                // Bowker (1948): as many go from one choice to another as come back
	StuartMaxwell       = "stuart-maxwell"        // Stuart (1955), Maxwell (1970): the same shares before and after
)

// bindTestPaired binds a test of an item with another of the same respondents.
func bindTestPaired(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if len(r.With) != 1 {
		return nil, b.refuse(r.Item, "plan-with", fmt.Sprintf("The plan asks for %s of the item %s with %d further items.", r.Analysis, r.Item, len(r.With)),
			"Name one further item: what was asked later. For more use test_repeated.")
	}
	switch r.Method {
	case "", MethodTwoMeans, PairedT, SignedRank, SignedRankCorrected, SignedRankExact, SignTest, McNemar, McNemarCorrected, McNemarExact, McNemarMidP, Bowker, StuartMaxwell:
	default:
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the paired test %q, which is not known.", r.Method),
			"Leave the method empty, or use t, paired-t, signed-rank, sign, mcnemar, bowker or stuart-maxwell.")
	}
	of, ok := b.again(r, item)
	if !ok {
		return nil, false
	}
	if r.Method == "" {
		r.Method = b.pairedMethod(of, item)
	}
	crossing := b.crossing(r.By)
	domains := b.crossings[crossing].size
	if r.Method == MethodTwoMeans {
		b.numbers = append(b.numbers, &numberItem{name: item.Name, crossing: crossing, domains: domains, weighted: b.weighted(), made: change(of.read[0], of.read[1])})
		return pairedMaker(len(b.numbers) - 1), true
	}
	if !b.plainMethod(r) {
		return nil, false
	}
	pairs := &pairItem{item: of.read[0], with: of.read[1:], crossing: crossing, domains: domains, most: mostPairs}
	return plainPairedMaker{estimator: b.estimator(newPairTally(pairs)), method: r.Method, steps: of.steps}, true
}

// pairedMethod returns the method where the plan names none.
func (b *binder) pairedMethod(of again, item *survey.Item) string {
	switch {
	case of.how == byChoices:
		return StuartMaxwell
	case !b.plain():
		return MethodTwoMeans
	case of.how == byHits:
		return McNemar
	case item.Type.Numeric():
		return PairedT
	}
	return SignedRank
}

// change reads what the second number has more than the first.
func change(first, second quantity) reading {
	return func(b *dataset.Batch) func(i int32) (float64, survey.Reason) {
		before, after := first.of(b), second.of(b)
		return func(i int32) (float64, survey.Reason) {
			x, reason := before(i)
			if reason != survey.Answered {
				return 0, reason
			}
			y, reason := after(i)
			return y - x, reason
		}
	}
}

// pairedMaker makes the table of tests of a mean difference, from the number
// tally at a place.
type pairedMaker int

func (m pairedMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.numbersAt+int(m)].(*numberTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	mean := output{row: r, number: true, tally: int(m)}
	mean.row.Analysis = table.Mean
	for d := range out.Domains {
		base, cells := t.meanOfNumbers(mean, d)
		out.Domains[d].Base = base
		test := meanDifference(cells[0])
		test.N, test.Between = base.Answered(), [2]int{d, d}
		out.Tests = append(out.Tests, test)
	}
	if tally.refused {
		return out, []finding.Finding{tooLarge(r.Item)}
	}
	return out, nil
}

// meanDifference tests whether a mean difference is 0, by t of it over its
// standard error under the design (R's svyttest of one sample). Of a simple
// random sample that all answered it is PairedT.
func meanDifference(e table.Estimate) table.Test {
	out := untested(MethodTwoMeans, e.Method)
	if math.IsNaN(e.Value) {
		return out
	}
	out.Effect, out.EffectName, out.SE, out.Lo, out.Hi = e.Value, "difference", e.SE, e.Lo, e.Hi
	if e.Method != MethodT {
		return out
	}
	if out.Why = ""; !(e.SE > float64(negligible*math.Abs(e.Value))) {
		out.Why = NoVariance
		return out
	}
	out.Statistic, out.NDF, out.DDF = e.Value/e.SE, 1, e.DF
	out.P = dist.StudentTwoSided(out.Statistic, out.DDF)
	out.Adjusted = out.P
	return out
}

// negligible is what rounding may leave of a standard error of 0, as a part of
// its figure.
const negligible = 1e-14
