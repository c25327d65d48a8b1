package estimate

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The ways of comparing the columns of a banner table.
const (
	CompareDesign    = "design"         // Student's t of the difference, with its standard error under the design
	CompareEffective = "effective-base" // z of two proportions, on effective bases
)

// compareMaker makes the table of comparisons: each group with each other,
// choice by choice; of numbers and scales by their means.
type compareMaker struct {
	choices independenceMaker
	number  int // among the number tallies; none for choices
}

// bindCompare binds the comparisons of groups.
func bindCompare(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	switch r.Method {
	case "", CompareDesign, CompareEffective:
	default:
		return nil, b.refuse(r.Item, "plan-method", fmt.Sprintf("The plan asks for the comparison %q, which is not known.", r.Method), "Use design or effective-base.")
	}
	if _, err := hypothesis.Adjust(nil, adjustment(r.Adjust)); err != nil {
		return nil, b.refuse(r.Item, "plan-adjust", fmt.Sprintf("The plan asks for the adjustment %q, which is not known.", r.Adjust), "Use holm, bonferroni or bh, or none.")
	}
	if !b.groupsApart(r) {
		return nil, false
	}
	switch {
	case item.Type.HasChoices():
		return compareMaker{choices: b.choicesByGroups(r, item), number: int(none)}, true
	case item.Type.Numeric():
		return compareMaker{number: b.numberTally(item, b.crossing(r.By))}, true
	}
	return nil, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, which does not fit its type %s.", r.Analysis, item.Name, item.Type),
		"Compare items with choices, or numbers.")
}

// adjustment returns the adjustment that a plan names, "none" where it names none.
func adjustment(name string) hypothesis.Adjustment {
	if name == "" {
		return hypothesis.Unadjusted
	}
	return hypothesis.Adjustment(name)
}

func (m compareMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	if m.number != int(none) {
		return t.compareNumbers(r, t.estimators[t.numbersAt+m.number].(*numberTally)), nil
	}
	tally := t.estimators[m.choices.tally].(*choiceTally)
	out := t.testTable(r, tally)
	for i, column := range m.choices.columns {
		j := t.joint(tally, []int32{column}, true)
		t.compare(out, m.choices.names[i], sharesCompared(t, j, out.Domains))
	}
	return out, nil
}

// compared are the figures of the groups of a table that are compared.
type compared struct {
	value     []float64 // of each domain; NaN where there is none
	n         []int64
	effective []float64 // Kish's base
	variance  []float64 // of numbers in each domain
	weight    []float64 // Σw of each domain; of means alone
	spread    []float64 // Σw(y-m)²; of means alone
	share     bool
	df        int64
	change    func() ([][]float64, string) // covariances of the values; their reason where there are none
}

// newCompared returns room for the means of some domains.
func newCompared(domains int) compared {
	room := func() []float64 { return make([]float64, domains) }
	return compared{value: room(), n: make([]int64, domains), effective: room(), variance: room(), weight: room(), spread: room()}
}

// sharesCompared are the shares of a choice in each domain, where a joint table
// holds those who made it and those who did not.
func sharesCompared(t *Tally, j *joint, domains []table.Domain) compared {
	c := compared{share: true, df: j.df, value: make([]float64, j.domains), n: make([]int64, j.domains)}
	change := make([][]float64, j.domains)
	for d := range j.domains {
		made, not := 2*d, 2*d+1
		base := j.total[made]
		base.Merge(j.total[not])
		w := base.Float64()
		c.effective = append(c.effective, domains[d].Base.Kish)
		c.value[d], c.n[d] = j.cell[made]/w, j.n[made]+j.n[not]
		if w == 0 {
			c.value[d] = math.NaN()
		}
		change[d] = make([]float64, len(j.cell))
		if w > 0 {
			change[d][made], change[d][not] = (1-c.value[d])/w, -c.value[d]/w
		}
	}
	c.change = func() ([][]float64, string) {
		if j.bad != "" {
			return nil, j.bad
		}
		return j.covariance(t, change, func(cell []float64) []float64 {
			out := make([]float64, j.domains)
			for d := range out {
				out[d] = cell[2*d] / (cell[2*d] + cell[2*d+1])
			}
			return out
		})
	}
	return c
}

// compare appends a test for each pair of domains, adjusted within the choice.
func (t *Tally) compare(out *table.Table, choice string, c compared) {
	method := out.Row.Method
	if method == "" {
		method = CompareDesign
	}
	var v [][]float64
	var why string
	if method == CompareDesign {
		v, why = c.change()
	}
	first := len(out.Tests)
	for a := range c.value {
		for b := a + 1; b < len(c.value); b++ {
			test := untested(method, why)
			test.Choice, test.Between, test.Pair = choice, [2]int{a, b}, true
			test.N, test.EffectName = c.n[a]+c.n[b], "difference"
			test.Effect = c.value[a] - c.value[b]
			switch {
			case math.IsNaN(test.Effect):
				test.Why = NoBase
			case method == CompareEffective:
				c.effectively(&test)
			case why == "":
				c.byDesign(&test, v, t.quantile(out.Row.Confidence(), float64(c.df)))
			}
			out.Tests = append(out.Tests, test)
		}
	}
	adjustTests(out.Tests[first:], out.Row.Adjust)
}

// byDesign compares two groups by Student's t.
func (c compared) byDesign(test *table.Test, v [][]float64, q float64) {
	a, b := test.Between[0], test.Between[1]
	if c.df <= 0 {
		test.Why = NoFreedom
		return
	}
	variance := v[a][a] + v[b][b] - float64(2*v[a][b])
	if !(variance > 0) {
		test.Why = NoVariance
		return
	}
	test.SE = math.Sqrt(variance)
	test.Statistic, test.NDF, test.DDF = test.Effect/test.SE, 1, float64(c.df)
	test.P = dist.StudentTwoSided(test.Statistic, test.DDF)
	test.Adjusted = test.P
	test.Lo, test.Hi = test.Effect-float64(q*test.SE), test.Effect+float64(q*test.SE)
}

// effectively compares two groups by z, on effective bases: of shares with the
// variance of the share that both have together (Kish 1965, §11.7, for the
// base), of means with that of each.
func (c compared) effectively(test *table.Test) {
	a, b := test.Between[0], test.Between[1]
	na, nb := c.effective[a], c.effective[b]
	var variance float64
	if c.share {
		p := (float64(na*c.value[a]) + float64(nb*c.value[b])) / (na + nb)
		variance = float64(p * (1 - p) * (1/na + 1/nb))
	} else {
		variance = c.variance[a]/na + c.variance[b]/nb
	}
	if !(variance > 0) {
		test.Why = NoVariance
		return
	}
	test.SE = math.Sqrt(variance)
	test.Statistic, test.NDF, test.DDF = test.Effect/test.SE, 1, math.Inf(1)
	test.P = dist.NormalTwoSided(test.Statistic)
	test.Adjusted = test.P
}

// adjustTests adjusts tests that belong together; those without p stay out.
func adjustTests(tests []table.Test, how string) {
	p := make([]float64, len(tests))
	for i := range tests {
		p[i] = tests[i].P
	}
	adjusted, err := hypothesis.Adjust(p, adjustment(how))
	if err != nil {
		return // the binder has refused it
	}
	for i := range tests {
		tests[i].Adjusted, tests[i].Adjust = adjusted[i], how
	}
}
