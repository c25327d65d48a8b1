package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// rankFirst opens the shares placing each choice first, all or none: in every
// domain that has respondents, and among those in none, each choice must be
// placed first, and not first, by k of them. Then there is nothing to cover.
func (g *gate) rankFirst(t *table.Table, item *survey.Item, v *verdict) {
	safe := func(n, base float64) bool { return n >= g.k && base-n >= g.k }
	open := g.openRows(t)
	bases, firsts := 0.0, make([]float64, len(t.Choices))
	for d, domain := range t.Domains {
		base := float64(domain.Base.Answered())
		bases += base
		for c, e := range t.Cells[d] {
			firsts[c] += float64(e.Count)
			if base > 0 && (!open[d] || !safe(float64(e.Count), base)) {
				v.whole = whySmall
				return
			}
		}
	}
	if all := g.forAll(t); len(t.Row.By) > 0 && all != nil {
		left := float64(all.Domains[0].Base.Answered()) - bases
		for c, e := range all.Cells[0] {
			if c >= len(firsts) || left != 0 && !safe(float64(e.Count)-firsts[c], left) {
				v.whole = whySmall
				return
			}
		}
	}
	g.openAnswered(t, v)
}

// rankMean opens the mean places of a ranking, all or none: every choice must
// be placed by 2k respondents and leave room for k of them away from either end,
// in every domain and among those in none. Where it is withheld who was placed
// first, or at all, it is withheld too.
func (g *gate) rankMean(t *table.Table, item *survey.Item, v *verdict) {
	last := 0.0
	for _, c := range g.survey.Choices(item) {
		if c.Missing == survey.Answered {
			last++
		}
	}
	safe := func(sum, n float64) bool {
		return n >= 2*g.k && sum-n >= g.k && float64(last*n)-sum >= g.k
	}
	if !g.clean(t.Level, t.Row.Item, t.Row.By) || g.firstWithheld(t) {
		v.whole = whyBeside
		return
	}
	open := g.openRows(t)
	placed, sums := make([]float64, len(t.Choices)), make([]float64, len(t.Choices))
	for d, domain := range t.Domains {
		for c, e := range t.Cells[d] {
			n := float64(e.Count)
			sum := float64(e.Value * n)
			if domain.Base.Answered() == 0 {
				continue
			}
			placed[c], sums[c] = placed[c]+n, sums[c]+sum
			if !open[d] || math.IsNaN(sum) || !safe(sum, n) {
				v.whole = whySmall
				return
			}
		}
	}
	if all := g.forAll(t); len(t.Row.By) > 0 && all != nil {
		for c, e := range all.Cells[0] {
			n := float64(e.Count)
			if c >= len(placed) || n != placed[c] && !safe(float64(e.Value*n)-sums[c], n-placed[c]) {
				v.whole = whySmall
				return
			}
		}
	}
	g.openAnswered(t, v)
}

// firstWithheld reports whether the release has the shares placing each choice
// first by the same groups, and withholds them.
func (g *gate) firstWithheld(t *table.Table) bool {
	for _, o := range g.all {
		row := o.Row
		if row.Analysis == table.RankFirst && o.Level == t.Level && row.Item == t.Row.Item && slices.Equal(row.By, t.Row.By) {
			if g.further(o).whole != "" {
				return true
			}
		}
	}
	return false
}

// openAnswered shows all of the domains in which somebody answered.
func (g *gate) openAnswered(t *table.Table, v *verdict) {
	for d, domain := range t.Domains {
		if domain.Base.Answered() > 0 {
			v.openRow(d)
		}
	}
}
