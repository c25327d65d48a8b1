package code

import (
	"math/bits"

	"github.com/soundings-survey/soundings/pipeline/code/letters"
)

// An opening is what a phrase is known by: its first word, the gap behind it, and
// two letters of the second. Words of one pattern are known by their letters.
const (
	openingWord = 14 // letters of the first word at most; with more, the second is not looked at
	openingNext = 2  // letters of the second
)

// hashOpening returns the hash of a word with what certainly follows.
func hashOpening(word, behind []byte) uint32 {
	signs := word[:min(len(word), openingWord)]
	if len(word) < openingWord && len(behind) > openingNext {
		signs = append(signs[:len(signs):len(signs)], behind[:1+openingNext]...)
	}
	return hashSigns(letters.Key(signs), letters.Key(signs[min(len(signs), 8):]))
}

// hashSigns returns the hash of sixteen signs.
func hashSigns(low, high uint64) uint32 {
	return hashKey(low ^ bits.RotateLeft64(high*mix, 29))
}

// mayOpen returns 1 if a pattern may begin with the word that stands at byte k of
// signs, else 0.
func (f *filter) mayOpen(s *letters.Signs, k int) uint64 {
	low, high := s.Key(k), s.Key(k+8)
	n := letters.InWord(low)
	n = min(n+letters.InWord(high)&-(n>>3), openingWord)
	behind := n + 1 + openingNext
	may := f.words.bit(hashSigns(low&firstOf[n][0], high&firstOf[n][1])) |
		f.words.bit(hashSigns(low&firstOf[behind][0], high&firstOf[behind][1])) |
		f.stems.bit(low) | letters.HasUnknown(low) | letters.HasUnknown(high)
	if s[k&7+n+1] == letters.End || s[k&7+n+2] == letters.End { // more stands there than was looked at
		may = 1
	}
	return may
}

// firstOf masks the first of sixteen signs, by how many.
var firstOf = func() (masks [openingWord + 1 + openingNext + 1][2]uint64) {
	for n := range masks {
		for i := range min(n, 16) {
			masks[n][i/8] |= 0xFF << (8 * (i % 8))
		}
	}
	return masks
}()

// stems holds the first letters of words that any ending may follow, four to eight of
// them: those that share four in one number.
type stems [1 << 11]uint64

const shortStem = letters.StemSigns

// stemKeys are the first letters of a key, four, five, six or eight of them, moved so
// that no two are the same.
func stemKeys(key uint64) [4]uint64 { return [...]uint64{key << 32, key << 24, key << 16, key} }

func (t *stems) set(stem []byte) {
	keys := stemKeys(letters.Key(stem))
	which := min(len(stem)-shortStem, 2)
	if len(stem) >= 8 {
		which = 3
	}
	t[keys[0]*mix>>53] |= 1 << stemBit(keys[which])
}

// bit returns 1 if the letters of a key may begin with one of them, else 0.
func (t *stems) bit(key uint64) uint64 {
	keys := stemKeys(key)
	of := t[keys[0]*mix>>53]
	return (of>>stemBit(keys[0]) | of>>stemBit(keys[1]) | of>>stemBit(keys[2]) | of>>stemBit(keys[3])) & 1
}

// stemBit returns which bit is a key's.
func stemBit(key uint64) uint64 { return key * mix >> 47 & 63 }
