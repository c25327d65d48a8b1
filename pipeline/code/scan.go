package code

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A text is scanned in windows, a window in blocks of 64 bytes. For a block, a bit
// for each byte says whether it is a letter or digit of ASCII, and another whether
// it is no ASCII. Words of ASCII are then found and judged without a branch for
// each, since where words end is what a processor cannot foresee.

const (
	blockBytes  = 64
	windowBytes = 64 * blockBytes
	slackBytes  = blockBytes + 8 // what is read beyond the end
	every       = 0x0101010101010101
	highBits    = 0x80 * every
	lowerCase   = 0x20 * every
)

// window is a part of a text with zeros behind its end.
type window [windowBytes + slackBytes]byte

// scan adds the places of a text at which a pattern may begin to found, in order,
// for words that begin in the window at from. Words of other scripts are followed
// beyond it. Some places may lie within words.
func (f *filter) scan(text string, from int, w *window, found []int) []int {
	n := copy(w[:], text[from:])
	if n < len(w) {
		clear(w[n:min(len(w), n+slackBytes)])
	}
	var wordBefore, highBefore uint64
	if from > 0 {
		c := text[from-1]
		if asciiWord(c) {
			wordBefore = 1
		}
		highBefore = uint64(c >> 7)
	}
	for at := 0; at < min(n, windowBytes); at += blockBytes {
		words, high := blockBits((*[blockBytes]byte)(w[at:]))
		begins := words &^ (words<<1 | wordBefore)
		wordBefore = words >> 63
		if high == 0 {
			highBefore = 0
			var hits [blockBytes / 2]uint8
			k := 0
			for begins != 0 {
				p := bits.TrailingZeros64(begins)
				begins &= begins - 1
				hits[k&31] = uint8(p)
				k += int(f.ascii(binary.LittleEndian.Uint64(w[at+p : at+p+8])))
			}
			for _, p := range hits[:k] {
				found = append(found, from+at+int(p))
			}
			continue
		}
		runs := high &^ (high<<1 | highBefore)
		highBefore = high >> 63
		for events := begins | runs; events != 0; events &= events - 1 {
			p := bits.TrailingZeros64(events)
			if high>>p&1 != 0 {
				found = f.run(text, from+at+p, found)
			} else if f.ascii(binary.LittleEndian.Uint64(w[at+p:at+p+8])) != 0 {
				found = append(found, from+at+p)
			}
		}
	}
	return found
}

// blockBits returns which bytes are letters or digits of ASCII, and which are no ASCII.
func blockBits(b *[blockBytes]byte) (words, high uint64) {
	for j := 0; j < blockBytes; j += 8 {
		x := binary.LittleEndian.Uint64(b[j : j+8])
		words |= bitsOf(wordBytes(x)) << j
		high |= bitsOf(x&highBits) << j
	}
	return words, high
}

// wordBytes returns the highest bit of each byte that is a letter or digit of ASCII.
func wordBytes(x uint64) uint64 {
	low := x &^ highBits
	letters := low | lowerCase
	letters = (letters + (0x80-'a')*every) &^ (letters + (0x7F-'z')*every)
	digits := (low + (0x80-'0')*every) &^ (low + (0x7F-'9')*every)
	return (letters | digits) &^ x & highBits
}

// bitsOf gathers the highest bits of eight bytes.
func bitsOf(high uint64) uint64 { return (high >> 7) * 0x0102040810204080 >> 56 }

// ascii returns 1 if a pattern may begin with the word of ASCII that eight bytes
// begin with, 0 if not.
func (f *filter) ascii(x uint64) uint64 {
	const six = 1<<48 - 1
	ends := ^wordBytes(x) & highBits
	length := uint(bits.TrailingZeros64(ends)) &^ 7 // in bits; 64 if there is no end
	spaces := equalBytes(x, ' ')
	odd := (ends&^spaces | spaces&(spaces>>8)) & six // signs, no ASCII, two spaces
	regular := (odd - 1) >> 63                       // 1 if there are none, since odd is less than 1<<48
	mixed := x >> 7 >> (length & 31) & uint64((length-32)>>63) & 1 // no ASCII after fewer than four letters
	return f.knows(x|lowerCase, length, regular) | mixed
}

// run looks at a run of runes that are no ASCII, from its beginning on.
func (f *filter) run(text string, i int, found []int) []int {
	inside := i > 0 && asciiWord(text[i-1])
	for i < len(text) && text[i] >= utf8.RuneSelf {
		c := text[i]
		if c < 0xE0 && c >= 0xC2 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 {
			switch b := f.bytes[uint(c&0x1F)<<6|uint(text[i+1]&0x3F)]; {
			case b >= leastByte:
				if !inside && f.begins(text, i, b) {
					found = append(found, i)
				}
				inside = true
				i += 2
				continue
			case b == noLetter:
				inside = false
				i += 2
				continue
			}
		}
		a, size := f.folds.at(text, i)
		switch {
		case a == parts:
			inside = false
		case a == hidden:
		case a == many, a < firstSign, a > lastSign && a < marks:
			if !inside {
				found = append(found, i)
			}
			inside = true
		case isSign(a):
			if f.opens[a>>6]>>(a&63)&1 != 0 && (f.alone[a>>6]>>(a&63)&1 != 0 || f.beginsSigns(text, i+size, a)) {
				found = append(found, i)
			}
			inside = false
		default:
			found = append(found, i)
			inside = false
		}
		i += size
	}
	return found
}

// begins reports whether a pattern may begin with the word at a place, which
// begins with the letter first, of two bytes.
func (f *filter) begins(text string, i int, first byte) bool {
	w, ok := f.spell(text, i)
	if !ok {
		return true
	}
	may := f.knowsAt(w, 0)
	if !isCliticByte(first) {
		return may != 0
	}
	// The conjunction, the preposition and the article, each left aside if it is there.
	at, b := uint(0), byte(w.eight)
	if b == byteOf('و') || b == byteOf('ف') {
		at++
		may |= f.knowsAt(w, at)
	}
	b = byte(w.eight >> (8 * at))
	if b == byteOf('ب') || b == byteOf('ل') || b == byteOf('ك') {
		at++
		may |= f.knowsAt(w, at)
	}
	c, d := byte(w.eight>>(8*at)), byte(w.eight>>(8*at+8))
	switch {
	case c == byteOf('ا') && d == byteOf('ل'):
		may |= f.knowsAt(w, at+2)
	case c == byteOf('ل') && b == byteOf('ل'):
		may |= f.knowsAt(w, at+1)
	}
	return may != 0
}

// opening is how a word begins.
type opening struct {
	eight uint64 // letters, and those of the words after it with a space between
	first uint   // how many of them are its own
	known uint   // how many are known
}

func (f *filter) knowsAt(w opening, at uint) uint64 {
	if at >= w.first {
		return 0
	}
	regular := uint64(0)
	if w.known >= at+6 {
		regular = 1
	}
	return f.knows(w.eight>>(8*at), 8*(w.first-at), regular)
}

// spell returns how a word begins, or that it has to be looked at.
func (f *filter) spell(text string, i int) (opening, bool) {
	w := opening{first: 8}
	var alphabet byte
	for w.known < 8 {
		b := byte(noLetter)
		if i < len(text) {
			switch c := text[i]; {
			case c < utf8.RuneSelf:
				if asciiWord(c) {
					b = c | 0x20
				}
				if c == ' ' && w.known > 0 && byte(w.eight>>(8*w.known-8)) != ' ' {
					b = ' '
				}
				i++
			case c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
				b = f.bytes[uint(c&0x1F)<<6|uint(text[i+1]&0x3F)]
				i += 2
			default:
				if a, _ := f.folds.at(text, i); a != parts && !isSign(a) {
					b = noByte
				}
			}
		}
		switch {
		case b == noByte:
			return w, w.first < 8 // behind its end it does not matter
		case b == noLetter || b == ' ':
			w.first = min(w.first, w.known)
			if b == noLetter {
				return w, true
			}
		case w.known == 0:
			alphabet = b & 0x80
		case b&0x80 != alphabet && w.first == 8:
			return w, false
		}
		w.eight |= uint64(b) << (8 * w.known)
		w.known++
	}
	return w, true
}

// isCliticByte is isClitic by the byte of a letter. Letters of other alphabets
// share their bytes with them, which does no harm.
func isCliticByte(b byte) bool {
	return b == byteOf('و') || b == byteOf('ف') || b == byteOf('ب') || b == byteOf('ل') || b == byteOf('ك') || b == byteOf('ا')
}

// beginsSigns reports whether a pattern may begin with the ideograph a and what follows it.
func (f *filter) beginsSigns(text string, i int, a uint16) bool {
	if i == len(text) || text[i] < utf8.RuneSelf {
		return false
	}
	b, _ := f.folds.at(text, i)
	return b == hidden || b == odd || f.signs.has(hashSigns(a, b))
}

// opensWord reports whether at a place that scan named a word begins, or an
// ideograph stands there.
func (f *filter) opensWord(text string, i int) bool {
	if text[i] >= utf8.RuneSelf {
		a, size := f.folds.at(text, i)
		return isSign(a) || a == odd && !f.folds.letters(text, i, size) || f.starts(text, i)
	}
	return i == 0 || text[i-1] < utf8.RuneSelf || f.starts(text, i)
}

// equalBytes returns the highest bit of each byte of x that is c, where x holds no
// byte beyond ASCII there.
func equalBytes(x uint64, c uint64) uint64 {
	d := x ^ c*every
	return ^((d &^ highBits) + 0x7F*every | d) & highBits
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
