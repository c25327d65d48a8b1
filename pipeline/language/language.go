// Package language tells which of the six languages of the United Nations a
// text is in: Arabic, Chinese, English, French, Russian or Spanish.
//
// Arabic, Chinese and Russian are told by their script. English, French and
// Spanish are told apart by their commonest words, by letters that only one of
// them has and by how their words end. It knows of no other language: a text in
// Portuguese is taken for one of its neighbours, at times for sure.
package language

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// All returns the languages in the order of their codes.
func All() []string { return []string{"ar", "en", "es", "fr", "ru", "zh"} }

// Of returns the language of an answer: the one that it is found to be in; where
// that is not sure the one that its respondent speaks, if it is one of the six,
// with or without a region; else the guess.
func Of(answer, spoken string) string {
	found, sure := Detect(answer)
	if base, _, _ := strings.Cut(strings.ToLower(spoken), "-"); !sure && slices.Contains(All(), base) {
		return base
	}
	return found
}

// Detect returns the language of a text (ar, en, es, fr, ru or zh), and whether
// it is sure. Where the text has no letters of these languages the code is
// empty. A text that mixes languages has the one with the most of it.
func Detect(text string) (code string, sure bool) {
	s := letters(text)
	best, most := "", 0
	for _, c := range [...]struct {
		code   string
		amount int
	}{{"latin", s.latin}, {"ar", s.arabic}, {"ru", s.cyrillic}, {"zh", s.han}} {
		if c.amount > most {
			best, most = c.code, c.amount
		}
	}
	clear := 3*most > 2*(s.latin+s.arabic+s.cyrillic+s.han)
	switch best {
	case "latin":
		code, sure = latin(text)
		return code, sure && clear
	case "":
		return "", false
	}
	return best, clear && !s.foreign
}

// scripts says how much of a text is in each script. A Chinese sign counts as
// three letters, since it says about as much.
type scripts struct {
	latin, arabic, cyrillic, han int
	foreign                      bool // holds letters that none of the six languages uses
}

func letters(text string) scripts {
	var s scripts
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if 'a' <= c|0x20 && c|0x20 <= 'z' {
				s.latin++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case 0x0410 <= r && r <= 0x044F, r == 'ё', r == 'Ё':
			s.cyrillic++
		case 0x0400 <= r && r <= 0x052F: // letters of Ukrainian, Serbian, Kazakh and others
			s.cyrillic++
			s.foreign = true
		case 0x0620 <= r && r <= 0x064A:
			s.arabic++
		case 0x0671 <= r && r <= 0x06D3 && unicode.IsLetter(r): // letters of Persian, Urdu, Kurdish and others
			s.arabic++
			s.foreign = true
		case unicode.Is(unicode.Han, r):
			s.han += 3
		case r < 0x0250 && unicode.IsLetter(r):
			s.latin++
		case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r): // presentation forms
			s.arabic++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			s.han++
			s.foreign = true
		}
	}
	return s
}
