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
	ends := ^wordBytes(x) & highBits
	length := uint(bits.TrailingZeros64(ends)) &^ 7 // in bits; 64 if there is no end
	lower := x | lowerCase
	key := uint32(lower & (1<<min(length, 32) - 1))
	mixed := x >> 7 >> (length & 31) & 1 // no ASCII after fewer than four letters
	if length >= 32 {
		mixed = 0
	}
	return f.words.bit(hashKey(key)) | mixed
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
	key, n := f.key(text, i)
	if n < 0 {
		return true
	}
	if !isCliticByte(first) {
		return f.words.has(hashKey(uint32(key)))
	}
	// The conjunction, the preposition and the article, each left aside if it is there.
	may := f.words.bit(hashKey(uint32(key)))
	if b := byte(key); b == byteOf('و') || b == byteOf('ف') {
		key >>= 8
		may |= f.words.bit(hashKey(uint32(key)))
	}
	b := byte(key)
	if b == byteOf('ب') || b == byteOf('ل') || b == byteOf('ك') {
		key >>= 8
		may |= f.words.bit(hashKey(uint32(key)))
	}
	switch {
	case byte(key) == byteOf('ا') && byte(key>>8) == byteOf('ل'):
		may |= f.words.bit(hashKey(uint32(key >> 16)))
	case byte(key) == byteOf('ل') && b == byteOf('ل'):
		may |= f.words.bit(hashKey(uint32(key >> 8)))
	}
	return may != 0
}

// key returns the first letters of a word, eight at most, and how many they are;
// less than 0 if the word has to be looked at.
func (f *filter) key(text string, i int) (uint64, int) {
	var key uint64
	var mixed byte
	n := 0
	for ; n < 8; n++ {
		var b byte
		switch {
		case i+1 >= len(text):
			if i < len(text) && asciiWord(text[i]) {
				return 0, -1
			}
			return key, n
		case text[i] >= 0xC2 && text[i] < 0xE0 && text[i+1]&0xC0 == 0x80:
			b = f.bytes[uint(text[i]&0x1F)<<6|uint(text[i+1]&0x3F)]
			i += 2
		case text[i] >= utf8.RuneSelf:
			a, _ := f.folds.at(text, i)
			if a == parts || isSign(a) {
				return key, n
			}
			return 0, -1
		case !asciiWord(text[i]):
			return key, n
		default:
			b = text[i]
			if b >= 'A' {
				b |= 0x20
			}
			i++
		}
		switch b {
		case noLetter:
			return key, n
		case noByte:
			return 0, -1
		}
		if n == 0 {
			mixed = b
		} else if (mixed^b)&0x80 != 0 {
			return 0, -1
		}
		key |= uint64(b) << (8 * n)
	}
	return key, n
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

// worth reports whether a place that scan named is worth a look: a word begins
// there, and if it is a short one of ASCII, the next one fits too.
func (f *filter) worth(text string, i int) bool {
	if text[i] >= utf8.RuneSelf {
		a, size := f.folds.at(text, i)
		return isSign(a) || a == odd && !f.folds.letters(text, i, size) || f.starts(text, i)
	}
	if i > 0 && text[i-1] >= utf8.RuneSelf && !f.starts(text, i) {
		return false
	}
	if i+8 > len(text) {
		return true
	}
	x := load(text, i)
	ends := ^wordBytes(x) & highBits
	length := bits.TrailingZeros64(ends) &^ 7
	if length >= 32 {
		return true
	}
	lower := x | lowerCase
	if f.short.has(hashKey(uint32(lower & (1<<length - 1)))) {
		return true
	}
	const six = 1<<48 - 1
	spaces := equalBytes(x, ' ')
	if ends&six&^spaces != 0 || spaces&(spaces>>8)&six != 0 {
		return true
	}
	return f.phrase.has(hashPhrase(lower & six))
}

// load returns the eight bytes at a place of a text.
func load(text string, i int) uint64 {
	t := text[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

// equalBytes returns the highest bit of each byte of x that is c, where x holds no
// byte beyond ASCII there.
func equalBytes(x uint64, c uint64) uint64 {
	d := x ^ c*every
	return ^((d &^ highBits) + 0x7F*every | d) & highBits
}

// starts reports whether a word begins at a place, or an ideograph stands there.
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
