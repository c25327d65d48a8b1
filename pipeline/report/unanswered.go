package report

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// questions are the items reported that respondents were asked: none that are
// made of others.
func (c *composer) questions() []*survey.Item {
	var out []*survey.Item
	for _, i := range c.tabulated() {
		if i.Derived == "" {
			out = append(out, i)
		}
	}
	return out
}

// tableOf returns the table of everybody of an item.
func (c *composer) tableOf(i *survey.Item) *protect.View {
	if v := c.sharesOf(i); v != nil {
		return v
	}
	return c.view(table.Mean, i.Name)
}

// unanswered says which questions were left unanswered, and for what reasons
// answers are missing.
func (c *composer) unanswered() ([]Block, error) {
	var bars []bar
	for _, i := range c.questions() {
		v := c.tableOf(i)
		if v.Unanswered(0).Status() != protect.Published {
			continue
		}
		bars = append(bars, c.bar(i.Name, c.labels.item(i), v.Unanswered(0), v.Asked(0)))
	}
	var out []Block
	if anyShown(bars) {
		fig, err := c.nonresponse(ranking(bars))
		if err != nil {
			return nil, err
		}
		out = append(out, fig)
	}
	if t := c.makeup(); len(t.Rows) > 0 {
		out = append(out, t, Paragraph{Text: c.prose(c.l.Say("quality.makeup_note"))})
	}
	return append(out, c.missingTable()), nil
}

// nonresponse is the figure of the questions that were left unanswered most.
func (c *composer) nonresponse(ranked []bar) (Figure, error) {
	id := c.id("unanswered")
	data := c.barTable(id, c.l.Say("table.question"), c.l.Say("missing.notanswered"), ranked, "")
	data.Caption = c.l.Say("quality.unanswered")
	data.Header[len(data.Header)-1] = c.l.Say("table.asked")
	first := lang.Args{"item": ranked[0].label, "share": c.saidOf(ranked[0])}
	title := c.l.Say("title.unanswered", first)
	if !allShown(ranked) {
		title = c.l.Say("title.unanswered_shown", first)
	}
	drawn := ranked[:min(len(ranked), mostBars)]
	c.marked = !allShown(drawn)
	head := c.head(id, title, c.l.Say("figure.unanswered"), c.rowsAlt("alt.bars", len(drawn), c.detail(ranked)), c.source(notes{where: "figure.source_asked"}))
	fig, err := chart.Bars(head, chartRows(drawn), chart.BarOptions{Max: 1}, c.pen, c.in.Typesetter)
	c.marked = !allShown(ranked)
	return Figure{ID: id, Under: true, Label: data.Caption, Canvas: fig, Table: data}, err
}

// makeup says by chapter what became of the answers that were asked for.
func (c *composer) makeup() Table {
	t := Table{ID: "makeup", Caption: c.l.Say("quality.makeup"), Header: []string{c.l.Say("table.chapter"), c.l.Say("table.counted"), c.l.Say("table.asked_for")}}
	for r, w := range missingWords {
		if survey.Reason(r) != survey.NotAsked {
			t.Header = append(t.Header, c.l.Say(w))
		}
	}
	t.Header = append(t.Header, c.l.Say("missing.withheld"))
	for _, p := range parts(c.questions()) {
		var views []*protect.View
		for _, sec := range p.sections {
			for _, i := range sec.items {
				views = append(views, c.tableOf(i))
			}
		}
		known := slices.IndexFunc(views, func(v *protect.View) bool { return v != nil })
		if known < 0 {
			continue // the plan asks for other figures of these questions
		}
		m := c.in.Safe.Makeup(views[known].Row().Item, views)
		row := TableRow{Head: c.chapterTitle(p), Cells: []Cell{{Text: fmt.Sprintf("%d/%d", m.Items, len(views))}, c.number(m.Asked)}}
		for r, n := range m.Shares {
			if survey.Reason(r) != survey.NotAsked {
				row.Cells = append(row.Cells, c.number(n))
			}
		}
		row.Cells = append(row.Cells, c.number(m.Hidden))
		t.Rows = append(t.Rows, row)
	}
	return t
}
