package protect

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// newView makes the view of a table under its mask.
func newView(t *table.Table, item *survey.Item, m *mask, k float64) *View {
	v := &View{row: t.Row, item: *item, level: t.Level, uneven: uneven(t), design: t.Design, choices: t.Choices, reason: m.whole}
	shown := 0
	for d, domain := range t.Domains {
		key := t.Row.KeyOf("", domain.Values)
		r := viewRow{domain: domain.Values, base: withheld(BaseStat, key), figures: make([]Number, len(t.Choices)), counts: make([]Number, len(t.Choices)), methods: make([]string, len(t.Choices))}
		open := m.whole == "" && !m.base[d]
		if open {
			r.base = count(BaseStat, key, domain.Base.Answered())
		}
		for c := range t.Choices {
			v.figure(&r, t, m, d, c, open && float64(domain.Base.Answered()) >= 2*k)
			if r.figures[c].published {
				shown++
			}
		}
		for reason := survey.NotAsked; reason < survey.Reasons; reason++ {
			stat := MissingStat + Stat(reason.String())
			r.missing[reason] = withheld(stat, key)
			if open && len(t.Row.By) == 0 && !m.missing[reason] {
				r.missing[reason] = count(stat, key, domain.Base.Reasons[reason])
			}
		}
		r.respond(domain.Base, key, int64(k))
		v.rows = append(v.rows, r)
	}
	if v.reason == "" && shown == 0 {
		v.reason = whyAudit
		if v.secondary == 0 {
			v.reason = whySmall
		}
	}
	return v
}

// figure fills in one figure of a view.
func (v *View) figure(r *viewRow, t *table.Table, m *mask, d, c int, open bool) {
	key := t.Row.KeyOf(t.Choices[c], t.Domains[d].Values)
	stat := ShareStat
	if t.Row.Analysis == table.Mean {
		stat = MeanStat
	}
	r.figures[c], r.counts[c] = withheld(stat, key), withheld(CountStat, key)
	if !open || m.figures[d][c] {
		if !open || m.primary[d][c] {
			v.primary++
		} else {
			v.secondary++
		}
		return
	}
	e := t.Cells[d][c]
	if stat == MeanStat && (m.interval || !(e.Hi > e.Lo)) { // no width: all gave the same answer
		e.Lo, e.Hi = math.NaN(), math.NaN()
	}
	decimals := percentDecimals(t.Domains[d].Base.Answered())
	if stat == MeanStat {
		decimals = meanDecimals(v.item)
	}
	r.figures[c] = figure(stat, key, e, decimals)
	r.methods[c] = e.Method
	if stat == ShareStat && r.figures[c].published {
		r.counts[c] = count(CountStat, key, e.Count)
	}
}

// findings tells the analyst what was withheld.
func (s *Safe) findings() []finding.Finding {
	var out []finding.Finding
	var primary, secondary, all int
	whole := func(row table.Row, reason string) {
		if reason == "" {
			return
		}
		out = append(out, finding.Finding{
			Stage: stage, Kind: "table-withheld", Severity: finding.Note, Place: finding.Place{Item: row.Item},
			Problem: "The table " + string(row.Key()) + " is withheld whole. " + reason,
			Remedy:  "Nothing needs to be done. To show more, ask for fewer or larger groups.",
		})
	}
	for _, v := range s.views {
		primary += v.primary
		secondary += v.secondary
		all += len(v.rows) * len(v.choices)
		whole(v.row, v.reason)
	}
	for _, v := range s.tests {
		whole(v.row, v.reason)
	}
	if all > 0 {
		out = append(out, finding.Finding{
			Stage: stage, Kind: "withheld", Severity: finding.Note,
			Problem: fmt.Sprintf("Of %d figures, %d are withheld for what they say and %d because they would give others away.", all, primary, secondary),
			Remedy:  "Nothing needs to be done. To show more, ask for fewer or larger groups.",
		})
	}
	return out
}
