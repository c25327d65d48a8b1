// Package markdown writes a summary of a report for e-mail and wikis: what is
// most needed, what was found, and how respondents are protected, with links to
// the page and the pictures beside it. It is CommonMark with tables; whatever
// labels hold is text and stays text. The same report gives the same bytes.
package markdown

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// FileName returns the name of the summary of a language: "report.en.md".
func FileName(tag string) string { return "report." + tag + ".md" }

// Write returns the summary of a report.
func Write(r *report.Report) []byte {
	w := &writer{report: r}
	w.block("# " + link(r.Title, "report."+r.Lang+".html"))
	if r.Notice != "" {
		w.block("> **" + Escape(r.Words.Notice) + "**\\\n> " + Escape(r.Notice))
	}
	for _, ch := range r.Chapters {
		w.chapter(ch)
	}
	if r.Tabled {
		w.block(link(r.Words.Tables, "tables."+r.Lang+".html"))
	}
	return []byte(w.out.String())
}

type writer struct {
	report *report.Report
	out    strings.Builder
}

// block writes a block, with an empty line before it.
func (w *writer) block(text string) {
	if w.out.Len() > 0 {
		w.out.WriteString("\n")
	}
	w.out.WriteString(text + "\n")
}

// chapter writes a chapter if there is anything of it to sum up.
func (w *writer) chapter(ch report.Chapter) {
	blocks := w.blocks(ch)
	if len(blocks) == 0 {
		return
	}
	w.block("## " + Escape(ch.Title))
	for _, b := range blocks {
		w.block(b)
	}
}

// prose are the chapters of which the text is part of a summary: what is done for
// respondents, and how to cite.
func prose(id string) bool { return id == "protection" || id == "cite" }

func (w *writer) blocks(ch report.Chapter) []string {
	var out, items []string
	flush := func() {
		if len(items) > 0 {
			out, items = append(out, strings.Join(items, "\n")), nil
		}
	}
	add := func(block string) {
		flush()
		if block != "" {
			out = append(out, block)
		}
	}
	for _, b := range ch.Blocks {
		switch x := b.(type) {
		case report.Facts:
			add(w.facts(x))
		case report.Points:
			for _, p := range x.Points {
				items = append(items, item(w.pictured(p.Topic, p.Figure), p.Text.Text))
			}
		case report.Figure:
			if !x.Folded {
				items = append(items, item(w.pictured(x.Label, x.ID), x.Canvas.Title+w.base(x.Table)))
			}
		case report.Withheld:
			items = append(items, item(Escape(x.Label), x.Text.Text))
		case report.Needs:
			add(w.needs(x))
		case report.List:
			if prose(ch.ID) {
				for _, p := range x.Items {
					items = append(items, "- "+Escape(p.Text))
				}
			}
		case report.Commentary:
			add(commentary(x))
		case report.Quotes:
			add(quotes(x))
		case report.Paragraph:
			if prose(ch.ID) {
				add(Escape(x.Text.Text))
			}
		}
	}
	flush()
	return out
}

// commentary is what the project itself says, with what is to be known of it.
func commentary(c report.Commentary) string {
	out := "**" + Escape(c.Label) + "**"
	for _, p := range c.Text {
		out += "\n\n" + Escape(p.Text)
	}
	if c.Changed != "" {
		out += "\n\n" + Escape(c.Changed)
	}
	for _, p := range c.Notes {
		out += "\n\n" + Escape(p.Text)
	}
	return out
}

// item is an item of a list: what it is about, and under it what is said.
func item(head, text string) string { return "- **" + head + "**\\\n  " + Escape(text) }

// pictured is the name of a figure that leads to its picture.
func (w *writer) pictured(label, id string) string {
	if id == "" {
		return Escape(label)
	}
	return link(label, "figures/"+id+"."+w.report.Lang+".png")
}

// base is the base of a figure whose rows all rest on the same one.
func (w *writer) base(t report.Table) string {
	last := len(t.Header) - 2 // of the cells; the first column has heads
	if last < 0 || t.Header[last+1] != w.report.Words.Base {
		return ""
	}
	base := ""
	for _, row := range t.Rows {
		if len(row.Cells) <= last || base != "" && row.Cells[last].Text != base {
			return ""
		}
		base = row.Cells[last].Text
	}
	if base == "" {
		return ""
	}
	return " (" + w.report.Words.Base + " = " + base + ")"
}

func (w *writer) facts(f report.Facts) string {
	var rows [][]string
	for _, x := range f.Facts {
		rows = append(rows, []string{x.Label, x.Value.Text})
	}
	return table([]string{"", ""}, rows)
}

// needs is the parts of a toolkit in order, with their scores.
func (w *writer) needs(n report.Needs) string {
	words := w.report.Words
	var rows [][]string
	for _, x := range n.Needs {
		rank := x.Rank
		if rank == "" {
			rank = "–"
		}
		rows = append(rows, []string{rank, x.Label, x.Score, x.Interval, x.Base})
	}
	if len(rows) == 0 {
		return ""
	}
	return table([]string{words.Rank, words.Part, words.Score, words.Interval, words.Base}, rows)
}

func table(head []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + Escape(c) + " ")
		}
		b.WriteString("|\n")
	}
	line(head)
	b.WriteString(strings.Repeat("| --- ", len(head)) + "|\n")
	for _, row := range rows {
		line(row)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// link leads to a file beside the summary; its name is the program's own.
func link(text, to string) string { return "[" + Escape(text) + "](" + to + ")" }
