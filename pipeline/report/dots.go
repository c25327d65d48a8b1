package report

import (
	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// compared is one figure of every group beside that of everybody.
type compared struct {
	heat            // with one row
	overall  bar    // of everybody
	column   string // heads the figures in the table
	interval string // heads their intervals
	scale    chart.DotOptions
}

// twoAnswers reports whether an item has two answers without an order, of which
// one says all: yes or no.
func (c *composer) twoAnswers(i *survey.Item, v *protect.View) bool {
	return v.Row().Analysis == table.PropSelectOne && len(v.Choices()) == 2 && !c.s.Scaled(i)
}

// answerDots compares how many of each group gave the first of two answers.
func (c *composer) answerDots(i *survey.Item, overall, groups *protect.View, h heat, under bool) ([]Block, error) {
	name := overall.Choices()[0]
	label := c.labels.choice(c.s, i, name)
	d := compared{heat: h, column: c.l.Say("table.share"), interval: c.intervalHead(groups), scale: chart.DotOptions{Shares: true}}
	d.overall = c.bar(name, c.l.Say("table.all"), overall.Share(0, 0), overall.Base(0))
	d.subtitle = c.l.Say("figure.answer_groups", lang.Args{"answer": label, "question": c.labels.question(i)})
	row := heatRow{label: label}
	at := -1
	for k, choice := range groups.Choices() {
		if choice == name {
			at = k
		}
	}
	for g, group := range groups.Domains() {
		cell := c.bar(name, c.groupLabel(h.by, group.Values), groups.Share(g, at), groups.Base(g))
		cell.group = c.plainGroup(h.by, group.Values)
		row.cells = append(row.cells, cell)
	}
	d.rows = []heatRow{row}
	return c.dots(d, under)
}

// meanDots compares the mean scores of one scaled item in the groups.
func (c *composer) meanDots(h heat, under bool) ([]Block, error) {
	name := h.tested[0]
	d := compared{heat: h, column: c.l.Say("table.mean"), interval: c.intervalHead(h.of), scale: chart.DotOptions{Low: h.options.Low, High: h.options.High}}
	if v := c.view(table.Mean, name); v != nil {
		d.overall = c.bar(name, c.l.Say("table.all"), v.Mean(0), v.Base(0))
	}
	return c.dots(d, under)
}

// dots draws one figure of every group, or gives nothing where less than a third
// may be published. Groups stand in the order of what is published, withheld
// ones last; those that have an order of their own, and all groups of a
// sensitive item, in the order of the form.
func (c *composer) dots(d compared, under bool) ([]Block, error) {
	groups := d.rows[0].cells
	shown := 0
	for _, g := range groups {
		if g.shown {
			shown++
		}
	}
	if shown == 0 || 3*shown < len(groups) {
		return nil, nil
	}
	for _, name := range d.tested {
		c.tell(name, d.by.Name)
		c.broken[breakdown{name, d.by.Name}] = true
	}
	if !d.careful && !c.s.Scaled(d.by) {
		groups = ranking(groups)
	}
	all := groups
	if d.overall.name != "" {
		all = append([]bar{d.overall}, groups...)
	}
	data := c.barTable(d.id, c.l.Say("table.group"), d.column, all, d.interval)
	data.Caption = d.caption
	title := c.heatTitle(d.heat)
	alt := c.rowsAlt("alt.dots", len(groups), c.detail(groups))
	head := c.head(d.id, title, d.subtitle, alt, c.source(notes{where: "figure.source_groups", intervals: c.anyInterval(groups), of: d.of, silent: d.silent}))
	fig, err := chart.Dots(head, chartRows(groups), c.against(d.overall, d.scale), c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	return []Block{Figure{ID: d.id, Under: under, Folded: d.folded, Label: d.label, Canvas: fig, Table: data, Notes: c.proses(d.notes), More: d.compared}}, nil
}

// against adds the line of everybody to the scale of some dots.
func (c *composer) against(overall bar, o chart.DotOptions) chart.DotOptions {
	o.Overall, o.Base, o.Label, o.Indicative = overall.number, overall.base, c.l.Say("table.all"), c.indicative()
	return o
}
