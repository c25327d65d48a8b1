package code

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// window is a part of a text, spelt.
type window struct {
	letters [spelt + 2*blockBytes]byte
	places  [2 * spelt]byte // two for each letter: where it is in the window
	signs   [spelt]uint16   // places in the window of ideographs that a pattern may begin with
	found   int             // how many signs there are
	unclear uint64          // 1 if some letter has no byte
}

// spelt is how many letters a window has at most: some are two for one sign of
// two bytes, none is without a byte.
const spelt = windowBytes + 4*ahead + 2*blockBytes

// place returns where a letter is in the window.
func (w *window) place(k int) int { return int(binary.LittleEndian.Uint16(w.places[2*k : 2*k+2])) }

// put writes a letter and its place.
func (w *window) put(k int, b byte, place int) {
	w.letters[k] = b
	binary.LittleEndian.PutUint16(w.places[2*k:2*k+2], uint16(place))
}

// spell writes the letters of a window, with those that come next, as bytes: one
// for each letter, and one for what parts words. What folds to nothing is left
// out. It returns how many bytes are of the window itself, and where the next one
// begins.
func (f *filter) spell(text string, from int, w *window) (own, next int) {
	w.found, w.unclear = 0, 0
	next, own = f.letters(text, from, from, windowBytes, w, 0)
	i, k, found := next, own, w.found
	for k < own+ahead && i < min(len(text), next+4*ahead) {
		i, k = f.letters(text, from, i, 1, w, k)
	}
	w.found = found
	tail := w.letters[k : k+2*blockBytes]
	clear(tail)
	if i < len(text) { // whoever reads on must look at the text
		tail[0] = noByte
		if k < own+ahead {
			w.unclear = 1
		}
	}
	return own, next
}

// letters writes the letters of so many bytes of a text from i on, or a few more,
// the first as letter k of the window that begins at from. It returns the place
// in the text and the letter that come next.
func (f *filter) letters(text string, from, i, much int, w *window, k int) (int, int) {
	end := min(i+much, len(text))
	for i < end {
		if i+8 <= len(text) {
			x := load(text, i)
			binary.LittleEndian.PutUint64(w.letters[k:k+8], x&(wordBytes(x)>>7*0xFF)|lowerCase)
			p := uint64(i-from)*0x0001000100010001 + 0x0003000200010000
			binary.LittleEndian.PutUint64(w.places[2*k:2*k+8], p)
			binary.LittleEndian.PutUint64(w.places[2*k+8:2*k+16], p+0x0004000400040004)
			n := bits.TrailingZeros64(x&highBits) / 8
			i, k = i+n, k+n
			if n == 8 || i >= end {
				continue
			}
		} else if c := text[i]; c < utf8.RuneSelf {
			b := byte(' ')
			if asciiWord(c) {
				b = c | 0x20
			}
			w.put(k, b, i-from)
			i, k = i+1, k+1
			continue
		}
		before := i
		if c := text[i]; c < 0xE0 {
			i, k = f.twoBytes(text, from, i, end, w, k)
		} else if firstOfSigns <= c && c <= lastOfSigns {
			i, k = f.ideographs(text, from, i, end, w, k)
		}
		if i == before {
			i, k = f.rune(text, from, i, w, k)
		}
	}
	return i, k
}

// Four letters of two bytes: their bits that say so, and those that say which.
const (
	fourLetters = 0xC0E0C0E0C0E0C0E0
	fourBegin   = 0x80C080C080C080C0
	fourFirst   = 0x001F001F001F001F
	fourSecond  = 0x003F003F003F003F
)

// twoBytes writes the letters of two bytes each that stand at i, with single
// spaces between them.
func (f *filter) twoBytes(text string, from, i, end int, w *window, k int) (int, int) {
	for i < end && i+1 < len(text) {
		if i+8 <= len(text) {
			if x := load(text, i); x&fourLetters == fourBegin {
				x = x&fourFirst<<6 | x>>8&fourSecond
				four := uint32(f.bytes[x&0x7FF]) | uint32(f.bytes[x>>16&0x7FF])<<8 | uint32(f.bytes[x>>32&0x7FF])<<16 | uint32(f.bytes[x>>48&0x7FF])<<24
				if four&(highBits>>32) == highBits>>32 {
					binary.LittleEndian.PutUint32(w.letters[k:k+4], four)
					binary.LittleEndian.PutUint64(w.places[2*k:2*k+8], uint64(i-from)*0x0001000100010001+0x0006000400020000)
					i, k = i+8, k+4
					continue
				}
			}
		}
		c, d := text[i], text[i+1]
		if c == ' ' {
			w.put(k, ' ', i-from)
			i, k = i+1, k+1
			continue
		}
		if c-0xC2 >= 0xE0-0xC2 || d&0xC0 != 0x80 {
			break
		}
		b := f.bytes[uint(c&0x1F)<<6|uint(d&0x3F)]
		if b == noByte {
			break
		}
		w.put(k, b, i-from)
		i += 2
		if b != noSign {
			k++
		}
	}
	return i, k
}

// The first bytes of the ideographs that folds knows.
const (
	firstOfSigns = 0xE4
	lastOfSigns  = 0xE9
)

// ideographs writes the ideographs that stand at i, as one byte, and notes those
// that a pattern may begin with.
func (f *filter) ideographs(text string, from, i, end int, w *window, k int) (int, int) {
	first, last, before, n := i, i, uint16(0), w.found
	for i < end && i+2 < len(text) {
		c, d, e := text[i], text[i+1], text[i+2]
		if c < firstOfSigns || c > lastOfSigns || d&0xC0 != 0x80 || e&0xC0 != 0x80 {
			break
		}
		a := f.folds[uint16(c&0x0F)<<12|uint16(d&0x3F)<<6|uint16(e&0x3F)]
		if !isSign(a) {
			break
		}
		w.signs[n] = uint16(last - from)
		n += int(f.pairs.bit(hashPair(before, a)))
		w.signs[n] = uint16(i - from)
		n += int(f.alone[a>>6] >> (a & 63) & 1)
		last, before = i, a
		i += 3
	}
	if i == first {
		return i, k
	}
	if f.opens[before>>6]>>(before&63)&1 != 0 && i < len(text) && text[i] >= utf8.RuneSelf {
		if a, _ := f.folds.at(text, i); i >= end || a == hidden || a == odd {
			w.signs[n] = uint16(last - from)
			n++
		}
	}
	w.found = n
	w.put(k, ideograms, first-from)
	return i, k + 1
}

// rune writes what stands at i.
func (f *filter) rune(text string, from, i int, w *window, k int) (int, int) {
	a, size := f.folds.at(text, i)
	b := noByte
	switch {
	case a == hidden:
		return i + size, k
	case a == parts:
		b = ' '
	case a == odd && !f.folds.letters(text, i, size):
		w.signs[w.found] = uint16(i - from)
		w.found++
		b = ideograms
	case a == many && size == 2:
		switch text[i : i+2] {
		case "œ", "Œ":
			w.put(k, 'o', i-from)
			k, b = k+1, 'e'
		case "æ", "Æ":
			w.put(k, 'a', i-from)
			k, b = k+1, 'e'
		case "ß":
			w.put(k, 's', i-from)
			k, b = k+1, 's'
		}
	case a < marks:
		b = byteOf(rune(a))
	}
	if b == noByte {
		w.unclear = 1
	}
	w.put(k, b, i-from)
	return i + size, k + 1
}

// byteFor returns the byte for what a rune of two bytes folds to.
func byteFor(a uint16) byte {
	switch {
	case a == parts:
		return ' '
	case a == hidden:
		return noSign
	case a < marks:
		return byteOf(rune(a))
	}
	return noByte
}

// wordBytes returns the highest bit of each byte that is a letter or digit of ASCII.
func wordBytes(x uint64) uint64 {
	low := x &^ highBits
	letters := low | lowerCase
	letters = (letters + (0x80-'a')*every) &^ (letters + (0x7F-'z')*every)
	digits := (low + (0x80-'0')*every) &^ (low + (0x7F-'9')*every)
	return (letters | digits) &^ x & highBits
}

// load returns the eight bytes at a place of a text.
func load(text string, i int) uint64 {
	t := text[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}
