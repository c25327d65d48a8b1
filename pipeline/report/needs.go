package report

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/brief"
	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// needsInBrief is how many parts of the toolkit the summary names.
const needsInBrief = 3

// needs is the chapter on what the toolkit should contain.
func (c *composer) needs() ([]Chapter, error) {
	if c.in.Components == nil || len(c.in.Components.Components) == 0 {
		return nil, nil
	}
	c.marked, c.earlier = false, false
	id := c.id("needs")
	order := brief.Order(c.in.Components, c.s, c.in.Safe, c.pen)
	var bars []bar
	for _, n := range order.Needs {
		bars = append(bars, c.bar(n.Component.ID, c.labels.text("component "+n.Component.ID, n.Component.Label), n.Score, n.Base))
	}
	ch := Chapter{ID: "toolkit", Title: c.l.Say("section.brief"), Blocks: []Block{Paragraph{Text: c.prose(c.l.Say("brief.intro"))}}}
	if anyShown(bars) {
		fig, err := c.needsFigure(id, bars)
		if err != nil {
			return nil, err
		}
		ch.Blocks = append(ch.Blocks, fig)
	}
	var list Needs
	for k, n := range order.Needs {
		list.Needs = append(list.Needs, c.need(n, bars[k]))
	}
	ch.Blocks = append(ch.Blocks, list)
	return []Chapter{ch}, nil
}

func (c *composer) needsFigure(id string, bars []bar) (Figure, error) {
	data := c.barTable(id, c.l.Say("table.component"), c.l.Say("table.score"), bars, c.intervalHead(nil))
	data.Caption = c.l.Say("figure.need")
	alt := c.rowsAlt("alt.bars", len(bars), c.detail(bars))
	title := c.l.Say("title.need", lang.Args{"component": bars[0].label, "share": c.saidOf(bars[0])})
	head := c.head(id, title, c.l.Say("figure.need"), alt, c.source(notes{where: "figure.source_rows", intervals: true}))
	fig, err := chart.Bars(head, chartRows(bars), chart.BarOptions{Indicative: c.indicative()}, c.pen, c.in.Typesetter)
	if err != nil {
		return Figure{}, err
	}
	var first []string
	for _, b := range bars {
		if b.shown && len(first) < needsInBrief {
			first = append(first, c.l.Say("summary.value", lang.Args{"label": b.label, "value": c.saidOf(b)}))
		}
	}
	c.needed = append(c.needed, Point{Topic: c.l.Say("section.brief"), Figure: id, Text: c.prose(c.l.Say("summary.needs", lang.Args{"list": c.l.Join(first)}))})
	return Figure{ID: id, Label: c.l.Say("brief.figure"), Canvas: fig, Table: data}, nil
}

// need writes one part of the toolkit with its evidence.
func (c *composer) need(n brief.Need, b bar) Need {
	out := Need{
		ID: "need-" + strings.TrimPrefix(c.id(n.Component.ID), "f-"), Label: b.label, Purpose: c.labels.text("purpose "+n.Component.ID, n.Component.Purpose),
		Score: b.text, Interval: c.pen.Interval(n.Score), Base: c.text(n.Base), ScoreValue: b.native, BaseValue: c.value(n.Base),
	}
	if n.Rank > 0 {
		out.Rank = fmt.Sprint(n.Rank)
	}
	for _, e := range n.Evidence {
		share := c.text(e.Share)
		out.Evidence = append(out.Evidence, Evidence{
			Text: c.evidence(e.Part), Share: share, Interval: c.interval(e.Share, share), Base: c.text(e.Base), ShareValue: c.value(e.Share), BaseValue: c.value(e.Base),
		})
	}
	return out
}

// evidence words what speaks for a part: the item and the answers that count.
func (c *composer) evidence(p brief.Part) string {
	i, ok := c.s.Item(p.Item)
	if !ok {
		return p.Item
	}
	var answers []string
	for _, v := range p.Values {
		answers = append(answers, c.labels.choice(c.s, i, v))
	}
	key := "evidence.is"
	if strings.HasSuffix(p.Item, brief.CodesSuffix) && i.Derived != "" {
		key = "evidence.code"
	}
	return c.l.Say(key, lang.Args{"item": c.labels.item(i), "answers": strings.Join(answers, c.l.Say("list.separator"))})
}
