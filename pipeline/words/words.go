// Package words parts texts in any language into words as they are compared:
// folded, and without what is written onto them.
package words

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Of folds a text and parts it into words; each Chinese sign is one. Case,
// accents, vowel signs, the seats of hamza, ta marbuta and alef maqsura make no
// difference.
func Of(text string) [][]rune {
	var all [][]rune
	var word []rune
	end := func() {
		if len(word) > 0 {
			all, word = append(all, word), nil
		}
	}
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, " ")) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
		case unicode.Is(unicode.Han, r):
			end()
			all = append(all, []rune{r})
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Mc, r):
			word = append(word, folded(unicode.ToLower(r)))
		case r == '\'' || r == '’':
		default:
			end()
		}
	}
	end()
	return all
}

func folded(r rune) rune {
	switch r {
	case 'ة':
		return 'ه'
	case 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	}
	return r
}

// Sign reports whether a word is a sign of Chinese.
func Sign(word []rune) bool { return len(word) == 1 && unicode.Is(unicode.Han, word[0]) }
