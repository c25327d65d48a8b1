package docx

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// chapters writes the body.
func (d *document) chapters() error {
	for _, c := range d.report.Chapters {
		d.heading(1, c.ID, c.Title)
		for _, b := range c.Blocks {
			if err := d.block(b); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *document) block(b report.Block) error {
	switch b := b.(type) {
	case report.Heading:
		d.heading(2, b.ID, b.Text)
	case report.Paragraph:
		d.out.WriteString(d.plain(para{style: "Normal"}, b.Text.Text))
	case report.List:
		for _, item := range b.Items {
			d.out.WriteString(d.plain(para{style: "ListBullet"}, item.Text))
		}
	case report.Facts:
		d.facts(b)
	case report.Points:
		d.points(b)
	case report.Figure:
		return d.figure(b)
	case report.Withheld:
		d.heading(level(b.Under), b.ID, b.Label)
		d.out.WriteString(d.plain(para{style: "Withheld"}, b.Text.Text))
	case report.Table:
		d.table(b)
	case report.Needs:
		d.needs(b)
	case report.Commentary:
		d.commentary(b)
	case report.Quotes:
		d.quotes(b)
	default:
		return fmt.Errorf("a document cannot show a block of type %T", b)
	}
	return nil
}

// level is that of the heading of a figure.
func level(under bool) int {
	if under {
		return 3
	}
	return 2
}

// points writes the main findings, each under a link to its figure.
func (d *document) points(p report.Points) {
	for _, point := range p.Points {
		runs := d.run("Topic", point.Topic)
		if mark := d.names[point.Figure]; mark != "" {
			runs = d.link(mark, "TopicLink", point.Topic)
		}
		runs += lineBreak + d.run("", point.Text.Text)
		d.out.WriteString(d.paragraph(para{style: "ListBullet"}, point.Topic+point.Text.Text, runs))
	}
}

// facts writes key figures as a table without a header.
func (d *document) facts(f report.Facts) {
	var rows [][]cell
	for _, fact := range f.Facts {
		rows = append(rows, []cell{{text: fact.Label}, {text: fact.Value.Text, strong: true}})
	}
	d.grid(grid{rows: rows, words: true})
}

// figure writes a figure with its heading, picture, caption, notes and tables.
// A picture has its finding within it too, but only a caption can be searched,
// translated and gathered in a list of figures.
func (d *document) figure(f report.Figure) error {
	var mark string
	if f.Folded || f.Named {
		mark = d.names[f.ID]
	} else {
		d.heading(level(f.Under), f.ID, f.Label)
	}
	drawing, err := d.drawing(f)
	if err != nil {
		return err
	}
	d.out.WriteString(d.paragraph(para{style: "Figure", keepNext: true, mark: mark}, "", drawing))
	d.figures++
	d.out.WriteString(d.caption(para{}, d.report.Words.FigureCaption, "Figure", d.figures, f.Canvas.Title))
	for _, n := range f.Notes {
		d.out.WriteString(d.plain(para{style: "FigureNote"}, n.Text))
	}
	d.table(f.Table)
	for _, t := range f.More {
		d.table(t)
	}
	return nil
}

// needs writes the parts of a toolkit in their order, each with its evidence.
func (d *document) needs(all report.Needs) {
	w := d.report.Words
	for _, n := range all.Needs {
		label := n.Label
		if n.Rank != "" {
			label = n.Rank + ". " + label
		}
		d.heading(3, n.ID, label)
		score := d.run("Strong", n.Score)
		if n.Interval != "" {
			score += d.run("", " [") + d.run("", n.Interval) + d.run("", "]")
		}
		base := d.run("", w.Base+" = "+n.Base)
		d.out.WriteString(d.paragraph(para{style: "Normal", keepNext: true}, "", score+d.run("", "   ")+base))
		if n.Purpose != "" {
			d.out.WriteString(d.plain(para{style: "Normal", keepNext: len(n.Evidence) > 0}, n.Purpose))
		}
		if len(n.Evidence) == 0 {
			continue
		}
		t := report.Table{Caption: w.Evidence + " – " + n.Label, Header: []string{w.Evidence, w.Share, w.Interval, w.Base}}
		for _, e := range n.Evidence {
			t.Rows = append(t.Rows, report.TableRow{Head: e.Text, Cells: []report.Cell{{Text: e.Share}, {Text: e.Interval}, {Text: e.Base}}})
		}
		d.table(t)
	}
}
