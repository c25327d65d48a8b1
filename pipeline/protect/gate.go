package protect

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// gate decides on what is no share or mean of a family: quantiles, ratios,
// rankings, models, tests. Each table is decided by itself, after the families
// and knowing their masks, so that nothing it shows may depend on what they
// withhold. Whatever is not opened stays closed.
type gate struct {
	rule
	survey *survey.Survey
	cfg    Config
	groups map[string]*grouping
	masks  map[*table.Table]*mask
	all    []*table.Table // every table of the release

	families  map[string]*family
	quantiles map[string][]float64 // probabilities shown, by item and domain
}

// verdict says what of a further table is shown; all is closed until opened.
type verdict struct {
	whole     string // why the whole table is withheld, or ""
	base      []bool
	figures   [][]bool
	intervals [][]bool
}

func newVerdict(t *table.Table) *verdict {
	v := &verdict{base: make([]bool, len(t.Domains))}
	for range t.Domains {
		v.figures = append(v.figures, make([]bool, len(t.Choices)))
		v.intervals = append(v.intervals, make([]bool, len(t.Choices)))
	}
	return v
}

// open shows a figure with its interval.
func (v *verdict) open(d, c int) { v.figures[d][c], v.intervals[d][c] = true, true }

// openRow shows all figures of a domain, and its base.
func (v *verdict) openRow(d int) {
	v.base[d] = true
	for c := range v.figures[d] {
		v.open(d, c)
	}
}

// inFamily reports whether a table is one of a family's: shares of those who
// answered, nets and means.
func inFamily(t *table.Table) bool { return familyRow(t.Row) }

func familyRow(r table.Row) bool {
	return r.Analysis.Figures() && (r.Base == "" || r.Base == table.BaseAnswered)
}

func newGate(s *survey.Survey, cfg Config, groups map[string]*grouping, masks map[*table.Table]*mask, families []*family, all []*table.Table) *gate {
	g := &gate{
		rule: rule{k: float64(cfg.Threshold)}, survey: s, cfg: cfg, groups: groups, masks: masks, all: all,
		families: map[string]*family{}, quantiles: map[string][]float64{},
	}
	for _, f := range families {
		g.families[f.tables[0].Level+"\x00"+f.item.Name] = f
	}
	return g
}

// of returns the rule of an item: for sensitive items and countries it is
// telling, too, that nobody or everybody gave an answer.
func (g *gate) of(item *survey.Item) rule {
	return rule{k: g.k, sensitive: item.Role == survey.Sensitive || slices.Contains(g.cfg.Country, item.Name)}
}

// forbidden says why a further table may not be shown whatever its figures.
func (g *gate) forbidden(t *table.Table) string {
	for _, name := range append([]string{t.Row.Item}, t.Row.With...) {
		if _, ok := g.survey.Item(name); !ok {
			return whyNamed
		}
	}
	if why := forbidden(g.survey, t, g.cfg); why != "" {
		return why
	}
	if len(t.Row.By) > 1 {
		return whyNested
	}
	if !t.Row.Analysis.Test() && !shaped(t) {
		return whyUnknown
	}
	return ""
}

// shaped reports whether a table has a cell for each domain and choice.
func shaped(t *table.Table) bool {
	if len(t.Domains) == 0 || len(t.Choices) == 0 || len(t.Cells) != len(t.Domains) {
		return false
	}
	for d, domain := range t.Domains {
		if len(domain.Values) != len(t.Row.By) || len(t.Cells[d]) != len(t.Choices) {
			return false
		}
	}
	return len(t.Row.By) > 0 || len(t.Domains) == 1
}

// shares returns the table of the shares of an item by a grouping, or nil.
func (g *gate) shares(level, item string, by []string) *table.Table {
	return g.find(level, item, by, func(r table.Row) bool {
		return r.Analysis == table.PropSelectOne || r.Analysis == table.PropSelectMultiple
	})
}

// means returns the table of the means of an item by a grouping, or nil.
func (g *gate) means(level, item string, by []string) *table.Table {
	return g.find(level, item, by, func(r table.Row) bool { return r.Analysis == table.Mean })
}

func (g *gate) find(level, item string, by []string, is func(table.Row) bool) *table.Table {
	if f := g.families[level+"\x00"+item]; f != nil {
		for _, t := range f.tables {
			if slices.Equal(t.Row.By, by) && is(t.Row) {
				return t
			}
		}
	}
	return nil
}

// rowWhole reports whether all of a domain of a family's table is shown.
func (g *gate) rowWhole(t *table.Table, d int) bool {
	if t == nil || d >= len(t.Domains) {
		return false
	}
	m := g.masks[t]
	return m.whole == "" && !m.base[d] && !m.interval && !slices.Contains(m.figures[d], true) && float64(t.Domains[d].Base.Answered()) >= 2*g.k
}

// whole reports whether all of a family's table is shown. A domain of nobody,
// which is shown as such, lacks nothing.
func (g *gate) whole(t *table.Table) bool {
	if t == nil {
		return false
	}
	for d, domain := range t.Domains {
		nobody := g.masks[t].whole == "" && !g.masks[t].base[d] && domain.Base.Total() == 0
		if !nobody && !g.rowWhole(t, d) {
			return false
		}
	}
	return true
}

// clean reports whether everything that a plan asks of an item by a grouping is
// shown: nothing is withheld of it that a further figure could give back.
func (g *gate) clean(level, item string, by []string) bool {
	f := g.families[level+"\x00"+item]
	if f == nil {
		return true
	}
	for _, t := range f.tables {
		if slices.Equal(t.Row.By, by) && !g.whole(t) {
			return false
		}
	}
	return true
}

// allClean reports whether the items of a row are clean, for everybody and in
// the domains of the row.
func (g *gate) allClean(t *table.Table) bool {
	for _, name := range append([]string{t.Row.Item}, t.Row.With...) {
		if !g.clean(t.Level, name, nil) || !g.clean(t.Level, name, t.Row.By) {
			return false
		}
	}
	return true
}

// crossed reports whether the answers to two items stand against each other in
// a table that is shown whole, so that no figure of both says more than that.
func (g *gate) crossed(level, x, y string) bool {
	return g.whole(g.shares(level, x, []string{y})) || g.whole(g.shares(level, y, []string{x}))
}

// shortest is how many steps a scale must have at least for one figure of two
// items not to give the counts of their cross.
const shortest = 4

// discrete reports whether an item has so few answers that one figure of it and
// another gives back the cells of their cross: choices that are no scale, or a
// scale of few steps.
func (g *gate) discrete(item *survey.Item) bool {
	if !item.Type.HasChoices() {
		return false
	}
	steps := map[float64]bool{}
	for _, c := range g.survey.Choices(item) {
		if c.Score != nil && c.Missing == survey.Answered {
			steps[*c.Score] = true
		}
	}
	return !g.survey.Scaled(item) || len(steps) < shortest
}

// bare reports whether a base is large enough for a figure: 2k respondents, and
// 4 of them when weights are allowed for.
func (g *gate) bare(b table.Base) bool {
	return float64(b.Answered()) >= 2*g.k && (b.Kish == 0 || b.Kish >= 4)
}

// effective is the base as far as weights let it count.
func effective(b table.Base) float64 {
	n := float64(b.Answered())
	if b.Kish > 0 {
		n = math.Min(n, b.Kish)
	}
	return n
}

// openRows says which domains of a further table may have figures: large ones,
// of open groups that do not overlap, as long as those left over are nobody or
// k; and none that the family of the item closes by the same groups.
func (g *gate) openRows(t *table.Table) []bool {
	out := make([]bool, len(t.Domains))
	if len(t.Row.By) == 0 {
		out[0] = g.bare(t.Domains[0].Base)
		return out
	}
	of := g.groups[groupKey(t)]
	if of == nil || of.overlap || len(of.open) != len(t.Domains) {
		return out
	}
	item, _ := g.survey.Item(t.Row.Item)
	f := &family{survey: g.survey, item: item, rule: g.of(item), groups: g.groups, masks: g.masks}
	f.base, f.all = g.everybody(t)
	l := f.openRows(t, make([]bool, len(t.Domains)))
	for _, d := range l.domains {
		out[d] = !l.silent[d]
	}
	if kin := g.families[t.Level+"\x00"+t.Row.Item]; kin != nil {
		for _, o := range kin.tables {
			for d := range out {
				m := g.masks[o]
				if slices.Equal(o.Row.By, t.Row.By) && (m.whole != "" || m.base[d] || !slices.Contains(m.figures[d], false)) {
					out[d] = false
				}
			}
		}
	}
	return out
}

// everybody returns how many answered what a table by groups analyses, and how
// many respondents there are: what the plan tells of everybody, or what the
// groups come to.
func (g *gate) everybody(t *table.Table) (base, all float64) {
	if len(t.Row.With) == 0 {
		if f := g.families[t.Level+"\x00"+t.Row.Item]; f != nil && !math.IsNaN(f.base) {
			return f.base, f.all
		}
	}
	if o := g.forAll(t); o != nil {
		return float64(o.Domains[0].Base.Answered()), float64(o.Domains[0].Base.Total())
	}
	for _, d := range t.Domains {
		base += float64(d.Base.Answered())
		all += float64(d.Base.Total())
	}
	return base, all
}

// forAll returns the table of everybody for a table by groups, or nil.
func (g *gate) forAll(t *table.Table) *table.Table {
	row := t.Row
	row.By = nil
	for _, o := range g.all {
		if o.Level == t.Level && o.Row.Key() == row.Key() && shaped(o) {
			return o
		}
	}
	return nil
}

// furtherGroups decides which groups are open of groupings that only further
// tables have, and returns the further tables whose groups are known.
func furtherGroups(s *survey.Survey, groups map[string]*grouping, inFamilies, all []*table.Table, k float64) []*table.Table {
	var out []*table.Table
	everybody := slices.DeleteFunc(slices.Clone(inFamilies), func(t *table.Table) bool { return len(t.Row.By) > 0 })
	for _, t := range all {
		if inFamily(t) || t.Row.Analysis.Test() || len(t.Row.By) == 0 || !shaped(t) {
			continue
		}
		key := groupKey(t)
		if groups[key] == nil {
			groups[key] = openGroups(s, append(slices.Clone(everybody), t), k)[key]
		}
		if len(groups[key].open) == len(t.Domains) {
			out = append(out, t)
		}
	}
	return out
}

// add makes the views of all tables, in the order of the plan.
func (s *Safe) add(g *gate) {
	decided := map[*table.Table]tested{}
	for _, t := range g.all {
		if t.Row.Analysis.Test() {
			decided[t] = g.tests(t)
		}
	}
	unadjustable := g.unadjustable(decided)
	for _, t := range g.all {
		item, _ := g.survey.Item(t.Row.Item)
		if t.Row.Analysis.Test() {
			s.tests = append(s.tests, newTestView(t, item, decided[t], unadjustable))
			continue
		}
		var v *View
		if inFamily(t) {
			v = newView(t, item, g.masks[t], g.k)
		} else {
			v = newFurther(t, item, g.further(t))
		}
		s.views = append(s.views, v)
		s.byKey[t.Row.Key()] = v
	}
}
