package estimate

import (
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
	zero    []int64 // of the counted, how many have weight 0
	sum     []exact.Sum
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
	c.count = append(c.count, make([]int64, c.counts)...)
	c.zero = append(c.zero, make([]int64, c.counts)...)
	c.sum = append(c.sum, make([]exact.Sum, c.sums)...)
	return b
}

func (c *cells) countsAt(block int) []int64   { return c.count[block*c.counts:][:c.counts] }
func (c *cells) zerosAt(block int) []int64    { return c.zero[block*c.counts:][:c.counts] }
func (c *cells) sumsAt(block int) []exact.Sum { return c.sum[block*c.sums:][:c.sums] }

// merge adds the totals of o, whose group g is groups[g] here, and reports
// whether all sums stayed in range.
func (c *cells) merge(o *cells, groups []int32) bool {
	ok := true
	for place, from := range o.block {
		if from == none {
			continue
		}
		g := int(groups[place/c.domains])
		c.grow(g + 1)
		to := c.at(int32(g*c.domains + place%c.domains))
		count, zero, sum := c.countsAt(to), c.zerosAt(to), c.sumsAt(to)
		for i, n := range o.countsAt(int(from)) {
			count[i] += n
		}
		for i, n := range o.zerosAt(int(from)) {
			zero[i] += n
		}
		for i, s := range o.sumsAt(int(from)) {
			ok = sum[i].Merge(s) && ok
		}
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
