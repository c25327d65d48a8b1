package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
)

// The issues that name changes in the log.
const (
	whiteSpace     = "white space"
	invisibleMarks = "invisible marks"
	unicodeForm    = "unicode form"
	letterCase     = "letter case"
	asLabel        = "label"        // a choice named by its label, among white space or in other letter case
	notReadable    = "not readable" // a number, date or text that cannot be read as one
	noConsent      = "no consent"
	blank          = "blank"
)

// UnknownChoice is the issue of an answer that is no choice of its list.
const UnknownChoice = "unknown choice"

// edit is one step of tidying a text.
type edit struct{ issue, text string }

// tidy returns the edits that bring a text to its tidy form, in order; none
// when it is tidy already. Tidying a tidy text changes nothing.
func tidy(s string) []edit {
	if tidyASCII(s) {
		return nil
	}
	var edits []edit
	for _, step := range [...]struct {
		issue string
		f     func(string) string
	}{{unicodeForm, valid}, {invisibleMarks, visible}, {unicodeForm, norm.NFC.String}, {whiteSpace, spaced}} {
		if t := step.f(s); t != s {
			edits = append(edits, edit{step.issue, t})
			s = t
		}
	}
	return edits
}

// valid puts the replacement character where bytes are not UTF-8.
func valid(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// last returns the text after the edits.
func last(s string, edits []edit) string {
	if len(edits) > 0 {
		return edits[len(edits)-1].text
	}
	return s
}

// tidyASCII reports whether a text is plainly tidy: the common case, at a glance.
func tidyASCII(s string) bool {
	before := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return len(s) == 0 || before != ' '
}

// spaced trims white space and makes one space of each run of it, or one line
// end where the run holds one.
func spaced(s string) string {
	var b strings.Builder
	gap, newline := false, false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			gap = true
			newline = newline || strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r)
		} else {
			switch {
			case b.Len() == 0 || !gap:
			case newline:
				b.WriteByte('\n')
			default:
				b.WriteByte(' ')
			}
			gap, newline = false, false
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// visible removes control characters, bidirectional controls and zero-width
// marks. A joiner or non-joiner stays where it shapes a word, between letters
// of a script that joins them, and a joiner between emoji.
func visible(s string) string {
	var b strings.Builder
	before := rune(-1)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !removable(r) || isJoiner(r) && joins(r, before, next(s[i+size:])) {
			b.WriteString(s[i : i+size])
			before = r
		}
		i += size
	}
	return b.String()
}

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

func isJoiner(r rune) bool { return r == zwj || r == zwnj }

func removable(r rune) bool {
	if unicode.Is(unicode.Cc, r) {
		return !unicode.IsSpace(r)
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// next returns the first rune that will stay, or -1.
func next(s string) rune {
	for _, r := range s {
		if !removable(r) {
			return r
		}
	}
	return -1
}

func joins(joiner, before, after rune) bool {
	scripts := joining()
	shaped := func(r rune) bool { return vowelSign(r) || unicode.In(r, scripts...) }
	if shaped(before) && shaped(after) {
		return true
	}
	return joiner == zwj && emoji(before) && emoji(after)
}

func emoji(r rune) bool {
	return unicode.Is(unicode.So, r) || r == '\ufe0f' || 0x1F3FB <= r && r <= 0x1F3FF
}

// joining returns the scripts in which joiners shape words.
func joining() []*unicode.RangeTable {
	return []*unicode.RangeTable{
		unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Thaana,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
		unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
	}
}

// vowelSign reports whether a mark is one that Arabic shares with other scripts.
func vowelSign(r rune) bool { return 0x064B <= r && r <= 0x0655 || r == 0x0670 }

// Lost reports whether a line of the log is one by which an answer that could
// not be read was left out, so that an analyst should look at it.
func Lost(c cleaninglog.Change) bool {
	return c.Source == "" && c.Old != "" && (c.Issue == UnknownChoice || c.Issue == notReadable)
}
