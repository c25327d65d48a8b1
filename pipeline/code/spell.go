package code

import (
	"encoding/binary"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/code/letters"
)

// window is a part of a text, spelt.
type window struct {
	letters.Window
	signs   [len(letters.Window{}.Letters)]uint16 // where ideographs stand that a pattern may begin with
	found   int                                   // how many of signs there are
	unclear []int                                 // where letters are that have no byte
	packed  []letters.Signs
}

// lastLetters stand behind what is spelt, so that there is always something to read.
var lastLetters = func() (b [128]byte) {
	for i := range b {
		b[i] = '0'
	}
	return b
}()

// spell spells the window of a text that begins at from, with some bytes that come
// next. It returns how many bytes are of the window itself.
func (f *filter) spell(text string, from int, w *window) (own int) {
	w.found, w.unclear = 0, w.unclear[:0]
	rest := text[from:]
	own = f.letters(rest, 0, min(letters.WindowBytes, len(rest)), w)
	n := own
	if n < len(rest) {
		found := w.found
		n = f.letters(rest, own, min(own+letters.Ahead, len(rest)), w)
		w.found = found // the others are of the next window
	}
	tail := (*[len(lastLetters)]byte)(w.Letters[n:])
	*tail = lastLetters
	tail[0] = letters.End
	if n < len(rest) { // whoever reads on must look at the text
		tail[0] = letters.Unknown
	}
	return own
}

// letters spells a window from byte i up to end, or a few bytes more. It returns
// up to where.
func (f *filter) letters(text string, i, end int, w *window) int {
	for i < end {
		if text[i] < 0xE0 {
			n := f.alphabet.Spell(w.Letters[i:], text[i:], end-i)
			if i += n; i >= end {
				break
			}
		}
		if text[i] >= 0xE0 {
			n := f.threeBytes(text, i, end, w)
			if i, n = n, n-i; n > 0 {
				continue
			}
		}
		if text[i] >= utf8.RuneSelf {
			i = f.rune(text, i, w)
		}
	}
	return i
}

// threeBytes spells the runes of three bytes that stand at i, as far as they are
// ideographs, part words or are nothing, and notes the ideographs that a pattern may
// begin with. It returns where they end.
func (f *filter) threeBytes(text string, i, end int, w *window) int {
	const (
		fill       = uint32(letters.Fill) * 0x010101
		gap        = fill - uint32(letters.Fill) + uint32(letters.Gap)
		ideographs = uint32(letters.Ideographs) * 0x010101
	)
	n := w.found
	// The last ideograph, 0 behind a gap; 1 if a pattern may begin with it alone.
	last, alone := uint32(0), uint64(0)
	for ; i < end && i+3 <= len(text); i += 3 {
		x := load(text, i)
		a := x&0x0F<<12 | x>>2&0x0FC0 | x>>16&0x3F
		if x&0xC0C0F0 != 0x8080E0 || a < 0x0800 { // no rune of three bytes
			break
		}
		if a-firstSign <= lastSign-firstSign {
			w.signs[n] = uint16(i - 3)
			if last != 0 {
				n += int(alone | f.pairs.bit(hashPair(last, a)))
			}
			last, alone = a, f.alone[a>>6]>>(a&63)&1
			binary.LittleEndian.PutUint32(w.Letters[i:i+4], ideographs)
			continue
		}
		spelt := gap
		if f.folds[a] == hidden {
			spelt = fill
			alone |= f.opens(last)
		} else if f.folds[a] != parts {
			break
		}
		w.signs[n] = uint16(i - 3)
		n += int(alone)
		last, alone = 0, 0
		binary.LittleEndian.PutUint32(w.Letters[i:i+4], spelt)
	}
	if i < len(text) && text[i] >= utf8.RuneSelf {
		if a, _ := f.folds.at(text, i); i >= end || a == hidden || a == odd {
			alone |= f.opens(last)
		}
	}
	w.signs[n] = uint16(i - 3)
	w.found = n + int(alone)
	return i
}

// opens returns 1 if a pattern may begin with an ideograph, else 0.
func (f *filter) opens(sign uint32) uint64 { return f.leading[sign>>6] >> (sign & 63) & 1 }

// load returns the three bytes at a place of a text, and what may follow.
func load(text string, i int) uint32 {
	if i+4 <= len(text) {
		t := text[i : i+4]
		return uint32(t[0]) | uint32(t[1])<<8 | uint32(t[2])<<16 | uint32(t[3])<<24
	}
	return uint32(text[i]) | uint32(text[i+1])<<8 | uint32(text[i+2])<<16
}

// rune spells what stands at i, and returns where that ends.
func (f *filter) rune(text string, i int, w *window) int {
	a, size := f.folds.at(text, i)
	spelt := w.Letters[i : i+size]
	for k := range spelt {
		spelt[k] = letters.Fill
	}
	switch {
	case a == hidden:
		return i + size
	case a == parts:
		spelt[0] = letters.Gap
		return i + size
	case a == odd && !f.folds.letters(text, i, size):
		w.signs[w.found] = uint16(i)
		w.found++
		for k := range spelt {
			spelt[k] = letters.Ideographs
		}
		return i + size
	case a == many && size == 2:
		switch string(text[i : i+2]) {
		case "œ", "Œ":
			copy(spelt, "oe")
			return i + size
		case "æ", "Æ":
			copy(spelt, "ae")
			return i + size
		case "ß":
			copy(spelt, "ss")
			return i + size
		}
	case a < marks:
		spelt[0] = byteOf(rune(a))
		if spelt[0] != letters.Unknown {
			return i + size
		}
	}
	spelt[0] = letters.Unknown
	w.unclear = append(w.unclear, i)
	return i + size
}

// byteFor returns the byte for what a rune of two bytes folds to.
func byteFor(a uint16) byte {
	switch {
	case a == parts:
		return letters.Gap
	case a == hidden:
		return letters.Fill
	case a < marks:
		return byteOf(rune(a))
	}
	return letters.Unknown
}
