package estimate

import "math/bits"

// lane holds numbers as whole multiples of 2^exp in two halves, so that many of
// them can be added with plain integer additions and without loss: x is
// (hi·2^laneBits + lo)·2^exp, with lo at least 0.
type lane struct {
	exp int
	hi  []int32
	lo  []int64
}

// laneBits leaves room for chunkRows additions of lower halves, and laneSpan is
// how many bits there may be between the largest and the least of all numbers.
const (
	laneBits = 44
	laneSpan = laneBits + 31

	laneLeast = -128 // of exact sums: what is below is dropped number by number
)

// span is the range of bits that numbers take.
type span struct {
	least, most int // exponents of the least bit, and above the largest
	any         bool
}

func (s *span) include(x float64) {
	m, exp := parts(x)
	if m == 0 {
		return
	}
	top := exp + bits.Len64(uint64(max(m, -m)))
	if !s.any {
		s.least, s.most, s.any = exp, top, true
		return
	}
	s.least, s.most = min(s.least, exp), max(s.most, top)
}

// newLane makes a lane for numbers in that span, and reports whether they fit.
func newLane(s span, rows int) (lane, bool) {
	if s.any && (s.most-s.least > laneSpan || s.least < laneLeast) {
		return lane{}, false
	}
	return lane{exp: s.least, hi: make([]int32, rows), lo: make([]int64, rows)}, true
}

// put sets a number.
func (l *lane) put(at int32, x float64) {
	m, exp := parts(x)
	if m == 0 {
		return
	}
	shift := uint(exp - l.exp) // below laneSpan
	if shift >= laneBits {
		l.hi[at] = int32(m << (shift - laneBits))
		return
	}
	low := int64(uint64(m)<<shift) & (1<<laneBits - 1)
	l.lo[at] = low
	l.hi[at] = int32(m >> (laneBits - shift))
}
