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
// its line, with the status "withheld" and no numbers. The pen records them.
func (s *Safe) Results(p *Pen) []PublicResult {
	var out []PublicResult
	for _, v := range s.views {
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
// the denominator, and what fillTest adds.
func (v *TestView) result(p *Pen, x *Tested) PublicResult {
	nan := math.NaN()
	between := ""
	if x.Pair {
		between = v.domainName(x.Between[0]) + "|" + v.domainName(x.Between[1])
	}
	out := PublicResult{
		Analysis: v.row.Analysis, Item: v.row.Item, Value: orNA(x.Choice),
		Group: orNA(strings.Join(v.row.By, " -/- ")), GroupValue: orNA(between),
		Stat: nan, Lo: nan, Hi: nan, N: -1, NTotal: -1, NW: nan, NWTotal: nan,
		Key: x.Key, Level: v.level, SE: nan, DF: nan, DEff: nan,
		BaseKind: baseKind(v.row), Status: string(x.P.Status()),
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
	fillTest(&out, x)
	return out
}

// fillTest fills in what a line has for tests alone.
func fillTest(*PublicResult, *Tested) {}

func (v *View) result(p *Pen, r *viewRow, c int, choice string) PublicResult {
	nan := math.NaN()
	value := choice
	switch v.row.Analysis {
	case table.PropNet:
		value = strings.Join(v.row.Values, "|")
	case table.NetScore:
		value = strings.Join(v.row.Values, "|") + " - " + strings.Join(v.row.Against, "|")
	}
	n := r.figures[c]
	out := PublicResult{
		Analysis: v.row.Analysis, Item: v.row.Item, Value: orNA(value),
		Group: orNA(strings.Join(v.row.By, " -/- ")), GroupValue: orNA(strings.Join(r.domain, " -/- ")),
		Stat: nan, Lo: nan, Hi: nan, N: -1, NTotal: -1, NW: nan, NWTotal: nan,
		Key: v.row.KeyOf(choice, r.domain), Level: v.level, SE: nan, DF: nan, DEff: nan,
		BaseKind: baseKind(v.row), Status: string(n.Status()),
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
