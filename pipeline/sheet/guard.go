package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Guard returns a cell that no spreadsheet program takes for a formula: where
// one could begin, an apostrophe is put before it. Formulas begin with one of
// = + - @, also as full-width signs, also behind blanks and invisible marks;
// and since programs divide lines at other signs than commas in some countries,
// also behind a semicolon, a tab or a line end. Numbers stay as they are.
// Bare takes the apostrophes away again: Bare(Guard(s)) == s for every s.
func Guard(cell string) string { return quotes(cell, 1) }

// Bare returns what a guarded cell holds. Cells that Guard would not have
// changed stay as they are.
func Bare(cell string) string { return quotes(cell, -1) }

// Guarded returns a row of cells, each guarded.
func Guarded(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = Guard(c)
	}
	return out
}

// quotes adds an apostrophe, or takes one away, at each place of a cell where a
// formula could begin. What is at such a place is told without the apostrophes
// before it, so that the same places are found with them and without.
func quotes(cell string, by int) string {
	if !strings.ContainsAny(cell, signs) && (cell == "" || !begins(firstRune(strings.TrimLeft(cell, "'")))) {
		return cell // nearly all
	}
	var b strings.Builder
	for at := 0; ; {
		rest := strings.TrimLeft(cell[at:], "'")
		n := len(cell) - at - len(rest)
		end := strings.IndexAny(rest, separators)
		piece := rest
		if end >= 0 {
			piece = rest[:end]
		}
		if formula(piece) || at == 0 && begins(firstRune(rest)) {
			n = max(0, n+by)
		}
		b.WriteString(strings.Repeat("'", n))
		b.WriteString(piece)
		if end < 0 {
			return b.String()
		}
		b.WriteByte(rest[end])
		at = len(cell) - len(rest) + end + 1
	}
}

const (
	separators = ";\t\r\n"
	signs      = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
)

// formula reports whether a program could take a piece of text for a formula.
func formula(piece string) bool {
	bare := strings.TrimLeftFunc(piece, unseen)
	return bare != "" && strings.ContainsRune(signs, firstRune(bare)) && !number.MatchString(bare)
}

// number is what programs read as a number, sign and all; R writes -Inf.
var number = regexp.MustCompile(`^[+-]?(?:[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|Inf) *$`)

// begins reports whether a sign at the beginning of a cell may be passed over
// by a program that looks for a formula behind it.
func begins(r rune) bool { return r == '\t' || r == '\r' || r == '\n' || r == 0 }

// unseen reports whether a sign takes no room or is a blank.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u3164' || r == '\u115f' || r == '\u1160' || unicode.Is(unicode.Variation_Selector, r)
}

func firstRune(s string) rune {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return -1
	}
	return r
}
