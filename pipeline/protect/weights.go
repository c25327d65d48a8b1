package protect

import (
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Weights is what may be told of the weights.
type Weights struct {
	Column, Trimmed bool
	Method          string
	Asked           []string
	Margins         []WeightMargin
	Numbers         []string
	Costly          string

	DEff, Effective Number // to one decimal, and what follows from that
	Ratio           Number // a round number that largest over smallest weight does not exceed
	Top1, Top5      Number // shares of the total
}

// WeightMargin compares respondents with the population.
type WeightMargin struct {
	Items []string
	Rows  []WeightRow
}

// WeightRow is a choice of each item of a margin. The share of the population is
// public knowledge, and always shown.
type WeightRow struct {
	Values                  []string
	N, Frame, Before, After Number
}

// Weights protects what is known of the weights of the respondents of a survey.
// Reserved names the items of countries and identities.
//
//   - Of an identifying or sensitive item only the share of the population is
//     shown.
//   - Where the respondents in a margin are those in the table of its item, a
//     count is shown where that table shows it, and nothing else can follow.
//     Otherwise the whole margin is open, or closed: every count must be nobody
//     or k, of countries and identities k; and so must be who lacks an answer, who
//     is in the table and not in the margin, and who is in the population and
//     not among the respondents.
//   - Weights that were fitted are made of these counts. So their design effect,
//     range and largest shares are told only where all margins are open; and on
//     2k respondents, an effective base of 4, and to few digits. The largest
//     hundredth and twentieth need k respondents in them.
func (s *Safe) Weights(sv *survey.Survey, w quality.Weights, reserved []string) Weights {
	key := func(what string) table.Key { return table.Key("weights " + what) }
	out := Weights{Column: w.Column, Trimmed: w.Trimmed, Method: w.Method, Asked: slices.Clone(w.Asked), Numbers: slices.Clone(w.Numbers),
		DEff: withheld(WeightEffectStat, key("design effect")), Effective: withheld(CountStat, key("effective base")),
		Ratio: withheld(WeightRangeStat, key("range")), Top1: withheld(ShareStat, key("largest hundredth")), Top5: withheld(ShareStat, key("largest twentieth"))}
	k := int64(s.Threshold())
	enough := w.Responses >= 2*k && w.Effective >= leastKish && s.weightsKept(w)
	open := enough
	for _, m := range w.Margins {
		view, whole := s.margin(sv, w, m, enough, reserved)
		out.Margins = append(out.Margins, view)
		open = open && whole
	}
	if !open {
		return out
	}
	out.Costly = w.Costly
	exactly := func(stat Stat, name string, v float64, decimals int) Number {
		return figure(stat, key(name), table.Estimate{Value: v, Lo: math.NaN(), Hi: math.NaN()}, decimals)
	}
	out.DEff = exactly(WeightEffectStat, "design effect", w.DEff, 1)
	if out.DEff.published {
		out.Effective = count(CountStat, key("effective base"), twoDigits(float64(w.Responses)/max(1, out.DEff.value)))
	}
	out.Ratio = exactly(WeightRangeStat, "range", roundAbove(w.Ratio), 0)
	if w.Responses >= 100*k {
		out.Top1 = exactly(ShareStat, "largest hundredth", w.Top1, 0)
	}
	if w.Responses >= 20*k {
		out.Top5 = exactly(ShareStat, "largest twentieth", w.Top5, 0)
	}
	return out
}

// margin protects one margin, and reports whether nothing of it is withheld.
func (s *Safe) margin(sv *survey.Survey, w quality.Weights, m quality.Margin, enough bool, reserved []string) (WeightMargin, bool) {
	out := WeightMargin{Items: slices.Clone(m.Items)}
	open := s.openRows(sv, w, m, enough, reserved)
	whole := true
	for i, r := range m.Rows {
		key := table.Key("weights " + strings.Join(m.Items, " x ") + " " + strings.Join(r.Values, " x "))
		share := func(what string, v float64) Number {
			return figure(ShareStat, key+table.Key(" "+what), table.Estimate{Value: v, Lo: math.NaN(), Hi: math.NaN()}, percentDecimals(w.Responses))
		}
		row := WeightRow{Values: slices.Clone(r.Values), Frame: share("population", r.Frame),
			N: withheld(CountStat, key), Before: withheld(ShareStat, key+" before"), After: withheld(ShareStat, key+" after")}
		if open[i] {
			row.N, row.Before, row.After = count(CountStat, key, r.N), share("before", r.Before), share("after", r.After)
		}
		whole = whole && open[i]
		out.Rows = append(out.Rows, row)
	}
	s.placeMargin(sv, out)
	return out, whole
}

// openRows says of which choices of a margin the counts are shown.
func (s *Safe) openRows(sv *survey.Survey, w quality.Weights, m quality.Margin, enough bool, reserved []string) []bool {
	k := int64(s.Threshold())
	few := func(n int64) bool { return n >= 1 && n < k }
	open := make([]bool, len(m.Rows))
	hushed, known := false, false
	for _, name := range m.Items {
		item, ok := sv.Item(name)
		hushed = hushed || !ok || item.Role == survey.Sensitive || item.Role == survey.Identifying
		known = known || slices.Contains(reserved, name)
	}
	var all int64
	for _, r := range m.Rows {
		all += r.N
	}
	missing := w.Responses - all
	if !enough || hushed || all < 2*k || missing < 0 || few(missing) || missing > 0 && len(m.Items) > 1 {
		return open
	}
	v := s.sharesOf(m.Items)
	for i, r := range m.Rows {
		if few(r.N) && v == nil || r.N == 0 && known {
			return make([]bool, len(m.Rows))
		}
		if others := int64(math.Round(float64(r.Frame*w.Population))) - r.N; few(others) {
			return make([]bool, len(m.Rows))
		}
		open[i] = true
		if v == nil {
			continue
		}
		in := v.Count(0, slices.Index(v.choices, r.Values[0]))
		switch {
		case missing == 0: // the same respondents
			if open[i] = in.published && !few(r.N); in.published && int64(in.value) != r.N {
				return make([]bool, len(m.Rows))
			}
		case !in.published || few(r.N) || in.value < float64(r.N) || few(int64(in.value)-r.N):
			return make([]bool, len(m.Rows))
		}
	}
	return open
}

// sharesOf returns the table of everybody of the only item of a margin, nil
// where there is none.
func (s *Safe) sharesOf(items []string) *View {
	if len(items) != 1 {
		return nil
	}
	for _, v := range s.views {
		if v.row.Analysis == table.PropSelectOne && v.row.Item == items[0] && len(v.row.By) == 0 && v.row.Base == "" && len(v.rows) == 1 {
			return v
		}
	}
	return nil
}

// roundAbove returns the smallest of 1, 2, 5, 10, 20, 50 and so on that a number
// does not exceed.
func roundAbove(x float64) float64 {
	for power := 1.0; power < 1e15; power *= 10 {
		for _, step := range [...]float64{1, 2, 5} {
			if x <= float64(step*power)*(1+1e-9) {
				return float64(step * power)
			}
		}
	}
	return math.NaN()
}

// twoDigits rounds a count of 100 or more down to its first two digits.
func twoDigits(x float64) int64 {
	unit := math.Pow10(max(0, int(math.Floor(math.Log10(max(1, x))))-1))
	return int64(float64(math.Floor(x/unit) * unit))
}
