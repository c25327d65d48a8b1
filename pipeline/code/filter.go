package code

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// filter finds the words of a text at which a pattern may begin, by their first
// letters. It may name too many, since the automaton looks at what it names; it
// never leaves one out. Most words go no further than here, so this is where the
// time is spent: eight bytes at once where the text is ASCII, by tables elsewhere.
type filter struct {
	ascii  bitmap               // the first four letters of ASCII words, shorter words filled with 0
	words  bitmap               // the first four folded letters of words that begin with another letter
	signs  bitmap               // the first two ideographs
	opens  [1 << 16 / 64]uint64 // ideographs that may begin a pattern
	alone  [1 << 16 / 64]uint64 // ideographs that a pattern may begin with whatever follows
	folds  folds
	always bool // some pattern begins with so little that all words must be looked at
}

// wild stands for any letter or none.
const wild rune = 1

type bitmap [1 << 16 / 64]uint64

func (b *bitmap) set(h uint16)      { b[h>>6] |= 1 << (h & 63) }
func (b *bitmap) has(h uint16) bool { return b[h>>6]>>(h&63)&1 != 0 }

func hashASCII(first uint32) uint16 { return uint16(first * 0x9E3779B1 >> 16) }

func hashWord(a, b, c, d rune) uint16 {
	return uint16((uint64(a) | uint64(b)<<16 | uint64(c)<<32 | uint64(d)<<48) * 0x9E3779B97F4A7C15 >> 48)
}

// hasWord reports whether a pattern may begin with four letters, 0 where there are fewer.
func (f *filter) hasWord(a, b, c, d rune) bool {
	return f.words.has(hashWord(a, b, c, d)) || f.words.has(hashWord(a, b, c, wild)) || f.words.has(hashWord(a, b, wild, 0))
}

func hashSigns(a, b uint16) uint16 { return uint16((uint32(a)<<16 | uint32(b)) * 0x9E3779B1 >> 16) }

// newFilter returns the filter of patterns.
func newFilter(all []pattern) *filter {
	f := &filter{folds: newFolds()}
	for _, p := range all {
		if kindOf(p[0]) == ideograph {
			f.addSigns(p)
		} else {
			f.addWord(p)
		}
	}
	return f
}

// addSigns enters the beginning of a pattern without words. What folds does not
// know is looked at in any case.
func (f *filter) addSigns(p pattern) {
	a := p[0]
	if a < firstSign || a > lastSign {
		return
	}
	f.opens[a>>6] |= 1 << (a & 63)
	if len(p) > 1 && firstSign <= p[1] && p[1] <= lastSign {
		f.signs.set(hashSigns(uint16(a), uint16(p[1])))
	} else {
		f.alone[a>>6] |= 1 << (a & 63)
	}
}

// addWord enters the beginning of a word.
func (f *filter) addWord(p pattern) {
	var first [4]rune
	n, open := 0, false
	for n < len(p) && n < 4 && p[n] != soft {
		if p[n] < 0 || kindOf(p[n]) != inWord {
			open = p[n] < 0
			break
		}
		first[n] = p[n]
		n++
	}
	if n == 0 || n == 1 && open {
		f.always = true
		return
	}
	if open && n < 4 {
		marked := first
		marked[n] = wild
		f.words.set(hashWord(marked[0], marked[1], marked[2], marked[3]))
	} else {
		f.words.set(hashWord(first[0], first[1], first[2], first[3]))
	}
	f.addASCII(first, n, open)
}

func (f *filter) addASCII(first [4]rune, n int, open bool) {
	var key uint32
	for i := range n {
		if first[i] >= utf8.RuneSelf {
			return // not written in ASCII
		}
		key |= uint32(first[i]) << (8 * i)
	}
	f.ascii.set(hashASCII(key))
	if !open || n == 4 {
		return
	}
	for _, r := range "abcdefghijklmnopqrstuvwxyz0123456789" {
		longer := first
		longer[n] = r
		f.addASCII(longer, n+1, true)
	}
}

// next returns where the next word begins, at i or after it, that must be looked
// at; the length of the text if there is none. No word goes on at i.
func (f *filter) next(text string, i int) int {
	if f.always {
		return f.nextWord(text, i)
	}
	n := len(text)
	for i < n {
		c := text[i]
		if c >= utf8.RuneSelf {
			at, look := f.beyond(text, i)
			if look {
				return at
			}
			i = at
			continue
		}
		if !asciiWord(c) {
			i++
			continue
		}
		if n-i < 8 {
			return i
		}
		x := binary.LittleEndian.Uint64([]byte(text[i : i+8]))
		ends := wordEnds(x)
		key := uint32(x | 0x2020202020202020)
		if ends&0x80808080 == 0 {
			if f.ascii.has(hashASCII(key)) {
				return i
			}
			if ends == 0 {
				i = f.pastWord(text, i+8)
				continue
			}
			i += bits.TrailingZeros64(ends) / 8
			if text[i] >= utf8.RuneSelf {
				i = f.pastWord(text, i)
			}
			continue
		}
		length := bits.TrailingZeros64(ends) / 8
		if text[i+length] >= utf8.RuneSelf || f.ascii.has(hashASCII(key&(1<<(8*length)-1))) {
			return i
		}
		i += length
	}
	return n
}

// wordEnds returns eight bytes whose highest bit says which bytes of x are not
// ASCII letters or digits.
func wordEnds(x uint64) uint64 {
	const every = 0x0101010101010101
	low := x & (0x7F * every)
	letters := low | 0x20*every
	letters = (letters + (0x80-'a')*every) &^ (letters + (0x7F-'z')*every)
	digits := (low + (0x80-'0')*every) &^ (low + (0x7F-'9')*every)
	return ^((letters | digits) &^ x) & (0x80 * every)
}

func asciiWord(c byte) bool {
	return c-'0' < 10 || (c|0x20)-'a' < 26
}

// beyond looks at a rune that is not ASCII, where no word goes on. It returns
// its place and true if the word there must be looked at, or the place where
// to go on.
func (f *filter) beyond(text string, i int) (int, bool) {
	a, size := f.folds.at(text, i)
	switch {
	case a == parts:
		return i + size, false
	case isSign(a):
		if f.opens[a>>6]>>(a&63)&1 != 0 && (f.alone[a>>6]>>(a&63)&1 != 0 || f.beginsSigns(text, i+size, a)) {
			return i, true
		}
		return i + size, false
	case a < marks && !f.begins(text, i+size, rune(a)):
		return f.pastWord(text, i+size), false
	}
	return i, true
}

// begins reports whether a pattern may begin with the letter a, before which
// nothing of its word stands, and what the text goes on with.
func (f *filter) begins(text string, i int, a rune) bool {
	if isClitic(a) {
		return f.beginsArabic(text, i, a)
	}
	word := [4]rune{a}
	for n := 1; n < len(word); n++ {
		var r rune
		if r, i = f.letter(text, i); r < 0 {
			return true
		} else if r == 0 {
			break
		}
		word[n] = r
	}
	return f.hasWord(word[0], word[1], word[2], word[3])
}

// beginsArabic is begins where up to four letters may be left aside.
func (f *filter) beginsArabic(text string, i int, a rune) bool {
	var word [4 + 4]rune
	word[0] = a
	n := 1
	for ; n < len(word); n++ {
		var r rune
		if r, i = f.letter(text, i); r < 0 {
			return true
		} else if r == 0 {
			break
		}
		word[n] = r
	}
	var places [4]int
	for _, p := range append(clitics(word[:n], places[:0]), 0) {
		var at [4]rune
		copy(at[:], word[p:n])
		if f.hasWord(at[0], at[1], at[2], at[3]) {
			return true
		}
	}
	return false
}

// letter returns the folded letter of a word that stands at a place, with the
// place after it; 0 where the word is over, less where that takes a closer look.
func (f *filter) letter(text string, i int) (rune, int) {
	r, next := f.sign(text, i)
	if r == soft || r >= firstSign && r <= lastSign {
		return 0, i
	}
	return r, next
}

// beginsSigns reports whether a pattern may begin with the ideograph a and what follows it.
func (f *filter) beginsSigns(text string, i int, a uint16) bool {
	if i == len(text) || text[i] < utf8.RuneSelf {
		return false
	}
	b, _ := f.folds.at(text, i)
	return b == hidden || b == odd || f.signs.has(hashSigns(a, b))
}

// pastWord returns where a word ends that goes on at i.
func (f *filter) pastWord(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if !asciiWord(c) {
				return i
			}
			i++
			continue
		}
		a, size := f.folds.at(text, i)
		if a == parts || isSign(a) || a == odd && !f.folds.letters(text, i, size) {
			return i
		}
		i += size
	}
	return i
}

// nextWord returns where the next word begins, or what could be one.
func (f *filter) nextWord(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if asciiWord(c) {
				return i
			}
			i++
			continue
		}
		a, size := f.folds.at(text, i)
		if a != parts {
			return i
		}
		i += size
	}
	return i
}
