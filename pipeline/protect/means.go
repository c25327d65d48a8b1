package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// protectMeans decides on a table of means by groups: open groups have theirs,
// but for those in which nearly all stand at one end of the scale, which a mean
// gives away. Such a group is closed, and others with it until this does not
// hold of those left over either.
func (f *family) protectMeans(t *table.Table) {
	closed := make([]bool, len(t.Domains))
	for {
		l := f.openRows(t, closed)
		if len(l.domains) == 0 {
			f.masks[t].whole = whySmall
			return
		}
		bad := slices.IndexFunc(l.domains, func(d int) bool {
			return f.telling(t.Cells[d][0].Value, float64(t.Domains[d].Base.Answered()))
		})
		if bad < 0 && !l.overlap && f.restTells(t, l) {
			bad = l.least(t)
		}
		if bad >= 0 {
			closed[l.domains[bad]] = true
			continue
		}
		for d := range t.Domains {
			if !slices.Contains(l.domains, d) {
				f.masks[t].closeRow(d, l.silent[d])
				f.masks[t].primary[d][0] = true
			}
			f.masks[t].figures[d][0] = f.masks[t].figures[d][0] || f.noMeans
		}
		return
	}
}

// restTells reports whether the mean of those in no open group, which follows
// from the mean of everybody, is one that gives answers away.
func (f *family) restTells(t *table.Table, l layout) bool {
	for _, all := range f.of(nil) {
		if all.Row.Analysis != table.Mean {
			continue
		}
		n := float64(all.Domains[0].Base.Answered())
		sum := all.Cells[0][0].Value * n
		for _, d := range l.domains {
			base := float64(t.Domains[d].Base.Answered())
			sum -= float64(t.Cells[d][0].Value * base)
			n -= base
		}
		return n >= 1 && f.telling(sum/n, n)
	}
	return false
}

// telling reports whether a mean of scores leaves room for fewer than k
// respondents away from one end of the scale.
func (f *family) telling(mean, base float64) bool {
	var scores []float64
	for _, c := range f.survey.Choices(f.item) {
		if c.Score != nil && c.Missing == survey.Answered {
			scores = append(scores, *c.Score)
		}
	}
	if f.item.Type != survey.SelectOne || len(scores) < 2 || math.IsNaN(mean) {
		return false
	}
	slices.Sort(scores)
	step := math.Inf(1)
	for i := 1; i < len(scores); i++ {
		if d := scores[i] - scores[i-1]; d > 0 {
			step = math.Min(step, d)
		}
	}
	least := f.k * step
	return (mean-scores[0])*base < least || (scores[len(scores)-1]-mean)*base < least
}
