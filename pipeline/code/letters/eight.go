package letters

import "math/bits"

// Eight signs are looked at as one number: a key.

const (
	every    = 0x0101010101010101
	highBits = 0x80 * every
)

// lettersIn returns the highest bit of each byte that is a letter.
func lettersIn(x uint64) uint64 { return ((x &^ highBits) + (0x80-'0')*every | x) & highBits }

// Key returns eight signs as one number, with zeros behind fewer.
func Key(signs []byte) (key uint64) {
	for i, b := range signs[:min(len(signs), 8)] {
		key |= uint64(b) << (8 * i)
	}
	return key
}

// InWord returns how many of the eight signs of a key stand before the first that is
// no letter.
func InWord(key uint64) int { return bits.TrailingZeros64(^lettersIn(key)&highBits) >> 3 }

// Eight times Fill, and Ideographs.
const (
	fill8       = uint64(Fill) * every
	ideographs8 = uint64(Ideographs) * every
)

// zeros returns the highest bit of each byte that is 0.
func zeros(x uint64) uint64 { return ^((x &^ highBits) + ^uint64(highBits) | x) & highBits }

// gathered gathers the highest bits of eight bytes.
func gathered(high uint64) uint64 { return (high >> 7) * 0x0102040810204080 >> 56 }

// HasUnknown returns 1 if one of the eight signs of a key is Unknown, else 0.
func HasUnknown(key uint64) uint64 {
	x := key ^ uint64(Unknown)*every
	found := (x - every) &^ x & highBits
	return (found | -found) >> 63
}
