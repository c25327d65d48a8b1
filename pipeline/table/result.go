package table

import "strings"

// Result is one line of the long table of results: one figure. Its fields are
// the columns that analysts' tools know, then the project's own.
type Result struct {
	Analysis   Analysis
	Item       string
	Value      string // NA for a mean
	Group      string // NA for everybody
	GroupValue string
	Stat       float64
	Lo, Hi     float64
	N          int64   // respondents who made the choice
	NTotal     int64   // base
	NW         float64 // their weight
	NWTotal    float64
	Key        Key

	Level    string // level of the units: respondent, or a repeat
	SE       float64
	DF       float64
	DEff     float64
	CIMethod string
	BaseKind string // "answered": those who were asked and gave an answer that counts
	Wave     string
	Status   string // "" published as it is; see protect
}

// Columns are the names of the columns of the long table, in order.
var Columns = [...]string{
	"analysis_type", "analysis_var", "analysis_var_value", "group_var", "group_var_value",
	"stat", "stat_low", "stat_upp", "n", "n_total", "n_w", "n_w_total", "analysis_key",
	"level", "se", "df", "deff", "ci_method", "base_kind", "wave", "status",
}

// Results returns a line for each figure of the table, unprotected.
func (t *Table) Results() []Result {
	var out []Result
	for d, domain := range t.Domains {
		for c, choice := range t.Choices {
			e := t.Cells[d][c]
			out = append(out, Result{
				Analysis: t.Row.Analysis, Item: t.Row.Item, Value: t.Row.valueOf(choice),
				Group: orNA(strings.Join(t.Row.By, groupSep)), GroupValue: orNA(strings.Join(domain.Values, groupSep)),
				Stat: e.Value, Lo: e.Lo, Hi: e.Hi,
				N: e.Count, NTotal: domain.Base.Answered(), NW: e.Weighted, NWTotal: domain.Base.Weighted,
				Key:   t.Row.KeyOf(choice, domain.Values),
				Level: t.Level, SE: e.SE, DF: e.DF, DEff: e.DEff, CIMethod: e.Method, BaseKind: "answered",
			})
		}
	}
	return out
}

func (r Row) valueOf(choice string) string {
	if r.Analysis == PropNet {
		return strings.Join(r.Values, "|")
	}
	return orNA(choice)
}

func orNA(s string) string {
	if s == "" {
		return missing
	}
	return s
}
