package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// totalMaker makes the table of totals in the population: of numbers, or of how
// many there make each choice.
type totalMaker struct {
	number  int // among the number tallies; none for choices
	choices independenceMaker
}

func bindTotal(b *binder, r table.Row, item *survey.Item) (maker, bool) {
	if item.Type.HasChoices() {
		return totalMaker{number: int(none), choices: b.choicesByGroups(r, item)}, true
	}
	if item.Type.Numeric() {
		return totalMaker{number: b.numberTally(item, b.crossing(r.By))}, true
	}
	return nil, b.refuse(r.Item, "plan-analysis", "The plan asks for a total of the item "+item.Name+", which has neither numbers nor choices.", "Ask for it of a number, or of an item with choices.")
}

func (m totalMaker) table(t *Tally, r table.Row) (*table.Table, []finding.Finding) {
	if m.number != int(none) {
		return t.totalsOfNumbers(r, t.estimators[t.numbersAt+m.number].(*numberTally))
	}
	tally := t.estimators[m.choices.tally].(*choiceTally)
	out := t.emptyTable(r, t.crossings[tally.of.crossing], m.choices.names)
	for d := range out.Domains {
		of := t.frame.Base(tally.cells.parts(d), tally.everybody)
		out.Domains[d].Base = tally.bases.base(d, of.Total, tally.squareOf(d, of.Total))
		for c, column := range m.choices.columns {
			p := sampling.NewShare(of, func(block int) sampling.Mass { return tally.mass(block, column) })
			out.Cells[d][c] = t.total(r, p, tally.refused, out.Domains[d].Base.Kish)
			out.Cells[d][c].Count, out.Cells[d][c].Weighted = p.Total.N, p.Total.W.Float64()
		}
	}
	return out, tooLargeIf(tally.refused, r.Item)
}

func (t *Tally) totalsOfNumbers(r table.Row, tally *numberTally) (*table.Table, []finding.Finding) {
	out := t.emptyTable(r, t.crossings[tally.of.crossing], []string{""})
	for d := range out.Domains {
		of := t.frame.Base(tally.cells.parts(d), tally.massAt)
		base := tally.bases.base(d, of.Total, tally.squareOf(d, of.Total))
		e := t.total(r, sampling.NewNumbers(of, tally.momentsAt), tally.refused, base.Kish)
		e.Count, e.Weighted = base.Answered(), base.Weighted
		out.Domains[d].Base, out.Cells[d][0] = base, e
	}
	return out, tooLargeIf(tally.refused, r.Item)
}

// total estimates Σwy, with the influence wy (Särndal, Swensson and Wretman
// 1992, §2.8). Its design effect is that against the total of a simple random
// sample.
func (t *Tally) total(r table.Row, p sampling.Spread, refused bool, kish float64) table.Estimate {
	of := p.Base()
	f := facts{refused: refused, total: of.Total, df: float64(of.DF)}
	w := exact.DoubleOf(of.Total.W)
	if !of.Total.W.Zero() {
		f.value = p.SumY().Over(w)
		f.variance, f.problem = t.frame.Variance(sampling.Total{Spread: p}, exact.Double{}, exact.Number(1))
		f.variance = f.variance.Over(w.Squared()) // of the total, on the scale of the mean
		f.deviation = func() exact.Double { return p.Deviation(f.value) }
	}
	e := t.estimated(r, f, kish)
	if math.IsNaN(e.Value) {
		return e
	}
	by := w.Float()
	e.Value, e.SE = p.SumY().Float(), f.variance.Times(w.Squared()).Float()
	if e.SE = math.Sqrt(e.SE); f.problem != "" {
		e.SE = math.NaN()
	}
	if !math.IsNaN(e.Lo) {
		q := float64((e.Hi - e.Lo) / 2 * by)
		e.Lo, e.Hi = e.Value-q, e.Value+q
	}
	return e
}

func tooLargeIf(refused bool, item string) []finding.Finding {
	if refused {
		return []finding.Finding{tooLarge(item)}
	}
	return nil
}
