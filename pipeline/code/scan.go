package code

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A text is scanned in windows. A window is first spelt with a byte for each
// letter; then a bit for each byte says whether it is of a word, and the words
// are held against the filter without a branch for each, since where words end is
// what a processor cannot foresee.

const (
	windowBytes = 4096 // of the text, or a few more
	blockBytes  = 64
	ahead       = 24 // letters that are spelt beyond the window, at least

	every     = 0x0101010101010101
	highBits  = 0x80 * every
	lowerCase = 0x20 * every
)

// scan adds the places of a text at which a pattern may begin to found, in order,
// for what begins in the window at from. It returns where the next window begins.
func (m *Matcher) scan(text string, from int, w *window, found []int) ([]int, int) {
	f := m.filter
	own, next := f.spell(text, from, w)
	before := uint64(0) // 1 if a word goes on
	if from > 0 && !f.starts(text, from) {
		before = 1
	}
	signs := w.signs[:w.found]
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
			x := binary.LittleEndian.Uint64(w.letters[at+int(p) : at+int(p)+8])
			named[k&31] = uint8(p)
			gaps := ^lettersIn(x) & highBits
			end := bits.TrailingZeros64(gaps|1<<(8*shortStem)) &^ 7
			may := f.begins.bit(hashKey(x&(1<<end-1))) | f.begins.bit(hashKey(x&phrase)) | twoGaps(gaps&phrase) | w.unclear
			if f.clitic[byte(x)] != 0 {
				word := w.letters[at+int(p) : at+int(p)+12]
				a, b, c := f.behind(word)
				may |= f.glance(binary.LittleEndian.Uint64(word[a:])) | f.glance(binary.LittleEndian.Uint64(word[b:])) | f.glance(binary.LittleEndian.Uint64(word[c:]))
			}
			k += int(may)
		}
		for _, p := range named[:k] {
			if !m.hopes(w, at+int(p)) {
				continue
			}
			place := from + w.place(at+int(p))
			n := 0
			for n < len(signs) && from+int(signs[n]) < place {
				n++
			}
			found, signs = append(m.noted(text, from, signs[:n], found), place), signs[n:]
		}
		before, words = words>>63, following
	}
	return m.noted(text, from, signs, found), next
}

const phrase = 1<<(8*phraseSigns) - 1 // the bytes of a phrase that are looked at first

// glance returns 0 if no pattern begins with the word that eight bytes begin with,
// by what the nearest memory of a processor holds, and 1 if one may.
func (f *filter) glance(x uint64) uint64 {
	gaps := ^lettersIn(x) & highBits
	end := bits.TrailingZeros64(gaps|1<<(8*shortStem)) &^ 7
	return f.begins.bit(hashKey(x&(1<<end-1))) | f.begins.bit(hashKey(x&phrase)) | twoGaps(gaps&phrase)
}

// may returns 1 if a pattern may begin with the word that eight bytes begin with,
// else 0.
func (f *filter) may(x uint64) uint64 {
	const short, long = 1<<(8*shortStem) - 1, 1<<(8*longStem) - 1
	gaps := ^lettersIn(x) & highBits
	word := hashKey(x & (1<<(bits.TrailingZeros64(gaps)&^7) - 1))
	return f.words.bit(word) | f.words.bit(hashKey(x)) | f.stems.bit(hashKey(x&short)) | f.stems.bit(hashKey(x&long)) |
		f.firsts.bit(word)&twoGaps(gaps)
}

// twoGaps returns 1 if there are two in a row among the highest bits of eight
// bytes, else 0: a space of a phrase may stand for more than one sign.
func twoGaps(gaps uint64) uint64 {
	two := gaps & (gaps >> 8)
	return (two | -two) >> 63
}

// behind returns the three places at most at which clitics lets an Arabic word
// begin, or 0 or one of them twice in place of what there is not.
func (f *filter) behind(word []byte) (conjoined, prefixed, named uint8) {
	conjoined = f.clitic[word[0]] & conjunction
	first := word[conjoined]
	prefixed = conjoined + f.clitic[first]&preposition>>1
	switch a, b := word[prefixed], word[prefixed+1]; {
	case a == alef && b == lam:
		return conjoined, prefixed, prefixed + 2
	case a == lam && first == lam:
		return conjoined, prefixed, prefixed + 1
	}
	return conjoined, prefixed, prefixed
}

const (
	alef = byte(arabicBytes + 'ا' - 'ء')
	lam  = byte(arabicBytes + 'ل' - 'ء')
)

// wordBits returns which bytes are letters.
func wordBits(b *[blockBytes]byte) (words uint64) {
	for j := 0; j < blockBytes; j += 8 {
		words |= bitsOf(lettersIn(binary.LittleEndian.Uint64(b[j:j+8]))) << j
	}
	return words
}

// lettersIn returns the highest bit of each byte that is a letter.
func lettersIn(x uint64) uint64 { return ((x &^ highBits) + (0x80-'0')*every | x) & highBits }

// bitsOf gathers the highest bits of eight bytes.
func bitsOf(high uint64) uint64 { return (high >> 7) * 0x0102040810204080 >> 56 }

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
