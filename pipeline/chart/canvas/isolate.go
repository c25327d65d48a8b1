package canvas

import (
	"strings"
	"unicode"
)

// Directional isolates (UAX #9): what stands between them keeps its own order.
const (
	ltrIsolate = "\u2066"
	popIsolate = "\u2069"
)

// Isolate makes a piece of text, such as "66 [56–75]" or a Latin name, keep its left-to-right
// order inside right-to-left text. It is harmless elsewhere. What is isolated already is left alone.
func Isolate(s string) string {
	if s == "" || strings.HasPrefix(s, ltrIsolate) && strings.Index(s, popIsolate) == len(s)-len(popIsolate) {
		return s
	}
	return ltrIsolate + s + popIsolate
}

// IsolateNumbers isolates the numbers of a right-to-left text that bidi
// reordering would turn round: ranges (52–63), signed numbers and percentages.
// A text of nothing but numbers and signs, such as "66 [56–75]", is isolated
// as a whole. What stands inside isolates already is left alone.
func IsolateNumbers(s string) string {
	runes := []rune(s)
	if digits(runes) == len(runes) {
		return s
	}
	if numeric(s) {
		return Isolate(s)
	}
	var b strings.Builder
	depth := 0
	for i := 0; i < len(runes); {
		switch r := runes[i]; {
		case r >= '\u2066' && r <= '\u2068':
			depth++
		case r == '\u2069':
			depth = max(0, depth-1)
		case depth == 0 && beginsNumber(runes, i):
			end := numberEnd(runes, i)
			piece := string(runes[i:end])
			if end-i > digits(runes[i:end]) { // more than plain digits
				piece = Isolate(piece)
			}
			b.WriteString(piece)
			i = end
			continue
		}
		b.WriteRune(runes[i])
		i++
	}
	return b.String()
}

// numeric tells whether a text has digits and no letters.
func numeric(s string) bool {
	found := false
	for _, r := range s {
		if unicode.IsLetter(r) || r >= '\u2066' && r <= '\u2069' {
			return false
		}
		found = found || unicode.IsDigit(r)
	}
	return found
}

// beginsNumber tells whether a number begins at i: a digit, or a sign before a digit,
// that does not continue a word or a number.
func beginsNumber(s []rune, i int) bool {
	if i > 0 && (unicode.IsLetter(s[i-1]) || unicode.IsDigit(s[i-1])) {
		return false
	}
	return unicode.IsDigit(s[i]) || strings.ContainsRune("+-−±", s[i]) && i+1 < len(s) && unicode.IsDigit(s[i+1])
}

// numberEnd returns where the number or range that begins at i ends: after its
// last digit or percent sign.
func numberEnd(s []rune, i int) int {
	end := i
	for ; i < len(s); i++ {
		switch {
		case unicode.IsDigit(s[i]), strings.ContainsRune("%٪‰", s[i]) && end == i:
			end = i + 1
		case strings.ContainsRune("+-−±–.,:/٫٬", s[i]):
		default:
			return end
		}
	}
	return end
}

func digits(s []rune) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
