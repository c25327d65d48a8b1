package protect

import (
	"math"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// PublicResult is one line of the public results file. Its columns are those of
// table.Columns. What is not published is NaN among the figures and -1 among
// the counts; weighted counts, standard errors, degrees of freedom and design
// effects never are, since with them rounded figures could be sharpened.
type PublicResult = table.Result

// Results returns a line for each figure of each table. A withheld figure keeps
// its line, with the status "withheld" and no numbers; a table that is withheld
// whole has one line for all of them. The pen records them.
func (s *Safe) Results(p *Pen) []PublicResult {
	var out []PublicResult
	for _, v := range s.views {
		if v.reason != "" {
			out = append(out, v.wholeResult(p))
			continue
		}
		for d := range v.rows {
			r := &v.rows[d]
			for c, choice := range v.choices {
				out = append(out, v.result(p, r, c, choice))
			}
		}
	}
	for _, v := range s.tests {
		for i := range v.tests {
			out = append(out, v.result(p, &v.tests[i]))
		}
	}
	return out
}

// baseKind is what the shares or means of a row are of.
func baseKind(r table.Row) string {
	if r.Base != "" {
		return string(r.Base)
	}
	return string(table.BaseAnswered)
}

// result is the line of a test: its statistic, with the degrees of freedom of
// the denominator, and what published adds.
func (v *TestView) result(p *Pen, x *Tested) PublicResult {
	nan := math.NaN()
	out := PublicResult{
		Analysis: v.row.Analysis, Item: v.row.Variable(), Value: v.row.ValueOf(x.Choice),
		Group: orNA(strings.Join(v.row.By, " -/- ")), GroupValue: x.group,
		Stat: nan, Lo: nan, Hi: nan, N: -1, NTotal: -1, NW: nan, NWTotal: nan,
		Key: x.Key, Level: v.level, SE: nan, DF: nan, DEff: nan,
		BaseKind: baseKind(v.row), Status: string(x.P.Status()), Test: x.published(), Held: v.asOf > 0,
	}
	for _, n := range x.numbers() {
		p.record(n, "text")
	}
	if !x.P.published {
		return out
	}
	out.CIMethod = x.Method
	if x.Statistic.published {
		out.Stat = x.Statistic.value
	}
	if x.DDF.published {
		out.DF = x.DDF.value
	}
	if x.N.published {
		out.NTotal = int64(x.N.value)
	}
	return out
}

// published is what the line of a test has beside its statistic, NaN where it is
// not shown.
func (x *Tested) published() *table.Test {
	shown := func(n Number) float64 {
		if !n.published {
			return math.NaN()
		}
		return n.value
	}
	out := &table.Test{
		NDF: shown(x.NDF), P: shown(x.P), Adjusted: shown(x.Adjusted), Adjust: x.Adjust,
		Effect: shown(x.Effect), Lo: math.NaN(), Hi: math.NaN(),
	}
	if x.Adjust == "" {
		out.Adjusted = out.P
	}
	if x.Effect.published {
		out.EffectName = x.EffectName
		if x.Effect.interval {
			out.Lo, out.Hi = x.Effect.lo, x.Effect.hi
		}
	}
	return out
}

func (v *View) result(p *Pen, r *viewRow, c int, choice string) PublicResult {
	nan := math.NaN()
	n := r.figures[c]
	out := PublicResult{
		Analysis: v.row.Analysis, Item: v.row.Variable(), Value: v.row.ValueOf(choice),
		Group: orNA(strings.Join(v.row.By, " -/- ")), GroupValue: orNA(strings.Join(r.domain, " -/- ")),
		Stat: nan, Lo: nan, Hi: nan, N: -1, NTotal: -1, NW: nan, NWTotal: nan,
		Key: v.row.KeyOf(choice, r.domain), Level: v.level, SE: nan, DF: nan, DEff: nan,
		BaseKind: baseKind(v.row), Status: string(n.Status()), Prob: v.row.Prob, Held: v.asOf > 0,
	}
	p.record(n, "text")
	if !n.published {
		return out
	}
	out.Stat = n.value
	if n.interval {
		p.recordBounds(n, "text")
		out.Lo, out.Hi, out.CIMethod = n.lo, n.hi, r.methods[c]
	}
	for _, part := range []struct {
		n  Number
		to *int64
	}{{r.counts[c], &out.N}, {r.base, &out.NTotal}} {
		if part.n.published {
			p.record(part.n, "text")
			*part.to = int64(part.n.value)
		}
	}
	return out
}

func orNA(s string) string {
	if s == "" {
		return "NA"
	}
	return s
}

// wholeResult is the line of a table that is withheld whole.
func (v *View) wholeResult(p *Pen) PublicResult {
	nan := math.NaN()
	n := withheld(FigureStat, v.row.Key())
	p.record(n, "text")
	return PublicResult{
		Analysis: v.row.Analysis, Item: v.row.Variable(), Value: "NA", Group: orNA(strings.Join(v.row.By, " -/- ")), GroupValue: "NA",
		Stat: nan, Lo: nan, Hi: nan, N: -1, NTotal: -1, NW: nan, NWTotal: nan,
		Key: v.row.Key(), Level: v.level, SE: nan, DF: nan, DEff: nan,
		BaseKind: baseKind(v.row), Status: string(Withheld), Held: v.asOf > 0,
	}
}
