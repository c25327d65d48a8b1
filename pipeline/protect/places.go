package protect

import (
	"maps"
	"math"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// figureName is what a figure is known by.
type figureName struct {
	key  table.Key
	stat Stat
}

// place says where a figure stands among the answers, and by what name the
// ledger has its statistic.
type place struct {
	at, of ledger.At
	stat   string
}

// uneven reports whether the weights differ within a domain, so that shares and
// means are not those of the counts.
func uneven(t *table.Table) bool {
	for _, d := range t.Domains {
		if n := float64(d.Base.Answered()); d.Base.Kish > 0 && math.Abs(d.Base.Kish-n) > 1e-9*n {
			return true
		}
	}
	return false
}

// places returns the place of every figure of the views.
func (s *Safe) places(a *axes) map[figureName]place {
	out := map[figureName]place{}
	for _, v := range s.views {
		if v.reason != "" {
			continue // nothing is told of the table: its marks stand for it, not for counts
		}
		for d := range v.rows {
			v.place(a, &v.rows[d], out)
		}
	}
	for _, v := range s.tests {
		v.place(a, out)
	}
	return out
}

// domain returns the coordinates of a domain; false where an item is to be in
// two places at once.
func (a *axes) domain(by, values []string) (ledger.At, bool) {
	out := ledger.At{}
	for i, name := range by {
		item, ok := a.survey.Item(name)
		if !ok || i >= len(values) {
			return nil, false
		}
		variable, at := a.choice(item, values[i])
		if _, twice := out[variable]; twice {
			return nil, false
		}
		out[variable] = at
	}
	return out, true
}

// widened returns coordinates with those of one more variable; false where it has
// some already.
func widened(at ledger.At, variable string, values ledger.Values) (ledger.At, bool) {
	if _, twice := at[variable]; twice {
		return nil, false
	}
	out := maps.Clone(at)
	out[variable] = values
	return out, true
}

// askedValues are the values of whoever was asked an item.
func askedValues() ledger.Values {
	out := ledger.Values{ledger.Answered}
	for r := survey.NotAsked + 1; r < survey.Reasons; r++ {
		out = append(out, r.String())
	}
	return out
}

// place notes where the figures of a domain of a view stand.
func (v *View) place(a *axes, r *viewRow, out map[figureName]place) {
	domain, ok := a.domain(v.row.By, r.domain)
	if !ok {
		return // it is divided by itself, and never shown
	}
	whether := a.whoAnswered(&v.item)
	put := func(n Number, at, of ledger.At, stat string) {
		if at != nil {
			out[figureName{n.key, n.stat}] = place{at, of, stat}
		}
	}
	answered, _ := widened(domain, whether, ledger.Values{ledger.Answered})
	if scored := a.scored(v); scored != nil { // others are no part of it, and no reasons either
		at, _ := widened(domain, whether, scored)
		put(r.base, at, nil, ledger.Count)
		for c, choice := range v.choices {
			v.placeFigure(a, r, c, choice, domain, at, at, put)
		}
		return
	}
	all := answered
	switch v.row.Base {
	case table.BaseRespondents:
		all = domain
		put(r.base, domain, nil, ledger.Count)
	case table.BaseResponses:
		put(r.base, answered, nil, "choices made")
	default:
		put(r.base, answered, nil, ledger.Count)
	}
	for reason := survey.NotAsked; reason < survey.Reasons; reason++ {
		at, _ := widened(domain, whether, ledger.Values{reason.String()})
		put(r.missing[reason], at, nil, ledger.Count)
	}
	of, _ := widened(domain, whether, askedValues())
	put(r.asked, of, nil, ledger.Count)
	silent, _ := widened(domain, whether, ledger.Values{survey.NotAnswered.String()})
	put(r.silent, silent, of, ledger.Silent)
	for c, choice := range v.choices {
		v.placeFigure(a, r, c, choice, domain, answered, all, put)
	}
}

// scored returns, of a mean of scores, the choices that have one, where not all
// answers do.
func (a *axes) scored(v *View) ledger.Values {
	if v.row.Analysis != table.Mean || !v.item.Type.HasChoices() {
		return nil
	}
	var out []string
	all := a.answers(&v.item)
	for _, c := range all {
		if c.Score != nil {
			out = append(out, c.Name)
		}
	}
	if len(out) == len(all) {
		return nil
	}
	return categories(out...)
}

// placeFigure notes where the figure of a choice and the count behind it stand.
func (v *View) placeFigure(a *axes, r *viewRow, c int, choice string, domain, answered, all ledger.At, put func(Number, ledger.At, ledger.At, string)) {
	values := []string{choice}
	share, mean := ledger.Pct, ledger.Mean
	if v.uneven {
		share, mean = ledger.WPct, ledger.WMean
	}
	switch v.row.Analysis {
	case table.PropNet:
		values = v.row.Values
	case table.PropSelectMultiple:
		if v.row.Base == table.BaseResponses {
			share = "share of choices made"
		}
	case table.PropSelectOne, table.RankFirst:
	case table.PropCombination:
		variable := a.combinations(&v.item, v.sets, v.choices)
		at, _ := widened(domain, variable, categories(choice))
		put(r.figures[c], at, answered, share)
		put(r.counts[c], at, nil, ledger.Count)
		return
	case table.Mean:
		put(r.figures[c], answered, answered, mean)
		put(r.counts[c], answered, nil, ledger.Count)
		return
	default:
		at := answered
		for _, name := range v.row.With {
			if item, ok := a.survey.Item(name); ok {
				if wider, free := widened(at, a.whoAnswered(item), ledger.Values{ledger.Answered}); free {
					at = wider
				}
			}
		}
		put(r.figures[c], at, nil, string(r.figures[c].stat))
		put(r.counts[c], at, nil, string(r.counts[c].stat))
		return
	}
	variable, in := a.choice(&v.item, values...)
	at, _ := widened(domain, variable, in)
	of, _ := widened(domain, variable, ledger.Values{ledger.Answered})
	if v.row.Base == table.BaseRespondents {
		of = all
	}
	put(r.figures[c], at, of, share)
	put(r.counts[c], at, nil, ledger.Count)
}

// place notes among whom each test was made.
func (v *TestView) place(a *axes, out map[figureName]place) {
	at := ledger.At{}
	for _, name := range append(append([]string{v.row.Item}, v.row.With...), v.row.By...) {
		if item, ok := a.survey.Item(name); ok {
			at[a.whoAnswered(item)] = ledger.Values{ledger.Answered}
		}
	}
	for _, x := range v.tests {
		for _, n := range x.numbers() {
			stat := string(n.stat)
			if n.stat == BaseStat {
				stat = "base of a test"
			}
			out[figureName{n.key, n.stat}] = place{at, nil, stat}
		}
	}
}
