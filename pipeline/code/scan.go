package code

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A text is scanned in windows. A window is first spelt with a byte for each
// letter; then a bit for each byte says whether it is of a word, and the words
// are judged by their first four letters without a branch for each, since where
// words end is what a processor cannot foresee.

const (
	windowBytes = 4096 // of the text
	blockBytes  = 64
	ahead       = 2 * blockBytes // letters that are spelt beyond the window, at least eight of them

	every     = 0x0101010101010101
	highBits  = 0x80 * every
	lowerCase = 0x20 * every
)

// window is a part of a text, spelt.
type window struct {
	letters [windowBytes + ahead + 2*blockBytes]byte
	places  [2 * (windowBytes + ahead + 2*blockBytes)]byte // two for each letter: where it is in the window
	signs   []int                                          // places in the text of ideographs that a pattern may begin with
}

// place returns where a letter is in the window.
func (w *window) place(k int) int { return int(binary.LittleEndian.Uint16(w.places[2*k : 2*k+2])) }

// scan adds the places of a text at which a pattern may begin to found, in order,
// for what begins in the window at from. It returns where the next window begins.
func (f *filter) scan(text string, from int, w *window, found []int) ([]int, int) {
	own, next := f.spell(text, from, w)
	before := uint64(0) // 1 if a word goes on
	if from > 0 && !f.starts(text, from) {
		before = 1
	}
	signs := w.signs
	words := wordBits((*[blockBytes]byte)(w.letters[:]))
	for at := 0; at < own; at += blockBytes {
		following := wordBits((*[blockBytes]byte)(w.letters[at+blockBytes:]))
		begins := words &^ (words<<1 | before)
		if rest := own - at; rest < blockBytes {
			begins &= 1<<rest - 1
		}
		var named [blockBytes / 2]uint8
		k := 0
		for ; begins != 0; begins &= begins - 1 {
			p := uint(bits.TrailingZeros64(begins))
			x := binary.LittleEndian.Uint32(w.letters[at+int(p) : at+int(p)+4])
			ends := ^(words>>p | following<<(63-p)<<1) | 1<<4
			key := x & uint32(1<<(8*bits.TrailingZeros64(ends))-1)
			named[k&31] = uint8(p)
			k += int(f.words.bit(hashKey(key)) | uint64(f.clitic[byte(key)]) | unusual(key))
		}
		for _, p := range named[:k] {
			if f.may(binary.LittleEndian.Uint64(w.letters[at+int(p) : at+int(p)+8])) {
				place := from + w.place(at+int(p))
				for len(signs) > 0 && signs[0] < place {
					found, signs = append(found, signs[0]), signs[1:]
				}
				found = append(found, place)
			}
		}
		before, words = words>>63, following
	}
	return append(found, signs...), next
}

// wordBits returns which bytes are letters.
func wordBits(b *[blockBytes]byte) (words uint64) {
	for j := 0; j < blockBytes; j += 8 {
		words |= bitsOf(lettersIn(binary.LittleEndian.Uint64(b[j:j+8]))) << j
	}
	return words
}

// lettersIn returns the highest bit of each byte that is a letter.
func lettersIn(x uint64) uint64 { return ((x &^ highBits) + (0x80-'0')*every | x) & highBits }

// wordBytes returns the highest bit of each byte that is a letter or digit of ASCII.
func wordBytes(x uint64) uint64 {
	low := x &^ highBits
	letters := low | lowerCase
	letters = (letters + (0x80-'a')*every) &^ (letters + (0x7F-'z')*every)
	digits := (low + (0x80-'0')*every) &^ (low + (0x7F-'9')*every)
	return (letters | digits) &^ x & highBits
}

// equalBytes returns the highest bit of each byte of x that is c.
func equalBytes(x, c uint64) uint64 {
	d := x ^ c*every
	return ^((d &^ highBits) + 0x7F*every | d) & highBits
}

// bitsOf gathers the highest bits of eight bytes.
func bitsOf(high uint64) uint64 { return (high >> 7) * 0x0102040810204080 >> 56 }

// unusual returns 1 if a key holds a letter without a byte of its own; at times also if not.
func unusual(key uint32) uint64 {
	d := key ^ uint32(noByte)*0x01010101
	d = (d - 0x01010101) &^ d & 0x80808080
	return uint64(d>>7|d>>15|d>>23|d>>31) & 1
}

// may reports whether a pattern may begin with the word that eight bytes begin
// with, or within it behind what is written onto Arabic words.
func (f *filter) may(x uint64) bool {
	first := uint(bits.TrailingZeros64(^lettersIn(x)&highBits)) / 8
	spaces := equalBytes(x, ' ')
	unclear := (spaces&(spaces>>8) | equalBytes(x, uint64(noByte))) // more than one space, letters without a byte
	if f.knows(x, first, unclear) {
		return true
	}
	if f.clitic[byte(x)] == 0 {
		return false
	}
	at, b := uint(0), byte(x)
	if b == byteOf('و') || b == byteOf('ف') {
		at++
		if at < first && f.knows(x>>(8*at), first-at, unclear>>(8*at)) {
			return true
		}
	}
	b = byte(x >> (8 * at))
	if b == byteOf('ب') || b == byteOf('ل') || b == byteOf('ك') {
		at++
		if at < first && f.knows(x>>(8*at), first-at, unclear>>(8*at)) {
			return true
		}
	}
	c, d := byte(x>>(8*at)), byte(x>>(8*at+8))
	switch {
	case c == byteOf('ا') && d == byteOf('ل'):
		at += 2
	case c == byteOf('ل') && b == byteOf('ل'):
		at++
	default:
		return false
	}
	return at < first && f.knows(x>>(8*at), first-at, unclear>>(8*at)|lastBytes(at))
}

// lastBytes says that of six letters behind so many of eight some are not known.
func lastBytes(at uint) uint64 {
	if at > 2 {
		return highBits
	}
	return 0
}

// knows reports whether a pattern may begin with a word: by the four letters that
// are its own, at most, and by six with those of the words after it, where none
// of these is unclear.
func (f *filter) knows(x uint64, own uint, unclear uint64) bool {
	const six = 1<<48 - 1
	key := uint32(x & (1<<(8*min(own, 4)) - 1))
	if unusual(key) != 0 {
		return true
	}
	h := hashKey(key)
	return f.words.has(h) && (unclear&six != 0 || f.brief.has(h) || f.longer.has(hashSix(x&six)))
}

// starts reports whether no word goes on at a place.
func (f *filter) starts(text string, i int) bool {
	for i > 0 {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
		if c := text[i]; c < utf8.RuneSelf {
			return !asciiWord(c)
		}
		switch a, size := f.folds.at(text, i); {
		case a == hidden:
		case a == parts, isSign(a):
			return true
		case a == odd:
			return !f.folds.letters(text, i, size)
		default:
			return false
		}
	}
	return true
}

// load returns the eight bytes at a place of a text.
func load(text string, i int) uint64 {
	t := text[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}
