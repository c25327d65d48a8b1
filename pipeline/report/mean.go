package report

import (
	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mean is the figure of an item with numbers: the mean of everybody, then of
// each group of each domain.
func (c *composer) mean(i *survey.Item, v *protect.View, under bool) ([]Block, error) {
	c.marked, c.earlier = false, false
	id, label := c.id(i.Name), c.labels.item(i)
	bars := []bar{c.bar(i.Name, c.l.Say("table.all"), v.Mean(0), v.Base(0))}
	if !bars[0].shown {
		return c.nothing(id, label, under), nil
	}
	over := map[int]string{} // the item whose groups begin at a row
	for _, by := range c.domainsFor(mostDomains, i) {
		groups := c.view(table.Mean, i.Name, by.Name)
		if groups == nil {
			continue
		}
		marked, earlier := c.marked, c.earlier
		var some []bar
		for d, group := range groups.Domains() {
			some = append(some, c.bar(i.Name, c.groupLabel(by, group.Values), groups.Mean(d), groups.Base(d)))
		}
		if anyShown(some) {
			over[len(bars)-1] = c.labels.item(by)
			bars = append(bars, some...)
			c.broken[breakdown{i.Name, by.Name}] = true
		} else {
			c.marked, c.earlier = marked, earlier // the groups are left out, and their marks with them
		}
	}
	var tests []string
	var compared []Table
	for _, by := range c.domainsFor(mostDomains, i) {
		tests = append(tests, c.testNotes(i, by)...)
		compared = append(compared, c.comparisons(id+"-"+by.Name, i, by)...)
		c.tell(i.Name, by.Name)
	}
	c.reported++
	rows := chartRows(bars)[1:]
	if len(over) > 1 { // groups of several items: a name alone may be that of two
		head := ""
		for k := range rows {
			if over[k] != "" {
				head, rows[k].Over = over[k], over[k]
			}
			bars[k+1].label = c.l.Say("evidence.is", lang.Args{"item": head, "answers": bars[k+1].label})
		}
	}
	data := c.barTable(id, c.l.Say("table.group"), c.l.Say("table.mean"), bars, c.intervalHead(v))
	data.Caption = c.labels.question(i)
	alt := c.rowsAlt("alt.bars", len(bars), c.detail(bars))
	if groups := len(bars) - 1; groups > 0 {
		alt = c.rowsAlt("alt.dots", groups, c.detail(bars))
	}
	head := c.head(id, c.l.Say("title.mean", lang.Args{"mean": c.saidOf(bars[0])}), c.l.Say("figure.mean", lang.Args{"question": c.labels.question(i)}), alt,
		c.source(notes{where: "figure.source_rows", intervals: true, of: v, silent: c.silent(i, v)}))
	var fig *canvas.Figure
	var err error
	if len(rows) > 0 {
		fig, err = chart.Dots(head, rows, c.against(bars[0], chart.DotOptions{}), c.pen, c.in.Typesetter)
	} else {
		fig, err = chart.Bars(head, chartRows(bars), chart.BarOptions{Indicative: c.indicative()}, c.pen, c.in.Typesetter)
	}
	if err != nil {
		return nil, err
	}
	return []Block{Figure{ID: id, Under: under, Label: label, Canvas: fig, Table: data, Notes: c.proses(tests), More: compared}}, nil
}
