package docx

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/soundings-survey/soundings/pipeline/report"
)

// textWidth is the width of the text on a page, in twentieths of a point: A4
// with margins of 25 mm.
const textWidth = 9070

// grid is a table as it is written.
type grid struct {
	caption string // for who cannot see it
	header  []string
	rows    [][]cell // the first cell names the row
	words   bool     // its cells are words, not numbers
}

// cell is a text with what stands small under it.
type cell struct {
	text   string
	under  []string
	strong bool
}

// table writes a table of figures with its caption.
func (d *document) table(t report.Table) {
	if len(t.Rows) == 0 {
		return
	}
	d.tables++
	d.out.WriteString(d.caption(para{keepNext: true}, d.report.Words.TableCaption, "Table", d.tables, t.Caption))
	g := grid{caption: t.Caption, header: t.Header}
	for _, r := range gather(t.Rows) {
		row := []cell{{text: r.Head}}
		for _, c := range r.Cells {
			out := cell{text: c.Text}
			for _, s := range []string{c.Note, c.Base} {
				if s != "" {
					out.under = append(out.under, s)
				}
			}
			row = append(row, out)
		}
		g.rows = append(g.rows, row)
	}
	d.grid(g)
}

// alike is how many rows on end must have the same cells to be written as one:
// a list of all States, of which hardly any is shown, would fill pages.
const alike = 6

// gather joins the names of rows on end that say the same.
func gather(rows []report.TableRow) []report.TableRow {
	var out []report.TableRow
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && slices.EqualFunc(rows[end].Cells, rows[start].Cells, sameText) {
			end++
		}
		if end-start < alike {
			out = append(out, rows[start:end]...)
			start = end
			continue
		}
		var names []string
		for _, r := range rows[start:end] {
			names = append(names, r.Head)
		}
		out = append(out, report.TableRow{Head: strings.Join(names, " · "), Cells: rows[start].Cells})
		start = end
	}
	return out
}

// sameText tells whether two cells read alike, whatever figures they show.
func sameText(a, b report.Cell) bool {
	return a.Text == b.Text && a.Note == b.Note && a.Base == b.Base
}

// grid writes a table. Its header is repeated on each page, and no row is
// parted by the end of one.
func (d *document) grid(g grid) {
	widths := g.widths()
	b := &d.out
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>`)
	if d.rtl {
		b.WriteString(`<w:bidiVisual/>`)
	}
	fmt.Fprintf(b, `<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="%s" w:firstRow="%d" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`,
		textWidth, g.look(), min(len(g.header), 1))
	if g.caption != "" {
		b.WriteString(`<w:tblCaption w:val="` + escape(g.caption) + `"/>`)
	}
	b.WriteString(`</w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString("</w:tblGrid>\n")
	if len(g.header) > 0 {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		for i, w := range widths {
			var c cell
			if i < len(g.header) {
				c = cell{text: g.header[i], strong: true}
			}
			d.cell(c, w, i == 0 || g.words, true)
		}
		b.WriteString("</w:tr>\n")
	}
	for _, row := range g.rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, w := range widths {
			var c cell
			if i < len(row) {
				c = row[i]
			}
			d.cell(c, w, i == 0 || g.words, false)
		}
		b.WriteString("</w:tr>\n")
	}
	b.WriteString("</w:tbl>\n" + d.plain(para{style: "AfterTable"}, ""))
}

// look says in bits what tblLook says in attributes, for older readers.
func (g grid) look() string {
	if len(g.header) > 0 {
		return "06A0"
	}
	return "0680"
}

// cell writes a cell of a width. A cell ends with a paragraph always.
func (d *document) cell(c cell, width int, words, head bool) {
	style := "TableNumber"
	if words {
		style = "TableText"
	}
	align := ""
	if head {
		align = `<w:vAlign w:val="bottom"/>`
	}
	fmt.Fprintf(&d.out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, width, align)
	strong := ""
	if c.strong {
		strong = "Strong"
	}
	d.out.WriteString(d.paragraph(para{style: style, keepNext: head}, c.text, d.run(strong, c.text)))
	for _, s := range c.under {
		d.out.WriteString(d.plain(para{style: "TableNote"}, s))
	}
	d.out.WriteString(`</w:tc>`)
}

// widths parts the width of the text among the columns by what they hold: no
// column is narrower than its longest word, if all can be so.
func (g grid) widths() []int {
	columns := len(g.header)
	for _, r := range g.rows {
		columns = max(columns, len(r))
	}
	const sign = 105 // the usual width of a character in tables
	least, want := make([]int, columns), make([]int, columns)
	see := func(i int, s string, wraps bool) {
		for w := range strings.FieldsSeq(s) {
			least[i] = max(least[i], signs(w))
		}
		n := signs(s)
		if wraps {
			n = min(n, 46)
		}
		want[i] = max(want[i], n)
	}
	for i, s := range g.header {
		see(i, s, true)
		want[i] = min(want[i], max(16, least[i])) // headers may take several lines
	}
	for _, r := range g.rows {
		for i, c := range r {
			see(i, c.text, i == 0 || g.words)
			for _, s := range c.under {
				see(i, s, false)
			}
		}
	}
	const air = 150 // the margins of a cell
	out := make([]int, columns)
	floor, wish := 0, 0
	for i := range out {
		least[i] = min(least[i], 30)*sign + air
		want[i] = max(want[i]*sign+air, least[i])
		floor += least[i]
		wish += want[i]
	}
	for i := range out {
		switch {
		case g.words && wish <= textWidth: // words stand close to each other
			out[i] = want[i]
		case wish <= textWidth || floor >= textWidth: // what is over, or lacks, by the wishes
			out[i] = want[i] * textWidth / max(wish, 1)
		default: // what is over the least, by how much more is wished
			out[i] = least[i] + (want[i]-least[i])*(textWidth-floor)/(wish-floor)
		}
	}
	rest := textWidth
	for i, w := range out {
		out[i] = max(w, air+sign) // a character at least, whatever the others hold
		rest -= out[i]
	}
	if rest < 0 {
		widest := 0
		for i, w := range out {
			if w > out[widest] {
				widest = i
			}
		}
		out[widest] += rest
		return out
	}
	switch {
	case columns == 0:
	case g.words:
		out[columns-1] += rest
	default:
		out[0] += rest
	}
	return out
}

// signs counts the widths of characters in a text: wide ones count twice,
// invisible ones not at all.
func signs(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r >= '\u2066' && r <= '\u2069':
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
