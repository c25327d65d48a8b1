package estimate

import (
	"cmp"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// scoresMaker makes the table of a test of the scores of a scale, or of their
// ranks, by groups. Equal scores are one step.
type scoresMaker struct {
	tally  int       // among the choice tallies
	codes  []int32   // choices with scores, by score
	step   []int     // of each of them
	scores []float64 // of each step, increasing
}

// scoresByGroups binds the scores of a scale by the groups of a row.
func (b *binder) scoresByGroups(r table.Row, item *survey.Item) scoresMaker {
	choices := b.survey.Choices(item)
	m := scoresMaker{tally: b.choiceTally(item, b.crossing(r.By))}
	steps, scores := byScore(scores(choices))
	for i, codes := range steps {
		m.scores = append(m.scores, scores[i].Float())
		for _, code := range codes {
			m.codes, m.step = append(m.codes, code), append(m.step, i)
		}
	}
	if slices.ContainsFunc(choices, func(c survey.Choice) bool { return c.Score == nil && c.Missing == survey.Answered }) {
		b.full[m.tally] = true
	}
	return m
}

func (m scoresMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[m.tally].(*choiceTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	for d := range out.Domains {
		_, out.Domains[d].Base = t.scoredBase(tally, d, m.codes)
	}
	out.Tests = []table.Test{m.test(t, r, t.joint(tally, m.codes, false))}
	if tally.refused {
		return out, []finding.Finding{tooLarge(r.Item)}
	}
	return out, nil
}

func (m scoresMaker) test(t *Tally, r table.Row, j *joint) table.Test {
	switch r.Method {
	case Welch, ANOVA, MannWhitney, Kruskal:
		return plainGroups(r, m.grouped(j))
	}
	if j.bad != "" {
		name := MethodWald
		if r.Analysis == table.TestRank {
			name = KruskalWallis
		}
		return untested(cmp.Or(r.Method, name), j.bad)
	}
	if r.Analysis == table.TestMean {
		return t.equalMeans(r, m.compared(t, j, m.scores), MethodTwoMeans, MethodWald, "eta2")
	}
	weights := make([]exact.Sum, len(m.scores))
	for i, w := range j.total {
		weights[m.step[i%j.choices]].Merge(w)
	}
	return t.equalRanks(r, m.compared(t, j, rankScores(weights, r.Method)))
}

// grouped returns how many of each group are on each step.
func (m scoresMaker) grouped(j *joint) hypothesis.Grouped {
	var all []hypothesis.Tally
	for i, n := range j.n {
		all = append(all, hypothesis.Tally{Value: m.scores[m.step[i%j.choices]], Group: i / j.choices, N: n})
	}
	return hypothesis.NewGrouped(j.domains, all)
}

// compared are the means of the groups of a scale whose steps have some scores.
func (m scoresMaker) compared(t *Tally, j *joint, scores []float64) compared {
	c := newCompared(j.domains)
	change := make([][]float64, j.domains)
	for d := range j.domains {
		in := j.cell[d*j.choices:][:j.choices]
		for k, w := range in {
			c.n[d] += j.n[d*j.choices+k]
			c.weight[d] += w
		}
		c.value[d] = m.mean(in, scores)
		change[d] = make([]float64, len(j.cell))
		if !(c.weight[d] > 0) {
			continue
		}
		for k, w := range in {
			x := scores[m.step[k]] - c.value[d]
			c.spread[d] += float64(w * float64(x*x))
			change[d][d*j.choices+k] = x / c.weight[d]
		}
	}
	c.df = j.df
	c.change = func() ([][]float64, string) {
		return j.covariance(t, change, func(cell []float64) []float64 {
			out := make([]float64, j.domains)
			for d := range out {
				out[d] = m.mean(cell[d*j.choices:][:j.choices], scores)
			}
			return out
		})
	}
	return c
}

// mean returns the mean of scores by the weights of a group, NaN without any.
func (m scoresMaker) mean(cell, scores []float64) float64 {
	var weight, sum float64
	for k, w := range cell {
		weight += w
		sum += float64(w * scores[m.step[k]])
	}
	if !(weight > 0) {
		return math.NaN()
	}
	return sum / weight
}
