package records

import (
	"bytes"
	"unicode/utf8"
)

// LongCellChars is how many characters a cell of a worksheet may hold; longer
// answers are kept and reported.
const LongCellChars = 32_767

// Check looks at every byte of the chunk and returns what is the matter with
// its text: bytes that are no UTF-8, NUL, damaged and control characters, very
// long cells. It may run beside the reading of later chunks.
func (c *Chunk) Check() []Problem {
	text := c.buf[c.from:c.to]
	plain := utf8.Valid(text) && !hasControl(text) && !bytes.Contains(text, []byte("\uFFFD")) && !hasTurning(text) && !mayBeMojibake(text)
	if plain && !c.hasLong() {
		return nil
	}
	var out []Problem
	for i := range c.Len() {
		for k := range c.Width(i) {
			out = appendProblems(out, c.Cell(i, k), c.Row(i), k, plain)
		}
	}
	return out
}

func appendProblems(out []Problem, cell []byte, row int64, column int, plain bool) []Problem {
	add := func(kind Kind, bytes []byte) {
		out = append(out, Problem{Kind: kind, Row: row, Column: column, Bytes: bytes})
	}
	if len(cell) > LongCellChars && len(cell) <= MaxCell && utf8.RuneCount(cell) > LongCellChars {
		add(LongCell, nil)
	}
	if plain {
		return out
	}
	if at := invalidAt(cell); at >= 0 {
		add(NotUTF8, bytes.Clone(cell[:min(max(400, at+8), len(cell))]))
	}
	if bytes.IndexByte(cell, 0) >= 0 {
		add(NUL, nil)
	}
	if bytes.Contains(cell, []byte("\uFFFD")) {
		add(Replacement, nil)
	}
	if hasControl(bytes.ReplaceAll(cell, []byte{0}, nil)) {
		add(Control, nil)
	}
	if hasTurning(cell) {
		add(Turned, nil)
	}
	if mayBeMojibake(cell) && isMojibake(cell) {
		add(Mojibake, nil)
	}
	return out
}

// invalidAt returns where the first byte stands that is no UTF-8, or -1.
func invalidAt(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

// hasControl reports whether there are control characters, among them NUL, but
// for tabs and ends of lines: C0, DEL, and C1 in UTF-8.
func hasControl(text []byte) bool {
	for i, b := range text {
		switch {
		case b >= 0x20 && b < 0x7F:
		case b == '\n' || b == '\r' || b == '\t':
		case b < 0x20 || b == 0x7F:
			return true
		case b == 0xC2 && i+1 < len(text) && text[i+1] >= 0x80 && text[i+1] < 0xA0:
			return true
		}
	}
	return false
}

func (c *Chunk) hasLong() bool {
	for _, s := range c.cells {
		if s.end-s.start > LongCellChars {
			return true
		}
	}
	return false
}
