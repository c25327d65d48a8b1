package report

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/chart"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// head returns what stands around a chart.
func (c *composer) head(id, title, subtitle, description, source string) chart.Head {
	h := heading{c.ownTitle(id, c.prose(title)), c.prose(source)}
	c.drawn[id] = h
	return chart.Head{
		ID: id, Lang: c.l.Tag, RTL: c.l.RTL, Title: h.title.Text, Subtitle: c.prose(subtitle).Text, Source: h.source.Text, Description: c.prose(description).Text,
		N: c.l.Say("table.base"), Numbers: c.l.Numbers,
	}
}

// heading is what stands around a figure, with the keys of its numbers.
type heading struct{ title, source Prose }

// headFigures gives figures the texts that are drawn around them.
func (c *composer) headFigures(r *Report) {
	for _, ch := range r.Chapters {
		for k, b := range ch.Blocks {
			if f, ok := b.(Figure); ok {
				h := c.drawn[f.ID]
				f.Title, f.Source = h.title, h.source
				ch.Blocks[k] = f
			}
		}
	}
}

// notes are the sentences of a source line after the source itself.
type notes struct {
	base      string // n, where all rows rest on one
	where     string // key of the words for the source where n stands elsewhere
	intervals bool   // the figure draws intervals
	tabled    bool   // its table has intervals
	of        *protect.View
	sum       bool   // its figures add up to 100 but for rounding
	silent    string // how many were silent, for sensitive items
}

// source writes the source line of a figure: where it is from, what it rests
// on, what its lines mean, and what the mark means if the figure has it.
func (c *composer) source(n notes) string {
	from := strings.TrimRight(c.projectText(c.in.Words.Source, c.in.Words.Title, c.s.Title), ".。 ")
	if from == "" {
		from = c.title
	}
	var out []string
	if n.base != "" {
		out = append(out, c.l.Say("figure.source", lang.Args{"source": from, "n": n.base}))
	} else {
		out = append(out, c.l.Say(n.where, lang.Args{"source": from}))
	}
	if c.in.Weighted {
		out = append(out, c.l.Say("figure.weighted"))
	}
	out = append(out, c.precisionNotes(n)...)
	if n.sum {
		out = append(out, c.l.Say("figure.sum"))
	}
	if n.silent != "" {
		out = append(out, n.silent)
	}
	return strings.Join(append(out, c.markNotes("figure.withheld")...), " ")
}

// mentioned is how many values a description for screen readers gives; the
// table beside the figure has all.
const mentioned = 3

// detail writes the first values of a figure for its description.
func (c *composer) detail(rows []bar) string {
	var out []string
	for i, r := range rows {
		if i == mentioned {
			break
		}
		out = append(out, c.l.Say("alt.value", lang.Args{"label": r.label, "value": r.text}))
	}
	return strings.Join(out, " ")
}

// bar is a labelled figure with its length when it may be shown.
type bar struct {
	name, label string
	group       string // label of its group in the form's default language
	number      protect.Number
	base        protect.Number
	text        string
	native      Value
	value       float64
	shown       bool
}

func (c *composer) bar(name, label string, n, base protect.Number) bar {
	b := bar{name: name, label: label, number: n, base: base, text: c.text(n), native: c.value(n)}
	b.value, b.shown = c.pen.Length(n)
	return b
}

func chartRows(bars []bar) []chart.Row {
	out := make([]chart.Row, len(bars))
	for i, b := range bars {
		out[i] = chart.Row{Label: b.label, Value: b.number, Base: b.base}
	}
	return out
}

// anyShown reports whether any of the figures may be published.
func anyShown(bars []bar) bool {
	for _, b := range bars {
		if b.shown {
			return true
		}
	}
	return false
}

// allShown reports whether all of the figures may be published.
func allShown(bars []bar) bool {
	for _, b := range bars {
		if !b.shown {
			return false
		}
	}
	return true
}
