package code

import "unicode/utf8"

// hopeless reports whether no pattern matches the word at a place where one may
// begin, without folding it, and if so where to go on. It may hope in vain.
func (m *Matcher) hopeless(text string, i int) (int, bool) {
	var word [4 + cliticRest]rune
	n, at := 0, i
	for ; n < len(word); n++ {
		r, next := m.filter.letter(text, at)
		if r < 0 {
			return i, false
		}
		if r == 0 {
			break
		}
		word[n], at = r, next
	}
	if n == 0 { // an ideograph, or nothing at all
		a, size := m.filter.folds.at(text, i)
		if a >= marks || m.leads(text, i+size, rune(a)) {
			return i, false
		}
		return i + size, true
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	if m.leads(text, i+size, word[0]) {
		return i, false
	}
	if isClitic(word[0]) {
		var places [4]int
		at, here := i, 0
		for _, p := range clitics(word[:n], places[:0]) {
			for ; here < p; here++ {
				_, at = m.filter.letter(text, at)
			}
			_, next := m.filter.letter(text, at)
			if m.leads(text, next, word[p]) {
				return i, false
			}
		}
	}
	return m.filter.pastWord(text, i), true
}

// leads reports whether a pattern may match that begins with the letter r, after
// which the text goes on at i.
func (m *Matcher) leads(text string, i int, r rune) bool {
	a, at := m.words, int32(0)
	for {
		if at = a.child(at, r); at == 0 {
			return false
		}
		if s := &a.states[at]; s.outputs+s.bends > 0 {
			return true
		}
		var next int
		if r, next = m.filter.sign(text, i); r == soft {
			if at = a.child(at, soft); at == 0 {
				return false
			}
			if next = m.filter.pastSpace(text, i); next == len(text) {
				return false
			}
			if r, next = m.filter.sign(text, next); r == soft {
				return true
			}
		}
		if r < 0 {
			return true
		}
		i = next
	}
}

// sign returns the folded letter or ideograph at a place of a text, with the
// place after it; soft where there is neither, less than 0 where that takes a
// closer look.
func (f *filter) sign(text string, i int) (rune, int) {
	if i == len(text) {
		return soft, i
	}
	if c := text[i]; c < utf8.RuneSelf {
		switch {
		case c-'A' < 26:
			return rune(c | 0x20), i + 1
		case asciiWord(c):
			return rune(c), i + 1
		}
		return soft, i + 1
	}
	a, size := f.folds.at(text, i)
	switch {
	case a == parts:
		return soft, i + size
	case a >= marks:
		return -1, i
	}
	return rune(a), i + size
}

// pastSpace returns where a text goes on after spaces.
func (f *filter) pastSpace(text string, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}
