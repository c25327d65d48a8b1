package estimate

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// quotientMaker makes a table of quotients from the estimator at a place.
type quotientMaker struct {
	tally   int
	all     int // of a compatible row: the same for everybody, or none
	choices []string
}

// quotient binds a tally of some columns, named by choices.
func (b *binder) quotient(r table.Row, items []string, choices []string, read func([]*dataset.Column, int32, []pair) survey.Reason) quotientMaker {
	tally := func(by []string) int {
		of := &quotientItem{items: items, crossing: b.crossing(by), columns: len(choices), read: read}
		of.domains = b.crossings[of.crossing].size
		return b.estimator(newQuotientTally(of))
	}
	m := quotientMaker{tally: tally(r.By), all: int(none), choices: choices}
	if r.Compatible && len(r.By) > 0 {
		m.all = tally(nil)
	}
	return m
}

// bindRatio binds the ratio of two numbers: of their totals, over respondents
// who gave both. Where the row says so, a numerator that is missing is 0, and
// respondents whose denominator is 0 are left out.
func bindRatio(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	items, ok := b.quantities(r, item)
	if !ok {
		return nil, false
	}
	if len(items) != 2 {
		return nil, b.refuse(r.Item, "plan-with", fmt.Sprintf("The plan asks for a ratio of the item %s with %d further items.", r.Item, len(items)-1), "Name one denominator.")
	}
	over, under := items[0], items[1]
	return b.quotient(r, []string{over.item, under.item}, []string{""}, func(c []*dataset.Column, i int32, out []pair) survey.Reason {
		below, reason := under.read(c[1], i)
		if reason != survey.Answered {
			return reason
		}
		if below == 0 && r.DropZero {
			return survey.NotApplicable
		}
		above, reason := over.read(c[0], i)
		if reason != survey.Answered {
			if !r.NAToZero {
				return reason
			}
			above = 0
		}
		out[0] = pair{above, below, true}
		return survey.Answered
	}), true
}

// ranking returns the choices of a ranking that are answers, and the column of
// each code.
func ranking(choices []survey.Choice) (names []string, column []int) {
	for _, c := range choices {
		if c.Missing != survey.Answered {
			column = append(column, int(none))
			continue
		}
		column = append(column, len(names))
		names = append(names, c.Name)
	}
	return names, column
}

// bindRankMean binds the mean place of each choice among those who placed it.
func bindRankMean(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if item.Type != survey.Rank {
		return nil, b.noRanking(r, item)
	}
	names, column := ranking(b.survey.Choices(item))
	return b.quotient(r, []string{item.Name}, names, func(c []*dataset.Column, i int32, out []pair) survey.Reason {
		if reason := c[0].Reasons[i]; reason != survey.Answered {
			return reason
		}
		for place, code := range c[0].Set(int(i)) {
			if k := placeOf(column, code); k >= 0 {
				out[k] = pair{float64(place + 1), 1, true}
			}
		}
		return survey.Answered
	}), true
}

// bindRankFirst binds the share of those who answered that places each choice first.
func bindRankFirst(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if item.Type != survey.Rank {
		return nil, b.noRanking(r, item)
	}
	names, column := ranking(b.survey.Choices(item))
	return b.quotient(r, []string{item.Name}, names, func(c []*dataset.Column, i int32, out []pair) survey.Reason {
		if reason := c[0].Reasons[i]; reason != survey.Answered {
			return reason
		}
		for k := range out {
			out[k] = pair{0, 1, true}
		}
		if set := c[0].Set(int(i)); len(set) > 0 {
			if k := placeOf(column, set[0]); k >= 0 {
				out[k].a = 1
			}
		}
		return survey.Answered
	}), true
}

func placeOf(column []int, code int32) int {
	if uint(code) >= uint(len(column)) {
		return int(none)
	}
	return column[code]
}

func (b *binder) noRanking(r table.Row, item *survey.Item) bool {
	return b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s, which is no ranking.", r.Analysis, item.Name), "Ask for it of a rank item.")
}

// bindBase binds the shares of an item of several choices on a base other than
// those who answered: all respondents of the domain, or all choices made.
func (b *binder) bindBase(r table.Row, item *survey.Item) (maker, bool) {
	names, column := ranking(b.survey.Choices(item))
	made := func(c *dataset.Column, i int32, out []pair) (n float64) {
		for _, code := range c.Set(int(i)) {
			if k := placeOf(column, code); k >= 0 {
				out[k].a = 1
				n++
			}
		}
		return n
	}
	read := func(c []*dataset.Column, i int32, out []pair) survey.Reason { // of all respondents
		for k := range out {
			out[k] = pair{0, 1, true}
		}
		if c[0].Reasons[i] == survey.Answered {
			made(c[0], i, out)
		}
		return survey.Answered
	}
	if r.Base == table.BaseResponses {
		read = func(c []*dataset.Column, i int32, out []pair) survey.Reason {
			if reason := c[0].Reasons[i]; reason != survey.Answered {
				return reason
			}
			n := made(c[0], i, out)
			for k := range out {
				out[k].b, out[k].in = n, true
			}
			return survey.Answered
		}
	}
	return b.quotient(r, []string{item.Name}, names, read), true
}

func (m quotientMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	tally := t.estimators[t.ownAt+m.tally].(*quotientTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], m.choices)
	for d := range out.Domains {
		base := tally.bases.base(d, sampling.Mass{N: tally.bases[d][survey.Answered], W: tally.weight[d]}, tally.square[d])
		out.Domains[d].Base = base
		for c := range m.choices {
			e := t.quotient(r, tally, d, c, m.freedom(t, c), base.Kish)
			if r.Base == table.BaseRespondents || r.Base == table.BaseResponses || r.Analysis == table.RankFirst {
				e.Count, e.Weighted = tally.made(t, d, c)
			}
			out.Cells[d][c] = e
		}
	}
	if tally.refused {
		return out, []finding.Finding{tooLarge(r.Item)}
	}
	return out, nil
}

// freedom returns the degrees of freedom of everybody, where a compatible row
// wants those, else 0.
func (m quotientMaker) freedom(t *Tally, column int) int64 {
	if m.all == int(none) {
		return 0
	}
	all := t.estimators[t.ownAt+m.all].(*quotientTally)
	return t.frame.Base(all.cells.parts(0), func(block int) sampling.Mass { return all.massAt(block, column) }).DF
}

// quotient estimates Σwa/Σwb of a column in a domain, by the influence
// w(a-mb)/Σwb (Lumley 2010, §5.1; Cochran 1977, §6.4).
func (t *Tally) quotient(r table.Row, tally *quotientTally, domain, column int, freedom int64, kish float64) table.Estimate {
	of := t.frame.Base(tally.cells.parts(domain), func(block int) sampling.Mass { return tally.massAt(block, column) })
	p := sampling.NewNumbers(of, func(block int) sampling.Moments { return tally.momentsAt(block, column) })
	f := facts{refused: tally.refused, total: of.Total, df: float64(of.DF)}
	if freedom > 0 {
		f.df = float64(freedom)
	}
	under := p.SumB()
	if of.Total.N > 0 && under.Hi == 0 {
		f.total.W = exact.Sum{} // nothing to divide by
	}
	if !f.total.W.Zero() {
		f.value = p.SumY().Over(under)
		f.variance, f.problem = t.frame.Variance(p, f.value, under)
		scale := exact.DoubleOf(of.Total.W).Over(under).Squared()
		f.deviation = func() exact.Double { return tally.deviation(of, column, f.value).Times(scale) }
	}
	e := t.estimated(r, f, kish)
	e.Count, e.Weighted = of.Total.N, of.Total.W.Float64()
	return e
}

// made returns how many respondents made the choice of a column, and their weight.
func (t *quotientTally) made(of *Tally, domain, column int) (n int64, weight float64) {
	var w exact.Sum
	for _, p := range t.cells.parts(domain) {
		if of.frame.Replicated() > 0 && p.Group != 0 {
			continue
		}
		s := t.cells.sumsAt(p.Block)[column*quotientSums:]
		w.Merge(s[quotientA])
		n += t.cells.count[p.Block*t.cells.counts+t.of.columns+column]
	}
	return n, w.Float64()
}
