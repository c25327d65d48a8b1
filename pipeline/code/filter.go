package code

import "unicode/utf8"

// filter finds the places of a text at which a pattern may begin, by their first
// eight letters. It may name too many, since what it names is looked at; it never
// leaves one out. Nearly all words go no further than here, so this, spell.go and
// scan.go are where the time is spent.
//
// A letter is a byte here, and what parts words is a space, so that eight of them
// are one number. The key of a word is its first eight letters, with zeros behind
// a shorter one. The filter holds the keys of all words that are patterns: of a
// term that is inflected those of all its forms. Of a phrase it holds the first
// eight signs, spaces and letters of further words among them; if these are not
// certain, the key of its first word. Where a star stands after fewer than eight
// letters it is the first five or six of them that are held.
type filter struct {
	begins small                // the first five letters of words, six signs of phrases
	words  bitmap               // the keys of words, eight signs of phrases
	stems  small                // the first letters of words that any ending may follow
	firsts small                // the keys of the first words of phrases
	pairs  small                // the first two ideographs
	alone  [1 << 16 / 64]uint64 // ideographs that a pattern may begin with whatever follows
	opens  [1 << 16 / 64]uint64 // ideographs that may begin a pattern
	bytes  [0x800]byte          // the letters of runes of two bytes
	runes  [256]rune            // what letters are in patterns
	clitic [256]uint8           // what letters are that may be left aside: a kind below, and aside
	folds  folds
}

// Bytes that are no letters of the three alphabets. What parts words is a space.
// All other bytes from '0' on are letters.
const (
	noLetter  byte = 0    // the text is over
	noSign    byte = 1    // nothing
	ideograms byte = 2    // one or more ideographs
	noByte    byte = 0x7F // a letter that has none
)

// The kinds of letters that may be left aside.
const (
	conjunction uint8 = 1 << iota
	preposition
	article
	aside
)

const keyLetters = 8

// bitmap holds hashes.
type bitmap [1 << 19 / 64]uint64

func (b *bitmap) set(h uint32) { b[h>>7] |= 1 << (h >> 1 & 63) }

// bit returns 1 if h is set, else 0.
func (b *bitmap) bit(h uint32) uint64 { return b[h>>7&(1<<13-1)] >> (h >> 1 & 63) & 1 }

// small is a bitmap for the nearest memory of a processor.
type small [1 << 17 / 64]uint64

func (b *small) set(h uint32) { b[h>>9] |= 1 << (h >> 3 & 63) }

func (b *small) bit(h uint32) uint64 { return b[h>>9&(1<<11-1)] >> (h >> 3 & 63) & 1 }

func hashKey(key uint64) uint32 { return uint32(key * 0x9E3779B97F4A7C15 >> 44) }

func hashPair(a, b uint16) uint32 { return hashKey(uint64(a)<<16 | uint64(b)) }

// The bytes of letters beyond ASCII.
const (
	russianBytes = 0x80
	arabicBytes  = 0xA0
	endOfBytes   = 0xD0
)

// byteOf returns the byte of a folded letter, noByte if it has none.
func byteOf(r rune) byte {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
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
	f := &filter{folds: allFolds()}
	for r := range rune(len(f.bytes)) {
		f.bytes[r] = byteFor(f.folds[r])
	}
	for r := 'я'; r >= '0'; r-- {
		f.runes[byteOf(r)] = r
	}
	for r := 'ي'; r >= 'ء'; r-- {
		f.runes[byteOf(r)] = r
	}
	f.runes[' '] = soft
	for kind, letters := range map[uint8]string{conjunction: "وف", preposition: "بلك", article: "ا"} {
		for _, r := range letters {
			f.clitic[byteOf(r)] = kind | aside
		}
	}
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
		f.pairs.set(hashPair(uint16(a), uint16(p[1])))
	} else {
		f.alone[a>>6] |= 1 << (a & 63)
	}
}

// addWord enters the first word of a pattern.
func (f *filter) addWord(p pattern) {
	var stem []byte
	for len(stem) < len(p) && kindOf(p[len(stem)]) == inWord && p[len(stem)] >= 0 {
		stem = append(stem, byteOf(p[len(stem)]))
	}
	if signs := literal(p); len(stem) < len(signs) && len(signs) == keyLetters {
		f.firsts.set(hashKey(keyOf(stem)))
		begin := shortStem
		if len(stem) < shortStem {
			begin = phraseSigns
		}
		f.begins.set(hashKey(keyOf(signs[:begin])))
		f.words.set(hashKey(keyOf(signs)))
		return
	}
	switch n := len(stem); {
	case n == len(p) || p[n] >= 0 || n >= keyLetters:
		f.enter(stem)
	case p[n] == anyEnding:
		f.addStem(stem)
	default:
		for _, e := range endings(p[n]) {
			word := stem[:n:n]
			for _, r := range e {
				word = append(word, byteOf(r))
			}
			f.enter(word)
		}
	}
}

// literal returns the first eight letters and spaces of a pattern, or those before
// what is neither.
func literal(p pattern) (signs []byte) {
	for _, r := range p[:min(len(p), keyLetters)] {
		b := byteOf(r)
		if r == soft {
			b = ' '
		}
		if r < 0 || b == noByte {
			break
		}
		signs = append(signs, b)
	}
	return signs
}

// enter enters a word.
func (f *filter) enter(word []byte) {
	f.begins.set(hashKey(keyOf(word[:min(len(word), shortStem)])))
	f.words.set(hashKey(keyOf(word)))
}

// keyOf returns the key of the first letters of a word.
func keyOf(letters []byte) (key uint64) {
	for i, b := range letters[:min(len(letters), keyLetters)] {
		key |= uint64(b) << (8 * i)
	}
	return key
}

// How many letters of a stem before a star are held, and how many signs of a phrase
// whose first word is short tell it from others at first sight.
const (
	shortStem   = 5
	longStem    = 6
	phraseSigns = 6
)

// addStem enters a stem that any ending may follow: one of fewer than five letters
// as a word, and with each letter that may follow.
func (f *filter) addStem(stem []byte) {
	switch n := len(stem); {
	case n < 3: // whatever begins so would be very many: every word is looked at
		for i := range f.stems {
			f.stems[i] = ^uint64(0)
		}
		for i := range f.begins {
			f.begins[i] = ^uint64(0)
		}
	case n >= shortStem:
		f.begins.set(hashKey(keyOf(stem[:shortStem])))
		f.stems.set(hashKey(keyOf(stem[:min(n, longStem)])))
	default:
		f.enter(stem)
		for c := '0'; c < endOfBytes; c++ {
			if c >= russianBytes || asciiWord(byte(c)) && c == c|0x20 || byte(c) == noByte {
				f.addStem(append(stem[:n:n], byte(c)))
			}
		}
	}
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

func asciiWord(c byte) bool {
	return c-'0' < 10 || (c|0x20)-'a' < 26
}
