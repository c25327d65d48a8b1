package letters

import "encoding/binary"

// What is looked at of a word: its first letters, and how many it has, of so many;
// of a phrase whose first word has fewer letters, so many signs; of other words, since
// any ending may follow, so many letters.
const (
	WordSigns   = 5
	WordLength  = 9
	PhraseSigns = 6
	StemSigns   = 4
)

// Firsts holds how words and phrases begin that are looked for.
type Firsts struct {
	begins  [1 << firstBits / 64]uint64
	article uint16    // its two letters
	aside   [256]byte // what may be left aside at the beginning of a word: kinds

	// For assembly. By which of eight bytes are kept: where they go, and how many
	// bits the next eight are moved, less eight.
	packed [256][8]byte
	moved  [256]byte
	// By the letters of a word: what of its signs belongs to its key, what is added
	// to that, and how many bits the signs are moved for its second key.
	first  [65]uint64
	length [65]uint64
	second [65]byte
}

const (
	firstBits = 18
	mix       = 0x9E3779B97F4A7C15
)

// NewFirsts returns an empty set.
func NewFirsts(a Aside) *Firsts {
	f := &Firsts{article: binary.LittleEndian.Uint16(a.Article[:])}
	for kind, letters := range map[byte][]byte{conjunction: a.Conjunctions, preposition: a.Prepositions, article: a.Article[:1]} {
		for _, b := range letters {
			f.aside[b] |= kind
		}
	}
	for keep := range f.packed {
		n := 0
		for j := range 8 {
			if keep>>j&1 != 0 {
				f.packed[keep][n] = byte(j)
				n++
			}
		}
		f.moved[keep] = byte(8*n - 8)
		for ; n < 8; n++ {
			f.packed[keep][n] = 0x80
		}
	}
	for n := range f.first {
		f.first[n] = 1<<(8*min(n, WordSigns)) - 1
		f.length[n] = wordKey(0, n)
		f.second[n] = 8 * (8 - StemSigns)
		if n < WordSigns {
			f.second[n] = 8 * (8 - PhraseSigns)
		}
	}
	return f
}

func (f *Firsts) set(key uint64) {
	h := key * mix >> (64 - firstBits)
	f.begins[h>>6] |= 1 << (h & 63)
}

// bit returns 1 if a key is set, else 0.
func (f *Firsts) bit(key uint64) uint64 {
	h := key * mix >> (64 - firstBits)
	return f.begins[h>>6] >> (h & 63) & 1
}

// AddWord adds what begins with a word.
func (f *Firsts) AddWord(word []byte) { f.add(word, len(word)) }

// AddStem adds what begins with a word that begins with StemSigns letters or more.
func (f *Firsts) AddStem(stem []byte) {
	if len(stem) < WordSigns {
		f.add(stem, len(stem))
		f.set(stemKey(Key(stem)))
		return
	}
	for n := min(len(stem), WordLength); n <= WordLength; n++ {
		f.add(stem, n)
	}
}

func (f *Firsts) add(word []byte, length int) {
	f.set(wordKey(Key(word[:min(len(word), WordSigns)]), length))
}

// wordKey returns the key of the first letters of a word and of its length.
func wordKey(signs uint64, length int) uint64 {
	return signs | uint64(min(length, WordLength))<<(8*WordSigns)
}

// AddPhrase adds what begins with a word of fewer letters than WordSigns, and with
// PhraseSigns letters and gaps or more.
func (f *Firsts) AddPhrase(signs []byte) { f.set(phraseKey(Key(signs))) }

// No two of phraseKey, stemKey and wordKey are the same.
func phraseKey(signs uint64) uint64 { return signs << (8 * (8 - PhraseSigns)) }

func stemKey(signs uint64) uint64 { return signs << (8 * (8 - StemSigns)) }

// AddAll adds all words.
func (f *Firsts) AddAll() {
	for i := range f.begins {
		f.begins[i] = ^uint64(0)
	}
}

// may returns 1 if one of the set may begin with the word of so many letters that
// begins with a key of eight signs, else 0.
func (f *Firsts) may(key uint64, length int) uint64 {
	return f.bit(key&f.first[length]|f.length[length]) | f.bit(key<<f.second[length])
}

// mayAt is may for the word at a place of signs.
func (f *Firsts) mayAt(s *Signs, k int) uint64 {
	n := 0
	for n < WordLength && IsLetter(s[k+n]) {
		n++
	}
	return f.may(s.Key(k), n)
}
