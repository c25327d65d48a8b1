package identity

import (
	"cmp"
	"slices"
	"strings"
)

// mostRounds is how often a text is looked at again after something was taken
// from it. No honest text needs more than a few; one that was made to need more
// is taken whole.
const mostRounds = 30

// Redact replaces each identity by a word for its class in the language of the
// text, such as "[e-mail]", and returns the matches in the text as it was. It
// also takes names that follow a title or an introduction, in any of the six
// languages. Nothing that Find finds is left in what it returns.
func Redact(text, lang string) (string, []Match) {
	f := fold(text)
	var all []Match
	for round := 0; ; round++ {
		spans := f.find()
		if len(spans) == 0 {
			spans = f.names()
		}
		if len(spans) == 0 {
			break
		}
		if round == mostRounds {
			return inPlace(spans[0].class, lang), []Match{{spans[0].class, 0, len(text)}}
		}
		all = append(all, f.matches(spans)...)
		f.hide(spans)
	}
	if len(all) == 0 {
		return text, nil
	}
	slices.SortFunc(all, func(a, b Match) int { return cmp.Compare(a.Start, b.Start) })
	var b strings.Builder
	last := 0
	for _, m := range all {
		b.WriteString(text[last:m.Start])
		b.WriteString(inPlace(m.Class, lang))
		last = m.End
	}
	b.WriteString(text[last:])
	return b.String(), all
}

// hide puts one sign in the place of each span. Spans are in order. What is
// hidden is in no span again, so Redact comes to an end.
func (f *folded) hide(spans []span) {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	next, k := 0, 0
	for i := 0; i < len(f.runes); {
		if k < len(spans) && i == spans[k].start {
			end := spans[k].end
			f.runes[next], f.written[next], f.from[next], f.to[next] = hidden, hidden, f.from[i], f.to[end-1]
			i, k = end, k+1
		} else {
			f.runes[next], f.written[next], f.from[next], f.to[next] = f.runes[i], f.written[i], f.from[i], f.to[i]
			i++
		}
		next++
	}
	f.runes, f.written, f.from, f.to = f.runes[:next], f.written[:next], f.from[:next], f.to[:next]
	f.done = 0
}
