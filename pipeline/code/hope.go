package code

// hopeless reports whether no pattern matches what stands at a place where one
// may begin, without folding it. Where the text holds signs that must be folded
// it hopes in vain.
func (m *Matcher) hopeless(text string, i int) bool {
	r, next := m.filter.sign(text, i)
	if r < 0 || r == soft || m.leads(text, next, r) {
		return false
	}
	if !isClitic(r) {
		return true
	}
	word := [4 + cliticRest]rune{r}
	var after [len(word)]int
	n, at := 1, next
	for after[0] = at; n < len(word); n++ {
		l, past := m.filter.letter(text, at)
		if l < 0 {
			return false
		}
		if l == 0 {
			break
		}
		word[n], after[n], at = l, past, past
	}
	var places [4]int
	for _, p := range clitics(word[:n], places[:0]) {
		if m.leads(text, after[p], word[p]) {
			return false
		}
	}
	return true
}

// leads reports whether a pattern matches that begins with the letter r, after
// which the text goes on at i.
func (m *Matcher) leads(text string, i int, r rune) bool {
	a, at := m.words, int32(0)
	for {
		if at = a.child(at, r); at == 0 {
			return false
		}
		before := r
		var next int
		r, next = m.filter.sign(text, i)
		if r < 0 {
			return true
		}
		if s := &a.states[at]; s.outputs+s.bends > 0 {
			inside := r != soft && r < firstSign && before < firstSign
			if s.outputs > 0 && !inside || s.bends > 0 && m.bends(text, i, at) {
				return true
			}
		}
		if r == soft {
			if at = a.child(at, soft); at == 0 {
				return false
			}
			if next = pastSpace(text, next); next == len(text) {
				return false
			}
			if r, next = m.filter.sign(text, next); r == soft || r < 0 {
				return true
			}
		}
		i = next
	}
}

// bends reports whether a state has an ending that takes the rest of the word at a place.
func (m *Matcher) bends(text string, i int, at int32) bool {
	var rest [longestEnding]rune
	n := 0
	for {
		r, next := m.filter.letter(text, i)
		switch {
		case r < 0:
			return true
		case r == 0:
			for _, e := range m.words.endings(at) {
				if takes(e.r, rest[:n]) {
					return true
				}
			}
			return false
		case n == len(rest):
			e := m.words.endings(at)
			return e[len(e)-1].r == anyEnding // the last, for endings are in order
		}
		rest[n], i = r, next
		n++
	}
}
