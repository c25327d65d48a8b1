package records

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// hasTurning reports whether there are marks that turn the order of what
// follows them round (U+202A to U+202E, U+2066 to U+2069): a cell may then look
// like another than it is.
func hasTurning(text []byte) bool {
	for at := 0; ; at++ {
		i := bytes.Index(text[at:], []byte{0xE2})
		if i < 0 || at+i+2 >= len(text) {
			return false
		}
		at += i
		switch second, third := text[at+1], text[at+2]; {
		case second == 0x80 && third >= 0xAA && third <= 0xAE, second == 0x81 && third >= 0xA6 && third <= 0xA9:
			return true
		}
	}
}

// mayBeMojibake reports whether a letter that begins a character of UTF-8 when
// taken for Windows-1252 is followed by one that goes on with it. It is quick,
// and right often enough to be worth a second look.
func mayBeMojibake(text []byte) bool {
	for at := 0; ; at++ {
		i := bytes.IndexByte(text[at:], 0xC3)
		if i < 0 || at+i+3 >= len(text) {
			return false
		}
		at += i
		if text[at+1] < 0x82 || text[at+1] > 0xB4 { // U+00C2 to U+00F4
			continue
		}
		if r, _ := utf8.DecodeRune(text[at+2:]); r > 0x7F {
			if b, ok := byte1252(r); ok && b >= 0x80 && b < 0xC0 {
				return true
			}
		}
	}
}

// isMojibake reports whether a whole cell is UTF-8 once more when written as
// Windows-1252.
func isMojibake(cell []byte) bool {
	back := make([]byte, 0, len(cell))
	for i := 0; i < len(cell); {
		r, size := utf8.DecodeRune(cell[i:])
		i += size
		b, ok := byte1252(r)
		if !ok {
			return false
		}
		back = append(back, b)
	}
	return utf8.Valid(back)
}

// byte1252 writes a character as Windows-1252, whose five free places stand
// for the control characters of the same number.
func byte1252(r rune) (byte, bool) {
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return b, true
	}
	return byte(r), r >= 0x80 && r < 0xA0
}

// Wide names the encoding of a text of two or four bytes a character that says
// so by no mark, or by one that is not read: "utf-16le", "utf-16be" or
// "utf-32"; "" for other texts. It is told by where the zeros stand.
func Wide(head []byte) string {
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}) || bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}) {
		return "utf-32"
	}
	head = head[:min(len(head), 4096)/4*4]
	var zeros [4]int
	for i, b := range head {
		if b == 0 {
			zeros[i%4]++
		}
	}
	most := len(head) / 4 / 2 // of a place, zero in half of all characters
	at := func(k int) bool { return zeros[k] > most }
	switch {
	case len(head) == 0:
		return ""
	case at(2) && (at(1) && at(3) || at(0) && at(1)):
		return "utf-32"
	case at(1) && at(3) && !at(0) && !at(2):
		return "utf-16le"
	case at(0) && at(2) && !at(1) && !at(3):
		return "utf-16be"
	}
	return ""
}
