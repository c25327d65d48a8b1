package report

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Themes are codes of open answers that are counted together.
type Themes struct {
	List string // the choice list of the codes
	Of   []Theme
}

// Theme is a family of codes, or a code with those under it: whoever was given
// any of its codes counts.
type Theme struct {
	Name  string
	Label survey.Text
	Codes []string
	Code  bool // a code with those under it, no family
	Under bool // it stands under another theme
}

// leastThemes is how many themes a figure must show, lest it be one of marks.
const leastThemes = 3

// themes is the figure of the themes of an item of codes, which goes before that
// of single codes, and the same by groups. Themes under others are in its table.
func (c *composer) themes(i *survey.Item, under bool) ([]Block, error) {
	if i.List == "" || i.List != c.in.Themes.List {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	var top, all []bar
	var first *protect.View
	for _, t := range c.in.Themes.Of {
		v := c.net(i.Name, t.Codes)
		if v == nil {
			continue
		}
		if first == nil {
			first = v
		}
		b := c.bar(t.Name, c.themeLabel(t), v.Share(0, 0), v.Base(0))
		if !t.Under {
			top = append(top, b)
		}
		all = append(all, b)
	}
	shown := 0
	for _, b := range top {
		if b.shown {
			shown++
		}
	}
	if shown < leastThemes {
		return nil, nil
	}
	id := c.id(i.Name + "-themes")
	label := c.l.Say("themes.label", lang.Args{"item": c.labels.item(i)})
	ranked := ranking(top)
	data := c.barTable(id, c.l.Say("table.answer"), c.l.Say("table.share"), c.withUnder(ranked, all), c.intervalHead(first))
	data.Caption = c.labels.question(i)
	head := c.head(id, c.titleOfMost(ranked, false), c.l.Say("figure.share_themes"+c.read(), lang.Args{"question": c.labels.question(i)}),
		c.rowsAlt("alt.bars", len(ranked), c.detail(ranked)),
		c.source(notes{base: c.said(first.Base(0)), intervals: true, of: first, silent: c.silent(i, first)}))
	fig, err := chart.Bars(head, chartRows(ranked), chart.BarOptions{Max: 1, Indicative: c.indicative(), CommonBase: true}, c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	heats, err := c.themeHeats(i, first, top, under)
	return append([]Block{Figure{ID: id, Under: under, Label: label, Canvas: fig, Table: data}}, heats...), err
}

// themeLabel is what a theme is called: a code with those under it is told from
// the code itself.
func (c *composer) themeLabel(t Theme) string {
	label := c.labels.text("theme "+t.Name, t.Label)
	if t.Code {
		return c.l.Say("themes.with_under", lang.Args{"code": label})
	}
	return label
}

// withUnder puts each theme that stands under another behind it.
func (c *composer) withUnder(top, all []bar) []bar {
	var out []bar
	for _, b := range top {
		at := slices.IndexFunc(all, func(o bar) bool { return o.name == b.name })
		out = append(out, b)
		for _, o := range all[at+1:] {
			if slices.ContainsFunc(top, func(t bar) bool { return t.name == o.name }) {
				break
			}
			out = append(out, o)
		}
	}
	return out
}

// themeHeats are the themes in each group, in the order of the codebook.
func (c *composer) themeHeats(i *survey.Item, overall *protect.View, top []bar, under bool) ([]Block, error) {
	var out []Block
	for _, by := range c.domainsFor(domainsOfOne, i) {
		c.marked, c.earlier = false, false
		h := heat{
			id: c.id(i.Name + "-themes-by-" + by.Name), label: c.byLabel(c.l.Say("themes.label", lang.Args{"item": c.labels.item(i)}), by), by: by,
			careful: i.Role == survey.Sensitive, folded: true, subtitle: c.l.Say("figure.heat"), caption: c.labels.question(i),
			rowHead: c.l.Say("table.answer"), options: chart.HeatOptions{Low: 0, High: 1}, silent: c.silent(i, overall),
		}
		for _, b := range top {
			v := c.netBy(i.Name, b.name, by.Name)
			if v == nil {
				continue
			}
			if h.of == nil {
				h.of = v
				for d, group := range v.Domains() {
					h.columns = append(h.columns, chart.Column{Label: c.groupLabel(by, group.Values), Base: v.Base(d)})
				}
			}
			row := heatRow{label: b.label, everybody: &b.number}
			for d, group := range v.Domains() {
				cell := c.bar(b.name, h.columns[d].Label, v.Share(d, 0), v.Base(d))
				cell.group = c.plainGroup(by, group.Values)
				row.cells = append(row.cells, cell)
			}
			h.rows = append(h.rows, row)
		}
		if h.of == nil {
			continue
		}
		block, err := c.heat(h, under)
		if err != nil {
			return nil, err
		}
		out = append(out, block...)
	}
	return out, nil
}

// netBy returns the table of a theme of an item in the groups of another, or nil.
func (c *composer) netBy(item, theme, by string) *protect.View {
	k := slices.IndexFunc(c.in.Themes.Of, func(t Theme) bool { return t.Name == theme })
	return c.views[table.Row{Analysis: table.PropNet, Item: item, Values: c.in.Themes.Of[k].Codes, By: []string{by}}.Key()]
}
