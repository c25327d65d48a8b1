package estimate

import (
	"math"
	"math/bits"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
)

// cells holds the totals of one item by one crossing: a block for each place
// (a group of the design and a domain) that has an answer, with as many counts
// and exact sums as its owner asks for, all in flat arrays.
type cells struct {
	domains int
	counts  int     // of each block
	sums    int     // of each block
	block   []int32 // block[group*domains+domain], or none
	count   []int64
	zero    []int64 // of the counted, how many have weight 0; nil while none has
	sum     []exact.Sum

	// In a cluster design totals are many. While all fit into half the room,
	// they are kept there, and sum is empty.
	short  bool
	shorts []exact.Short
}

// expect makes room for the blocks of so many groups, once.
func (c *cells) expect(groups int) {
	if groups == 0 || c.count != nil {
		return
	}
	blocks := groups * c.domains
	c.block = make([]int32, 0, blocks)
	c.count = make([]int64, 0, blocks*c.counts)
	if c.short {
		c.shorts = make([]exact.Short, 0, blocks*c.sums)
	}
}

// grow makes room for the places of so many groups.
func (c *cells) grow(groups int) {
	for len(c.block) < groups*c.domains {
		c.block = append(c.block, none)
	}
}

// at returns the block of a place, making it when there is none.
func (c *cells) at(place int32) int {
	if b := c.block[place]; b != none {
		return int(b)
	}
	return c.create(place)
}

func (c *cells) create(place int32) int {
	b := len(c.count) / c.counts
	c.block[place] = int32(b)
	c.count = extended(c.count, c.counts)
	if c.zero != nil {
		c.zero = extended(c.zero, c.counts)
	}
	if c.short {
		c.shorts = extended(c.shorts, c.sums)
	} else {
		c.sum = extended(c.sum, c.sums)
	}
	return b
}

// extended returns a slice with n more zeros.
func extended[T any](s []T, n int) []T {
	if len(s)+n <= cap(s) {
		s = s[:len(s)+n]
		clear(s[len(s)-n:])
		return s
	}
	return append(s, make([]T, n)...)
}

func (c *cells) countsAt(block int) []int64   { return c.count[block*c.counts:][:c.counts] }
func (c *cells) sumsAt(block int) []exact.Sum { return c.sum[block*c.sums:][:c.sums] }

// weightless notes that a response counted has no weight.
func (c *cells) weightless(at int) {
	if c.zero == nil {
		c.zero = make([]int64, len(c.count), cap(c.count))
	}
	c.zero[at]++
}

func (c *cells) zeros(at int) int64 {
	if c.zero == nil {
		return 0
	}
	return c.zero[at]
}

// weigh adds a weight to a sum.
func (c *cells) weigh(at int, w float64) bool {
	if c.short {
		if m, exp := parts(w); c.shorts[at].AddScaled(m, exp) {
			return true
		}
		c.widen()
	}
	return c.sum[at].Add(w)
}

// weighScaled adds n·2^exp to a sum.
func (c *cells) weighScaled(at int, n int64, exp int) bool {
	if c.short {
		if c.shorts[at].AddScaled(n, exp) {
			return true
		}
		c.widen()
	}
	return c.sum[at].AddScaled(n, exp)
}

// weighHalves adds what a lane adds up to.
func (c *cells) weighHalves(at int, hi, lo int64, exp int) bool {
	if c.short && exp >= -64 && exp <= 0 && c.shorts[at].AddHalves(hi, lo, uint(exp+64), laneBits) {
		return true
	}
	return c.weighScaled(at, lo, exp) && c.weighScaled(at, hi, exp+laneBits)
}

// float returns a sum, rounded.
func (c *cells) float(at int) float64 {
	if c.short {
		return c.shorts[at].Float64()
	}
	return c.sum[at].Float64()
}

// total returns a sum.
func (c *cells) total(at int) exact.Sum {
	if c.short {
		return c.shorts[at].Sum()
	}
	return c.sum[at]
}

// widen gives all sums more room.
func (c *cells) widen() {
	if !c.short {
		return
	}
	c.sum = make([]exact.Sum, len(c.shorts), cap(c.shorts))
	for i, s := range c.shorts {
		c.sum[i] = s.Sum()
	}
	c.short, c.shorts = false, nil
}

// parts returns x as m·2^exp, with m odd or 0.
func parts(x float64) (m int64, exp int) {
	b := math.Float64bits(x)
	e := int(b>>52) & 0x7ff
	m = int64(b & (1<<52 - 1))
	if e > 0 {
		m |= 1 << 52
	} else {
		e = 1
	}
	if m == 0 {
		return 0, 0
	}
	n := bits.TrailingZeros64(uint64(m))
	m >>= n
	if b>>63 != 0 {
		m = -m
	}
	return m, e - 1075 + n
}

// merge adds the totals of o, whose group g is groups[g] here, and reports
// whether all sums stayed in range.
func (c *cells) merge(o *cells, groups []int32) bool {
	ok := true
	if !o.short {
		c.widen()
	}
	if o.zero != nil && c.zero == nil {
		c.zero = make([]int64, len(c.count), cap(c.count))
	}
	for place, from := range o.block {
		if from == none {
			continue
		}
		g := int(groups[place/c.domains])
		c.grow(g + 1)
		to := c.at(int32(g*c.domains + place%c.domains))
		count := c.countsAt(to)
		for i, n := range o.countsAt(int(from)) {
			count[i] += n
		}
		if o.zero != nil {
			zero := c.zero[to*c.counts:]
			for i, n := range o.zero[int(from)*c.counts:][:c.counts] {
				zero[i] += n
			}
		}
		ok = c.mergeSums(to*c.sums, o, int(from)*c.sums) && ok
	}
	return ok
}

// mergeSums adds the sums of a block of o.
func (c *cells) mergeSums(at int, o *cells, from int) bool {
	done := 0
	if c.short { // then o is too
		to := c.shorts[at:][:c.sums]
		for i, s := range o.shorts[from:][:c.sums] {
			if !to[i].Merge(s) {
				break
			}
			done++
		}
		if done == c.sums {
			return true
		}
		c.widen()
	}
	ok := true
	for i := done; i < c.sums; i++ {
		ok = c.sum[at+i].Merge(o.total(from+i)) && ok
	}
	return ok
}

// parts returns the groups that have an answer in a domain.
func (c *cells) parts(domain int) []sampling.Part {
	var out []sampling.Part
	for place := domain; place < len(c.block); place += c.domains {
		if b := c.block[place]; b != none {
			out = append(out, sampling.Part{Group: int32(place / c.domains), Block: int(b)})
		}
	}
	return out
}
