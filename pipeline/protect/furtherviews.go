package protect

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// furtherStats says what kind of figure each further analysis gives.
var furtherStats = map[table.Analysis]Stat{
	table.PropSelectMultiple: ShareStat, table.PropCombination: ShareStat, table.NetScore: NetStat, table.RankFirst: ShareStat, table.LatentClasses: ShareStat,
	table.Median: QuantileStat, table.Quantile: QuantileStat, table.Ratio: RatioStat, table.RankMean: PlaceStat,
	table.Alpha: AlphaStat, table.Correlation: CorrelationStat, table.Correspondence: CoordinateStat,
	table.RegressionLinear: CoefficientStat, table.RegressionLogistic: CoefficientStat,
	table.RegressionPoisson: CoefficientStat, table.RegressionOrdinal: CoefficientStat,
}

// furtherDecimals is how a figure is rounded: shares and means as everywhere,
// latent classes to whole percents, all others to two decimals.
func furtherDecimals(t *table.Table, item *survey.Item, d int) int {
	switch t.Row.Analysis {
	case table.PropSelectMultiple, table.PropCombination, table.NetScore, table.RankFirst:
		return percentDecimals(t.Domains[d].Base.Answered())
	case table.LatentClasses:
		return 0
	case table.Median, table.Quantile:
		return meanDecimals(*item)
	case table.RankMean:
		return 1
	}
	return 2
}

// newFurther makes the view of a further table under its verdict.
func newFurther(t *table.Table, item *survey.Item, x *verdict) *View {
	v := &View{row: t.Row, item: *item, level: t.Level, uneven: uneven(t), design: t.Design, choices: t.Choices, reason: x.whole}
	if t.Sets != nil {
		v.sets = t.Sets.Choices
	}
	stat := furtherStats[t.Row.Analysis]
	if stat == "" {
		stat = FigureStat
	}
	for d, domain := range t.Domains {
		key := t.Row.KeyOf("", domain.Values)
		r := viewRow{domain: domain.Values, base: withheld(BaseStat, key), figures: make([]Number, len(t.Choices)), counts: make([]Number, len(t.Choices)), methods: make([]string, len(t.Choices))}
		for reason := survey.NotAsked; reason < survey.Reasons; reason++ {
			r.missing[reason] = withheld(MissingStat+Stat(reason.String()), key)
		}
		r.asked, r.silent = withheld(AskedStat, key), withheld(UnansweredStat, key)
		if x.whole == "" && x.base[d] {
			r.base = count(BaseStat, key, baseOf(t, d))
		}
		for c, choice := range t.Choices {
			key := t.Row.KeyOf(choice, domain.Values)
			r.figures[c], r.counts[c] = withheld(stat, key), withheld(CountStat, key)
			if x.whole != "" || !x.figures[d][c] {
				v.primary++
				continue
			}
			e := t.Cells[d][c]
			if !x.intervals[d][c] || !(e.Hi > e.Lo) {
				e.Lo, e.Hi = math.NaN(), math.NaN()
			}
			r.figures[c], r.methods[c] = figure(stat, key, e, furtherDecimals(t, item, d)), e.Method
			switch t.Row.Analysis {
			case table.PropSelectMultiple, table.PropCombination, table.RankFirst:
				r.counts[c] = count(CountStat, key, e.Count)
			}
		}
		v.rows = append(v.rows, r)
	}
	return v
}

// baseOf returns what the shares of a domain are shares of.
func baseOf(t *table.Table, d int) int64 {
	base := t.Domains[d].Base
	if t.Row.Analysis != table.PropSelectMultiple {
		return base.Answered()
	}
	switch t.Row.Base {
	case table.BaseRespondents:
		return base.Total()
	case table.BaseResponses:
		var n int64
		for _, e := range t.Cells[d] {
			n += e.Count
		}
		return n
	}
	return base.Answered()
}

// Figure returns the figure of choice c in domain d, whatever its kind; of an
// analysis that gives one figure, c is 0.
func (v *View) Figure(d, c int) Number {
	if v == nil || d < 0 || d >= len(v.rows) || c < 0 || c >= len(v.choices) {
		return Number{}
	}
	return v.rows[d].figures[c]
}
