package code

import "encoding/binary"

// hopes reports whether a pattern may match that begins with the word that is
// spelt at k. Where that takes a closer look than at letters, it hopes.
func (m *Matcher) hopes(w *window, k int) bool {
	letters := w.letters[:]
	if w.unclear|m.filter.may(binary.LittleEndian.Uint64(letters[k:k+8])) != 0 && m.leads(letters, k, 0) {
		return true
	}
	if m.filter.clitic[letters[k]] == 0 {
		return false
	}
	var word [4 + cliticRest]rune
	n := 0
	for ; n < len(word) && isLetter(letters[k+n]); n++ {
		if letters[k+n] == noByte {
			return true
		}
		word[n] = m.filter.runes[letters[k+n]]
	}
	var places [4]int
	for _, p := range clitics(word[:n], places[:0]) {
		if w.unclear|m.filter.may(binary.LittleEndian.Uint64(letters[k+p:k+p+8])) != 0 && m.leads(letters, k+p, 0) {
			return true
		}
	}
	return false
}

// isLetter reports whether a byte of a spelt text is a letter.
func isLetter(b byte) bool { return b >= '0' }

// leads reports whether a pattern may match that goes on from a state with the
// letters at k.
func (m *Matcher) leads(letters []byte, k int, at int32) bool {
	a := m.words
	for {
		b := letters[k]
		if b == noByte {
			return true
		}
		if at = a.child(at, m.filter.runes[b]); at == 0 {
			return false
		}
		if k++; b == ' ' {
			for letters[k] == ' ' {
				k++
			}
		}
		b = letters[k]
		if b == ideograms {
			return true
		}
		s := &a.states[at]
		if s.outputs > 0 && !isLetter(b) || s.bends > 0 && m.bends(letters, k, at) {
			return true
		}
		if b == noLetter {
			return false
		}
	}
}

// bends reports whether a pattern may match that goes on from a state with an
// ending, which takes the rest of the word at k.
func (m *Matcher) bends(letters []byte, k int, at int32) bool {
	var rest [longestEnding + 1]rune
	n := 0
	for ; isLetter(letters[k]); k++ {
		if letters[k] == noByte {
			return true
		}
		if n < len(rest) {
			rest[n] = m.filter.runes[letters[k]]
			n++
		}
	}
	for _, e := range m.words.endings(at) {
		if takes(e.r, rest[:n]) && (m.words.states[e.to].outputs > 0 || letters[k] == ideograms || letters[k] != noLetter && m.leads(letters, k, e.to)) {
			return true
		}
	}
	return false
}

// noted adds the places of the ideographs that a pattern may begin with by more
// than the first two of them.
func (m *Matcher) noted(text string, from int, signs []uint16, found []int) []int {
	for _, s := range signs {
		if place := from + int(s); m.leadsSigns(text, place) {
			found = append(found, place)
		}
	}
	return found
}

// leadsSigns is leads for the ideographs at a place of a text.
func (m *Matcher) leadsSigns(text string, i int) bool {
	for at := int32(0); ; {
		if i == len(text) {
			return false
		}
		r, size := m.filter.folds.at(text, i)
		if !isSign(r) {
			return r != parts || at != 0
		}
		if at = m.words.child(at, rune(r)); at == 0 {
			return false
		}
		if m.words.states[at].outputs > 0 {
			return true
		}
		i += size
	}
}
