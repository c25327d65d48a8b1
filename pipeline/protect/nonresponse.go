package protect

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// respond fills in how many were asked and the share of them that did not
// answer, from the counts that are shown: neither says more than they do. How
// many were asked follows from how many were not, since all respondents are
// known; a share needs 2k asked.
func (r *viewRow) respond(base table.Base, key table.Key, k int64) {
	r.asked, r.silent = withheld(AskedStat, key), withheld(UnansweredStat, key)
	asked := base.Asked()
	if !r.missing[survey.NotAsked].published || asked >= 1 && asked < k {
		return
	}
	r.asked = count(AskedStat, key, asked)
	if r.missing[survey.NotAnswered].published && asked >= 2*k {
		r.silent = proportion(UnansweredStat, key, base.Reasons[survey.NotAnswered], asked)
	}
}

// proportion is n of base, without an interval.
func proportion(stat Stat, key table.Key, n, base int64) Number {
	return figure(stat, key, table.Estimate{Value: float64(n) / float64(base), Lo: math.NaN(), Hi: math.NaN()}, percentDecimals(base))
}

// whole is n of base in whole percents, however large the base.
func whole(stat Stat, key table.Key, n, base int64) Number {
	return figure(stat, key, table.Estimate{Value: float64(n) / float64(base), Lo: math.NaN(), Hi: math.NaN()}, 0)
}

// Asked returns how many respondents of domain d were asked the item.
func (v *View) Asked(d int) Number {
	if v == nil || d < 0 || d >= len(v.rows) {
		return Number{}
	}
	return v.rows[d].asked
}

// Unanswered returns the share of those of domain d who were asked the item
// and left it without an answer.
func (v *View) Unanswered(d int) Number {
	if v == nil || d < 0 || d >= len(v.rows) {
		return Number{}
	}
	return v.rows[d].silent
}

// Makeup is what became of the answers that several items asked for.
type Makeup struct {
	Items  int                    // items counted: those of which it is shown how many were asked
	Asked  Number                 // answers asked for: respondents asked, over the items
	Shares [survey.Reasons]Number // of those: answered, and missing for each reason; none for NotAsked
	Hidden Number                 // of those: what the items withhold
}

// Makeup adds up what views of everybody show. It is made of shown counts
// alone, and what they leave over is told as one share of what is withheld, so
// that it says nothing the views do not say. A reason that is withheld wherever
// it occurs is withheld.
func (s *Safe) Makeup(name string, views []*View) Makeup {
	var m Makeup
	var asked int64
	var shown [survey.Reasons]int64
	var partly [survey.Reasons]bool // some item withholds it
	for _, v := range views {
		if v == nil || len(v.rows) != 1 || !v.rows[0].asked.published {
			continue
		}
		r := v.rows[0]
		m.Items++
		asked += int64(r.asked.value)
		for reason := range shown {
			n := r.missing[reason]
			if survey.Reason(reason) == survey.Answered {
				n = r.base
			}
			if n.published {
				shown[reason] += int64(n.value)
			} else {
				partly[reason] = true
			}
		}
	}
	key := table.Key("answers " + name)
	m.Asked, m.Hidden = withheld(AskedStat, key), withheld(ReasonStat+"withheld", key)
	for reason := range m.Shares {
		m.Shares[reason] = withheld(ReasonStat+Stat(survey.Reason(reason).String()), key)
	}
	if asked < 2*int64(s.Threshold()) {
		return m
	}
	m.Asked = count(AskedStat, key, asked)
	rest := asked
	for reason := range m.Shares {
		r := survey.Reason(reason)
		if partly[reason] && shown[reason] == 0 {
			continue // "none" would be wrong
		}
		if r != survey.NotAsked {
			m.Shares[reason] = whole(ReasonStat+Stat(r.String()), key, shown[reason], asked)
			rest -= shown[reason]
		}
	}
	m.Hidden = whole(ReasonStat+"withheld", key, rest, asked)
	return m
}
