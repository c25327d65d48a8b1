package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// hidden stands for what was redacted. Nothing is found that holds it.
const hidden = '\uFFFC'

// folded is a text as the detectors read it: in small letters, with the digits
// and signs of ASCII, and without what cannot be seen. Each rune knows the
// bytes that it came from.
type folded struct {
	runes    []rune
	written  []rune // the same before letters were made small
	from, to []int
	done     int // the end of what was found last
}

func fold(text string) *folded {
	n := len(text)
	f := &folded{runes: make([]rune, 0, n), written: make([]rune, 0, n), from: make([]int, 0, n), to: make([]int, 0, n)}
	for i := 0; i < n; {
		if size := mark(text[i:]); size > 0 {
			f.put(hidden, i, i+size)
			i += size
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		f.rune(r, i, i+size)
		i += size
	}
	return f
}

func (f *folded) put(r rune, from, to int) {
	f.written = append(f.written, r)
	f.runes = append(f.runes, unicode.ToLower(r))
	f.from, f.to = append(f.from, from), append(f.to, to)
}

func (f *folded) rune(r rune, from, to int) {
	switch {
	case r == '\r':
		f.put('\n', from, to)
	case r == '\t':
		f.put(' ', from, to)
	case r < utf8.RuneSelf:
		f.put(r, from, to)
	case unseen(r):
	case r == 0xBA: // a raised o, as in n.º, is a letter elsewhere
		f.put(0xB0, from, to)
	case unicode.IsLetter(r) && !presentation(r):
		f.put(r, from, to)
	case unicode.Is(unicode.Nd, r):
		f.put(digit(r), from, to)
	case unicode.IsSpace(r):
		f.put(' ', from, to)
	default:
		if plain := asciiFor(r); plain != 0 {
			f.put(plain, from, to)
		} else if presentation(r) {
			for _, p := range norm.NFKC.String(string(r)) {
				f.put(p, from, to)
			}
		} else {
			f.put(r, from, to)
		}
	}
}

// unseen says that a rune leaves no trace on the page: soft hyphens, marks of
// direction, joiners, variation selectors.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cf, r) || r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x3164 || r >= 0xFE00 && r <= 0xFE0F ||
		r == 0x0640 // tatweel only stretches a word
}

// presentation says that a rune is another shape of usual ones: full-width,
// circled, raised, mathematical, or an Arabic letter as it stands in a word.
func presentation(r rune) bool {
	return r >= 0xFB00 && r <= 0xFDFF || r >= 0xFE10 && r <= 0xFFEF || r >= 0x2070 && r <= 0x209F ||
		r >= 0x2460 && r <= 0x24FF || r >= 0x1D400 && r <= 0x1D7FF || r >= 0x1F100 && r <= 0x1F1FF
}

// digit gives the value of a decimal digit of any script as one of ASCII.
func digit(r rune) rune {
	switch {
	case r >= 0x0660 && r <= 0x0669:
		return r - 0x0660 + '0'
	case r >= 0x06F0 && r <= 0x06F9:
		return r - 0x06F0 + '0'
	}
	zero := r
	for unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return (r-zero)%10 + '0'
}

// asciiFor gives the sign of ASCII that is meant by one that looks like it.
func asciiFor(r rune) rune {
	switch r {
	case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D:
		return '-'
	case 0x066B, 0x2024, 0xFE52:
		return '.'
	case 0x066C, 0x060C, 0xFF0C, 0x3001:
		return ','
	case 0x061B:
		return ';'
	case 0x2018, 0x2019, 0x2032, 0x02B9, 0x00B4:
		return '\''
	case 0x201C, 0x201D, 0x2033, 0x02BA:
		return '"'
	case 0x2044, 0x2215:
		return '/'
	case 0x3010:
		return '['
	case 0x3011:
		return ']'
	}
	return 0
}

// look gives the rune at a place, or the end of a line beyond the text.
func (f *folded) look(i int) rune {
	if i < 0 || i >= len(f.runes) {
		return '\n'
	}
	return f.runes[i]
}

// has says that words stand at a place.
func (f *folded) has(i int, words string) bool {
	for _, r := range words {
		if f.look(i) != r {
			return false
		}
		i++
	}
	return true
}

// spaces passes over white space of one line.
func (f *folded) spaces(i int) int {
	for f.look(i) == ' ' {
		i++
	}
	return i
}

// trimmed goes back over white space.
func (f *folded) trimmed(end int) int {
	for end > 0 && f.look(end-1) == ' ' {
		end--
	}
	return end
}

// text gives what stands from one place to another, as far as there is text.
func (f *folded) text(from, to int) string {
	from, to = min(from, len(f.runes)), min(to, len(f.runes))
	return string(f.runes[max(0, min(from, to)):to])
}

// compact gives letters and digits alone, in capitals as identifiers are.
func (f *folded) compact(from, to int) string {
	var b strings.Builder
	for _, r := range f.runes[from:to] {
		if isDigit(r) || r >= 'a' && r <= 'z' {
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return b.String()
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isPlain(r rune) bool { return isDigit(r) || r >= 'a' && r <= 'z' }

// unspaced says that a rune is of a script that puts no space between words.
func unspaced(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF || r >= 0x0E00 && r <= 0x0EFF || r >= 0x1000 && r <= 0x109F
}

// joins says that a word goes on with this rune, for numbers and names in
// Latin or Cyrillic letters.
func joins(r rune) bool {
	return isPlain(r) || r == '_' || r == hidden || r > 0x7F && (unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Cyrillic, r))
}

// wordly says that a rune is part of a word that spaces would end.
func wordly(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '_') && !unspaced(r)
}

// small says that a letter was not written as a capital.
func (f *folded) small(i int) bool { return i < len(f.written) && !unicode.IsUpper(f.written[i]) }
