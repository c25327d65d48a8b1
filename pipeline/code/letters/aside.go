package letters

import "encoding/binary"

// Aside says what Arabic writes onto a word: a conjunction, behind it a preposition,
// behind it the article. Behind the preposition that is the second letter of the
// article, that letter alone stands for it. All are bytes from LowestAside on.
type Aside struct {
	Conjunctions, Prepositions []byte
	Article                    [2]byte
}

// LowestAside is the lowest byte of letters that may be left aside.
const LowestAside = 0xA0

const (
	conjunction = 1 << iota
	preposition
	article
)

// Behind returns where a word may begin when what is written onto it is left aside,
// or 0, or one of them twice, in place of what there is not.
func (f *Firsts) Behind(s *Signs) (conjoined, prefixed, named int) {
	conjoined = int(f.aside[s[0]] & conjunction)
	first := s[conjoined]
	prefixed = conjoined + int(f.aside[first]&preposition)>>1
	switch {
	case binary.LittleEndian.Uint16(s[prefixed:]) == f.article:
		return conjoined, prefixed, prefixed + 2
	case s[prefixed] == byte(f.article>>8) && first == s[prefixed]:
		return conjoined, prefixed, prefixed + 1
	}
	return conjoined, prefixed, prefixed
}

// IsAside reports whether a word may begin with what may be left aside.
func (f *Firsts) IsAside(first byte) bool { return f.aside[first] != 0 }
