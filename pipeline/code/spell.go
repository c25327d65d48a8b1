package code

import (
	"encoding/binary"
	"unicode/utf8"
)

// spell writes the letters of a window, with those that come next, as bytes: one
// for each letter, and one for each sign that is not. What folds to nothing is
// left out. It returns how many bytes are of the window itself, and where the
// next one begins.
func (f *filter) spell(text string, from int, w *window) (own, next int) {
	w.signs = w.signs[:0]
	end := min(from+windowBytes, len(text))
	own = -1
	i, k := from, 0
	for i < len(text) {
		if i >= end {
			if own < 0 {
				own, next = k, i
			}
			if k >= own+8 {
				break
			}
		}
		if c := text[i]; c < utf8.RuneSelf {
			if i+8 <= len(text) {
				if x := load(text, i); x&highBits == 0 {
					if i < end && i+8 > end {
						own, next = k+end-i, end
					}
					keep := wordBytes(x) >> 7 * 0xFF
					comma := equalBytes(x, ',') >> 7 * 0xFF
					binary.LittleEndian.PutUint64(w.letters[k:k+8], (x|lowerCase)&keep|lowerCase&^keep&^comma)
					p := uint64(i-from)*0x0001000100010001 + 0x0003000200010000
					binary.LittleEndian.PutUint64(w.places[2*k:2*k+8], p)
					binary.LittleEndian.PutUint64(w.places[2*k+8:2*k+16], p+0x0004000400040004)
					i, k = i+8, k+8
					continue
				}
			}
			b := byte(' ')
			if asciiWord(c) {
				b = c | 0x20
			}
			w.put(k, b, i-from)
			i, k = i+1, k+1
			continue
		}
		if c := text[i]; c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 {
			b := f.bytes[uint(c&0x1F)<<6|uint(text[i+1]&0x3F)]
			w.put(k, b, i-from)
			i += 2
			if b != noSign {
				k++
			}
			continue
		}
		a, size := f.folds.at(text, i)
		b := noLetter
		switch {
		case isSign(a):
			if f.opens[a>>6]>>(a&63)&1 != 0 && i < end && (f.alone[a>>6]>>(a&63)&1 != 0 || f.beginsSigns(text, i+size, a)) {
				w.signs = append(w.signs, i)
			}
		case a == odd && f.folds.letters(text, i, size):
			b = noByte
		case a == odd:
			if i < end {
				w.signs = append(w.signs, i)
			}
		default:
			b = byteFor(a)
		}
		w.put(k, b, i-from)
		i += size
		if b != noSign {
			k++
		}
	}
	if own < 0 {
		own, next = k, i
	}
	clear(w.letters[k : k+2*blockBytes+8])
	return own, next
}

// put writes a letter and its place.
func (w *window) put(k int, b byte, place int) {
	w.letters[k] = b
	binary.LittleEndian.PutUint16(w.places[2*k:2*k+2], uint16(place))
}

// byteFor returns the byte for what a rune folds to.
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

// beginsSigns reports whether a pattern may begin with the ideograph a and what follows it.
func (f *filter) beginsSigns(text string, i int, a uint16) bool {
	if i == len(text) || text[i] < utf8.RuneSelf {
		return false
	}
	b, _ := f.folds.at(text, i)
	return b == hidden || b == odd || f.signs.has(hashSigns(a, b))
}
