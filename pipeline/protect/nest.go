package protect

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Each protects a release for each audience of the settings, the strictest
// first. An audience also reads what is made for those before it, so two
// patterns of what is withheld would meet in its hands, and one could show what
// covers the other. Therefore whatever an audience is shown holds all that the
// one before it is shown: see nest.
func Each(s *survey.Survey, plan table.Plan, tables []*table.Table, releases []Release, cfg Config) ([]*Safe, []finding.Finding, error) {
	findings := cfg.Validate()
	if finding.Refused(findings) {
		return nil, findings, &NotSafe{Why: "the disclosure settings do not hold"}
	}
	findings = nil
	var out []*Safe
	for _, a := range cfg.Made() {
		safe, found, err := Protect(s, plan, tables, releases, a, cfg.For(a))
		if len(out) == 0 {
			findings = append(findings, found...)
		}
		if err != nil {
			return nil, findings, err
		}
		if len(out) > 0 {
			for _, f := range found { // what is withheld from it is told in one line, and all else once
				if f.Kind != "table-withheld" && f.Kind != "withheld" && !slices.Contains(findings, f) {
					findings = append(findings, f)
				}
			}
			if err := safe.nest(out[len(out)-1], cfg.Links); err != nil {
				return nil, findings, err
			}
		}
		out = append(out, safe)
	}
	if len(out) > 1 {
		for _, safe := range out {
			findings = append(findings, safe.loss().finding())
		}
	}
	finding.Sort(findings)
	return out, findings, nil
}

// nest makes the release show all that a stricter one shows. Where a table would
// not, everything that speaks of its items, and what is divided by them, is
// taken from the stricter release, and with it whatever it is safe beside only
// as that release shows it: see ties.
func (s *Safe) nest(stricter *Safe, links ledger.Links) error {
	if len(s.views) != len(stricter.views) || len(s.tests) != len(stricter.tests) {
		return &NotSafe{Why: "the releases for two audiences are not of the same tables"}
	}
	t := s.ties(stricter, links)
	for i, v := range s.views {
		if !stricter.views[i].within(v) {
			t.fall(v.level, v.row)
		}
	}
	for i, v := range s.tests {
		if !stricter.tests[i].within(v) {
			t.fall(v.level, v.row)
		}
	}
	for before := -1; before != len(t.fallen); {
		before = len(t.fallen)
		for _, v := range s.views {
			if t.touches(v.row) {
				t.fall(v.level, v.row)
			}
		}
		for _, v := range s.tests {
			if t.touches(v.row) {
				t.fall(v.level, v.row)
			}
		}
	}
	for i, v := range s.views {
		if t.touches(v.row) {
			if s.views[i] = stricter.views[i]; s.byKey[v.row.Key()] == v {
				s.byKey[v.row.Key()] = stricter.views[i]
			}
			s.stricter++
		}
	}
	for i, v := range s.tests {
		if t.touches(v.row) {
			s.tests[i] = stricter.tests[i]
			s.stricter++
		}
	}
	t.take()
	return nil
}

// within reports whether all that the view shows is shown by another one, as it
// is shown here.
func (v *View) within(other *View) bool {
	if v.row.Key() != other.row.Key() || v.level != other.level || len(v.rows) != len(other.rows) {
		return false
	}
	for d := range v.rows {
		a, b := v.rows[d].numbers(), other.rows[d].numbers()
		if !slices.Equal(v.rows[d].domain, other.rows[d].domain) || len(a) != len(b) || !allWithin(a, b) {
			return false
		}
	}
	return true
}

// numbers returns the numbers of a row, each in its place.
func (r *viewRow) numbers() []Number {
	return slices.Concat([]Number{r.base, r.asked, r.silent}, r.figures, r.counts, r.missing[:])
}

func (v *TestView) within(other *TestView) bool {
	if v.row.Key() != other.row.Key() || v.level != other.level || len(v.tests) != len(other.tests) {
		return false
	}
	for i, x := range v.tests {
		y := other.tests[i]
		if x.Key != y.Key || !allWithin([]Number{x.Statistic, x.NDF, x.DDF, x.P, x.Adjusted, x.Effect, x.N}, []Number{y.Statistic, y.NDF, y.DDF, y.P, y.Adjusted, y.Effect, y.N}) {
			return false
		}
	}
	return true
}

func allWithin(a, b []Number) bool {
	for i := range a {
		if !a[i].within(b[i]) {
			return false
		}
	}
	return true
}

// within reports whether what is shown of a number is shown by another one too.
func (n Number) within(other Number) bool {
	switch {
	case !n.published:
		return true
	case !other.published || n.value != other.value || n.decimals != other.decimals || n.below != other.below || n.under != other.under:
		return false
	case !n.interval:
		return true
	}
	return other.interval && n.lo == other.lo && n.hi == other.hi
}
