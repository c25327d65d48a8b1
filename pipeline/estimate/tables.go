package estimate

import (
	"cmp"
	"context"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Tables returns a table for each row of the plan that could be bound, in the
// order of the plan, and what is wrong with the answers' weights and design.
// Every choice that is an answer and every domain appears, also where nobody
// is found in it.
func (t *Tally) Tables() ([]*table.Table, []finding.Finding) {
	t.finish()
	findings := t.settled()
	out := make([]*table.Table, len(t.outputs))
	for i, o := range t.outputs {
		made := t.made(o)
		out[i], findings = made.table, append(findings, made.findings...)
	}
	return out, findings
}

// tablesOn is Tables on all cores.
func (t *Tally) tablesOn(ctx context.Context, e engine.Engine) ([]*table.Table, []finding.Finding, error) {
	t.finish()
	findings := t.settled()
	out := make([]*table.Table, 0, len(t.outputs))
	err := engine.Ordered(ctx, e, engine.Each(t.outputs), func(o output) (made, error) { return t.made(o), nil }, func(m made) error {
		out, findings = append(out, m.table), append(findings, m.findings...)
		return nil
	})
	return out, findings, err
}

// settled works out the design, once all answers are in, and returns what is
// wrong with it.
func (t *Tally) settled() []finding.Finding {
	if !t.known {
		t.known, t.wrong = true, t.frame.Settle()
	}
	return slices.Clone(t.wrong)
}

// made is a table with what is wrong with it.
type made struct {
	table    *table.Table
	findings []finding.Finding
}

func (t *Tally) made(o output) made {
	if o.made != nil {
		tb, findings := o.made.table(t, o.row)
		return made{tb, findings}
	}
	m := made{table: t.table(o)}
	if t.refused(o) {
		m.findings = append(m.findings, tooLarge(o.row.Item))
	}
	return m
}

// tooLarge says that totals of an item left the range of exact sums.
func tooLarge(item string) finding.Finding {
	return finding.Finding{
		Stage: stage, Kind: "out-of-range", Severity: finding.Warning, Place: finding.Place{Item: item},
		Problem: "The item " + item + " has numbers too large to add up.", Remedy: "Look for impossible numbers, or give the item in a larger unit.",
	}
}

func (t *Tally) table(o output) *table.Table {
	c := t.crossings[o.crossing]
	out := &table.Table{
		Row: o.row, Level: t.survey.Levels[t.layout.Level].Name, Design: t.config.Design.Kind, Choices: o.choices,
		Domains: make([]table.Domain, c.size), Cells: make([][]table.Estimate, c.size),
	}
	for d := range c.size {
		var base table.Base
		if o.number {
			base, out.Cells[d] = t.meanOfNumbers(o, d)
		} else if o.scores != nil {
			base, out.Cells[d] = t.meanOfScores(o, d)
		} else {
			base, out.Cells[d] = t.shares(o, d)
		}
		out.Domains[d] = table.Domain{Values: c.values(d), Base: base}
	}
	return out
}

func (t *Tally) refused(o output) bool {
	if o.number {
		return t.numbers(o).refused
	}
	return t.choices(o).refused
}

func (t *Tally) choices(o output) *choiceTally { return t.estimators[o.tally].(*choiceTally) }
func (t *Tally) numbers(o output) *numberTally {
	return t.estimators[t.numbersAt+o.tally].(*numberTally)
}

// meanOfNumbers estimates the mean of a numeric item, Σwy/Σw.
func (t *Tally) meanOfNumbers(o output, domain int) (table.Base, []table.Estimate) {
	tally := t.numbers(o)
	of := t.frame.Base(tally.cells.parts(domain), func(block int) sampling.Mass {
		sums := tally.momentsAt(block)
		return sampling.Mass{N: tally.cells.count[block], Zero: tally.cells.zeros(block), W: sums.WB, Square: sums.W2BB}
	})
	base := tally.bases.base(domain, of.Total, tally.squareOf(domain, of.Total))
	e := t.figure(o, sampling.NewNumbers(of, tally.momentsAt), base.Kish)
	e.Count, e.Weighted = base.Answered(), base.Weighted
	return base, []table.Estimate{e}
}

// meanOfScores estimates the mean of the scores of a scaled item. An answer
// without a score has no place on the scale: it counts as not applicable.
func (t *Tally) meanOfScores(o output, domain int) (table.Base, []table.Estimate) {
	tally := t.choices(o)
	columns, values := byScore(o.scores)
	of, base := t.scoredBase(tally, domain, slices.Concat(columns...))
	p := sampling.NewScores(of, values, func(block int) []sampling.Mass {
		masses := make([]sampling.Mass, len(values))
		for i, of := range columns {
			masses[i] = tally.masses(block, of)
		}
		return masses
	})
	e := t.figure(o, p, base.Kish)
	e.Count, e.Weighted = of.Total.N, base.Weighted
	return base, []table.Estimate{e}
}

// scoredBase returns the base of a domain of those who made choices with
// scores; the other answers are not applicable.
func (t *Tally) scoredBase(tally *choiceTally, domain int, scored []int32) (*sampling.Base, table.Base) {
	parts := tally.cells.parts(domain)
	of := t.frame.Base(parts, func(block int) sampling.Mass { return tally.masses(block, scored) })
	base := tally.bases.base(domain, of.Total, tally.squareOf(domain, of.Total))
	for _, part := range parts {
		if t.frame.Replicated() == 0 || part.Group == 0 { // replicates are the same respondents
			base.Reasons[survey.NotApplicable] += tally.everybody(part.Block).N
		}
	}
	base.Reasons[survey.NotApplicable] -= of.Total.N
	return of, base
}

// byScore gathers the codes of each score, in order of scores.
func byScore(scores []*float64) (columns [][]int32, values []exact.Double) {
	var codes []int32
	for code, s := range scores {
		if s != nil {
			codes = append(codes, int32(code))
		}
	}
	slices.SortStableFunc(codes, func(a, b int32) int { return cmp.Compare(*scores[a], *scores[b]) })
	for _, code := range codes {
		y := exact.Number(*scores[code])
		if n := len(values); n > 0 && values[n-1] == y {
			columns[n-1] = append(columns[n-1], code)
			continue
		}
		values, columns = append(values, y), append(columns, []int32{code})
	}
	return columns, values
}

// shares estimates the share of each choice, Σw of those who made it over Σw
// of those who answered.
func (t *Tally) shares(o output, domain int) (table.Base, []table.Estimate) {
	tally := t.choices(o)
	if t.frame.Plain() {
		return t.unitShares(o, tally, domain)
	}
	of := t.frame.Base(tally.cells.parts(domain), tally.everybody)
	base := tally.bases.base(domain, of.Total, tally.squareOf(domain, of.Total))
	out := make([]table.Estimate, len(o.columns))
	for i, columns := range o.columns {
		p := sampling.NewShare(of, func(block int) sampling.Mass { return tally.masses(block, columns) })
		out[i] = t.figure(o, p, base.Kish)
		out[i].Count, out[i].Weighted = p.Total.N, p.Total.W.Float64()
	}
	return base, out
}

// squareOf returns Σw² of a domain.
func (t *choiceTally) squareOf(domain int, total sampling.Mass) exact.Sum {
	if t.square != nil {
		return t.square[domain]
	}
	return total.Square
}

// masses returns how many of a block are in any of some columns, which exclude each other.
func (t *choiceTally) masses(block int, columns []int32) sampling.Mass {
	var out sampling.Mass
	for _, column := range columns {
		out.Merge(t.mass(block, column))
	}
	return out
}

// everybody returns the base of a block.
func (t *choiceTally) everybody(block int) sampling.Mass {
	if t.of.multiple {
		return t.mass(block, 0)
	}
	var out sampling.Mass
	for column := range t.of.choices {
		out.Merge(t.mass(block, int32(column)))
	}
	return out
}

func (t *choiceTally) mass(block int, column int32) sampling.Mass {
	at := block*t.cells.counts + int(column)
	m := sampling.Mass{N: t.cells.count[at], Zero: t.cells.zeros(at)}
	switch {
	case !t.of.weighted:
		m.W.AddInt(m.N)
		m.Square = m.W
	case t.squares:
		m.W, m.Square = t.cells.sum[2*at], t.cells.sum[2*at+1]
	default:
		m.W = t.cells.total(at)
	}
	return m
}
