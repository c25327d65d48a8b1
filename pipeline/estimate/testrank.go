package estimate

import (
	"cmp"
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The tests of equal distributions by ranks. The first four estimate the ranks
// that answers have in the population, and compare the means of a function of
// them under the design (Lumley and Scott 2013); the plan may name Wilcoxon or
// KruskalWallis for either. The others know nothing of weights and design.
const (
	Wilcoxon      = "wilcoxon"        // of two groups: the ranks themselves
	KruskalWallis = "kruskal-wallis"  // the same, of more than two
	VanDerWaerden = "van-der-waerden" // normal quantiles of the ranks
	MedianTest    = "median"          // who is above the middle
	MannWhitney   = "mann-whitney"    // Mann and Whitney (1947), of two groups
	Kruskal       = "kruskal"         // Kruskal and Wallis (1952)
)

// bindTestRank binds a test of equal distributions in the groups of a row.
func bindTestRank(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	plain := false
	switch r.Method {
	case "", Wilcoxon, KruskalWallis, VanDerWaerden, MedianTest:
	case MannWhitney, Kruskal:
		if plain = b.plainMethod(r); !plain {
			return nil, false
		}
	default:
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the test of ranks %q, which is not known.", r.Method),
			"Leave the method empty, or use wilcoxon, kruskal-wallis, van-der-waerden, median, mann-whitney or kruskal.")
	}
	q, ok := b.groupedQuantity(r, item)
	switch {
	case !ok:
		return nil, false
	case item.Type.HasChoices():
		return b.scoresByGroups(r, item), true
	case plain:
		return b.valuesByGroups(r, q), true
	}
	crossing := b.crossing(r.By)
	return ranksMaker(b.estimator(newRankTally(&rankItem{
		values: valueItem{of: q, crossing: crossing, domains: b.crossings[crossing].size, most: mostValues},
		method: r.Method, weighted: b.weighted(),
	}))), true
}

// ranksMaker makes the table of a test of the ranks of a number, from the
// estimator at a place.
type ranksMaker int

func (m ranksMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+int(m)].(*rankTally)
	of := &tally.of.values
	out := t.emptyTable(r, t.crossings[of.crossing], nil)
	if tally.values.held == nil {
		test := untested(cmp.Or(r.Method, KruskalWallis), Scattered)
		for d := range out.Domains {
			out.Domains[d].Base = tally.values.who.base(d)
			test.N += out.Domains[d].Base.Answered()
		}
		out.Tests = []table.Test{test}
		return out, []finding.Finding{tooManyValues(r.Item, of.most)}
	}
	out.Tests = []table.Test{t.equalRanks(r, t.numbersCompared(tally.scores, out.Domains))}
	if tally.scores.refused || tally.values.who.refused {
		return out, []finding.Finding{tooLarge(r.Item)}
	}
	return out, nil
}

// equalRanks tests whether groups have the same mean of rank scores.
func (t *Tally) equalRanks(r table.Row, c compared) table.Test {
	two, more := Wilcoxon, KruskalWallis
	if r.Method == VanDerWaerden || r.Method == MedianTest {
		two, more = r.Method, r.Method
	}
	out := t.equalMeans(r, c, two, more, "epsilon2")
	if out.EffectName == "difference" {
		out.EffectName = "rank_difference"
	}
	return out
}

// rankScores returns the score of each of some values, which increase, from
// their weights: with the rank of a value, as a part of all, its mid-rank
// (Σ w of those below + ½ Σ w of those who have it) / Σ w. Values without a
// weight have none.
func rankScores(weights []exact.Sum, method string) []float64 {
	var all, before exact.Sum // before is twice the weight below
	for _, w := range weights {
		all.Merge(w)
	}
	twice := all
	twice.Merge(all)
	out := make([]float64, len(weights))
	for i, w := range weights {
		if w.Zero() {
			continue
		}
		middle := before
		middle.Merge(w)
		before = middle
		before.Merge(w)
		switch rank := exact.DoubleOf(middle).Over(exact.DoubleOf(twice)).Float(); method {
		case MedianTest:
			if middle.Minus(all).Float64() > 0 {
				out[i] = 1
			}
		case VanDerWaerden:
			out[i] = dist.NormalQuantile(rank)
		default:
			out[i] = rank
		}
	}
	return out
}

// plainRanks tests the ranks of grouped numbers as if they were those of simple
// random samples.
func plainRanks(r table.Row, g hypothesis.Grouped) table.Test {
	all := hypothesis.CompareGroups(g)
	if r.Method == Kruskal {
		out := classical(r.Method, all.KruskalWallis, all.EpsilonSquared, "epsilon2")
		out.N = all.N
		return out
	}
	two := hypothesis.CompareTwo(g, r.Confidence())
	out := classical(r.Method, two.MannWhitney, two.CliffsDelta, "cliffs_delta")
	out.N = all.N
	if in := present(all.Groups); len(in) == 2 {
		out.Between = [2]int{in[0], in[1]}
	}
	return out
}
