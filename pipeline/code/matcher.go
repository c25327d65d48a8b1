package code

import (
	"maps"
	"slices"
)

// Matcher finds the terms of a codebook in texts of any of its languages. It
// may be shared; each goroutine needs a Scanner of its own.
type Matcher struct {
	book    *Codebook
	words   *automaton // terms, and what denies
	guard   *automaton // what stands between a denial and a term
	filter  *filter
	entries entries
	names   []string  // of the languages of the codebook
	latin   languages // those that share a script
	ignores []bool    // by code: a denial does not matter
}

// Hit is a term found in a text, for one of its codes.
type Hit struct {
	Code       int32  // index into Codebook.Codes
	Start, End int    // bytes of the text
	Language   string // of the term; where several languages have it, that of the words around it
	Denied     bool   // it does not count: a denial reaches it that matters to the code
}

// AllLanguages is the key of terms in a codebook that count in any language.
const AllLanguages = "all"

// NewMatcher returns the matcher of a codebook that Read gave.
func NewMatcher(cb *Codebook) *Matcher {
	m := &Matcher{book: cb}
	words, guard := newTree(), newTree()
	var all []pattern
	enter := func(term, language string, o output) {
		for _, p := range patterns(term, language) {
			o.phrase = p.isPhrase()
			words.add(p, o)
			all = append(all, p)
		}
	}
	for i, c := range cb.Codes {
		m.ignores = append(m.ignores, c.Negation == Ignore)
		for _, lang := range slices.Sorted(maps.Keys(c.Terms)) {
			for _, term := range c.Terms[lang] {
				enter(term, lang, output{role: theme, code: int32(i), languages: m.language(lang)})
			}
		}
		for _, lang := range slices.Sorted(maps.Keys(c.Not)) {
			for _, phrase := range c.Not[lang] {
				enter(phrase, lang, output{role: excluded, code: int32(i)})
			}
		}
	}
	for _, g := range guardWords() {
		for _, word := range g.words {
			switch {
			case g.role&(turn|filler) == 0:
				enter(word, "", output{role: g.role})
			default:
				p, _ := parsePattern(word)
				guard.add(p, output{role: g.role})
			}
		}
	}
	m.words, m.guard, m.filter = words.freeze(), guard.freeze(), newFilter(all)
	m.entries = newEntries(m.words, &m.filter.runes)
	return m
}

// Scanner reads one text after the other with a matcher.
type Scanner struct {
	m        *Matcher
	text     string
	window   window
	found    []int  // places of the text that may be worth a look
	hope     hope   // what may be found there
	word     folded // what was folded of the text from the word on that is looked at
	folded   int    // up to where
	between  folded
	places   []int
	matches  []match
	excluded []exclusion
	hits     []Hit
	spoken   []languages // of the hits at one place
	denial   int         // where the last denial ends, -1 if none can reach further
	tongue   tongue
}

// match is a pattern found at one place.
type match struct {
	start, end int // in folded runes
	at         int32
}

// exclusion is a span of the text in which a code has no terms.
type exclusion struct {
	code       int32
	start, end int
}

// Scanner returns a new scanner.
func (m *Matcher) Scanner() *Scanner { return &Scanner{m: m} }

// Hits returns the terms in a text, from left to right: at each place the
// longest, none within another; a term of several codes is a hit for each, in
// the order of the codebook. Language is that of the text, for clauses that
// do not tell it themselves; where it is empty it is detected. The hits hold
// until the next call.
func (s *Scanner) Hits(text, language string) []Hit {
	s.text, s.hits, s.excluded, s.denial = text, s.hits[:0], s.excluded[:0], -1
	s.tongue = tongue{given: language}
	s.found, s.hope = s.found[:0], nothing
	before := uint64(0)
	for from := 0; from < len(text); {
		from, before = s.scan(from, before)
	}
	if s.hope < themes { // nothing that could be denied
		return s.hits
	}
	past := 0
	for _, i := range s.found {
		if i >= past {
			past = s.look(i)
		}
	}
	return s.hits
}

// look takes what stands at a place where a word may begin, and returns where
// to go on.
func (s *Scanner) look(i int) int {
	s.word.reset()
	s.folded = i
	s.matches = s.matches[:0]
	if first := s.rune(0); kindOf(first) != between {
		s.walk(0, 0, 0)
		if isClitic(first) {
			end := s.wordEnd(0)
			s.places = clitics(s.word.runes[:end], s.places)
			for _, p := range s.places {
				s.walk(p, p, 0)
			}
		}
	}
	if len(s.matches) > 0 {
		if end := s.take(s.word.start[0]); end > i {
			return end
		}
	}
	if len(s.word.end) == 0 {
		return len(s.text)
	}
	if kindOf(s.word.runes[0]) == inWord {
		return s.m.filter.pastWord(s.text, i)
	}
	return s.word.end[0]
}

// rune returns a folded rune of what is looked at, 0 behind the text.
func (s *Scanner) rune(k int) rune {
	for k >= len(s.word.runes) {
		if s.folded == len(s.text) {
			return 0
		}
		if a, size := s.m.filter.folds.at(s.text, s.folded); a < marks {
			s.word.put(rune(a), s.folded, s.folded+size)
			s.folded += size
			continue
		}
		s.folded += s.word.next(s.text, s.folded)
	}
	return s.word.runes[k]
}

// wordEnd returns where the word ends that goes on at folded rune k.
func (s *Scanner) wordEnd(k int) int {
	for kindOf(s.rune(k)) == inWord {
		k++
	}
	return k
}

// walk notes the patterns that begin at a folded rune and end with a word.
func (s *Scanner) walk(begin, k int, at int32) {
	a := s.m.words
	for {
		r := s.rune(k)
		if at != 0 {
			if a.haltAt(at).outputs > 0 && (kindOf(r) != inWord || kindOf(s.word.runes[k-1]) != inWord) {
				s.matches = append(s.matches, match{begin, k, at})
			}
			if bends := a.endings(at); len(bends) > 0 {
				end := s.wordEnd(k)
				for _, e := range bends {
					if takes(e.r, s.word.runes[k:end]) {
						s.walk(begin, end, e.to)
					}
				}
			}
		}
		if r == line {
			r = soft
		}
		if at = a.child(at, r); at == 0 {
			return
		}
		k++
		if r == soft {
			for s.rune(k) == soft || s.rune(k) == line {
				k++
			}
		}
	}
}

// take makes hits of the longest match that counts, or lets it deny. It returns
// where that ends, 0 if no match counts.
func (s *Scanner) take(i int) int {
	s.exclude(i)
	start, end := 0, 0
	for _, m := range s.matches {
		if (m.end > end || m.end == end && m.start < start) && s.counts(m) {
			start, end = m.start, m.end
		}
	}
	if end == 0 {
		return 0
	}
	from, to := s.word.start[start], s.word.end[end-1]
	before, role := len(s.hits), role(0)
	s.spoken = s.spoken[:0]
	for _, m := range s.matches {
		if m.start != start || m.end != end {
			continue
		}
		for _, o := range s.m.words.outputsOf(m.at) {
			role |= o.role
			if s.gives(m, o) {
				s.hit(before, o, from, to)
			}
		}
	}
	switch {
	case len(s.hits) > before:
		s.finish(before, i)
	case role&neutral != 0:
		s.denial = -1
	case role&dismissal != 0:
		s.dismiss(i)
		s.denial = to
	case role&denial != 0:
		s.denial = to
	}
	return to
}

// counts reports whether a match gives a code or has to do with denials.
func (s *Scanner) counts(m match) bool {
	for _, o := range s.m.words.outputsOf(m.at) {
		if o.role&(denial|dismissal|neutral) != 0 || s.gives(m, o) {
			return true
		}
	}
	return false
}

// gives reports whether a match gives the code of one of its outputs.
func (s *Scanner) gives(m match, o output) bool {
	if o.role != theme || !s.speaks(o, s.word.start[m.start]) {
		return false
	}
	for _, x := range s.excluded {
		if x.code == o.code && x.start <= s.word.start[m.start] && s.word.end[m.end-1] <= x.end {
			return false
		}
	}
	return true
}

// exclude notes the exclusions among the matches, and forgets those that are over.
func (s *Scanner) exclude(i int) {
	s.excluded = slices.DeleteFunc(s.excluded, func(x exclusion) bool { return x.end <= i })
	for _, m := range s.matches {
		for _, o := range s.m.words.outputsOf(m.at) {
			if o.role == excluded {
				s.excluded = append(s.excluded, exclusion{o.code, s.word.start[m.start], s.word.end[m.end-1]})
			}
		}
	}
}

// hit adds a hit, or the languages of another term to that of the same code
// among those from before on.
func (s *Scanner) hit(before int, o output, from, to int) {
	for j, h := range s.hits[before:] {
		if h.Code == o.code {
			s.spoken[j] |= o.languages
			return
		}
	}
	s.hits = append(s.hits, Hit{Code: o.code, Start: from, End: to})
	s.spoken = append(s.spoken, o.languages)
}

// finish puts the hits of one place in order and says whether they are denied.
func (s *Scanner) finish(before, i int) {
	hits := s.hits[before:]
	for j := range hits {
		hits[j].Language = s.named(s.spoken[j], hits[j].Start)
	}
	slices.SortFunc(hits, func(a, b Hit) int { return int(a.Code) - int(b.Code) })
	if s.denial < 0 {
		return
	}
	if !s.reaches(s.denial, i) {
		s.denial = -1
		return
	}
	for j := range hits {
		hits[j].Denied = !s.m.ignores[hits[j].Code]
	}
}

// dismiss denies the hits before a dismissal at i that it reaches.
func (s *Scanner) dismiss(i int) {
	for j := len(s.hits) - 1; j >= 0; j-- {
		h := &s.hits[j]
		if (j == len(s.hits)-1 || h.End != s.hits[j+1].End) && !s.reaches(h.End, i) {
			return
		}
		h.Denied = !s.m.ignores[h.Code]
	}
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
