// Package exact adds numbers without rounding, so that a total does not depend
// on the order in which its parts were added or merged.
package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// Sum is an exact total: a signed fixed-point number of 256 bits whose least
// bit is worth 2^-128. It holds values between -2^127 and 2^127 in 32 bytes,
// and two sums are equal (==) when their values are. The zero Sum is 0.
//
// Methods that add report false when the value was refused or the total left
// the range; the total must not be used afterwards. Where all values have the
// same sign, every order of adding and merging reports it alike.
type Sum struct {
	word [4]uint64 // two's complement, least significant word first
}

const (
	fraction = 128                   // bits below the point
	mantissa = 52                    // bits of a float64's mantissa
	bias     = 1023                  // of a float64's exponent
	limit    = bias + 126            // the exponent from which values are refused
	least    = bias + 52 - fraction  // the exponent at which a mantissa's last bit is worth 2^-128
	one      = uint64(1) << mantissa // the mantissa's implied bit
)

// Add adds x. Bits of x below 2^-128 are dropped, towards zero. NaN, the
// infinities and numbers of 2^126 and more are refused.
func (s *Sum) Add(x float64) bool {
	b := math.Float64bits(x)
	exponent := int(b>>mantissa) & 0x7ff
	if exponent >= limit {
		return false
	}
	m := b&(one-1) | one
	shift := exponent - least
	if shift < 0 {
		if shift < -mantissa || exponent == 0 {
			return true
		}
		m >>= uint(-shift)
		shift = 0
	}
	off := uint(shift) & 63
	lo, hi := m<<off, m>>(64-off)
	sign := uint64(int64(b) >> 63)
	lo, hi = lo^sign, hi^sign
	switch shift >> 6 {
	case 0:
		return s.add(lo, hi, sign, sign, sign&1)
	case 1:
		return s.add(sign, lo, hi, sign, sign&1)
	case 2:
		return s.add(sign, sign, lo, hi, sign&1)
	default:
		return s.add(sign, sign, sign, lo, sign&1)
	}
}

// AddInt adds a whole number.
func (s *Sum) AddInt(n int64) bool {
	return s.add(0, 0, uint64(n), uint64(n>>63), 0)
}

// Merge adds another sum.
func (s *Sum) Merge(o Sum) bool {
	return s.add(o.word[0], o.word[1], o.word[2], o.word[3], 0)
}

// Minus returns s - o. The difference of two sums of one sign is in range.
func (s Sum) Minus(o Sum) Sum {
	s.add(^o.word[0], ^o.word[1], ^o.word[2], ^o.word[3], 1)
	return s
}

// add adds a 256-bit number and a carry, and reports whether the total is in range.
func (s *Sum) add(a0, a1, a2, a3, carry uint64) bool {
	r0, carry := bits.Add64(s.word[0], a0, carry)
	r1, carry := bits.Add64(s.word[1], a1, carry)
	r2, carry := bits.Add64(s.word[2], a2, carry)
	r3, _ := bits.Add64(s.word[3], a3, carry)
	overflow := (s.word[3] ^ r3) & (a3 ^ r3)
	s.word[0], s.word[1], s.word[2], s.word[3] = r0, r1, r2, r3
	return int64(overflow) >= 0
}

// Zero reports whether the total is 0.
func (s Sum) Zero() bool { return s == Sum{} }

// Float64 returns the total rounded once, to the nearest float64, ties to even.
func (s Sum) Float64() float64 {
	w, negative := s.magnitude()
	top := 3
	for top > 0 && w[top] == 0 {
		top--
	}
	if w[top] == 0 {
		return 0
	}
	lead := uint(bits.LeadingZeros64(w[top]))
	head, rest := w[top]<<lead, uint64(0)
	if top > 0 {
		head |= w[top-1] >> (64 - lead)
		rest = w[top-1] << lead
	}
	for i := top - 2; i >= 0; i-- {
		rest |= w[i]
	}
	if rest != 0 {
		head |= 1 // so that what was cut off decides a tie
	}
	// Totals are far from the ends of the range of exponents: adding to the
	// exponent is to multiply by the power of two.
	f := math.Float64frombits(math.Float64bits(float64(head)) + uint64(64*top-int(lead)-fraction)<<mantissa)
	if negative {
		return -f
	}
	return f
}

// Split returns the total as hi + lo: hi is Float64 and lo the rest, rounded
// to the nearest float64. Together they hold it to 106 bits.
func (s Sum) Split() (hi, lo float64) {
	hi = s.Float64()
	if !s.Add(-hi) {
		return hi, 0
	}
	return hi, s.Float64()
}

// String returns the total in decimal digits, as many as tell it from all others.
func (s Sum) String() string {
	w, negative := s.magnitude()
	var n big.Int
	for i := 3; i >= 0; i-- {
		n.Lsh(&n, 64).Or(&n, new(big.Int).SetUint64(w[i]))
	}
	if negative {
		n.Neg(&n)
	}
	f := new(big.Float).SetPrec(256).SetInt(&n)
	return f.SetMantExp(f, -fraction).Text('f', -1)
}

// magnitude returns the absolute value, and whether the total is negative.
func (s Sum) magnitude() (w [4]uint64, negative bool) {
	if int64(s.word[3]) >= 0 {
		return s.word, false
	}
	return Sum{}.Minus(s).word, true
}
