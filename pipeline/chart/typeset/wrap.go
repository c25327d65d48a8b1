package typeset

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// ellipsis ends a text that was cut short.
const ellipsis = "…"

// Directional isolates (UAX #9): they keep a stretch of text from mixing with what surrounds it.
const (
	ltrIsolate   = '\u2066'
	rtlIsolate   = '\u2067'
	firstIsolate = '\u2068'
	popIsolate   = '\u2069'
)

// Wrap sets text in lines of at most width points, broken by the Unicode line
// breaking rules (UAX #14) and at line feeds. A word that is too long for a line is broken
// between characters; what stands in a directional isolate, such as a range of
// numbers, is broken only if it must be. Where text remains after maxLines
// lines, the last one ends with an ellipsis; maxLines below 1 means no limit.
// Empty text gives no lines.
func (t *Typesetter) Wrap(text string, style Style, width float64, maxLines int) []Line {
	w := t.borrow()
	defer t.giveBack(w)
	f := filler{t: t, w: w, style: style, width: width}
	var lines []Line
	paragraphs := strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n "), "\n")
	for i, paragraph := range paragraphs {
		f.open = nil
		rest := []rune(strings.TrimSpace(oneLine(paragraph)))
		for len(rest) > 0 {
			if len(lines)+1 == maxLines {
				return append(lines, f.last(rest, i+1 < len(paragraphs)))
			}
			line, n := f.next(rest)
			lines = append(lines, line)
			rest = trimLeft(rest[n:])
		}
	}
	return lines
}

// filler makes the lines of one Wrap.
type filler struct {
	t     *Typesetter
	w     *worker
	style Style
	width float64
	open  []rune // isolates opened on earlier lines and not yet closed
}

// next returns the longest line that fits at the start of rest and the number
// of runes it takes, at least one.
func (f *filler) next(rest []rune) (Line, int) {
	n, line := f.longest(rest, wordEnds(rest), "")
	if n == 0 {
		ends := graphemeEnds(rest)
		if n, line = f.longest(rest, ends, ""); n == 0 {
			n = ends[0]
			line = f.set(rest[:n], "")
		}
	}
	f.open = stillOpen(f.open, rest[:n])
	return line, n
}

// last returns the final line allowed, ending with an ellipsis if text remains.
func (f *filler) last(rest []rune, more bool) Line {
	if line := f.set(rest, ""); !more && line.Width <= f.width {
		return line
	}
	n, line := f.longest(rest, wordEnds(rest), ellipsis)
	ends := graphemeEnds(rest)
	m, byCharacter := f.longest(rest, ends, ellipsis)
	switch {
	case m == 0:
		return f.set(nil, ellipsis)
	case 2*n < m: // whole words would leave most of the line empty
		return byCharacter
	default:
		return line
	}
}

// longest returns the greatest of the given ends up to which rest, followed by
// tail, fits the width; 0 if none does.
func (f *filler) longest(rest []rune, ends []int, tail string) (int, Line) {
	best, bestLine := 0, Line{}
	over := 0
	for _, end := range ends {
		line := f.set(rest[:end], tail)
		if line.Width <= f.width {
			best, bestLine, over = end, line, 0
			continue
		}
		// Shaping can make a longer text narrower (ligatures), but not by much.
		if over++; over > 2 {
			break
		}
	}
	return best, bestLine
}

// set shapes a piece of text as a line of its own: without the spaces at its
// end, and with its isolates opened and closed.
func (f *filler) set(piece []rune, tail string) Line {
	text := string(f.open) + strings.TrimRightFunc(string(piece), unicode.IsSpace) + tail
	text += strings.Repeat(string(popIsolate), len(stillOpen(f.open, piece)))
	return f.t.line(f.w, text, f.style)
}

// stillOpen returns the isolates that are open after text, when open were before.
func stillOpen(open, text []rune) []rune {
	open = slices.Clone(open)
	for _, r := range text {
		switch r {
		case ltrIsolate, rtlIsolate, firstIsolate:
			open = append(open, r)
		case popIsolate:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	return open
}

// wordEnds returns the places after which a line may end, outside isolates.
func wordEnds(text []rune) []int {
	var seg segmenter.Segmenter
	seg.Init(text)
	var ends []int
	for lines := seg.LineIterator(); lines.Next(); {
		line := lines.Line()
		end := line.Offset + len(line.Text)
		if end == len(text) || len(stillOpen(nil, text[:end])) == 0 {
			ends = append(ends, end)
		}
	}
	return ends
}

// graphemeEnds returns the places between characters as a reader sees them.
func graphemeEnds(text []rune) []int {
	var seg segmenter.Segmenter
	seg.Init(text)
	var ends []int
	for graphemes := seg.GraphemeIterator(); graphemes.Next(); {
		g := graphemes.Grapheme()
		ends = append(ends, g.Offset+len(g.Text))
	}
	return ends
}

func trimLeft(text []rune) []rune {
	for len(text) > 0 && unicode.IsSpace(text[0]) {
		text = text[1:]
	}
	return text
}
