package code

import "unicode/utf8"

// folds says what the runes of alphabets and punctuation fold to, without
// folding them: the first 0x3400 runes, and those from 0xF900 on.
type folds []uint16

const (
	lowRunes  = 0x3400
	highRunes = 0xF900
)

// What folds holds for a rune that does not fold to one letter.
const (
	parts  uint16 = 0xFFFF - iota // it parts words
	hidden                        // it folds to nothing
	many                          // it folds to several letters
	odd                           // it has to be folded
	marks  = odd                  // what is less is a letter
)

func newFolds() folds {
	f := make(folds, lowRunes+0x10000-highRunes)
	var buffer folded
	for i := range f {
		r := rune(i)
		if r >= lowRunes {
			r += highRunes - lowRunes
		}
		buffer.reset()
		buffer.fold(string(r))
		f[i] = odd
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
	return f
}

// at returns what the rune at a place of a text folds to, or a mark, and how
// many bytes it takes.
func (f folds) at(text string, i int) (uint16, int) {
	c := text[i]
	if c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 {
		return f[rune(c&0x1F)<<6|rune(text[i+1]&0x3F)], 2
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case r < lowRunes:
		return f[r], size
	case r >= highRunes && r < 0x10000:
		return f[r-highRunes+lowRunes], size
	}
	return odd, size
}

// letters reports whether the rune at a place folds to letters of words, or to nothing.
func (f folds) letters(text string, i, size int) bool {
	var buffer folded
	buffer.fold(text[i : i+size])
	return len(buffer.runes) == 0 || kindOf(buffer.runes[0]) == inWord
}
