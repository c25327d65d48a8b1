package protect

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Why further tables are withheld whole.
const (
	whyUnknown = "It is not known how figures of this kind can be shown safely."
	whyTotals  = "Totals and variances would make rounded figures sharper."
	whyBeside  = "What it is made of is withheld, or is not shown beside it."
	whyModel   = "There are too few respondents for so many figures, or for one of the answers."
)

// further decides on a table that is no share or mean of a family. An analysis
// that is not named here is withheld.
func (g *gate) further(t *table.Table) *verdict {
	v := newVerdict(t)
	if v.whole = g.forbidden(t); v.whole != "" {
		return v
	}
	item, _ := g.survey.Item(t.Row.Item)
	switch t.Row.Analysis {
	case table.PropSelectMultiple:
		g.otherBase(t, v)
	case table.PropCombination:
		g.combinations(t, item, v)
	case table.NetScore:
		g.netScore(t, item, v)
	case table.Median:
		g.quantile(t, item, 0.5, v)
	case table.Quantile:
		g.quantile(t, item, t.Row.Prob, v)
	case table.Ratio:
		g.ratio(t, v)
	case table.RankMean:
		g.rankMean(t, item, v)
	case table.RankFirst:
		g.rankFirst(t, item, v)
	case table.Alpha:
		g.reliability(t, v)
	case table.Correlation:
		g.correlation(t, v)
	case table.RegressionLinear, table.RegressionLogistic, table.RegressionPoisson, table.RegressionOrdinal:
		g.model(t, item, v)
	case table.Correspondence:
		g.correspondence(t, v)
	case table.LatentClasses:
		g.classes(t, v)
	case table.Total, table.Variance:
		v.whole = whyTotals
	default:
		v.whole = whyUnknown
	}
	if v.whole == "" && !v.any() {
		v.whole = whyBeside
	}
	return v
}

// any reports whether a figure is shown.
func (v *verdict) any() bool {
	return slices.ContainsFunc(v.figures, func(row []bool) bool { return slices.Contains(row, true) })
}

// otherBase opens shares of several choices on another base where those of the
// same counts among the respondents who answered are shown whole.
func (g *gate) otherBase(t *table.Table, v *verdict) {
	if t.Row.Base != table.BaseResponses && t.Row.Base != table.BaseRespondents {
		v.whole = whyUnknown
		return
	}
	of := g.shares(t.Level, t.Row.Item, t.Row.By)
	if of == nil || !slices.Equal(of.Choices, t.Choices) || len(of.Domains) != len(t.Domains) {
		v.whole = whyBeside
		return
	}
	for d := range t.Domains {
		same := slices.Equal(of.Domains[d].Values, t.Domains[d].Values)
		for c := range t.Choices {
			same = same && of.Cells[d][c].Count == t.Cells[d][c].Count
		}
		if same && g.rowWhole(of, d) {
			v.openRow(d)
			v.base[d] = t.Row.Base == table.BaseResponses || len(t.Row.By) == 0
		}
	}
}

// netScore opens the difference of two nets where all shares that they are made
// of are shown: of an item of several choices, the two nets too.
func (g *gate) netScore(t *table.Table, item *survey.Item, v *verdict) {
	of := g.shares(t.Level, t.Row.Item, t.Row.By)
	for d := range t.Domains {
		whole := g.rowWhole(of, d) && slices.Equal(of.Domains[d].Values, t.Domains[d].Values)
		for _, side := range [][]string{t.Row.Values, t.Row.Against} {
			if item.Type != survey.SelectOne {
				whole = whole && g.rowWhole(g.find(t.Level, t.Row.Item, t.Row.By, func(r table.Row) bool {
					return r.Analysis == table.PropNet && slices.Equal(r.Values, side)
				}), d)
			}
		}
		if whole {
			v.openRow(d)
		}
	}
}

// slack is what products of decimals may lack of a whole number.
const slack = 1e-9

// quantile opens a quantile that has k respondents on either side. Of a scale,
// which has few steps, it says something of each: there all shares must be
// shown. Two quantiles of one item need k respondents between them.
func (g *gate) quantile(t *table.Table, item *survey.Item, p float64, v *verdict) {
	if !(p > 0 && p < 1) {
		v.whole = whyUnknown
		return
	}
	open := g.openRows(t)
	for d, domain := range t.Domains {
		if !open[d] || !g.bare(domain.Base) {
			continue
		}
		if item.Type.HasChoices() && !g.rowWhole(g.shares(t.Level, t.Row.Item, t.Row.By), d) {
			continue
		}
		n := effective(domain.Base)
		key := string(table.Row{Item: t.Row.Item, By: t.Row.By}.KeyOf("", domain.Values)) + "\x00" + t.Level
		near := slices.ContainsFunc(g.quantiles[key], func(q float64) bool { return n*math.Abs(p-q) < g.k-slack })
		if near || n*math.Min(p, 1-p) < g.k-slack {
			continue
		}
		g.quantiles[key] = append(g.quantiles[key], p)
		v.base[d] = true
		for c := range t.Choices {
			v.figures[d][c] = true
			v.intervals[d][c] = g.ends(t.Cells[d][c], t.Row, p, n)
		}
	}
}

// ends reports whether the ends of the interval of a quantile have k respondents
// beyond them. By Woodruff's method (1952) they are quantiles themselves, of
// shares as far from p as its own interval reaches; a standard error is added
// for what the table does not hold.
func (g *gate) ends(e table.Estimate, row table.Row, p, n float64) bool {
	if e.DEff > 1 && !math.IsInf(e.DEff, 0) {
		n = math.Min(n, n/e.DEff)
	}
	t := distuv.Normal{Mu: 0, Sigma: 1}.Quantile(0.5 + row.Confidence()/2)
	if e.DF > 0 && !math.IsInf(e.DF, 0) {
		t = distuv.StudentsT{Mu: 0, Sigma: 1, Nu: e.DF}.Quantile(0.5 + row.Confidence()/2)
	}
	reach := float64((t + 1) * math.Sqrt(p*(1-p)/n))
	return n*(math.Min(p, 1-p)-reach) >= g.k
}

// ratio opens a ratio of totals where no mean of the two items is withheld. Of
// items with scores the means must be shown.
func (g *gate) ratio(t *table.Table, v *verdict) {
	open := g.openRows(t)
	for d := range t.Domains {
		shown, interval := open[d] && len(t.Row.With) == 1, true
		for _, name := range append([]string{t.Row.Item}, t.Row.With...) {
			item, _ := g.survey.Item(name)
			of := g.means(t.Level, name, t.Row.By)
			if of == nil {
				shown = shown && !item.Type.HasChoices()
				continue
			}
			m := g.masks[of]
			shown = shown && m.whole == "" && d < len(m.figures) && !m.figures[d][0] && float64(of.Domains[d].Base.Answered()) >= 2*g.k
			interval = interval && !m.interval
		}
		if !shown {
			continue
		}
		v.base[d] = g.baseTells(t, d)
		for c := range t.Choices {
			v.figures[d][c], v.intervals[d][c] = true, interval
		}
	}
}

// baseTells reports whether the base of a figure of several items may be shown:
// how many it lacks of those who answered one of them must be nobody or k.
func (g *gate) baseTells(t *table.Table, d int) bool {
	n := t.Domains[d].Base.Answered()
	for _, name := range append([]string{t.Row.Item}, t.Row.With...) {
		for _, of := range []*table.Table{g.shares(t.Level, name, t.Row.By), g.means(t.Level, name, t.Row.By)} {
			if of == nil || d >= len(of.Domains) {
				continue
			}
			if lacks := float64(of.Domains[d].Base.Answered() - n); lacks < 0 || g.small(lacks) {
				return false
			}
		}
		if g.shares(t.Level, name, t.Row.By) == nil && g.means(t.Level, name, t.Row.By) == nil {
			return false
		}
	}
	return true
}
