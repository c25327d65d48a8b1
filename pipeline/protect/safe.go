package protect

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Safe is a release whose figures may be shown: the only source of figures for
// charts, reports, results files and the brief. It is made by Protect and by
// nothing else; the zero Safe is empty.
type Safe struct {
	threshold int
	audience  Audience
	views     []*View
	tests     []*TestView
	byKey     map[table.Key]*View
	book      *book
	held      *held // by earlier releases
	stricter  int   // tables taken from the release for a stricter audience

	silent   map[string][]bool // groups whose sizes are withheld, by grouping
	fewAsked map[string]bool   // items of which few were asked in a group
}

// UnmarshalJSON refuses.
func (s *Safe) UnmarshalJSON([]byte) error { return errMadeOnly }

// UnmarshalText refuses.
func (s *Safe) UnmarshalText([]byte) error { return errMadeOnly }

// UnmarshalBinary refuses.
func (s *Safe) UnmarshalBinary([]byte) error { return errMadeOnly }

// GobDecode refuses.
func (s *Safe) GobDecode([]byte) error { return errMadeOnly }

// UnmarshalYAML refuses.
func (s *Safe) UnmarshalYAML(func(any) error) error { return errMadeOnly }

// Views returns a view of each table, in the order of the plan.
func (s *Safe) Views() []*View { return slices.Clone(s.views) }

// View returns the view of the table of a row of the plan.
func (s *Safe) View(row table.Row) (*View, bool) {
	v, ok := s.byKey[row.Key()]
	return v, ok
}

// Threshold returns k: counts below it are withheld.
func (s *Safe) Threshold() int { return s.threshold }

// Audience returns for whom the release is made.
func (s *Safe) Audience() Audience { return s.audience }

// View is one table as it may be shown.
type View struct {
	row     table.Row
	item    survey.Item
	level   string
	uneven  bool // the weights differ within a domain
	design  table.DesignKind
	sets    []string // of combinations: the choices that are combined
	choices []string
	rows    []viewRow
	reason  string // why the whole table is withheld, or ""

	primary, secondary int

	asOf  int // the run whose answers it shows, 0: this one
	again int // the same, where they have not changed
}

// viewRow is a domain of a view. figures[c] is the share of choice c, or the mean.
type viewRow struct {
	domain  []string
	base    Number
	figures []Number
	counts  []Number // respondents behind each share
	missing [survey.Reasons]Number
	asked   Number // respondents asked, whether they answered or not
	silent  Number // share of them without an answer
	methods []string
}

// UnmarshalJSON refuses.
func (v *View) UnmarshalJSON([]byte) error { return errMadeOnly }

// GobDecode refuses.
func (v *View) GobDecode([]byte) error { return errMadeOnly }

// Domain is a part of the respondents: the choice of each item of the row's
// By; none for everybody.
type Domain struct{ Values []string }

// Row returns the row of the plan.
func (v *View) Row() table.Row {
	return copied(v.row)
}

func copied(r table.Row) table.Row {
	r.With, r.Values, r.Against, r.By = slices.Clone(r.With), slices.Clone(r.Values), slices.Clone(r.Against), slices.Clone(r.By)
	return r
}

// Further reports whether the figures are no shares or means of a family: see
// the gate.
func (v *View) Further() bool { return !familyRow(v.row) }

// Item returns the item analysed.
func (v *View) Item() survey.Item { return v.item }

// Design returns how far the intervals may be trusted.
func (v *View) Design() table.DesignKind { return v.design }

// Domains returns the domains in order.
func (v *View) Domains() []Domain {
	out := make([]Domain, len(v.rows))
	for d := range v.rows {
		out[d] = Domain{slices.Clone(v.rows[d].domain)}
	}
	return out
}

// Choices returns the names of the choices in order: one "" for a mean or a net.
func (v *View) Choices() []string { return slices.Clone(v.choices) }

// Combined returns, of combinations, the choices that are combined.
func (v *View) Combined() []string {
	if v == nil {
		return nil
	}
	return slices.Clone(v.sets)
}

// Share returns the share of choice c in domain d, both counted from 0. It is
// withheld where the view has no such share.
func (v *View) Share(d, c int) Number {
	if n := v.Figure(d, c); n.stat.Share() {
		return n
	}
	return Number{}
}

// Count returns how many respondents of domain d made choice c.
func (v *View) Count(d, c int) Number {
	if v == nil || v.row.Analysis == table.Mean || d < 0 || d >= len(v.rows) || c < 0 || c >= len(v.choices) {
		return Number{}
	}
	return v.rows[d].counts[c]
}

// Mean returns the mean in domain d. It is withheld where the view has none.
func (v *View) Mean(d int) Number {
	if v == nil || v.row.Analysis != table.Mean || d < 0 || d >= len(v.rows) {
		return Number{}
	}
	return v.rows[d].figures[0]
}

// Base returns how many respondents of domain d answered.
func (v *View) Base(d int) Number {
	if v == nil || d < 0 || d >= len(v.rows) {
		return Number{}
	}
	return v.rows[d].base
}

// Missing returns how many respondents of domain d have no answer for a reason.
func (v *View) Missing(d int, reason survey.Reason) Number {
	if v == nil || d < 0 || d >= len(v.rows) || reason == survey.Answered || reason >= survey.Reasons {
		return Number{}
	}
	return v.rows[d].missing[reason]
}

// Withheld returns how many figures are withheld for what they say themselves,
// and how many because others could be worked out from them.
func (v *View) Withheld() (primary, secondary int) { return v.primary, v.secondary }

// Whole reports whether the whole table is withheld, and why, in a sentence.
func (v *View) Whole() (reason string, withheld bool) { return v.reason, v.reason != "" }
