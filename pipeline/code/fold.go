package code

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folding brings text to a form in which equal words are equal runes: case,
// accents, full-width forms, ё and е, Arabic vowel signs, hamza seats, alef, ta
// marbuta, alef maqsura and tatweel make no difference, nor do commoner signs of
// traditional Chinese. Every folded rune knows where it came from, so that spans
// are spans of the text itself.

// Folded signs that are not letters. White space, hyphens and apostrophes part
// words; a line parts clauses too.
const (
	soft  rune = ' '  // white space, hyphen, apostrophe
	line  rune = '\n' // end of line
	stop  rune = '.'  // parts clauses
	other rune = '"'  // parts words and phrases, but not clauses
	star  rune = '*'  // in terms: any ending
)

type folded struct {
	runes      []rune
	start, end []int // byte offsets in the text
}

func (f *folded) reset() {
	f.runes, f.start, f.end = f.runes[:0], f.start[:0], f.end[:0]
}

func (f *folded) put(r rune, start, end int) {
	f.runes, f.start, f.end = append(f.runes, r), append(f.start, start), append(f.end, end)
}

// fold adds a text.
func (f *folded) fold(text string) {
	for i := 0; i < len(text); {
		i += f.next(text, i)
	}
}

// next adds the rune at a place of a text and returns how many bytes it takes.
func (f *folded) next(text string, i int) int {
	r, size := utf8.DecodeRuneInString(text[i:])
	f.rune(text, i, size, r)
	return size
}

func (f *folded) rune(text string, i, size int, r rune) {
	end := i + size
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		f.put(r, i, end)
	case 'A' <= r && r <= 'Z':
		f.put(r+'a'-'A', i, end)
	case r < utf8.RuneSelf:
		f.put(sign(text, i, r), i, end)
	case r == 'й', r == 'Й': // as when it is written with a combining mark
		f.put('и', i, end)
	case 0x4E00 <= r && r <= 0x9FFF:
		f.put(simplified(r), i, end)
	case 'а' <= r && r <= 'я', plainArabic(r):
		f.put(r, i, end)
	case 'А' <= r && r <= 'Я':
		f.put(r+'а'-'А', i, end)
	case unicode.Is(unicode.Cf, r), r == 'ـ': // invisible marks, tatweel
	default:
		f.decomposed(text, i, size, r)
	}
}

// plainArabic reports whether a letter folds to itself: a short cut.
func plainArabic(r rune) bool {
	return 'ب' <= r && r <= 'و' && r != 'ة' && r != 'ـ' || r == 'ا' || r == 'ي'
}

// decomposed adds a rune by its parts. One whose parts are not all letters of
// words, or not one ideograph, parts words: there is nothing to look for in it.
func (f *folded) decomposed(text string, i, size int, r rune) {
	parts := norm.NFKD.PropertiesString(text[i : i+size]).Decomposition()
	if len(parts) == 0 {
		f.letter(text, i, i+size, r)
		return
	}
	before := len(f.runes)
	for len(parts) > 0 {
		p, n := utf8.DecodeRune(parts)
		f.letter(text, i, i+size, p)
		parts = parts[n:]
	}
	added := f.runes[before:]
	if len(added) < 2 {
		return
	}
	for _, p := range added {
		if kindOf(p) != inWord {
			first := added[0]
			if kindOf(first) != between {
				first = other
			}
			f.runes, f.start, f.end = f.runes[:before], f.start[:before], f.end[:before]
			f.put(first, i, i+size)
			return
		}
	}
}

// letter adds one rune that decomposes no further.
func (f *folded) letter(text string, start, end int, r rune) {
	switch {
	case unicode.Is(unicode.Mn, r):
		if droppedMark(r) {
			return
		}
	case unicode.IsDigit(r):
		if d, ok := digit(r); ok {
			r = d
		}
	case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
		f.put(sign(text, start, r), start, end)
		return
	}
	switch r = unicode.ToLower(r); r {
	case 'ß':
		f.put('s', start, end)
		r = 's'
	case 'œ':
		f.put('o', start, end)
		r = 'e'
	case 'æ':
		f.put('a', start, end)
		r = 'e'
	case 'ı':
		r = 'i'
	case 'ø':
		r = 'o'
	case 'ł':
		r = 'l'
	case 'ٱ':
		r = 'ا'
	case 'ة', 'ە', 'ہ':
		r = 'ه'
	case 'ى', 'ی', 'ې':
		r = 'ي'
	case 'ک', 'ڪ':
		r = 'ك'
	}
	f.put(simplified(r), start, end)
}

// droppedMark reports whether a mark makes no difference: accents and the vowel
// signs of Arabic; not the vowels of Indic scripts, which are marks too.
func droppedMark(r rune) bool {
	return r < 0x0370 || unicode.Is(unicode.Arabic, r) || unicode.Is(unicode.Inherited, r)
}

// digit returns the ASCII digit for a decimal digit of another script.
func digit(r rune) (rune, bool) {
	for _, zero := range [...]rune{0x0660, 0x06F0, 0x0966, 0x09E6} {
		if zero <= r && r <= zero+9 {
			return '0' + r - zero, true
		}
	}
	return r, false
}

// sign says what a rune that is not a letter, digit or mark does.
func sign(text string, i int, r rune) rune {
	switch r {
	case '\n', '\r', '\u2028', '\u2029', '\u0085':
		return line
	case '-', '\u2010', '\u2011', '\'', '\u2018', '\u2019', '\u02BC', '`', '\u00B4', '_':
		return soft
	case '.':
		if i > 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]) {
			return soft // 16.10
		}
		return stop
	case ',', ';', ':', '!', '?', '(', ')', '[', ']', '{', '}', '¿', '¡', '…', '–', '—', '•',
		'،', '؛', '؟', '。', '，', '；', '：', '！', '？', '、', '（', '）', '【', '】', '｡', '､', '·':
		return stop
	case star:
		return star
	}
	if unicode.IsSpace(r) {
		return soft
	}
	return other
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// kind is what a folded rune is to the matcher.
type kind uint8

const (
	inWord    kind = iota // letters, digits and marks of scripts that part words
	ideograph             // scripts that do not: every sign may begin or end a term
	between
)

func kindOf(r rune) kind {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9', 'а' <= r && r <= 'я', 'ء' <= r && r <= 'ي':
		return inWord
	case r < utf8.RuneSelf:
		return between
	case 0x4E00 <= r && r <= 0x9FFF, unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return ideograph
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return inWord
	}
	return between
}
