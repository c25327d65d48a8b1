package table

import (
	"math"
	"slices"
	"strings"
)

// Result is one line of the long table of results: one figure, or one test. Its
// fields are the columns that analysts' tools know, then the project's own.
type Result struct {
	Analysis   Analysis
	Item       string // of a ratio: numerator and denominator
	Value      string // NA for a mean
	Group      string // NA for everybody
	GroupValue string
	Stat       float64 // of a test: its statistic
	Lo, Hi     float64
	N          int64   // respondents who made the choice
	NTotal     int64   // base
	NW         float64 // their weight
	NWTotal    float64
	Key        Key

	Level    string // level of the units: respondent, or a repeat
	SE       float64
	DF       float64 // of a test: of the denominator
	DEff     float64
	CIMethod string // of a test: the test
	BaseKind string // "answered": those who were asked and gave an answer that counts
	Wave     string
	Status   string // "" published as it is; see protect

	Test *Test   // what a test has beside the statistic; nil for a figure
	Prob float64 // of a quantile: which; otherwise 0
	Held bool    // it stands as it was in an earlier report; see protect
}

// Columns are the names of the columns of the long table, in order.
var Columns = [...]string{
	"analysis_type", "analysis_var", "analysis_var_value", "group_var", "group_var_value",
	"stat", "stat_low", "stat_upp", "n", "n_total", "n_w", "n_w_total", "analysis_key",
	"level", "se", "df", "deff", "ci_method", "base_kind", "wave", "status",
	"ndf", "p", "p_adjusted", "adjustment", "effect", "effect_name", "effect_low", "effect_upp", "prob", "held",
}

// Results returns a line for each figure of the table, and after them one for
// each test, unprotected.
func (t *Table) Results() []Result {
	var out []Result
	for d, domain := range t.Domains {
		if d >= len(t.Cells) {
			break // a table of tests has domains alone
		}
		for c, choice := range t.Choices {
			e := t.Cells[d][c]
			out = append(out, Result{
				Analysis: t.Row.Analysis, Item: t.Row.Variable(), Value: t.Row.ValueOf(choice),
				Group: orNA(strings.Join(t.Row.By, groupSep)), GroupValue: orNA(strings.Join(domain.Values, groupSep)),
				Stat: e.Value, Lo: e.Lo, Hi: e.Hi,
				N: e.Count, NTotal: domain.Base.Answered(), NW: e.Weighted, NWTotal: domain.Base.Weighted,
				Key:   t.Row.KeyOf(choice, domain.Values),
				Level: t.Level, SE: e.SE, DF: e.DF, DEff: e.DEff, CIMethod: e.Method, BaseKind: t.Row.baseKind(), Prob: t.Row.Prob,
			})
		}
	}
	for i, x := range t.Tests {
		method := x.Method
		if method == "" || x.Why != "" {
			method = x.Why
		}
		nan := math.NaN()
		out = append(out, Result{
			Analysis: t.Row.Analysis, Item: t.Row.Variable(), Value: t.Row.ValueOf(x.Choice),
			Group: orNA(strings.Join(t.Row.By, groupSep)), GroupValue: t.TestGroup(i),
			Stat: x.Statistic, Lo: nan, Hi: nan, N: -1, NTotal: x.N, NW: nan, NWTotal: nan,
			Key:   t.TestKey(i),
			Level: t.Level, SE: x.SE, DF: x.DDF, DEff: nan, CIMethod: method, BaseKind: t.Row.baseKind(), Test: &t.Tests[i],
		})
	}
	return out
}

// TestKey returns the key of a test of the table. A comparison of two domains
// has the further part "between=a|b", a test beside the figures of a model the
// part "test=method".
func (t *Table) TestKey(i int) Key {
	x := t.Tests[i]
	var domain []string
	if !x.Pair {
		domain = t.domainOf(x)
	}
	key := t.Row.KeyOf(x.Choice, domain)
	switch {
	case x.Pair:
		key += Key(partSep + "between=" + t.tested(x))
	case !t.Row.Analysis.Test():
		key += Key(partSep + "test=" + x.Method)
	}
	return key
}

// TestGroup returns what a test says of groups: the domain in which it was made,
// the two that it compares, as "a|b", or NA where it compares all.
func (t *Table) TestGroup(i int) string { return orNA(t.tested(t.Tests[i])) }

// tested names the domains that a test speaks of, "" where it compares all.
func (t *Table) tested(x Test) string {
	if !x.Pair {
		return strings.Join(t.domainOf(x), groupSep)
	}
	return t.domainName(x.Between[0]) + "|" + t.domainName(x.Between[1])
}

// domainOf returns the domain in which a test was made: of an item with others
// each domain has its own, while other tests compare the domains.
func (t *Table) domainOf(x Test) []string {
	if len(t.Row.With) == 0 || x.Between[0] < 0 || x.Between[0] >= len(t.Domains) {
		return nil
	}
	return t.Domains[x.Between[0]].Values
}

func (t *Table) domainName(d int) string {
	if d < 0 || d >= len(t.Domains) {
		return missing
	}
	return orNA(strings.Join(t.Domains[d].Values, groupSep))
}

// Variable is what stands in the column analysis_var.
func (r Row) Variable() string {
	return strings.Join(slices.Concat([]string{r.Item}, r.With), valueSep)
}

// ValueOf is what stands in the column analysis_var_value: a choice, and NA for
// each further item.
func (r Row) ValueOf(choice string) string {
	switch r.Analysis {
	case PropNet, NetScore:
		choice = r.counted()
	}
	return orNA(choice) + strings.Repeat(valueSep+missing, len(r.With))
}

// baseKind is what the column base_kind says.
func (r Row) baseKind() string {
	if r.Base == "" {
		return string(BaseAnswered)
	}
	return string(r.Base)
}

func orNA(s string) string {
	if s == "" {
		return missing
	}
	return s
}
