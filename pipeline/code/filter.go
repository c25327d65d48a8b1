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
	words  bitmap               // the keys of the first words of patterns
	brief  bitmap               // the keys of those that longer does not hold
	longer bitmap               // the first six letters, and spaces between words, of patterns that have as many
	signs  bitmap               // the first two ideographs
	opens  [1 << 16 / 64]uint64 // ideographs that may begin a pattern
	alone  [1 << 16 / 64]uint64 // ideographs that a pattern may begin with whatever follows
	bytes  [0x800]byte          // the letters of runes of two bytes
	clitic [256]byte            // 1 for letters that may be left aside
	folds  folds
	always bool // some pattern begins with so little that all words must be looked at
}

// Bytes that are no letters of the three alphabets. What parts words is a space,
// unless it parts phrases too. All other bytes from '0' on are letters.
const (
	noLetter byte = 0    // it parts words and phrases
	noSign   byte = 1    // nothing
	noByte   byte = 0x7F // a letter that has none
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

// newFilter returns the filter of patterns.
func newFilter(all []pattern) *filter {
	f := &filter{folds: newFolds()}
	for r := rune(utf8.RuneSelf); int(r) < len(f.bytes); r++ {
		f.bytes[r] = byteFor(f.folds[r])
	}
	for _, r := range "وفبلكا" {
		f.clitic[byteOf(r)] = 1
	}
	for _, p := range all {
		if kindOf(p[0]) == ideograph {
			f.addSigns(p)
		} else {
			f.addWord(p)
		}
	}
	if f.always {
		for i := range f.words {
			f.words[i], f.brief[i] = ^uint64(0), ^uint64(0)
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
	star := open && p[n] == anyEnding
	f.words.add(key, n, open, star)
	if six, ok := sixOf(p); ok {
		f.longer.set(hashSix(six))
	} else {
		f.brief.add(key, n, open, star)
	}
}

// add enters a key, and where letters may follow, those with each of them: with
// any behind a star, with those of its alphabet before an ending.
func (b *bitmap) add(key uint32, n int, open, star bool) {
	b.set(hashKey(key))
	if !open || n == 4 {
		return
	}
	for c := 0x30; c < endOfBytes; c++ {
		letter := c >= utf8.RuneSelf || asciiWord(byte(c)) && c == c|0x20
		if letter && (star || alphabetOf(byte(c)) == alphabetOf(byte(key))) {
			b.add(key|uint32(c)<<(8*n), n+1, true, star)
		}
	}
}

// alphabetOf returns a number for the alphabet that a byte is of.
func alphabetOf(b byte) int {
	switch {
	case b < russianBytes:
		return 0
	case b < arabicBytes:
		return 1
	}
	return 2
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
