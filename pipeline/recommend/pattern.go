package recommend

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A pattern is a term of a list of words. In the list "*" stands for any ending
// or beginning of a word, "%" for the English forms of a verb, "#" for a number,
// "##" for a year and "~" for up to three words, or six Chinese characters.
type pattern struct {
	term string
	// elements are what each word may be.
	elements []element
}

type element struct {
	text         string
	prefix, tail bool     // text is only the beginning, or only the end, of the word
	oneOf        []string // forms of a verb
	gap          int      // up to so many words, whatever they are
	number, year bool
}

func newPattern(term string) pattern {
	p := pattern{term: term}
	for _, field := range strings.Fields(term) {
		switch {
		case field == "~":
			p.elements = append(p.elements, element{gap: 3})
		case field == "#", field == "##":
			p.elements = append(p.elements, element{number: true, year: field == "##"})
		case strings.HasSuffix(field, "%"):
			p.elements = append(p.elements, element{oneOf: inflected(fold(strings.TrimSuffix(field, "%")))})
		case strings.HasPrefix(field, "*"):
			p.elements = append(p.elements, element{text: fold(field[1:]), tail: true})
		default:
			p.words(field)
		}
	}
	return p
}

// words adds the words of a field: Chinese is not parted by spaces.
func (p *pattern) words(field string) {
	for k, part := range strings.Split(field, "~") {
		if k > 0 {
			p.elements = append(p.elements, element{gap: 6})
		}
		for _, t := range tokens(part) {
			p.elements = append(p.elements, element{text: t.text})
		}
		if strings.HasSuffix(part, "*") {
			p.elements[len(p.elements)-1].prefix = true
		}
	}
}

// inflected returns the English forms of a verb: regular ones are made, those of
// other verbs stand in the list as terms of their own.
func inflected(verb string) []string {
	stem, last := verb, verb[len(verb)-1]
	switch {
	case last == 'e':
		stem = verb[:len(verb)-1]
		return []string{verb, verb + "s", stem + "ing", verb + "d"}
	case last == 'y' && !strings.ContainsRune("aeou", rune(verb[len(verb)-2])):
		stem = verb[:len(verb)-1] + "i"
		return []string{verb, stem + "es", verb + "ing", stem + "ed"}
	case last == 's' || last == 'h' && verb[len(verb)-2] != 't' || last == 'x':
		return []string{verb, verb + "es", verb + "ing", verb + "ed"}
	}
	double := stem + string(last)
	return []string{verb, verb + "s", verb + "ing", verb + "ed", double + "ing", double + "ed"}
}

// at returns how many tokens the pattern covers from the i-th on, or 0.
func (p *pattern) at(ts []token, i int) int {
	n := match(p.elements, ts, i)
	if n < 0 {
		return 0
	}
	return n - i
}

// match returns the token after the match, or -1.
func match(es []element, ts []token, i int) int {
	for k, e := range es {
		if e.gap > 0 {
			for skip := 0; skip <= e.gap && i+skip < len(ts); skip++ {
				if skip > 0 && parted(ts[i+skip-1].before) {
					return -1
				}
				if n := match(es[k+1:], ts, i+skip); n >= 0 {
					return n
				}
			}
			return -1
		}
		if i >= len(ts) || k > 0 && parted(ts[i].before) || !e.fits(&ts[i]) {
			return -1
		}
		i++
	}
	return i
}

// parted reports whether signs end a clause.
func parted(signs string) bool { return strings.ContainsAny(signs, ".;:!?。；：！？؛؟\n") }

func (e *element) fits(t *token) bool {
	if e.number {
		r, _ := utf8.DecodeRuneInString(t.text)
		return unicode.IsDigit(r) && (!e.year || len(t.text) == 4 && (t.text[:2] == "19" || t.text[:2] == "20"))
	}
	if e.oneOf != nil {
		return slices.Contains(e.oneOf, t.text)
	}
	if e.fitsForm(t.text) {
		return true
	}
	return slices.ContainsFunc(t.without, e.fitsForm)
}

func (e *element) fitsForm(form string) bool {
	switch {
	case form == e.text:
		return true
	case e.prefix:
		return strings.HasPrefix(form, e.text)
	case e.tail:
		return strings.HasSuffix(form, e.text) && len(form) > len(e.text)
	}
	return false
}

// list is a list of patterns, by the letter that their first word begins with.
type list struct {
	by   map[rune][]pattern
	rest []pattern // that begin with a number, a gap or the end of a word
}

func newList(terms []string) list {
	out := list{by: map[rune][]pattern{}}
	for _, term := range terms {
		p := newPattern(term)
		first := p.elements[0]
		text := first.text
		if first.oneOf != nil {
			text = first.oneOf[0]
		}
		if first.gap > 0 || first.number || first.tail || text == "" {
			out.rest = append(out.rest, p)
			continue
		}
		r, _ := utf8.DecodeRuneInString(text)
		out.by[r] = append(out.by[r], p)
	}
	return out
}

// at returns the most tokens that a pattern covers from the i-th on.
func (l list) at(ts []token, i int) int {
	n := 0
	try := func(patterns []pattern) {
		for k := range patterns {
			n = max(n, patterns[k].at(ts, i))
		}
	}
	try(l.rest)
	first, _ := utf8.DecodeRuneInString(ts[i].text)
	try(l.by[first])
	for k, form := range ts[i].without {
		r, _ := utf8.DecodeRuneInString(form)
		if r != first && !slices.ContainsFunc(ts[i].without[:k], func(f string) bool { return strings.HasPrefix(f, string(r)) }) {
			try(l.by[r])
		}
	}
	return n
}

// find returns the first place from the i-th token on where a pattern fits.
func (l list) find(ts []token, i int) (from, to int, ok bool) {
	for ; i < len(ts); i++ {
		if n := l.at(ts, i); n > 0 {
			return i, i + n, true
		}
	}
	return 0, 0, false
}
