package code

// hopeless reports whether no pattern matches what stands at a place where one
// may begin, without folding it. Where the text holds signs that must be folded
// it hopes in vain.
func (m *Matcher) hopeless(text string, i int) bool {
	r, next := m.filter.sign(text, i)
	if r < 0 || r == soft || m.leads(text, next, r, 0) {
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
		if m.leads(text, after[p], word[p], 0) {
			return false
		}
	}
	return true
}

// leads reports whether a pattern matches that goes on from a state with the
// letter r, after which the text goes on at i.
func (m *Matcher) leads(text string, i int, r rune, at int32) bool {
	a := m.words
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
		if s := &a.states[at]; s.outputs|s.bends > 0 {
			inside := r != soft && r < firstSign && before < firstSign
			if s.outputs > 0 && !inside || s.bends > 0 && m.bends(text, i, at) {
				return true
			}
		}
		if r == soft {
			r, i = m.beyond(text, next)
			if at = a.child(at, soft); at == 0 || r == 0 {
				return false
			}
			if r < 0 {
				return true
			}
			continue
		}
		i = next
	}
}

// beyond returns the first letter behind spaces and the place after it; 0 where
// the text is over, less where that takes a closer look.
func (m *Matcher) beyond(text string, i int) (rune, int) {
	if i = pastSpace(text, i); i == len(text) {
		return 0, i
	}
	r, next := m.filter.sign(text, i)
	if r == soft {
		return -1, i
	}
	return r, next
}

// bends reports whether a pattern matches that goes on from a state with an
// ending, which takes the rest of the word at a place.
func (m *Matcher) bends(text string, i int, at int32) bool {
	var rest [longestEnding + 1]rune
	n := 0
	for {
		r, next := m.filter.letter(text, i)
		if r < 0 {
			return true
		}
		if r == 0 {
			break
		}
		if n < len(rest) {
			rest[n] = r
			n++
		}
		i = next
	}
	for _, e := range m.words.endings(at) {
		if !takes(e.r, rest[:n]) {
			continue
		}
		if m.words.states[e.to].outputs > 0 {
			return true
		}
		if r, next := m.filter.sign(text, i); r == soft {
			after := m.words.child(e.to, soft)
			if r, next = m.beyond(text, next); after != 0 && (r < 0 || r > 0 && m.leads(text, next, r, after)) {
				return true
			}
		} else if m.leads(text, next, r, e.to) {
			return true
		}
	}
	return false
}
