package estimate

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The tests of equal means. Without a method in the plan the design decides:
// MethodTwoMeans for two groups, MethodWald for more.
const (
	MethodTwoMeans = "t"     // Student's t of the difference, with its standard error under the design
	Welch          = "welch" // Welch (1947, 1951): variances may differ; knows nothing of weights and design
	ANOVA          = "anova" // Fisher (1925), one-way; knows nothing of weights and design
)

// bindTestMean binds a test of equal means in the groups of a row.
func bindTestMean(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	switch r.Method {
	case "":
	case Welch, ANOVA:
		if !b.plainMethod(r) {
			return nil, false
		}
	default:
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the test of means %q, which is not known.", r.Method),
			"Leave the method empty, or use welch or anova.")
	}
	q, ok := b.groupedQuantity(r, item)
	switch {
	case !ok:
		return nil, false
	case item.Type.HasChoices():
		return b.scoresByGroups(r, item), true
	case r.Method != "":
		return b.valuesByGroups(r, q), true
	}
	return meansMaker(b.numberTally(item, b.crossing(r.By))), true
}

// groupedQuantity binds the item of a test of groups as a number.
func (b *binder) groupedQuantity(r table.Row, item *survey.Item) (quantity, bool) {
	q, ok := b.quantity(item)
	if !ok {
		return q, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, which does not fit its type %s.", r.Analysis, r.Item, item.Type),
			"Name an item with numbers, or with choices that have scores; for other choices use test_independence.")
	}
	return q, b.groupsApart(r)
}

// meansMaker makes the table of a test of the means of a number, from the
// number tally at a place.
type meansMaker int

func (m meansMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.numbersAt+int(m)].(*numberTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	c := t.numbersCompared(tally, out.Domains)
	out.Tests = []table.Test{t.equalMeans(r, c, MethodTwoMeans, MethodWald, "eta2")}
	if tally.refused {
		return out, []finding.Finding{tooLarge(r.Item)}
	}
	return out, nil
}

// plainMeans tests the means of grouped numbers as if they were those of simple
// random samples.
func plainMeans(r table.Row, g hypothesis.Grouped) table.Test {
	all := hypothesis.CompareGroups(g)
	if in := present(all.Groups); r.Method == Welch && len(in) == 2 {
		two := hypothesis.CompareTwo(g, r.Confidence())
		out := student(classical(r.Method, two.Welch, two.Difference, "difference"), two.Welch.DF)
		out.N, out.Between = all.N, [2]int{in[0], in[1]}
		out.Lo, out.Hi = two.WelchInterval.Lo, two.WelchInterval.Hi
		return out
	}
	result := all.ANOVA
	if r.Method == Welch {
		result = all.Welch
	}
	out := classical(r.Method, result, all.EtaSquared, "eta2")
	out.N = all.N
	return out
}

// present returns the groups that have answers.
func present(groups []hypothesis.Group) (out []int) {
	for d, g := range groups {
		if g.N > 0 {
			out = append(out, d)
		}
	}
	return out
}
