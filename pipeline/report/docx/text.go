package docx

import (
	"strings"
	"unicode"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
)

// para says how a paragraph looks; its fields are in the order of the format.
type para struct {
	style    string
	keepNext bool
	mark     string // name of the bookmark around it
}

// paragraph writes a paragraph of runs. Words are those that the runs hold:
// they decide its direction.
func (d *document) paragraph(p para, words, runs string) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + p.style + `"/>`)
	if p.keepNext {
		b.WriteString(`<w:keepNext/>`)
	}
	switch {
	case d.rtl && leftToRight(words):
		b.WriteString(`<w:bidi w:val="0"/>`)
		switch p.style {
		case "TableNumber", "TableNote", "Quote": // where numbers of the language stand, and where words of its own begin
			b.WriteString(`<w:jc w:val="left"/>`)
		default:
			b.WriteString(`<w:jc w:val="right"/>`)
		}
	case d.rtl:
		b.WriteString(`<w:bidi/><w:rPr><w:rtl/></w:rPr>`)
	}
	b.WriteString(`</w:pPr>`)
	if p.mark != "" {
		runs = d.bookmark(p.mark, runs)
	}
	b.WriteString(runs + "</w:p>\n")
	return b.String()
}

// plain writes a paragraph of one text.
func (d *document) plain(p para, text string) string {
	return d.paragraph(p, text, d.run("", text))
}

// run writes a text in a style of characters, "" for none. In a right-to-left
// document pieces that read from left to right are runs of their own.
func (d *document) run(style, text string) string {
	var b strings.Builder
	for _, piece := range d.pieces(text) {
		b.WriteString(`<w:r>`)
		if style != "" || piece.rtl {
			b.WriteString(`<w:rPr>`)
			if style != "" {
				b.WriteString(`<w:rStyle w:val="` + style + `"/>`)
			}
			if piece.rtl {
				b.WriteString(`<w:rtl/>`)
			}
			b.WriteString(`</w:rPr>`)
		}
		for i, line := range strings.Split(piece.text, "\n") {
			if i > 0 {
				b.WriteString(`<w:br/>`)
			}
			if line != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escape(line) + `</w:t>`)
			}
		}
		b.WriteString(`</w:r>`)
	}
	return b.String()
}

// piece is a part of a text that reads in one direction.
type piece struct {
	text string
	rtl  bool
}

func (d *document) pieces(text string) []piece {
	if text == "" {
		return nil
	}
	if !d.rtl {
		return []piece{{text: text}}
	}
	return split(canvas.IsolateNumbers(text))
}

// Directional isolates (UAX #9): what stands between them keeps its own order.
const (
	ltrIsolate = '\u2066'
	popIsolate = '\u2069'
)

// split parts a text of a right-to-left document: words in other scripts, with
// what stands between two of them, and what is isolated read from left to right.
// Word goes by the direction of runs, others by the isolates: both are there.
func split(text string) []piece {
	runes := []rune(text)
	left := make([]bool, len(runes))
	last, depth := -1, 0 // where left-to-right text last was, since right-to-left text
	for i, r := range runes {
		switch {
		case r == ltrIsolate:
			depth++
			left[i] = true
		case depth > 0:
			left[i] = true
			if r == popIsolate {
				depth--
			}
		case rightToLeft(r) || r == '\n':
			last = -1
		case unicode.IsLetter(r):
			if last >= 0 {
				for k := last; k < i; k++ {
					left[k] = true
				}
			}
			left[i], last = true, i
		}
	}
	var out []piece
	for start := 0; start < len(runes); {
		end := start + 1
		for end < len(runes) && left[end] == left[start] {
			end++
		}
		out = append(out, piece{string(runes[start:end]), !left[start]})
		start = end
	}
	return out
}

// leftToRight tells whether a text has letters, none of them of a right-to-left
// script.
func leftToRight(text string) bool {
	letters := false
	for _, r := range text {
		if rightToLeft(r) {
			return false
		}
		letters = letters || unicode.IsLetter(r)
	}
	return letters
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) && unicode.IsLetter(r)
}
