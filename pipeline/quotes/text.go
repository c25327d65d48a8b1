package quotes

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/soundings-survey/soundings/pipeline/identity"
)

// plain is a text with single blanks, composed letters and no marks that take no
// room, so that a text that was copied is the same as the answer.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// Folded is a text without capitals, accents, punctuation and blanks: what is
// left tells whether two wrote the same words.
func Folded(s string) string {
	return strings.Map(func(r rune) rune {
		if r == tatweel || !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return -1
		}
		return unicode.ToLower(unicode.ToUpper(r))
	}, norm.NFKD.String(plain(s)))
}

// tatweel makes Arabic words longer, and is counted among letters.
const tatweel = '\u0640'

// unturned is a text without marks that turn the direction of what follows them:
// beside other words they could reorder these.
func unturned(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// Dir returns the direction in which a text is read, by its first letter.
func Dir(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) {
			if unicode.In(r, unicode.Arabic, unicode.Hebrew) {
				return "rtl"
			}
			return "ltr"
		}
	}
	return "ltr"
}

// Identities returns the classes of what identifies somebody in the texts of a
// line, each once, in order. Names count that follow a title or an introduction.
func (l Line) Identities() []string {
	var out []string
	look := func(text, lang string) {
		if _, found := identity.Redact(text, lang); len(found) > 0 {
			for _, m := range found {
				out = append(out, string(m.Class))
			}
		}
	}
	look(l.Text, l.Language)
	for tag, text := range l.Translations {
		look(text, tag)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
