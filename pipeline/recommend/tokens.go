package recommend

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A token is a word, or one Chinese character. Its text is folded: case, accents
// and Arabic vowel signs make no difference.
type token struct {
	text       string
	start, end int      // bytes in the text
	before     string   // signs between the token and the one before
	without    []string // what is left of an Arabic word without its clitics
}

// tokens parts a text into words.
func tokens(text string) []token {
	var out []token
	start, last := -1, 0
	flush := func(end int) {
		if start >= 0 {
			word := fold(text[start:end])
			out = append(out, token{word, start, end, text[last:start], unclad(word)})
			start, last = -1, end
		}
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.Is(unicode.Han, r):
			flush(i)
			start = i
			flush(i + size)
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == 'ـ', unicode.Is(unicode.Cf, r) && start >= 0:
			if start < 0 {
				start = i
			}
		case r == '.' && start >= 0 && digitAt(text, i-1) && digitAt(text, i+1): // 16.10
		default:
			flush(i)
		}
		i += size
	}
	flush(len(text))
	return out
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && '0' <= s[i] && s[i] <= '9' }

// fold brings spellings of one word to one form.
func fold(word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
			return -1
		case r == 'ة':
			return 'ه'
		case r == 'ى', r == 'ی': // the latter is typed on a Persian keyboard
			return 'ي'
		case r == 'ک':
			return 'ك'
		case r == 'ٱ':
			return 'ا'
		case 0x0660 <= r && r <= 0x0669:
			return '0' + r - 0x0660
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(word))
}

// clitics are what Arabic writes together with the word that follows.
var clitics = [...]string{"وال", "بال", "لل", "ال", "ول", "وب", "و", "ب", "ل", "ف", "ك"}

// unclad returns what is left of an Arabic word without its clitics.
func unclad(word string) []string {
	if first, _ := utf8.DecodeRuneInString(word); !unicode.Is(unicode.Arabic, first) {
		return nil
	}
	var out []string
	for _, c := range clitics {
		if rest, ok := strings.CutPrefix(word, c); ok && utf8.RuneCountInString(rest) >= 3 {
			out = append(out, rest)
		}
	}
	return out
}

// Words returns how many words a text has; a Chinese character counts as one.
func Words(text string) int { return len(tokens(text)) }
