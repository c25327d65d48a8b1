package code

import (
	"sync"
	"unicode/utf8"
)

// folds says what the runes of the basic plane fold to, without folding them:
// a letter, an ideograph, or a mark.
type folds []uint16

// What folds holds for a rune that does not fold to one letter.
const (
	parts  uint16 = 0xFFFF - iota // it parts words
	hidden                        // it folds to nothing
	many                          // it folds to several letters
	odd                           // it has to be folded
	marks  = odd                  // what is less is a letter
)

// allFolds is made when it is first needed, and is the same for all matchers.
var allFolds = sync.OnceValue(newFolds)

func newFolds() folds {
	f := make(folds, 1<<16)
	var buffer folded
	for i := range f {
		r := rune(i)
		f[i] = odd
		switch {
		case firstSign <= r && r <= lastSign:
			f[i] = uint16(r)
			continue
		case 0x3400 <= r && r < 0xF900: // other ideographs, scripts that no term is in, surrogates
			continue
		}
		buffer.reset()
		buffer.fold(string(r))
		switch {
		case len(buffer.runes) == 0:
			f[i] = hidden
		case kindOf(buffer.runes[0]) == between:
			f[i] = parts
		case kindOf(buffer.runes[0]) == ideograph:
		case len(buffer.runes) > 1:
			f[i] = many
		case buffer.runes[0] < rune(marks):
			f[i] = uint16(buffer.runes[0])
		}
	}
	for from, to := range traditionalSigns() {
		f[from] = uint16(to)
	}
	return f
}

// The ideographs that folds knows.
const (
	firstSign = 0x4E00
	lastSign  = 0x9FFF
)

// at returns what the rune at a place of a text folds to, or a mark, and how
// many bytes it takes.
func (f folds) at(text string, i int) (uint16, int) {
	c := text[i]
	if c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 {
		return f[rune(c&0x1F)<<6|rune(text[i+1]&0x3F)], 2
	}
	if c >= 0xE1 && c < 0xED && i+2 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80 {
		return f[rune(c&0x0F)<<12|rune(text[i+1]&0x3F)<<6|rune(text[i+2]&0x3F)], 3
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	if r < 0x10000 {
		return f[r], size
	}
	return odd, size
}

func isSign(a uint16) bool { return firstSign <= a && a <= lastSign }

// letters reports whether the rune at a place folds to letters of words, or to nothing.
func (f folds) letters(text string, i, size int) bool {
	var buffer folded
	buffer.fold(text[i : i+size])
	return len(buffer.runes) == 0 || kindOf(buffer.runes[0]) == inWord
}
