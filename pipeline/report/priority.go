package report

import (
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Priority says which scaled items a priority map sets against each other: the
// first of one list against the first of the other, and so on. Its figures are
// the shares above the middle of each scale.
type Priority struct {
	Across []string `yaml:"across"`
	Up     []string `yaml:"up"`
}

// Wrong says in sentences what of a priority map does not fit the survey.
func (p Priority) Wrong(s *survey.Survey) []string {
	if len(p.Across) == 0 && len(p.Up) == 0 {
		return nil
	}
	if len(p.Across) != len(p.Up) {
		return []string{"Its two lists are not of one length."}
	}
	var out []string
	for _, names := range [][]string{p.Across, p.Up} {
		var first *survey.Item
		for k, name := range names {
			i, ok := s.Item(name)
			switch {
			case !ok || i.Role == survey.Identifying || i.Type != survey.SelectOne || scaleOf(s, i) == nil:
				out = append(out, "The survey has no scaled item with one choice that is called "+name+" and may be reported.")
				continue
			case slices.Contains(names[:k], name):
				out = append(out, "The item "+name+" stands in one of its lists twice.")
			case first != nil && first.List != i.List:
				out = append(out, "The items "+first.Name+" and "+name+" of one of its lists have two scales.")
			}
			if first == nil {
				first = i
			}
		}
	}
	return out
}

// Plan returns what the map needs besides an analyst's plan: the share above the
// middle of each scale.
func (p Priority) Plan(s *survey.Survey) []table.Row {
	var rows []table.Row
	for _, names := range [][]string{p.Across, p.Up} {
		for _, name := range names {
			if i, ok := s.Item(name); ok && scaleOf(s, i) != nil {
				rows = append(rows, table.Row{Analysis: table.PropNet, Item: name, Values: scaleOf(s, i).high})
			}
		}
	}
	return rows
}

// priority is the map of two batteries: a stage or topic a point. It stands after
// the figure of the first item that goes up.
func (c *composer) priority(after unit, under bool) ([]Block, error) {
	p := c.in.Priority
	if len(p.Up) == 0 || !slices.ContainsFunc(after, func(i *survey.Item) bool { return i.Name == p.Up[0] }) {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	across, up := c.side(p.Across), c.side(p.Up)
	if across == nil || up == nil {
		return nil, nil
	}
	var places []chart.Place
	shown := false
	for k := range across.nets {
		places = append(places, chart.Place{Label: across.names[k], Across: across.nets[k].number, Up: up.nets[k].number})
		shown = shown || across.nets[k].shown && up.nets[k].shown
	}
	if !shown {
		return nil, nil // the figures of the batteries say so
	}
	label := c.l.Say("priority.label", lang.Args{"across": across.topic, "up": up.topic})
	id := c.id("priority")
	data := c.priorityTable(id, label, across, up)
	title := label
	if !anySensitive(across.items) && !anySensitive(up.items) {
		title = c.priorityTitle(across, up, label)
	}
	alt := c.l.Say("alt.priority", lang.Args{"rows": strconv.Itoa(len(places)), "across": across.topic, "up": up.topic, "detail": c.detail(across.nets)})
	subtitle := c.l.Say("figure.priority", lang.Args{"across": c.axisName(across), "up": c.axisName(up)})
	head := c.head(id, title, subtitle, alt, c.source(notes{where: "figure.source_table", tabled: true, of: c.net(p.Up[0], up.scale.high)}))
	more, less := "priority.more", "priority.less"
	words := chart.PriorityWords{
		Across: c.axisName(across), Up: c.axisName(up), Beneath: c.l.Say("priority.beneath"),
		AcrossMore: c.l.Say(more, lang.Args{"name": across.topic}), AcrossLess: c.l.Say(less, lang.Args{"name": across.topic}),
		UpMore: c.l.Say(more, lang.Args{"name": up.topic}), UpLess: c.l.Say(less, lang.Args{"name": up.topic}),
	}
	fig, err := chart.Priority(head, places, words, c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	return []Block{Figure{ID: id, Under: under, Label: label, Canvas: fig, Table: data}}, nil
}

// side is one battery of a map, named by what all of its items begin with; nil
// where an item is hidden or none of its kind.
func (c *composer) side(names []string) *battery {
	b := &battery{}
	var labels []string
	for _, name := range names {
		i, ok := c.s.Item(name)
		if !ok || c.in.Hidden[name] || scaleOf(c.s, i) == nil {
			return nil
		}
		b.items = append(b.items, i)
		labels = append(labels, bareLabel(c.labels.item(i)))
	}
	b.scale = scaleOf(c.s, b.items[0])
	lead := sharedLead(labels)
	b.topic = trimLead(lead)
	if b.topic == "" {
		b.topic = c.netName(b)
	}
	for k, i := range b.items {
		b.names = append(b.names, c.labels.whole(labels[k][len(lead):]))
		b.nets = append(b.nets, c.netBar(b.names[k], i, b.scale.high))
	}
	return b
}

// axisName is what an axis measures: "Difficulty: Difficult or Very difficult, %".
func (c *composer) axisName(b *battery) string {
	if net := c.netName(b); b.topic == net {
		return c.l.Say("priority.axis_alone", lang.Args{"net": net})
	}
	return c.l.Say("priority.axis", lang.Args{"name": b.topic, "net": c.netName(b)})
}

// mostNamed is how many points a title names.
const mostNamed = 3

// priorityTitle names the points that lie above the middle of what is shown both
// ways. Where there are too many of them or none, it only says what the map shows.
func (c *composer) priorityTitle(across, up *battery, neutral string) string {
	key := "title.priority"
	var xs, ys []float64
	var names, both []string
	for k, x := range across.nets {
		y := up.nets[k]
		if !x.shown || !y.shown {
			key = "title.priority_shown"
			continue
		}
		xs, ys, names = append(xs, x.value), append(ys, y.value), append(names, across.names[k])
	}
	for k := range xs {
		if xs[k] > chart.Median(xs) && ys[k] > chart.Median(ys) {
			both = append(both, names[k])
		}
	}
	if len(both) == 0 || len(both) > mostNamed {
		return neutral
	}
	return c.l.Say(key, lang.Args{"across": across.topic, "up": up.topic, "items": c.l.Join(both)})
}

// priorityTable is the table beside a map.
func (c *composer) priorityTable(id, caption string, across, up *battery) Table {
	base := c.l.Say("table.base")
	t := Table{ID: id + "-table", Caption: caption, Header: []string{c.l.Say("table.stage"), c.axisName(across), base, c.axisName(up), base}}
	for k, name := range across.names {
		row := TableRow{Head: name}
		for _, b := range []bar{across.nets[k], up.nets[k]} {
			cell := b.cell()
			cell.Note = c.pen.Interval(b.number)
			row.Cells = append(row.Cells, cell, c.number(b.base))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
