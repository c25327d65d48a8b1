package survey

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// PlainText returns the wording of a label without its markup: HTML tags and
// entities, Markdown emphasis, headings and links are taken away and their text
// is kept, each ${item} becomes "…", and white space is one blank. Control signs and marks that override the order
// of letters are left out. The labels
// of a Survey have been through it; a header that repeats a label can be
// compared after it has been through it too.
func PlainText(s string) string {
	if strings.ContainsAny(s, "<&*_#[$\\`") {
		s = replaced(s, "<", breaking, " ")
		s = replaced(s, "<", inline, "")
		s = html.UnescapeString(s)
		s = replaced(s, "$", reference, "…")
		s = replaced(s, "[", link, "$1")
		s = replaced(s, "#", heading, "$1")
		s = replaced(s, "**", strong, "$1$2$3")
		s = replaced(s, "__", strongUnderscore, "$1$2$3")
		s = replaced(s, "*", emphasis, "$1$2$3")
		s = replaced(s, "_", emphasisUnderscore, "$1$2$3")
		s = replaced(s, "\\", escape, "$1")
	}
	return strings.Join(strings.FieldsFunc(shown(s), func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }), " ")
}

// replaced replaces a kind of markup. Without the signs that all of it has there is
// none, which is seen much sooner: many names have underscores and no more.
func replaced(s, signs string, markup *regexp.Regexp, with string) string {
	if !strings.Contains(s, signs) {
		return s
	}
	return markup.ReplaceAllString(s, with)
}

// shown leaves out what nobody sees and what would act on the page or terminal
// around a label: control signs, marks that override the order of letters, and
// isolates that do not begin or do not end.
func shown(s string) string {
	if strings.IndexFunc(s, acts) < 0 {
		return s
	}
	var b strings.Builder
	open := 0 // isolates that have begun and not ended
	for _, r := range s {
		switch {
		case r >= firstIsolate && r < popIsolate:
			open++
		case r == popIsolate && open > 0:
			open--
		case acts(r):
			continue
		}
		b.WriteRune(r)
	}
	return b.String() + strings.Repeat(string(popIsolate), open)
}

const (
	firstIsolate = '\u2066'
	popIsolate   = '\u2069'
)

// acts reports whether a sign acts on what is around it. White space, which
// some control signs are, is not meant.
func acts(r rune) bool {
	return unicode.IsControl(r) && !unicode.IsSpace(r) || r >= 0x202a && r <= 0x202e || r >= firstIsolate && r <= popIsolate || r == '\ufffe' || r == '\uffff'
}

// The markup that form builders show. A tag must be one that HTML has, so that
// "<18 years" stays; emphasis must hug its words, so that "name is __" stays.
var (
	breaking           = regexp.MustCompile(`(?i)</?(?:blockquote|br|center|div|h[1-6]|hr|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)(?:\s[^<>]*)?/?>`)
	inline             = regexp.MustCompile(`(?i)</?(?:a|abbr|b|big|code|em|font|i|img|label|mark|s|small|span|strike|strong|style|sub|sup|u)(?:\s[^<>]*)?/?>`)
	reference          = regexp.MustCompile(`\$\{[^{}]*\}`)
	link               = regexp.MustCompile(`!?\[([^\[\]]*)\]\((?:https?|mailto|jr):[^()\s]*\)`)
	heading            = regexp.MustCompile(`(?m)^#{1,6}[ \t]+(.*)$`)
	strong             = regexp.MustCompile(`(^|[^\\*])\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*($|[^*])`)
	strongUnderscore   = regexp.MustCompile(`(^|[^\\\pL\pN_])__([^\s_](?:[^_\n]*[^\s_])?)__($|[^\pL\pN_])`)
	emphasis           = regexp.MustCompile(`(^|[^\\*\pL\pN])\*([^\s*](?:[^*\n]*[^\s*\\])?)\*($|[^*\pL\pN])`)
	emphasisUnderscore = regexp.MustCompile(`(^|[^\\\pL\pN_])_([^\s_](?:[^_\n]*[^\s_\\])?)_($|[^\pL\pN_])`)
	escape             = regexp.MustCompile("\\\\([*_#`<>\\[\\]])")
)
