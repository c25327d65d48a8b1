package typeset

import (
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"unicode"
)

// item is a stretch of runes with one level, script and font: what HarfBuzz shapes at once.
type item struct {
	from, to int
	level    uint8
	script   language.Script
	font     *font.Font
}

// split cuts one line of text into items, in reading order.
func (t *Typesetter) split(text []rune, style Style) []item {
	level := levels(text, style.RTL)
	script := scripts(text, level)
	var items []item
	for i, r := range text {
		var now *font.Font
		same := false
		if len(items) > 0 {
			last := &items[len(items)-1]
			now = last.font
			same = last.level == level[i] && last.script == script[i]
		}
		if now == nil || !sticks(r, now) {
			now, _ = t.fontFor(r, script[i], style)
		}
		if same && items[len(items)-1].font == now {
			items[len(items)-1].to = i + 1
			continue
		}
		items = append(items, item{from: i, to: i + 1, level: level[i], script: script[i], font: now})
	}
	return items
}

// scripts gives every rune a script; runes shared by scripts (spaces, digits,
// punctuation) and marks take that of the runes before them at the same level,
// or else of those after.
func scripts(text []rune, level []uint8) []language.Script {
	out := make([]language.Script, len(text))
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && level[to] == level[from] {
			to++
		}
		now := language.Common
		for i := from; i < to; i++ {
			if s := language.LookupScript(text[i]); s.Strong() {
				if now == language.Common {
					for k := from; k < i; k++ {
						out[k] = s
					}
				}
				now = s
			}
			out[i] = now
		}
		from = to
	}
	return out
}

// sticks tells whether a rune stays with the font of the runes before it: what
// is ignored in drawing, and spaces and marks that the font has.
func sticks(r rune, f *font.Font) bool {
	if harfbuzz.IsDefaultIgnorable(r) {
		return true
	}
	if unicode.IsSpace(r) || unicode.In(r, unicode.Mn, unicode.Me) {
		_, ok := f.NominalGlyph(r)
		return ok
	}
	return false
}

// invisible tells whether a rune has no ink of its own, so that no font is needed for it.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || harfbuzz.IsDefaultIgnorable(r)
}

// fontFor picks the font for a rune; ok is false when none has it.
func (t *Typesetter) fontFor(r rune, script language.Script, style Style) (f *font.Font, ok bool) {
	for _, place := range t.order(r, script, style) {
		f := t.families[place].weight(style.Bold)
		if _, ok := f.NominalGlyph(r); ok {
			return f, true
		}
	}
	return t.families[latin].weight(style.Bold), false
}

// order lists the families in the order in which they are asked for a rune.
// Digits and Latin letters come from Noto Sans in every language, so that
// figures look alike; Chinese quotation marks, dashes and the ellipsis, which
// Unicode shares with Latin, come from the Chinese font in Chinese text.
func (t *Typesetter) order(r rune, script language.Script, style Style) []int {
	first := latin
	switch {
	case script == language.Arabic && !unicode.IsDigit(r):
		first = arabic
	case strings.ContainsRune("“”‘’…—·", r) && (script == language.Han || script == language.Common && strings.HasPrefix(style.Lang, "zh")):
		first = chinese
	}
	order := []int{first}
	for place := range t.families {
		if place != first {
			order = append(order, place)
		}
	}
	return order
}

// Missing returns the runes of text that no font has, each once, in the order
// of their first appearance.
func (t *Typesetter) Missing(text string, bold bool) []rune {
	var missing []rune
	for _, r := range text {
		if _, ok := t.fontFor(r, language.LookupScript(r), Style{Bold: bold}); !ok && !invisible(r) && !strings.ContainsRune(string(missing), r) {
			missing = append(missing, r)
		}
	}
	return missing
}
