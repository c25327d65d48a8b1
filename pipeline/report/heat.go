package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// How many items the report breaks figures down by: a battery says more than a
// single item, and a page must stay small enough for a poor connection.
const (
	mostDomains  = 2
	domainsOfOne = 1
)

// domainsFor returns the items by which items are broken down: the first that
// are not among them.
func (c *composer) domainsFor(most int, items ...*survey.Item) []*survey.Item {
	var out []*survey.Item
	for _, name := range c.in.Domains {
		if len(out) == most {
			break
		}
		by, ok := c.s.Item(name)
		if ok && !slices.ContainsFunc(items, func(i *survey.Item) bool { return i.Name == name }) {
			out = append(out, by)
		}
	}
	return out
}

// heat is a heat map under construction: rows by the groups of an item.
type heat struct {
	id, label, subtitle, caption, rowHead string
	by                                    *survey.Item
	columns                               []chart.Column
	rows                                  []heatRow
	options                               chart.HeatOptions
	careful                               bool // no comparison in the title
	folded                                bool // shown on demand
	bases                                 bool // each cell has a base of its own
	of                                    *protect.View
	notes                                 []string // tests of what it shows
	compared                              []Table
	tested                                []string // items whose tests these are
	silent                                string   // how many did not answer a sensitive item
}

type heatRow struct {
	label     string
	cells     []bar           // label is that of the group
	everybody *protect.Number // nil where it is not known
}

// choiceHeats are the shares of an item's choices in each group; of a scaled
// item of which the plan has no shares, the means.
func (c *composer) choiceHeats(i *survey.Item, overall *protect.View, ranked []bar, under bool) ([]Block, error) {
	var out []Block
	for _, by := range append(c.domainsFor(domainsOfOne, i), c.stagesOf(i)...) {
		block, err := c.choiceHeat(i, by, overall, ranked, under)
		if err != nil {
			return nil, err
		}
		out = append(out, block...)
	}
	more, err := c.acceptance(i, overall, ranked, under)
	return append(out, more...), err
}

// choiceHeat are the shares of an item's choices in the groups of another.
func (c *composer) choiceHeat(i, by *survey.Item, overall *protect.View, ranked []bar, under bool) ([]Block, error) {
	v := c.view(overall.Row().Analysis, i.Name, by.Name)
	if steps := scaleOf(c.s, i); v == nil && steps != nil {
		one := &battery{topic: c.labels.item(i), scale: steps, items: unit{i}, names: []string{c.labels.item(i)}}
		return c.batteryHeat(one, by, []int{0}, under)
	}
	if v == nil {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	h := heat{
		id: c.id(i.Name + "-by-" + by.Name), label: c.byLabel(c.labels.item(i), by), by: by, of: v, careful: i.Role == survey.Sensitive, folded: true,
		subtitle: c.l.Say("figure.heat"), caption: c.labels.question(i), rowHead: c.l.Say("table.answer"), options: chart.HeatOptions{Low: 0, High: 1},
	}
	groups := v.Domains()
	for d := range groups {
		h.columns = append(h.columns, chart.Column{Label: c.groupLabel(by, groups[d].Values), Base: v.Base(d)})
	}
	h.silent, h.tested = c.silent(i, overall), []string{i.Name}
	h.notes, h.compared = c.testNotes(i, by), c.comparisons(h.id, i, by)
	if c.twoAnswers(i, overall) && by.Given != survey.GivenWave {
		return c.answerDots(i, overall, v, h, under)
	}
	for _, r := range c.drawnOrder(i, ranked) {
		row := heatRow{label: r.label, everybody: &r.number}
		k := slices.Index(v.Choices(), r.name)
		for d := range groups {
			cell := c.bar(r.name, h.columns[d].Label, v.Share(d, k), v.Base(d))
			cell.group = c.plainGroup(by, groups[d].Values)
			row.cells = append(row.cells, cell)
		}
		h.rows = append(h.rows, row)
	}
	return c.heat(h, under)
}

// drawnOrder is the choices of an item as its figure has them. Those of a
// sensitive item are in the order of the form.
func (c *composer) drawnOrder(i *survey.Item, ranked []bar) []bar {
	out := slices.Clone(ranked)
	if !c.s.Scaled(i) {
		out = out[:min(len(out), mostBars)]
		if i.Role != survey.Sensitive {
			return out
		}
	}
	choices := c.s.Choices(i)
	at := func(b bar) int {
		return slices.IndexFunc(choices, func(ch survey.Choice) bool { return ch.Name == b.name })
	}
	slices.SortStableFunc(out, func(a, b bar) int { return at(a) - at(b) })
	return out
}

// batteryHeats are the mean scores of the items of a battery in each group.
func (c *composer) batteryHeats(b *battery, order []int, under bool) ([]Block, error) {
	most := mostDomains
	if len(b.items) == 1 {
		most = domainsOfOne
	}
	var out []Block
	for _, by := range c.domainsFor(most, b.items...) {
		block, err := c.batteryHeat(b, by, order, under)
		if err != nil {
			return nil, err
		}
		out = append(out, block...)
	}
	return out, nil
}

// batteryHeat are the mean scores in the groups of one item.
func (c *composer) batteryHeat(b *battery, by *survey.Item, order []int, under bool) ([]Block, error) {
	low, high := b.scale.ends()
	ends := lang.Args{"low": c.l.Numbers.Decimal(low, 0), "high": c.l.Numbers.Decimal(high, 0)}
	c.marked, c.earlier = false, false
	h := heat{
		id: c.id(b.items[0].Name + "-by-" + by.Name), label: c.byLabel(b.topic, by), by: by, bases: true, folded: len(b.items) == 1,
		subtitle: c.l.Say("figure.heat_mean", ends), caption: b.topic, rowHead: c.l.Say("table.question"), options: chart.HeatOptions{Low: low, High: high},
	}
	for _, at := range order {
		v := c.view(table.Mean, b.items[at].Name, by.Name)
		if v == nil {
			continue
		}
		h.of = v
		row := heatRow{label: b.names[at]}
		for d, group := range v.Domains() {
			if len(h.rows) == 0 {
				size, known := c.groupSize(by, group.Values)
				h.columns = append(h.columns, chart.Column{Label: c.groupLabel(by, group.Values), Base: size, NoBase: !known})
			}
			row.cells = append(row.cells, c.bar(b.items[at].Name, c.groupLabel(by, group.Values), v.Mean(d), v.Base(d)))
		}
		h.rows = append(h.rows, row)
		h.careful = h.careful || b.items[at].Role == survey.Sensitive
		h.tested = append(h.tested, b.items[at].Name)
		if len(b.items) == 1 { // of several, the figure of everybody says it
			h.silent = c.silent(b.items[at], c.tableOf(b.items[at]))
		}
		for _, line := range c.testNotes(b.items[at], by) {
			if len(b.items) > 1 {
				line = c.l.Say("evidence.is", lang.Args{"item": b.names[at], "answers": line})
			}
			h.notes = append(h.notes, line)
		}
		h.compared = append(h.compared, c.comparisons(h.id+"-"+b.items[at].Name, b.items[at], by)...)
	}
	draw := c.heat
	if len(b.items) == 1 && len(h.rows) == 1 {
		draw = c.meanDots
	}
	return draw(h, under)
}

func (c *composer) byLabel(item string, by *survey.Item) string {
	return c.l.Say("figure.by", lang.Args{"item": strings.TrimRight(item, "?？؟ "), "group": c.labels.item(by)})
}

func (c *composer) groupLabel(by *survey.Item, values []string) string {
	if len(values) == 0 {
		return c.l.Say("table.all")
	}
	return c.labels.choice(c.s, by, values[0])
}

// groupSize is how many respondents a group has, whatever they answered. It is not
// known of the groups that were folded into one: they have no table of their own,
// and are not withheld for it.
func (c *composer) groupSize(by *survey.Item, values []string) (size protect.Number, known bool) {
	v := c.sharesOf(by)
	if from, ok := c.s.Item(by.Derived); v == nil && ok && c.folds(from) {
		v = c.sharesOf(from) // has the groups that stand alone, and not the folded one
	}
	if v == nil || len(values) == 0 {
		return v.Base(0), v != nil
	}
	at := slices.Index(v.Choices(), values[0])
	return v.Count(0, at), at >= 0
}

// trimmed leaves out the rows and the columns of which nothing may be published.
func (h heat) trimmed() heat {
	var columns []chart.Column
	keep := make([]bool, len(h.columns))
	for d := range h.columns {
		for _, r := range h.rows {
			keep[d] = keep[d] || r.cells[d].shown
		}
		if keep[d] {
			columns = append(columns, h.columns[d])
		}
	}
	var rows []heatRow
	for _, r := range h.rows {
		if !anyShown(r.cells) {
			continue
		}
		row := heatRow{label: r.label, everybody: r.everybody}
		for d, cell := range r.cells {
			if keep[d] {
				row.cells = append(row.cells, cell)
			}
		}
		rows = append(rows, row)
	}
	h.columns, h.rows = columns, rows
	return h
}

// heat draws a heat map, or gives nothing where less than a third may be
// published: the figure for everybody stands above it already.
func (c *composer) heat(h heat, under bool) ([]Block, error) {
	h = h.trimmed()
	shown, all := 0, 0
	rows := make([]chart.HeatRow, len(h.rows))
	var first []bar
	for i, r := range h.rows {
		rows[i].Label = r.label
		for _, cell := range r.cells {
			if all++; cell.shown {
				shown++
			}
			rows[i].Cells = append(rows[i].Cells, cell.number)
		}
		if i == 0 {
			first = r.cells
		}
	}
	if shown == 0 || 3*shown < all {
		return nil, nil
	}
	for _, name := range h.tested {
		c.tell(name, h.by.Name)
		c.broken[breakdown{name, h.by.Name}] = true
	}
	data := c.heatTable(h)
	kind, draw := "alt.heat", func(head chart.Head) (*canvas.Figure, error) {
		return chart.Heat(head, h.columns, rows, h.options, c.pen, c.in.Typesetter)
	}
	switch {
	case h.waved():
		kind, draw = "alt.slopes", func(head chart.Head) (*canvas.Figure, error) {
			return chart.Slopes(head, h.columns, rows, chart.SlopeOptions{Western: c.in.TimeAxis == Western}, c.pen, c.in.Typesetter)
		}
	case c.panelled(h):
		kind, draw = "alt.multiples", func(head chart.Head) (*canvas.Figure, error) {
			o := chart.MultiplesOptions{Everybody: h.everybody(), Label: c.l.Say("table.all")}
			return chart.Multiples(head, h.columns, rows, o, c.pen, c.in.Typesetter)
		}
	}
	alt := c.l.Say(kind, lang.Args{
		"rows": c.many("alt.rows", int64(len(h.rows))), "columns": c.many("alt.columns", int64(len(h.columns))),
		"groups": c.l.Numbers.Count(int64(len(h.columns))), "detail": c.detail(first),
	})
	where := "figure.source_groups"
	if h.bases {
		where = "figure.source_cells"
	}
	head := c.head(h.id, c.heatTitle(h), h.subtitle, alt, c.source(notes{where: where, tabled: true, of: h.of, silent: h.silent}))
	fig, err := draw(head)
	if err != nil {
		return nil, err
	}
	return []Block{Figure{ID: h.id, Under: under, Folded: h.folded && !h.waved(), Label: h.label, Canvas: fig, Table: data, Notes: c.proses(h.notes), More: h.compared}}, nil
}

// heatTitle names the widest gap between two groups whose intervals lie apart.
// Where there is none, or the item is sensitive, it only says what is shown:
// groups are not to be ranked by what may be chance or silence.
func (c *composer) heatTitle(h heat) string {
	neutral := h.label
	if h.careful {
		return neutral
	}
	widest, title, gap := 0.0, neutral, difference{}
	for _, r := range h.rows {
		for _, a := range r.cells {
			for _, b := range r.cells {
				lowest, _, ok := c.pen.Bounds(a.number)
				_, highest, also := c.pen.Bounds(b.number)
				if a.shown && b.shown && ok && also && lowest > highest && a.value-b.value > widest {
					widest, gap = a.value-b.value, difference{c.l.Say("evidence.is", lang.Args{"item": h.label, "answers": r.label}), a, b}
					title = c.l.Say("title.gap", lang.Args{"row": r.label, "high": a.label, "value1": c.saidOf(a), "low": b.label, "value2": c.saidOf(b)})
				}
			}
		}
	}
	if widest > 0 && !h.bases {
		c.differences = append(c.differences, gap)
	}
	return title
}

// plainGroup is the label of a group in the form's default language, by which
// lists of those invited name it.
func (c *composer) plainGroup(by *survey.Item, values []string) string {
	for _, choice := range c.s.Choices(by) {
		if len(values) == 1 && choice.Name == values[0] {
			return survey.Shorter(choice.Short, choice.Label, choice.Name, c.s.Default, c.s.Default)
		}
	}
	return ""
}

// heatTable is the table beside a heat map: groups across, with intervals.
func (c *composer) heatTable(h heat) Table {
	t := Table{ID: h.id + "-table", Caption: h.caption, Header: []string{h.rowHead}}
	for _, col := range h.columns {
		t.Header = append(t.Header, col.Label)
	}
	if !h.bases {
		row := TableRow{Head: c.l.Say("table.base")}
		for _, col := range h.columns {
			row.Cells = append(row.Cells, c.number(col.Base))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, r := range h.rows {
		row := TableRow{Head: r.label}
		for _, b := range r.cells {
			cell := b.cell()
			cell.Note = c.pen.Interval(b.number)
			cell = c.withEnds(cell, b.number)
			if h.bases {
				cell.Base, cell.BaseValue = c.l.Say("table.base")+" = "+c.text(b.base), c.value(b.base)
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
