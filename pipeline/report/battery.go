package report

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// battery is neighbouring items on one scale under construction.
type battery struct {
	id, topic string
	question  string // what their wordings have in common
	scale     *scale
	items     []*survey.Item
	names     []string // of the items, without what all of them begin with
	nets      []bar    // of the upper steps, one for each item
}

// battery is the diverging figure of several items on one scale, and their
// breakdowns. The topic names them together; named says that the heading above
// has it already.
func (c *composer) battery(u unit, topic string, named, under bool) ([]Block, error) {
	c.marked, c.earlier = false, false
	b := c.newBattery(u, topic)
	rows, shown := c.scaleRows(b)
	if !shown {
		return c.nothing(b.id, b.topic, under), nil
	}
	c.reported += len(u)
	order := b.order()
	data := c.scaleTable(b, rows, order)
	sorted := make([]chart.ScaleRow, len(order))
	for k, at := range order {
		sorted[k] = rows[at]
	}
	steps := make([]string, len(b.scale.steps))
	for k, step := range b.scale.steps {
		steps[k] = c.labels.choice(c.s, u[0], step.Name)
	}
	ranked := ranking(b.nets)
	silent := c.silentOf(b)
	subtitle := c.l.Say("figure.scale")
	if b.question != "" {
		subtitle = c.l.Say("figure.scale_question", lang.Args{"question": b.question})
	}
	alt := c.rowsAlt("alt.likert", len(u), c.detail(ranked))
	head := c.head(b.id, c.batteryTitle(b, ranked), subtitle, alt, c.source(notes{where: "figure.source_rows", tabled: true, of: c.sharesOf(u[0]), sum: true}))
	fig, err := chart.Likert(head, steps, sorted, c.l.Say("figure.neutral"), c.pen, c.in.Typesetter)
	if err != nil {
		return nil, err
	}
	for k := range u {
		if u[k].Name == ranked[0].name {
			c.headlineOf(u[k], c.netName(b), ranked[0])
		}
	}
	if !anySensitive(u) && ranked[0].shown && ranked[len(ranked)-1].shown { // "highest" is said of all, or not at all
		c.found = append(c.found, Point{Topic: b.topic, Figure: b.id, battery: true, Text: c.prose(c.l.Say("summary.battery", lang.Args{"item": ranked[0].label, "share": c.saidOf(ranked[0]), "net": c.netName(b)}))})
	}
	heats, err := c.batteryHeats(b, order, under)
	return append([]Block{Figure{ID: b.id, Under: under, Named: named, Label: b.topic, Canvas: fig, Table: data, Notes: c.proses(silent)}}, heats...), err
}

func (c *composer) newBattery(u unit, topic string) *battery {
	b := &battery{id: c.id(u[0].Name), topic: topic, scale: scaleOf(c.s, u[0]), items: u}
	var wordings []string
	for _, i := range u {
		b.names = append(b.names, bareLabel(c.labels.item(i)))
		wordings = append(wordings, bareLabel(c.labels.question(i)))
	}
	lead := sharedLead(b.names)
	for k := range b.names {
		b.names[k] = c.labels.whole(strings.TrimSpace(strings.TrimPrefix(b.names[k], lead)))
	}
	b.question = trimLead(sharedLead(wordings))
	if b.topic == "" {
		b.topic = trimLead(lead)
	}
	if b.topic == "" {
		b.topic = c.l.Join(b.names[:2])
	}
	for k, i := range u {
		b.nets = append(b.nets, c.netBar(b.names[k], i, b.scale.high))
	}
	return b
}

// netBar is the share above the middle of the scale; without a table of its own
// it counts as withheld.
func (c *composer) netBar(label string, i *survey.Item, values []string) bar {
	v := c.net(i.Name, values)
	if v == nil {
		return bar{name: i.Name, label: label, text: c.l.Numbers.Mark()}
	}
	return c.bar(i.Name, label, v.Share(0, 0), v.Base(0))
}

// scaleRows returns the rows of the figure, and whether anything may be shown.
func (c *composer) scaleRows(b *battery) (rows []chart.ScaleRow, shown bool) {
	for k, i := range b.items {
		v := c.view(table.PropSelectOne, i.Name)
		var choices []string // without a table every step counts as withheld
		if v != nil {
			choices = v.Choices()
		}
		row := chart.ScaleRow{Label: b.names[k], Base: v.Base(0), High: b.nets[k].number}
		if low := c.net(i.Name, b.scale.low); low != nil {
			row.Low = low.Share(0, 0)
		}
		for _, step := range b.scale.steps {
			n := v.Share(0, slices.Index(choices, step.Name))
			if _, ok := c.pen.Length(n); ok {
				shown = true
			}
			row.Steps = append(row.Steps, n)
		}
		rows = append(rows, row)
	}
	return rows, shown
}

// order returns the places of the items by their upper net, the greatest first;
// where one of them is sensitive, in the order of the form.
func (b *battery) order() []int {
	var out []int
	if anySensitive(b.items) {
		for k := range b.items {
			out = append(out, k)
		}
		return out
	}
	for _, r := range ranking(b.nets) {
		out = append(out, slices.IndexFunc(b.items, func(i *survey.Item) bool { return i.Name == r.name }))
	}
	return out
}

func (c *composer) batteryTitle(b *battery, ranked []bar) string {
	if !ranked[0].shown {
		return b.topic
	}
	key := "title.battery"
	if !allShown(ranked) {
		key = "title.battery_shown"
	}
	return c.l.Say(key, lang.Args{"net": c.netName(b), "item": ranked[0].label, "share": c.saidOf(ranked[0])})
}

// netName names the steps above the middle: "Difficult or Very difficult".
func (c *composer) netName(b *battery) string {
	name := ""
	for k, step := range b.scale.steps[len(b.scale.steps)-len(b.scale.high):] {
		label := c.labels.choice(c.s, b.items[0], step.Name)
		if k == 0 {
			name = label
			continue
		}
		name = c.l.Say("net.join", lang.Args{"a": name, "b": label})
	}
	return name
}

// scaleTable is the table beside the figure of a battery.
func (c *composer) scaleTable(b *battery, rows []chart.ScaleRow, order []int) Table {
	t := Table{ID: b.id + "-table", Caption: b.topic, Header: []string{c.l.Say("table.question")}}
	for _, step := range b.scale.steps {
		t.Header = append(t.Header, c.labels.choice(c.s, b.items[0], step.Name))
	}
	t.Header = append(t.Header, c.netName(b), c.l.Say("table.base"))
	for _, at := range order {
		row := TableRow{Head: b.names[at]}
		for _, n := range rows[at].Steps {
			row.Cells = append(row.Cells, c.cell(n))
		}
		net := b.nets[at].cell()
		if b.nets[at].shown {
			net.Note = c.pen.Interval(b.nets[at].number)
			net = c.withEnds(net, b.nets[at].number)
		}
		row.Cells = append(row.Cells, net, c.number(rows[at].Base))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sharedLead returns what all labels begin with, up to and with the mark that
// ends it: "Difficulty: " of "Difficulty: submission" and "Difficulty: review".
func sharedLead(labels []string) string {
	if len(labels) < 2 {
		return ""
	}
	shared := labels[0]
	for _, l := range labels[1:] {
		for !strings.HasPrefix(l, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	end := -1
	for _, mark := range []string{": ", ":", "：", " – ", " — ", "? ", "？", "؟ "} {
		if at := strings.LastIndex(shared, mark); at >= 0 {
			end = max(end, at+len(mark))
		}
	}
	if end <= 0 {
		return ""
	}
	return shared[:end]
}

// trimLead takes the mark off a shared beginning; a question keeps its mark.
func trimLead(lead string) string { return strings.Trim(lead, " :：–—\u00a0\u202f") }
