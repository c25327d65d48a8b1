// Package spelling compares texts that may be spelt in several ways: with
// letters of another script that look alike, in full width, with digits of
// another script, in another letter case, with accents or without.
package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Skeleton brings signs that look alike to one of them: letters that look like
// Latin ones, full-width and half-width forms, digits of any script, dashes,
// Arabic letters that share a shape. What cannot be seen, and tatweel, goes.
// Two texts with one skeleton look the same but for their letter case.
func Skeleton(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case unseen(r):
			return -1
		case unicode.IsDigit(r):
			return '0' + DigitOf(r)
		}
		return alike(r)
	}, s)
}

// Plain brings full-width and half-width forms to the usual ones and digits of
// any script to 0 to 9, and takes out what cannot be seen.
func Plain(s string) string {
	if ascii(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case unseen(r):
			return -1
		case unicode.IsDigit(r):
			return '0' + DigitOf(r)
		}
		return r
	}, norm.NFKC.String(s))
}

// Fold brings words that differ in letter case, accents, width, digits, Arabic
// vowel signs, hamza and the like to one form. Signs that are neither letters
// nor digits become one blank between words.
func Fold(s string) string {
	if !ascii(s) {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		switch {
		case unseen(r), r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r) && dropped(r):
			continue
		case unicode.IsDigit(r):
			r = '0' + DigitOf(r)
		case !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		switch r {
		case 'ß':
			b.WriteString("ss")
		case 'œ':
			b.WriteString("oe")
		case 'æ':
			b.WriteString("ae")
		default:
			b.WriteRune(oneForm(r))
		}
	}
	return b.String()
}

// dropped reports whether a mark makes no difference: accents and the vowel
// signs of Arabic; not the vowels of Indic scripts, which are marks too.
func dropped(r rune) bool {
	return r < 0x0370 || unicode.Is(unicode.Arabic, r) || unicode.Is(unicode.Inherited, r)
}

func oneForm(r rune) rune {
	switch r {
	case 'ı':
		return 'i'
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'ٱ':
		return 'ا'
	case 'ة', 'ە', 'ہ':
		return 'ه'
	case 'ى', 'ی', 'ې':
		return 'ي'
	case 'ک', 'ڪ':
		return 'ك'
	}
	return r
}

func unseen(r rune) bool { return r == 'ـ' || unicode.Is(unicode.Cf, r) }

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
