package markdown

import (
	"regexp"
	"strings"
	"unicode"
)

// special are the signs that CommonMark, or what mail programs and wikis add to
// it, may take for more than text, wherever they stand.
const special = "\\`*_[]<>&|~$@{}^"

// Escape returns a text as one line that reads as the same text, whatever it
// holds: no markup, no link, no list, heading or table of its own.
func Escape(text string) string {
	text = strings.Join(strings.FieldsFunc(balanced(text), blank), " ")
	var b strings.Builder
	for i, r := range text {
		rest := text[i:]
		switch {
		case strings.ContainsRune(special, r),
			i == 0 && strings.ContainsRune("#+-=!:", r),
			r == ':' && strings.HasPrefix(rest, "://"),
			r == '.' && len(text[:i]) >= 3 && strings.EqualFold(text[i-3:i], "www"),
			(r == '.' || r == ')') && i > 0 && strings.Trim(text[:i], "0123456789") == "" && (len(rest) == 1 || rest[1] == ' '):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return scheme().ReplaceAllString(b.String(), `$1\:`)
}

// scheme is what makes links of words without slashes.
func scheme() *regexp.Regexp { return regexp.MustCompile(`(?i)\b(mailto|xmpp|javascript|data|tel):`) }

// blank reports whether a sign divides words, or is none that is seen. Spaces
// that do not break stay: they are part of numbers.
func blank(r rune) bool {
	return r == ' ' || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == unicode.ReplacementChar || unicode.IsControl(r)
}

// balanced takes out the marks that turn the direction of text, unless each is
// ended: one that is not would turn all that follows. Overrides always go.
func balanced(text string) string {
	const embedding, override, pop, isolates, end = "\u202a\u202b", "\u202d\u202e", '\u202c', "\u2066\u2067\u2068", '\u2069'
	var open []rune
	sound := !strings.ContainsAny(text, override)
	for _, r := range text {
		switch {
		case strings.ContainsRune(embedding, r):
			open = append(open, pop)
		case strings.ContainsRune(isolates, r):
			open = append(open, end)
		case r == pop || r == end:
			if len(open) == 0 || open[len(open)-1] != r {
				sound = false
			} else {
				open = open[:len(open)-1]
			}
		}
	}
	if sound && len(open) == 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(embedding+override+isolates, r) || r == pop || r == end {
			return -1
		}
		return r
	}, text)
}
