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
	slackBytes  = 2*blockBytes + 8 // what is read beyond the end
	every       = 0x0101010101010101
	highBits    = 0x80 * every
	lowerCase   = 0x20 * every

	twoBytesMask = 0xC0E0C0E0C0E0C0E0 // of four runes of two bytes
	twoBytes     = 0x80C080C080C080C0
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
	words, high := blockBits((*[blockBytes]byte)(w[:]))
	for at := 0; at < min(n, windowBytes); at += blockBytes {
		nextWords, nextHigh := blockBits((*[blockBytes]byte)(w[at+blockBytes:]))
		begins := words &^ (words<<1 | wordBefore)
		var named [blockBytes / 2]uint8 // words of which the first four letters are those of a pattern
		k := 0
		for ; begins != 0; begins &= begins - 1 {
			p := uint(bits.TrailingZeros64(begins))
			ends := ^(words>>p | nextWords<<(63-p)<<1)
			length := uint(bits.TrailingZeros64(ends|1<<4)) * 8
			key := (binary.LittleEndian.Uint64(w[at+int(p):at+int(p)+8]) | lowerCase) & (1<<length - 1)
			mixed := (high>>p | nextHigh<<(63-p)<<1) >> (length / 8) & 1 // no ASCII after fewer than four letters
			mixed &= uint64(length-32) >> 63
			named[k&31] = uint8(p)
			k += int(f.low.words.bit(hashKey(uint32(key))) | mixed)
		}
		if high|nextHigh<<60 == 0 {
			for _, p := range named[:k] {
				found = f.addASCII(w, from, at+int(p), found)
			}
		} else {
			named := named[:k]
			for runs := high &^ (high<<1 | highBefore); ; runs &= runs - 1 {
				p := uint8(bits.TrailingZeros64(runs)) // 64 if there are no more
				for len(named) > 0 && named[0] < p {
					if q := named[0]; (high>>q|nextHigh<<(63-q)<<1)&0xF != 0 {
						found = f.addMixed(text, from+at+int(q), found)
					} else {
						found = f.addASCII(w, from, at+int(q), found)
					}
					named = named[1:]
				}
				if runs == 0 {
					break
				}
				found = f.run(text, from+at+int(p), found)
			}
		}
		wordBefore, highBefore = words>>63, high>>63
		words, high = nextWords, nextHigh
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

// addASCII adds the word at a place of the window if a pattern may begin with it.
func (f *filter) addASCII(w *window, from, at int, found []int) []int {
	x := binary.LittleEndian.Uint64(w[at : at+8])
	const six = 1<<48 - 1
	ends := ^wordBytes(x) & highBits
	length := uint(bits.TrailingZeros64(ends)) &^ 7 // in bits; 64 if there is no end
	spaces := equalBytes(x, ' ') | equalBytes(x, '\'') | equalBytes(x, '-')
	odd := (ends&^spaces | spaces&(spaces>>8)) & six // signs, no ASCII, two spaces
	regular := (odd - 1) >> 63                       // 1 if there are none, since odd is less than 1<<48
	eight := (x | lowerCase) &^ (spaces >> 7 * 0x1F) // what parts words softly is a space
	if f.low.knows(eight, length, regular) != 0 {
		found = append(found, from+at)
	}
	return found
}

// addMixed adds the word at a place if a pattern may begin with it, which begins
// with ASCII and goes on with something else after fewer than four letters.
func (f *filter) addMixed(text string, i int, found []int) []int {
	if w, ok := f.spell(text, i); !ok || f.knowsAt(w, 0) != 0 {
		found = append(found, i)
	}
	return found
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
				i = f.onward(text, i+2)
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

// onward returns a place up to which a word goes on in letters of two bytes; it
// may go on further.
func (f *filter) onward(text string, i int) int {
	for i+8 <= len(text) {
		x := load(text, i)
		if x&twoBytesMask != twoBytes {
			return i
		}
		if _, letters := f.fourLetters(x); !letters {
			return i
		}
		i += 8
	}
	return i
}

// begins reports whether a pattern may begin with the word at a place, which
// begins with the letter first, of two bytes.
func (f *filter) begins(text string, i int, first byte) bool {
	if i+8 <= len(text) && !isCliticByte(first) {
		if x := load(text, i); x&twoBytesMask == twoBytes {
			key, letters := f.fourLetters(x)
			if letters && !f.side(byte(key)).words.has(hashKey(key)) {
				return false
			}
		}
	}
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

// fourLetters returns four runes of two bytes as a key, and whether all are letters of one alphabet.
func (f *filter) fourLetters(x uint64) (uint32, bool) {
	a, b := f.bytes[x&0x1F<<6|x>>8&0x3F], f.bytes[x>>16&0x1F<<6|x>>24&0x3F]
	c, d := f.bytes[x>>32&0x1F<<6|x>>40&0x3F], f.bytes[x>>48&0x1F<<6|x>>56&0x3F]
	one := alphabetOf(a)
	same := alphabetOf(b) == one && alphabetOf(c) == one && alphabetOf(d) == one
	return uint32(a) | uint32(b)<<8 | uint32(c)<<16 | uint32(d)<<24, same && min(a, b, c, d) >= leastByte
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
	return f.side(byte(w.eight)).knows(w.eight>>(8*at), 8*(w.first-at), regular)
}

// spell returns how a word begins, or that it has to be looked at. Hyphens and
// apostrophes are spaces.
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
				if c == ' ' || c == '\'' || c == '-' {
					b = ' '
				}
				i++
			case c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
				b = f.bytes[uint(c&0x1F)<<6|uint(text[i+1]&0x3F)]
				i += 2
			default:
				switch a, size := f.folds.at(text, i); {
				case text[i:i+size] == "’":
					b = ' '
					i += size
				case a != parts && !isSign(a):
					b = noByte
				}
			}
		}
		switch {
		case b == noByte:
			return w, w.first < 8 // behind its end it does not matter
		case b == noLetter || b == ' ':
			w.first = min(w.first, w.known)
			if b == noLetter || w.known > 0 && byte(w.eight>>(8*w.known-8)) == ' ' {
				return w, true
			}
		case w.known == 0:
			alphabet = alphabetOf(b)
		case w.first == 8 && alphabetOf(b) != alphabet:
			return w, false
		}
		w.eight |= uint64(b) << (8 * w.known)
		w.known++
	}
	return w, true
}

// isCliticByte is isClitic by the byte of a letter.
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

// load returns the eight bytes at a place of a text.
func load(text string, i int) uint64 {
	t := text[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}
