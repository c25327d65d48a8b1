package protect

import (
	"cmp"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// leastKish bounds the weight of the weightiest respondent by half.
const leastKish = 4

// family is everything that is asked of one item: its own figures, by each
// grouping, its nets and its mean. A family is protected together.
type family struct {
	survey *survey.Survey
	item   *survey.Item
	tables []*table.Table

	rule
	groups map[string]*grouping
	masks  map[*table.Table]*mask
	base   float64 // respondents who answered
	all    float64 // respondents

	groupsOthers bool // its choices are the groups of other items
	settled      bool // what is withheld of everybody is decided

	skips      []skip
	without    float64            // of everybody, those who were asked and did not answer
	follows    bool               // whether it was asked hangs on another item
	margin     map[string]float64 // counts of everybody, by choice
	marginBase float64
	linked     bool              // groups and everybody add up
	shut       map[string][]bool // groups without figures, by grouping
	figures    map[*table.Table][][]int
	bases      map[*table.Table][]int
	wanted     map[int]float64        // what sums of stand-ins must come to
	remainders map[*table.Table][]int // of those in no group
}

func (f *family) level() string { return f.tables[0].Level }

// begin decides on what says too much itself, whatever else is shown.
func (f *family) begin(cfg Config, groups map[string]*grouping, masks map[*table.Table]*mask) {
	// Of a country it is telling, too, that nobody is from there.
	f.k, f.sensitive = float64(cfg.Threshold), f.item.Role == survey.Sensitive || slices.Contains(cfg.Country, f.item.Name)
	f.groups, f.masks = groups, masks
	f.base, f.all = math.NaN(), math.NaN()
	for _, t := range f.tables {
		m := newMask(t)
		m.whole = forbidden(f.survey, t, cfg)
		if m.whole == "" && f.nested(t) {
			m.whole = whyNested
		}
		if m.whole == "" && cfg.Dropped[t.Row.Key()] {
			m.whole = whyAudit
		}
		masks[t] = m
		if len(t.Row.By) == 0 && (math.IsNaN(f.base) || t.Row.Analysis != table.Mean) {
			f.base, f.all = float64(t.Domains[0].Base.Answered()), float64(t.Domains[0].Base.Total())
			f.without = float64(t.Domains[0].Base.Asked()) - f.base
		}
	}
	f.shut = map[string][]bool{}
	f.protectBases()
	for _, t := range f.of(nil) {
		if t.Row.Analysis == table.Mean && f.telling(t.Cells[0][0].Value, float64(t.Domains[0].Base.Answered())) {
			f.masks[t].figures[0][0], f.masks[t].primary[0][0] = true, true
		}
	}
	if f.base < 2*f.k {
		for _, t := range f.tables {
			if len(t.Row.By) > 0 && f.masks[t].whole == "" {
				f.masks[t].whole = whySmall
			}
		}
	}
}

// few reports whether so few answered that nothing is told of them.
func (f *family) few() bool { return f.base < 2*f.k }

// nested reports whether a table by several items at once divides groups that
// another table of the family shows whole.
func (f *family) nested(t *table.Table) bool {
	return len(t.Row.By) > 1 && slices.ContainsFunc(f.tables, func(o *table.Table) bool {
		return len(o.Row.By) > 0 && !slices.Equal(o.Row.By, t.Row.By) &&
			slices.ContainsFunc(o.Row.By, func(by string) bool { return slices.Contains(t.Row.By, by) })
	})
}

// protectBases withholds a base of fewer than k with all reasons, and figures
// on fewer than 2k; and single reasons for missing answers, covered by others.
func (f *family) protectBases() {
	for _, t := range f.of(nil) {
		m, base := f.masks[t], t.Domains[0].Base
		n := float64(base.Answered())
		if n < 2*f.k || base.Kish > 0 && base.Kish < leastKish {
			for c := range t.Choices {
				m.figures[0][c], m.primary[0][c] = true, true
			}
		}
		if f.small(n) {
			m.base[0] = true
			m.missing = allMissing()
			continue
		}
		f.protectReasons(m, base)
	}
}

func allMissing() (out [survey.Reasons]bool) {
	for r := range out {
		out[r] = true
	}
	return out
}

// protectReasons withholds the reasons that few gave, and with them the least
// of the others until those withheld come to k together. Where that cannot be,
// all are withheld.
func (f *family) protectReasons(m *mask, base table.Base) {
	var others []survey.Reason
	sum, hidden := 0.0, 0
	for r := survey.NotAsked; r < survey.Reasons; r++ {
		n := float64(base.Reasons[r])
		switch {
		case f.small(n):
			m.missing[r] = true
			sum += n
			hidden++
		case n > 0:
			others = append(others, r)
		}
	}
	if hidden == 0 {
		return
	}
	slices.SortStableFunc(others, func(a, b survey.Reason) int { return cmp.Compare(base.Reasons[a], base.Reasons[b]) })
	for _, r := range others {
		if hidden > 1 && sum >= f.k {
			return
		}
		m.missing[r] = true
		sum += float64(base.Reasons[r])
		hidden++
	}
	if hidden < 2 || sum < f.k {
		m.missing = allMissing()
	}
}

// of returns the tables of a grouping, those of everybody for nil.
func (f *family) of(by []string) []*table.Table {
	var out []*table.Table
	for _, t := range f.tables {
		if slices.Equal(t.Row.By, by) && f.masks[t].whole == "" {
			out = append(out, t)
		}
	}
	return out
}

// shares returns the table of the shares of all choices in a grouping, or nil.
func (f *family) shares(by []string) *table.Table {
	for _, t := range f.of(by) {
		if t.Row.Analysis == table.PropSelectOne || t.Row.Analysis == table.PropSelectMultiple {
			return t
		}
	}
	return nil
}

// nets returns the nets of a grouping.
func (f *family) nets(by []string) []*table.Table {
	var out []*table.Table
	for _, t := range f.of(by) {
		if t.Row.Analysis == table.PropNet {
			out = append(out, t)
		}
	}
	return out
}

// single reports whether respondents make one choice, so that choices add up.
func (f *family) single() bool { return f.item.Type == survey.SelectOne }

// sharesTable returns the table of the shares of all choices in a grouping, and
// its mask, whatever is withheld of it.
func (f *family) sharesTable(by []string) (*table.Table, *mask) {
	for _, t := range f.tables {
		if slices.Equal(t.Row.By, by) && (t.Row.Analysis == table.PropSelectOne || t.Row.Analysis == table.PropSelectMultiple) {
			return t, f.masks[t]
		}
	}
	return nil, nil
}
