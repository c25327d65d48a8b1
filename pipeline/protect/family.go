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
	groups  map[string]*grouping
	masks   map[*table.Table]*mask
	base    float64 // respondents who answered
	all     float64 // respondents
	noMeans bool    // means would give withheld answers away
	pairs   []pair  // withheld answers of everybody, with what covers them
}

// pair covers a withheld count of everybody: counts can be shifted between two
// columns, up and down, without a sum changing.
type pair struct {
	a, b     string // choices; b is "" for "not a", of an item of several choices
	up, down float64
}

// protectAll decides on the figures of everybody.
func (f *family) protectAll(cfg Config, groups map[string]*grouping, masks map[*table.Table]*mask) {
	// Of a country it is telling, too, that nobody is from there.
	f.k, f.sensitive = float64(cfg.Threshold), f.item.Role == survey.Sensitive || slices.Contains(cfg.Country, f.item.Name)
	f.groups, f.masks = groups, masks
	f.base = math.NaN()
	for _, t := range f.tables {
		m := newMask(t)
		m.whole = forbidden(f.survey, t, cfg)
		if m.whole == "" && f.nested(t) {
			m.whole = whyNested
		}
		masks[t] = m
		if len(t.Row.By) == 0 && (math.IsNaN(f.base) || t.Row.Analysis != table.Mean) {
			f.base, f.all = float64(t.Domains[0].Base.Answered()), float64(t.Domains[0].Base.Total())
		}
	}
	f.protectBases()
	f.protectEverybody()
}

// protectByGroups decides on the figures by groups, given those of everybody.
func (f *family) protectByGroups() {
	masks := f.masks
	for _, t := range f.tables {
		if len(t.Row.By) == 0 || masks[t].whole != "" {
			continue
		}
		switch {
		case f.base < 2*f.k:
			masks[t].whole = whySmall
		case t.Row.Analysis == table.Mean:
			f.protectMeans(t)
		default:
			f.protectGroups(t)
		}
	}
	f.settle()
}

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

// settle decides on what stands beside the shares of the same groups: a net is
// withheld in the rows in which some of its choices are and some of the others
// too; elsewhere it says no more than the shares. It goes with them where they
// are withheld whole.
func (f *family) settle() {
	for _, t := range f.tables {
		m := f.masks[t]
		of, shares := f.sharesTable(t.Row.By)
		if t.Row.Analysis == table.Mean && len(t.Row.By) > 0 {
			f.settleMean(t)
		}
		if m.whole != "" || len(t.Row.By) == 0 || of == nil || of == t {
			continue
		}
		if shares.whole != "" {
			// By groups a net adds up to that of everybody, which gives a withheld
			// choice back; and nothing is covered beside it.
			if t.Row.Analysis == table.PropNet {
				m.whole = shares.whole
			}
			continue
		}
		copy(m.base, shares.base)
		for d := range t.Domains {
			var within, without, closed bool
			for c, choice := range of.Choices {
				if shares.figures[d][c] {
					in := slices.Contains(t.Row.Values, choice)
					within, without = within || in, without || !in
				}
			}
			closed = !slices.Contains(shares.figures[d], false)
			switch {
			case t.Row.Analysis == table.Mean: // settleMean decides
			case f.single():
				m.figures[d][0] = closed || within && without
			default:
				m.figures[d][0] = m.figures[d][0] || closed || within
			}
		}
	}
}

// settleMean withholds all means by groups where shares or nets of the same
// groups are withheld: each mean says something of all the others.
func (f *family) settleMean(t *table.Table) {
	for _, o := range f.of(t.Row.By) {
		if o.Row.Analysis == table.Mean || !f.masks[o].any() {
			continue
		}
		for d := range t.Domains {
			f.masks[t].figures[d][0] = true
		}
	}
}

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
