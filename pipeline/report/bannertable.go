package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// bannerComposer makes banner tables.
type bannerComposer struct {
	*composer
	settings banner.Config
	heads    []*survey.Item // the questions of the banner
	lettered bool           // some table has comparisons that are shown
}

func newBannerComposer(c *composer) *bannerComposer {
	b := &bannerComposer{composer: c, settings: c.in.Tables}
	for _, name := range b.settings.Banner {
		if item, ok := c.s.Item(name); ok && item.Role != survey.Identifying {
			b.heads = append(b.heads, item)
		}
	}
	return b
}

// side is what the columns under one question of the banner are made of: the
// choices of the question, and where they stand in each view.
type side struct {
	by           *survey.Item
	groups       []string // names of the choices, a column each
	shares, mean *protect.View
	nets         map[table.Key]*protect.View // by the key of the net of everybody
	compared     *comparedGroups
	low          []bool // the base is below the minimum
}

// everybody is the side that is the first column.
func (b *bannerComposer) everybody(i *survey.Item) *side {
	return &side{groups: []string{""}, shares: b.sharesOf(i), mean: b.view(table.Mean, i.Name), nets: b.netsOf(i)}
}

// sideOf returns the columns of an item under a question of the banner, nil
// where the plan has none.
func (b *bannerComposer) sideOf(i, by *survey.Item) *side {
	s := &side{by: by, shares: b.view(table.PropSelectOne, i.Name, by.Name), mean: b.view(table.Mean, i.Name, by.Name), nets: b.netsOf(i, by.Name)}
	if s.shares == nil {
		s.shares = b.view(table.PropSelectMultiple, i.Name, by.Name)
	}
	if s.shares == nil && s.mean == nil || i == by {
		return nil
	}
	for _, choice := range b.s.Choices(by) {
		if choice.Missing == survey.Answered && (at(s.shares, choice.Name) >= 0 || at(s.mean, choice.Name) >= 0) {
			s.groups = append(s.groups, choice.Name)
		}
	}
	return s
}

// open reports whether any figure of the side may be shown.
func (s *side) open() bool {
	for _, v := range []*protect.View{s.shares, s.mean} {
		if v == nil {
			continue
		}
		for d := range v.Domains() {
			for c := range v.Choices() {
				if has(v.Figure(d, c)) {
					return true
				}
			}
		}
	}
	return false
}

// shows reports whether a share of a choice may be shown.
func (s *side) shows(choice string) bool {
	if s.shares == nil {
		return false
	}
	c := slices.Index(s.shares.Choices(), choice)
	for d := range s.shares.Domains() {
		if c >= 0 && has(s.shares.Share(d, c)) {
			return true
		}
	}
	return false
}

// at returns the domain of a group in a view, or -1. The group "" is everybody.
func at(v *protect.View, group string) int {
	if v == nil {
		return -1
	}
	return slices.IndexFunc(v.Domains(), func(d protect.Domain) bool {
		return len(d.Values) == 0 && group == "" || len(d.Values) == 1 && d.Values[0] == group
	})
}

// netsOf returns the views of nets of an item by a grouping.
func (b *bannerComposer) netsOf(i *survey.Item, by ...string) map[table.Key]*protect.View {
	out := map[table.Key]*protect.View{}
	for _, v := range b.in.Safe.Views() {
		if row := v.Row(); row.Analysis == table.PropNet && row.Item == i.Name && slices.Equal(row.By, by) {
			out[b.netKey(row)] = v
		}
	}
	return out
}

func (b *bannerComposer) netKey(row table.Row) table.Key {
	return table.Row{Analysis: row.Analysis, Item: row.Item, Values: row.Values}.Key()
}

// nets returns the nets of several choices of an item in the order of the plan,
// each once.
func (b *bannerComposer) nets(i *survey.Item) (out []table.Row) {
	for _, v := range b.in.Safe.Views() {
		row := v.Row()
		if row.Analysis == table.PropNet && row.Item == i.Name && len(row.By) < 2 && len(row.Values) > 1 &&
			!slices.ContainsFunc(out, func(have table.Row) bool { return b.netKey(have) == b.netKey(row) }) {
			out = append(out, row)
		}
	}
	return out
}

// table is the banner table of one item.
func (b *bannerComposer) table(i *survey.Item) (BannerTable, bool) {
	b.marked, b.earlier = false, false
	sides := []*side{b.everybody(i)}
	var closed []string
	for _, by := range b.heads {
		s := b.sideOf(i, by)
		switch {
		case s == nil:
		case !s.open():
			closed = append(closed, b.labels.item(by))
		default:
			s.compared = b.comparedBy(i, by)
			sides = append(sides, s)
		}
	}
	t := BannerTable{ID: b.id(i.Name), Label: b.labels.item(i), Caption: b.labels.question(i)}
	t.Rows = b.bases(sides)
	tested := slices.ContainsFunc(sides, func(s *side) bool { return s.compared.any(s) })
	for _, s := range sides[1:] {
		t.Heads = append(t.Heads, b.headOf(s, tested))
	}
	long, short := len(b.s.Choices(i)) > mostBars, false
	for _, choice := range b.s.Choices(i) {
		if long && !slices.ContainsFunc(sides, func(s *side) bool { return s.shows(choice.Name) }) {
			short = true
			continue
		}
		if rows := b.choiceRow(i, choice, sides); rows != nil {
			t.Rows = append(t.Rows, *rows)
		}
	}
	for _, row := range b.nets(i) {
		t.Rows = append(t.Rows, b.netRow(i, row, sides))
	}
	if slices.ContainsFunc(sides, func(s *side) bool { return s.mean != nil }) {
		t.Rows = append(t.Rows, b.row(b.l.Say("table.mean"), "", sides, func(s *side, group string) (protect.Number, bool) {
			d := at(s.mean, group)
			return s.mean.Mean(d), d >= 0
		}))
	}
	t.Notes = b.notes(sides, tested, closed, short)
	b.lettered = b.lettered || tested
	return t, len(t.Rows) > 1
}

func (b *bannerComposer) headOf(s *side, tested bool) BannerHead {
	h := BannerHead{Label: b.labels.item(s.by)}
	for n, group := range s.groups {
		column := BannerColumn{Label: b.groupLabel(s.by, []string{group})}
		if tested {
			column.Letter = banner.Letter(n)
		}
		h.Columns = append(h.Columns, column)
	}
	return h
}

// choiceRow is the row of a choice, nil where no view has it: it stands for a
// missing answer, or the item has means alone.
func (b *bannerComposer) choiceRow(i *survey.Item, choice survey.Choice, sides []*side) *BannerRow {
	has := func(v *protect.View) bool { return v != nil && slices.Contains(v.Choices(), choice.Name) }
	if !slices.ContainsFunc(sides, func(s *side) bool { return has(s.shares) }) {
		return nil
	}
	row := b.row(b.labels.choice(b.s, i, choice.Name), choice.Name, sides, func(s *side, group string) (protect.Number, bool) {
		d := at(s.shares, group)
		if d < 0 || !has(s.shares) {
			return protect.Number{}, false
		}
		return s.shares.Share(d, slices.Index(s.shares.Choices(), choice.Name)), true
	})
	return &row
}

func (b *bannerComposer) netRow(i *survey.Item, net table.Row, sides []*side) BannerRow {
	head := b.l.Say("tables.net", lang.Args{"answers": b.netLabel(i, net.Values)})
	key := b.netKey(net)
	return b.row(head, noLetters, sides, func(s *side, group string) (protect.Number, bool) {
		d := at(s.nets[key], group)
		return s.nets[key].Share(d, 0), d >= 0
	})
}

// noLetters is the name of a row that is not compared: no choice is called so.
const noLetters = "\x00"

// row writes a figure for each group, with the letters of its comparisons: those
// of a choice, or of means where the choice is "".
func (b *bannerComposer) row(head, choice string, sides []*side, figure func(s *side, group string) (protect.Number, bool)) BannerRow {
	out := BannerRow{Head: head}
	for _, s := range sides {
		letters := b.letters(s, choice)
		for n, group := range s.groups {
			number, asked := figure(s, group)
			if !asked {
				out.Cells = append(out.Cells, BannerCell{})
				continue
			}
			cell := BannerCell{Text: b.text(number), Value: b.value(number)}
			if number.Status() == protect.Published && n < len(letters) {
				cell.Letters = letters[n]
			}
			out.Cells = append(out.Cells, cell)
		}
	}
	return out
}
