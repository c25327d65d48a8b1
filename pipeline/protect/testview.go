package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// TestView is a table of tests as it may be shown.
type TestView struct {
	row     table.Row
	item    survey.Item
	level   string
	design  table.DesignKind
	domains [][]string
	tests   []Tested
	reason  string

	asOf, again int // as of a View
}

// UnmarshalJSON refuses.
func (v *TestView) UnmarshalJSON([]byte) error { return errMadeOnly }

// Tested is one test as it may be shown: of a table, or of two of its domains.
// A number that the method does not give is the zero Number, without a Stat.
type Tested struct {
	Key        table.Key
	Method     string
	Adjust     string // how P was adjusted for the number of tests; "" where it was not
	EffectName string

	Statistic, NDF, DDF Number
	P, Adjusted         Number
	Effect              Number // with its interval, where the method gives one
	N                   Number // respondents

	Choice  string // of a comparison: the choice compared; "" for means
	Between [2]int // of a comparison: the two domains, as indexes into Domains
	Pair    bool   // whether it is a comparison of two domains

	group string // what the results say of groups
}

// UnmarshalJSON refuses.
func (x *Tested) UnmarshalJSON([]byte) error { return errMadeOnly }

// Row returns the row of the plan.
func (v *TestView) Row() table.Row { return copied(v.row) }

// Item returns the item tested.
func (v *TestView) Item() survey.Item { return v.item }

// Design returns how far the tests may be trusted.
func (v *TestView) Design() table.DesignKind { return v.design }

// Tests returns the tests in the order of the table.
func (v *TestView) Tests() []Tested {
	if v == nil {
		return nil
	}
	return slices.Clone(v.tests)
}

// Domains returns the domains that comparisons speak of.
func (v *TestView) Domains() []Domain {
	out := make([]Domain, len(v.domains))
	for d, values := range v.domains {
		out[d] = Domain{slices.Clone(values)}
	}
	return out
}

// Whole reports whether all of it is withheld, and why, in a sentence.
func (v *TestView) Whole() (reason string, withheld bool) { return v.reason, v.reason != "" }

// Test returns the tests of a row of the plan.
func (s *Safe) Test(row table.Row) (*TestView, bool) {
	for _, v := range s.tests {
		if v.row.Key() == row.Key() {
			return v, true
		}
	}
	return nil, false
}

// Tests returns a view of each table of tests, in the order of the plan.
func (s *Safe) Tests() []*TestView { return slices.Clone(s.tests) }

// newTestView makes the view of a table of tests. Without adjusted, values
// adjusted for how many tests there are are withheld.
func newTestView(t *table.Table, item *survey.Item, x tested, unadjustable map[string]bool) *TestView {
	v := &TestView{row: t.Row, item: *item, level: t.Level, design: t.Design, reason: x.whole}
	for _, d := range t.Domains {
		v.domains = append(v.domains, d.Values)
	}
	for i, test := range t.Tests {
		key := t.TestKey(i)
		out := Tested{Key: key, group: t.TestGroup(i), Method: test.Method, EffectName: test.EffectName, Choice: test.Choice, Between: test.Between, Pair: test.Pair,
			Statistic: withheld(StatisticStat, key), P: withheld(PStat, key), N: withheld(BaseStat, key)}
		if x.whole == "" && x.shown[i] {
			out.show(test, x.n, !unadjustable[test.Adjust] && (t.Row.Analysis != table.Compare || adjustedWithin(t, x)))
		}
		v.tests = append(v.tests, out)
	}
	return v
}

func (x *Tested) show(t table.Test, n, adjusted bool) {
	number := func(stat Stat, v, lo, hi float64) Number {
		return figure(stat, x.Key, table.Estimate{Value: v, Lo: lo, Hi: hi}, 2)
	}
	nan := math.NaN()
	x.Statistic = number(StatisticStat, t.Statistic, nan, nan)
	x.P = probability(PStat, x.Key, t.P)
	if t.NDF > 0 {
		x.NDF = number(FreedomStat, t.NDF, nan, nan)
	}
	if t.DDF > 0 && !math.IsInf(t.DDF, 0) {
		x.DDF = number(FreedomStat+" of the denominator", t.DDF, nan, nan)
	}
	if t.EffectName != "" {
		lo, hi := t.Lo, t.Hi
		if !(hi > lo) { // the method gives none
			lo, hi = nan, nan
		}
		x.Effect = number(EffectStat, t.Effect, lo, hi)
	}
	if isAdjusted(t) {
		x.Adjust, x.Adjusted = t.Adjust, withheld(AdjustedStat, x.Key)
		if adjusted {
			x.Adjusted = probability(AdjustedStat, x.Key, t.Adjusted)
		}
	}
	if n {
		x.N = count(BaseStat, x.Key, t.N)
	}
}

// isAdjusted reports whether P was adjusted for how many tests there are.
func isAdjusted(t table.Test) bool { return t.Adjust != "" && t.Adjust != "none" }

// numbers returns the numbers of a test, those it has.
func (x Tested) numbers() []Number {
	return slices.DeleteFunc([]Number{x.Statistic, x.NDF, x.DDF, x.P, x.Adjusted, x.Effect, x.N}, func(n Number) bool { return n.stat == "" })
}

// leastP is the smallest p-value that is told: of one that is smaller it is told
// that it is.
const leastP = 0.001

// probability rounds a p-value to three decimals.
func probability(stat Stat, key table.Key, p float64) Number {
	if !(p >= 0 && p <= 1) {
		return withheld(stat, key)
	}
	n := figure(stat, key, table.Estimate{Value: math.Max(p, leastP), Lo: math.NaN(), Hi: math.NaN()}, 3)
	n.below, n.under = p < leastP, p < n.value
	return n
}
