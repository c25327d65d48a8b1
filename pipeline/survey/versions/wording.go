package versions

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/soundings-survey/soundings/pipeline/spelling"
)

// fold writes words so that case, accents, punctuation and blanks do not matter.
// Marks that make another letter of it, as in Cyrillic and Devanagari, do.
func fold(s string) string {
	var b strings.Builder
	blank := true
	text := []rune(norm.NFKD.String(s))
	for i, r := range text {
		sign := (r == '-' || r == '\u2212') && blank && i+1 < len(text) && unicode.IsDigit(text[i+1])
		switch {
		case unicode.Is(unicode.Inherited, r) && (i == 0 || !unicode.Is(unicode.Cyrillic, text[i-1])):
		case sign, unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), unicode.IsSymbol(r):
			if blank && b.Len() > 0 {
				b.WriteByte(' ')
			}
			blank = false
			b.WriteRune(unicode.ToLower(r))
		default:
			blank = true
		}
	}
	return b.String()
}

// nearly reports whether two folded wordings differ as after the correction of
// a spelling: the same number of words, and each the same but for a quarter of
// its letters, not among the first two and none of them a digit or a sign. A
// word more or less, such as "not", is never a small difference; nor is a
// syllable put before a word.
func nearly(a, b string) bool {
	one, two := strings.Fields(a), strings.Fields(b)
	if len(one) != len(two) {
		return false
	}
	for i := range one {
		if !nearlyWord([]rune(one[i]), []rune(two[i])) {
			return false
		}
	}
	return true
}

func nearlyWord(a, b []rune) bool {
	if string(a) == string(b) {
		return true
	}
	if len(a) < 4 || len(b) < 4 || a[0] != b[0] || a[1] != b[1] {
		return false
	}
	for _, r := range append(append([]rune{}, a...), b...) {
		if !unicode.IsLetter(r) || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return false
		}
	}
	return spelling.Distance(string(a), string(b))*4 <= max(len(a), len(b))
}
