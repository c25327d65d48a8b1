package code

import "unicode/utf8"

// filter finds the places of a text at which a pattern may begin, by the first
// letters of words. It may name too many, since what it names is looked at; it
// never leaves one out. Most words go no further than here, so this and scan.go
// are where the time is spent.
//
// A letter is a byte here. Four letters make a key, 0 where a word has fewer.
// Words whose key is known are held against six letters, into the next word if
// need be. Words with letters that have no byte are looked at in any case.
type filter struct {
	low, high beginnings           // of words in ASCII, and in other alphabets
	signs     bitmap               // the first two ideographs
	opens     [1 << 16 / 64]uint64 // ideographs that may begin a pattern
	alone     [1 << 16 / 64]uint64 // ideographs that a pattern may begin with whatever follows
	bytes     [0x800]byte          // the letters of runes of two bytes, or a mark
	folds     folds
	always    bool // some pattern begins with so little that all words must be looked at
}

// beginnings is how the first words of patterns begin.
type beginnings struct {
	words  bitmap // their keys
	brief  bitmap // the keys of those that longer does not hold
	longer bitmap // the first six letters, and spaces between words, of patterns that have as many
}

// What bytes holds where there is no letter.
const (
	noLetter byte = iota // it parts words
	noByte               // it takes a closer look
	leastByte
)

type bitmap [1 << 16 / 64]uint64

func (b *bitmap) set(h uint16)      { b[h>>6] |= 1 << (h & 63) }
func (b *bitmap) has(h uint16) bool { return b[h>>6]>>(h&63)&1 != 0 }

// bit is has as a number.
func (b *bitmap) bit(h uint16) uint64 { return b[h>>6] >> (h & 63) & 1 }

func hashKey(key uint32) uint16 { return uint16(key * 0x9E3779B1 >> 16) }

func hashSix(six uint64) uint16 { return uint16(six * 0x9E3779B97F4A7C15 >> 48) }

func hashSigns(a, b uint16) uint16 { return uint16((uint32(a)<<16 | uint32(b)) * 0x9E3779B1 >> 16) }

// The bytes of letters beyond ASCII.
const (
	russianBytes = 0x80
	arabicBytes  = 0xA0
	endOfBytes   = 0xD0
)

// byteOf returns the byte of a folded letter, noByte if it has none.
func byteOf(r rune) byte {
	switch {
	case r < utf8.RuneSelf:
		return byte(r)
	case 'а' <= r && r <= 'я':
		return byte(russianBytes + r - 'а')
	case isArabic(r):
		return byte(arabicBytes + r - 'ء')
	}
	return noByte
}

// alphabetOf returns a number for the alphabet that a byte is of.
func alphabetOf(b byte) byte { return b>>7 + b>>7&(b>>5&1|b>>6&1) }

// side returns the beginnings of an alphabet, by a byte of it.
func (f *filter) side(b byte) *beginnings {
	if b < utf8.RuneSelf {
		return &f.low
	}
	return &f.high
}

// newFilter returns the filter of patterns.
func newFilter(all []pattern) *filter {
	f := &filter{folds: newFolds()}
	for r := rune(utf8.RuneSelf); int(r) < len(f.bytes); r++ {
		switch a := f.folds[r]; {
		case a == parts:
		case a < marks:
			f.bytes[r] = byteOf(rune(a))
		default:
			f.bytes[r] = noByte
		}
	}
	for _, p := range all {
		if kindOf(p[0]) == ideograph {
			f.addSigns(p)
		} else {
			f.addWord(p)
		}
	}
	if f.always {
		for _, b := range [...]*beginnings{&f.low, &f.high} {
			for i := range b.words {
				b.words[i], b.brief[i] = ^uint64(0), ^uint64(0)
			}
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
	var key uint32
	n := 0
	for n < len(p) && n < 4 && kindOf(p[n]) == inWord {
		key |= uint32(byteOf(p[n])) << (8 * n)
		n++
	}
	open := n < 4 && n < len(p) && p[n] < 0
	if n == 1 && open {
		f.always = true
		return
	}
	side := f.side(byte(key))
	side.words.add(key, n, open)
	if six, ok := sixOf(p); ok {
		side.longer.set(hashSix(six))
	} else {
		side.brief.add(key, n, open)
	}
}

// add enters a key, and where any letters may follow, those with each of them.
// Words that mix alphabets in their first letters are looked at in any case.
func (b *bitmap) add(key uint32, n int, open bool) {
	b.set(hashKey(key))
	if !open || n == 4 {
		return
	}
	low, high := '0', 'z'
	switch alphabetOf(byte(key)) {
	case 1:
		low, high = russianBytes, arabicBytes-1
	case 2:
		low, high = arabicBytes, endOfBytes-1
	}
	for c := low; c <= high; c++ {
		if c >= utf8.RuneSelf || asciiWord(byte(c)) && c == c|0x20 {
			b.add(key|uint32(c)<<(8*n), n+1, true)
		}
	}
}

// sixOf returns the first six letters of a pattern that has as many, with a space
// between words.
func sixOf(p pattern) (uint64, bool) {
	if len(p) < 6 {
		return 0, false
	}
	var six uint64
	for i, r := range p[:6] {
		if r < 0 || kindOf(r) == ideograph {
			return 0, false
		}
		six |= uint64(byteOf(r)) << (8 * i)
	}
	return six, true
}

// knows returns 1 if a pattern may begin with a word, 0 if not. Eight holds its
// letters, those of the words after it and single spaces between them; first is
// how many bits its own letters take, regular whether six letters are known.
func (b *beginnings) knows(eight uint64, first uint, regular uint64) uint64 {
	key := hashKey(uint32(eight & (1<<min(first, 32) - 1)))
	six := b.longer.bit(hashSix(eight & (1<<48 - 1)))
	return b.words.bit(key) & (b.brief.bit(key) | six | (regular ^ 1))
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

// letter returns the folded letter of a word that stands at a place, with the
// place after it; 0 where the word is over, less where that takes a closer look.
func (f *filter) letter(text string, i int) (rune, int) {
	r, next := f.sign(text, i)
	if r == soft || r >= firstSign && r <= lastSign {
		return 0, i
	}
	return r, next
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

// pastSpace returns where a text goes on after spaces.
func pastSpace(text string, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}

func asciiWord(c byte) bool {
	return c-'0' < 10 || (c|0x20)-'a' < 26
}
