package code

import (
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/language"
)

// Matcher finds the terms of a codebook in texts of any of its languages. It
// may be shared; each goroutine needs a Scanner of its own.
type Matcher struct {
	trie    *trie
	ignores []bool // by code: a denial does not matter
}

// Hit is a term found in a text, for one of its codes.
type Hit struct {
	Code       int32  // index into Codebook.Codes
	Start, End int    // bytes of the text
	Language   string // of the words around it, empty if unknown
	Denied     bool   // it does not count: a negating word stands before it, within reach, and matters to the code
}

// NewMatcher returns the matcher of a codebook that Read gave.
func NewMatcher(cb *Codebook) *Matcher {
	m := &Matcher{trie: newTrie()}
	for i, c := range cb.Codes {
		m.ignores = append(m.ignores, c.Negation == Ignore)
		for _, lang := range slices.Sorted(maps.Keys(c.Terms)) {
			for _, term := range c.Terms[lang] {
				m.add(term, int32(i))
			}
		}
		for _, lang := range slices.Sorted(maps.Keys(c.Not)) {
			for _, phrase := range c.Not[lang] {
				m.add(phrase, noCode)
			}
		}
	}
	for _, w := range guardWords() {
		for _, word := range w.words {
			if p, problem := parsePattern(word); problem == "" {
				m.trie.add(p, w.role, 0)
			}
		}
	}
	return m
}

// noCode stands for a phrase that takes the place of the terms in it and gives no code.
const noCode int32 = -1

// add adds a term, with and without the Arabic article.
func (m *Matcher) add(term string, code int32) {
	p, problem := parsePattern(term)
	if problem != "" {
		return
	}
	m.trie.add(p, theme, code)
	if short := withoutArticle(p); short != nil {
		m.trie.add(short, theme, code)
	}
}

// Scanner reads one text after the other with a matcher.
type Scanner struct {
	m      *Matcher
	text   folded
	places []int
	hits   []Hit
}

// Scanner returns a new scanner.
func (m *Matcher) Scanner() *Scanner { return &Scanner{m: m} }

// Hits returns the terms in a text, from left to right: at each place the
// longest, none within another; a term of several codes is a hit for each. The
// language is that of the text, empty if unknown. They hold until the next call.
func (s *Scanner) Hits(text, lang string) []Hit {
	if lang == "" {
		lang, _ = language.Detect(text)
	}
	s.text.reset()
	s.text.fold(text)
	s.hits = s.hits[:0]
	runes := s.text.runes
	reach := newReach()
	for i := 0; i < len(runes); {
		k := kindOf(runes[i])
		if k == between {
			reach.sign(runes[i])
			i++
			continue
		}
		word := i + 1
		for k == inWord && word < len(runes) && kindOf(runes[word]) == inWord {
			word++
		}
		best := s.bestAt(runes, i, word)
		switch {
		case best.role&theme != 0:
			for _, c := range best.codes {
				s.hits = append(s.hits, Hit{
					Code: c, Start: s.text.start[best.start], End: s.text.end[best.end-1],
					Language: lang, Denied: reach.holds() && !s.m.ignores[c],
				})
			}
			reach.pass(runes[i:best.end])
			i = best.end
		case best.end > i:
			reach.guard(best.role)
			i = best.end
		default:
			reach.pass(runes[i:word])
			i = word
		}
	}
	return s.hits
}

// bestAt returns the longest match of the word at i, the Arabic clitics before
// it left aside where that is longer.
func (s *Scanner) bestAt(runes []rune, i, word int) found {
	var best found
	s.m.trie.longest(runes, i, &best)
	if c := runes[i]; c == 'و' || c == 'ف' || c == 'ب' || c == 'ل' || c == 'ك' || c == 'ا' {
		s.places = clitics(runes[i:word], s.places)
		for _, p := range s.places {
			s.m.trie.longest(runes, i+p, &best)
		}
	}
	return best
}

// Codes adds the codes that a text is given to set, in order, each once, and
// returns it with how many terms were denied.
func (s *Scanner) Codes(text string, set []int32) (codes []int32, denied int) {
	last := -1
	for _, h := range s.Hits(text, "") {
		switch {
		case !h.Denied:
			if !slices.Contains(set, h.Code) {
				set = append(set, h.Code)
			}
		case h.Start != last:
			denied++
			last = h.Start
		}
	}
	slices.Sort(set)
	return set, denied
}
