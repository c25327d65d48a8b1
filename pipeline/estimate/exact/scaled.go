package exact

import (
	"math"
	"math/bits"
)

// AddScaled adds n·2^exp, and reports whether it could be held without loss
// and the total stayed in range.
func (s *Sum) AddScaled(n int64, exp int) bool {
	if n == 0 {
		return true
	}
	shift := exp + fraction
	sign := uint64(n >> 63)
	if shift < 0 {
		if shift <= -63 || n&(1<<uint(-shift)-1) != 0 {
			return false
		}
		n >>= uint(-shift)
		shift = 0
	}
	if shift > 255-64 {
		return false
	}
	var a [4]uint64
	at, off := shift>>6, uint(shift)&63
	a[at] = uint64(n) << off
	if at+1 < 4 {
		if off > 0 {
			a[at+1] = uint64(n >> (64 - off))
		} else {
			a[at+1] = sign
		}
		for i := at + 2; i < 4; i++ {
			a[i] = sign
		}
	} else if off > 0 && uint64(n>>(63-off)) != sign {
		return false
	}
	return s.add(a[0], a[1], a[2], a[3], 0)
}

// Short is an exact total in half the room: a signed fixed-point number of 128
// bits whose least bit is worth 2^-64. It holds what weights between some
// 2^-12 and 2^60 add up to. The zero Short is 0.
type Short struct{ hi, lo uint64 }

// AddScaled adds n·2^exp, and reports whether it could be held without loss and
// the total stayed in range; otherwise nothing was added.
func (s *Short) AddScaled(n int64, exp int) bool {
	shift := exp + 64
	if shift < 0 {
		if shift <= -63 || n&(1<<uint(-shift)-1) != 0 {
			return n == 0
		}
		n >>= uint(-shift)
		shift = 0
	}
	if n == 0 {
		return true
	}
	var hi, lo uint64
	switch {
	case shift == 0:
		hi, lo = uint64(n>>63), uint64(n)
	case shift < 64:
		hi, lo = uint64(n>>uint(64-shift)), uint64(n)<<uint(shift)
	case shift < 127 && uint64(n>>uint(127-shift)) == uint64(n>>63):
		hi = uint64(n) << uint(shift-64)
	default:
		return false
	}
	return s.add(hi, lo)
}

// Merge adds another total, and reports whether it stayed in range; otherwise
// nothing was added.
func (s *Short) Merge(o Short) bool { return s.add(o.hi, o.lo) }

func (s *Short) add(hi, lo uint64) bool {
	l, carry := bits.Add64(s.lo, lo, 0)
	h, _ := bits.Add64(s.hi, hi, carry)
	if int64((s.hi^h)&(hi^h)) < 0 {
		return false
	}
	s.hi, s.lo = h, l
	return true
}

// Sum returns the total with more room.
func (s Short) Sum() Sum {
	return Sum{word: [4]uint64{0, s.lo, s.hi, uint64(int64(s.hi) >> 63)}}
}

// Float64 returns the total rounded once, to the nearest float64, ties to even.
func (s Short) Float64() float64 {
	hi, lo := s.hi, s.lo
	negative := int64(hi) < 0
	if negative {
		var carry uint64
		lo, carry = bits.Add64(^lo, 1, 0)
		hi = ^hi + carry
	}
	var f float64
	switch {
	case hi != 0:
		lead := uint(bits.LeadingZeros64(hi))
		head, rest := hi<<lead|lo>>(64-lead), lo<<lead
		if rest != 0 {
			head |= 1 // so that what was cut off decides a tie
		}
		f = scaledBy(head, -int(lead))
	case lo != 0:
		f = scaledBy(lo, -64)
	}
	if negative {
		return -f
	}
	return f
}

// scaledBy returns n·2^exp, where the result is far from the ends of the range.
func scaledBy(n uint64, exp int) float64 {
	return math.Float64frombits(math.Float64bits(float64(n)) + uint64(exp)<<mantissa)
}

// AddHalves adds (hi·2^split + lo)·2^(shift-64), and reports whether the total
// stayed in range; otherwise nothing was added. Both shifts are under 127.
func (s *Short) AddHalves(hi, lo int64, shift, split uint) bool {
	h, l := shifted(lo, shift)
	h2, l2 := shifted(hi, shift+split)
	l, carry := bits.Add64(l, l2, 0)
	sum, _ := bits.Add64(h, h2, carry)
	if int64((h^sum)&(h2^sum)) < 0 || shift+split > 64 && uint64(hi>>(127-shift-split)) != uint64(hi>>63) {
		return false
	}
	return s.add(sum, l)
}

// shifted returns n·2^by as a number of 128 bits; what is above them is lost.
func shifted(n int64, by uint) (hi, lo uint64) {
	if by >= 64 {
		return uint64(n) << (by - 64), 0
	}
	return uint64(n >> 1 >> (63 - by)), uint64(n) << by
}
