package code

import "github.com/soundings-survey/soundings/pipeline/code/letters"

// hope is what may be found at a place.
type hope uint8

const (
	nothing hope = iota
	guards       // what denies or keeps a term from counting, but no term
	themes
)

// hopes returns what may match that begins with a word, by what a text goes on with.
// Where that takes a closer look, it hopes for all.
func (m *Matcher) hopes(word *letters.Signs) hope {
	best := nothing
	if m.filter.mayOpen(word, 0) != 0 {
		best = m.begins(word, 0)
	}
	if best == themes || !m.filter.firsts.IsAside(word[0]) {
		return best
	}
	if word.Few() || letters.HasUnknown(word.Key(0)) != 0 {
		return themes
	}
	conjoined, prefixed, named := m.filter.firsts.Behind(word)
	last := 0
	for _, p := range [...]int{conjoined, prefixed, named} {
		if p > last && m.filter.mayOpen(word, p) != 0 {
			best = max(best, m.begins(word, p))
		}
		last = p
	}
	return best
}

// begins returns what may match that begins with the word at k.
func (m *Matcher) begins(signs *letters.Signs, k int) hope {
	at, known := m.entries.find(signs.Key(k))
	if !known {
		return m.leads(signs, k, 0)
	}
	if at == 0 {
		return nothing
	}
	return m.leads(signs, k+entryLetters, at)
}

// leads returns what may match that has come to a state, and goes on with the signs
// from k on.
func (m *Matcher) leads(signs *letters.Signs, k int, at int32) hope {
	a, best := m.words, nothing
	for ; k+1 < len(signs); k++ {
		b := signs[k]
		if end := a.states[at].halt; end != 0 {
			s := &a.halts[end]
			if !letters.IsLetter(b) {
				best = max(best, s.hope())
			}
			if s.bends > 0 {
				best = max(best, m.bends(signs, k, at))
			}
			if best == themes {
				return themes
			}
		}
		if at = a.child(at, m.filter.runes[b]); at == 0 {
			switch {
			case b == letters.Unknown, b == letters.Ideographs, b == letters.End && signs[k+1] == letters.End:
				return themes
			}
			return best
		}
	}
	return themes
}

// bends returns what may match that goes on from a state with an ending, which
// takes the rest of the word at k.
func (m *Matcher) bends(signs *letters.Signs, k int, at int32) hope {
	var rest [len(signs)]rune
	n := 0
	for ; k+1 < len(signs) && letters.IsLetter(signs[k]); k++ {
		if signs[k] == letters.Unknown {
			return themes
		}
		rest[n] = m.filter.runes[signs[k]]
		n++
	}
	if k+1 == len(signs) || signs[k] == letters.End && signs[k+1] == letters.End {
		return themes
	}
	best := nothing
	for _, e := range m.words.endings(at) {
		if takes(e.r, rest[:n]) {
			best = max(best, m.leads(signs, k, e.to))
		}
	}
	return best
}

// hope returns what the outputs of a state are.
func (s *halt) hope() hope {
	switch {
	case s.gives:
		return themes
	case s.outputs > 0:
		return guards
	}
	return nothing
}

// noted adds the places of the ideographs that a pattern may begin with by more
// than the first two of them.
func (s *Scanner) noted(from int, signs []uint16) {
	for _, k := range signs {
		place := from + int(k)
		s.note(place, s.m.leadsSigns(s.text, place))
	}
}

// leadsSigns is leads for the ideographs at a place of a text.
func (m *Matcher) leadsSigns(text string, i int) hope {
	best := nothing
	for at := int32(0); best < themes && i < len(text); {
		r, size := m.filter.folds.at(text, i)
		if !isSign(r) {
			if r != parts || at != 0 {
				return themes
			}
			return best
		}
		if at = m.words.child(at, rune(r)); at == 0 {
			return best
		}
		best = max(best, m.words.haltAt(at).hope())
		i += size
	}
	return best
}
