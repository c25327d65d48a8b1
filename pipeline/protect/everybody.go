package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// protectEverybody decides on the figures of all respondents.
func (f *family) protectEverybody() {
	if f.base < 2*f.k || math.IsNaN(f.base) {
		return
	}
	shares := f.shares(nil)
	for _, t := range f.of(nil) {
		if t.Row.Analysis == table.Mean && f.telling(t.Cells[0][0].Value, float64(t.Domains[0].Base.Answered())) {
			f.masks[t].figures[0][0], f.masks[t].primary[0][0] = true, true
		}
	}
	for _, t := range f.nets(nil) {
		n := float64(t.Cells[0][0].Count)
		if f.primary(n, f.base) {
			f.masks[t].figures[0][0], f.masks[t].primary[0][0] = true, true
		}
	}
	if shares == nil {
		return
	}
	m := f.masks[shares]
	for c, e := range shares.Cells[0] {
		if n := float64(e.Count); f.primary(n, f.base) {
			m.figures[0][c], m.primary[0][c] = true, true
		}
	}
	if f.single() {
		f.coverChoices(shares, m)
		f.protectMean(shares, m)
		return
	}
	f.coverOptions(shares, m)
}

// coverChoices finds for each withheld choice another with which it can change
// places. A net that holds one of the two and not the other is withheld.
func (f *family) coverChoices(t *table.Table, m *mask) {
	count := func(c int) float64 { return float64(t.Cells[0][c].Count) }
	for c := range t.Choices {
		if !m.primary[0][c] {
			continue
		}
		best, least := -1, math.Inf(1)
		for o := range t.Choices {
			if o == c || count(c)+count(o) < f.k {
				continue
			}
			cost := 100*float64(len(f.separating(t.Choices[c], t.Choices[o]))) + math.Abs(f.score(t.Choices[c])-f.score(t.Choices[o]))/100
			if !m.figures[0][o] {
				cost += 10 + math.Sqrt(count(o))
			}
			if cost < least {
				best, least = o, cost
			}
		}
		if best < 0 { // the base is at least 2k, so this is an item of a single choice
			for o := range t.Choices {
				m.figures[0][o] = true
			}
			continue
		}
		m.figures[0][best] = true
		for _, net := range f.separating(t.Choices[c], t.Choices[best]) {
			f.masks[net].figures[0][0] = true
		}
		up := math.Min(count(best), f.k)
		f.pairs = append(f.pairs, pair{t.Choices[c], t.Choices[best], up, math.Min(f.k-up, count(c))})
	}
}

// separating returns the published nets that hold one of two choices only.
func (f *family) separating(a, b string) []*table.Table {
	var out []*table.Table
	for _, t := range f.nets(nil) {
		if !f.masks[t].figures[0][0] && slices.Contains(t.Row.Values, a) != slices.Contains(t.Row.Values, b) {
			out = append(out, t)
		}
	}
	return out
}

func (f *family) score(choice string) float64 {
	for _, c := range f.survey.Choices(f.item) {
		if c.Name == choice && c.Score != nil {
			return *c.Score
		}
	}
	return 0
}

// coverOptions notes for each withheld option of several that its yes and its
// no can change places, and withholds the nets it is part of.
func (f *family) coverOptions(t *table.Table, m *mask) {
	for c, choice := range t.Choices {
		if !m.figures[0][c] {
			continue
		}
		yes := float64(t.Cells[0][c].Count)
		up := math.Min(f.base-yes, f.k)
		f.pairs = append(f.pairs, pair{choice, "", up, math.Min(f.k-up, yes)})
		for _, net := range f.nets(nil) {
			if slices.Contains(net.Row.Values, choice) {
				f.masks[net].figures[0][0] = true
			}
		}
	}
}

// protectMean withholds the interval of a scale's mean when steps of the scale
// are withheld, since it gives the sum of squares; and the means themselves,
// when they are so sharp that they give the steps: when two steps cannot change
// places by k without a published mean changing.
func (f *family) protectMean(shares *table.Table, m *mask) {
	if !m.any() {
		return
	}
	f.noMeans = len(f.pairs) == 0
	for i := range f.pairs {
		f.noMeans = !f.roomInMeans(shares, &f.pairs[i]) || f.noMeans
	}
	for _, t := range f.of(nil) {
		if t.Row.Analysis == table.Mean {
			f.masks[t].interval = true
			f.masks[t].figures[0][0] = f.masks[t].figures[0][0] || f.noMeans
		}
	}
}

// roomInMeans finds how far a pair can change places while every mean stays
// what it is when rounded, and keeps to that. It reports whether that is k.
func (f *family) roomInMeans(shares *table.Table, p *pair) bool {
	count := func(choice string) float64 {
		return float64(shares.Cells[0][slices.Index(shares.Choices, choice)].Count)
	}
	up, down := math.Min(count(p.b), f.k), math.Min(count(p.a), f.k)
	by := f.score(p.a) - f.score(p.b)
	if by == 0 {
		return true
	}
	for _, t := range f.tables {
		if t.Row.Analysis != table.Mean || f.masks[t].whole != "" {
			continue
		}
		less, more := 0.0, 0.0 // how far the sum of scores may move unseen
		for d, domain := range t.Domains {
			n, mean := float64(domain.Base.Answered()), t.Cells[d][0].Value
			if n == 0 || math.IsNaN(mean) {
				continue
			}
			shown := round(mean, 1)
			less += math.Max(0, mean-(shown-0.05)) * n
			more += math.Max(0, shown+0.05-mean) * n
		}
		if by < 0 {
			less, more = more, less
		}
		up, down = math.Min(up, math.Floor(more/math.Abs(by))), math.Min(down, math.Floor(less/math.Abs(by)))
	}
	if up+down < f.k {
		return false
	}
	p.up = up
	p.down = math.Max(f.k-up, 0)
	return true
}
