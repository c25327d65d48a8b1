package estimate

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// chunkRows is how many responses are gathered before they are put in the order
// of their groups, so that the totals of a group are added up while they are at
// hand, and written to memory once.
const chunkRows = 1 << 18

// chunk holds what is needed of the responses of some batches, as they came.
type chunk struct {
	rows     int
	group    []int32
	weighted bool
	weight   []float64
	codes    map[string][]uint8 // answers to single-choice items
}

// gather appends a batch. items are the single-choice items that are needed,
// with how many choices they have.
func (c *chunk) gather(b *dataset.Batch, group []int32, weight []float64, items map[string]int) {
	if c.codes == nil {
		c.codes = map[string][]uint8{}
	}
	c.rows += len(group)
	c.group = append(c.group, group...)
	c.weighted = c.weighted || len(weight) > 0
	c.weight = append(c.weight, weight...)
	for item, choices := range items {
		c.codes[item] = appendCodes(c.codes[item], b.Column(item), choices)
	}
}

// appendCodes appends the answers to a single-choice item: the code of a choice
// or, above the choices, the reason why there is none.
func appendCodes(to []uint8, col *dataset.Column, choices int) []uint8 {
	from := len(to)
	to = slices.Grow(to, len(col.Reasons))[:from+len(col.Reasons)]
	out, codes := to[from:], col.Codes[:len(col.Reasons)]
	for i, reason := range col.Reasons {
		code := codes[i]
		switch {
		case reason != survey.Answered:
			code = int32(choices + int(reason))
		case uint(code) >= uint(choices):
			code = int32(choices + int(survey.Invalid))
		}
		out[i] = uint8(code)
	}
	return to
}

// clear leaves the chunk empty, keeping its room.
func (c *chunk) clear() {
	c.rows, c.group, c.weight = 0, c.group[:0], c.weight[:0]
	for item, codes := range c.codes {
		c.codes[item] = codes[:0]
	}
}

// ordered is a chunk in the order of groups.
type ordered struct {
	from    *chunk
	runs    []stretch
	rows    int
	at      []int32 // of each response: its place, or none
	weights bool
	weight  lane // Σw
	square  lane // Σw², rounded to a float64, and
	residue lane // what that took, where it is asked for
	exact   bool // residues are there
	sorted  map[string][]uint8
	absent  map[string][]int32 // who did not answer an item
	squares map[string]halves  // Σw² by the choices of an item; of everybody under ""
}

// stretch is the responses of one group.
type stretch struct {
	group    int32
	from, to int32
}

// order puts a chunk in the order of groups. It reports false where the weights
// spread too far for lanes; such a chunk is counted one response at a time.
func (c *chunk) order(groups int, exact bool) (*ordered, bool) {
	o := &ordered{from: c, sorted: map[string][]uint8{}, absent: map[string][]int32{}, squares: map[string]halves{}, at: make([]int32, c.rows), weights: c.weighted, exact: exact}
	next := make([]int32, groups+1)
	for _, g := range c.group {
		if g != none {
			next[g+1]++
		}
	}
	for g := range groups {
		n := next[g+1]
		next[g+1] += next[g]
		if n > 0 {
			o.runs = append(o.runs, stretch{int32(g), next[g], next[g+1]})
		}
	}
	o.rows = int(next[groups])
	for i, g := range c.group {
		o.at[i] = none
		if g != none {
			o.at[i] = next[g]
			next[g]++
		}
	}
	return o, o.weigh()
}

// weigh fills the lanes of weights, and reports whether they can be.
func (o *ordered) weigh() bool {
	if !o.weights {
		return true
	}
	square, residue := squares(o.from.weight, o.exact)
	var w, s, r span
	for i, x := range o.from.weight {
		if x == 0 {
			return false
		}
		w.include(x)
		s.include(square[i])
		if o.exact {
			r.include(residue[i])
		}
	}
	var fits [3]bool
	o.weight, fits[0] = newLane(w, o.rows)
	o.square, fits[1] = newLane(s, o.rows)
	if fits[2] = true; o.exact {
		o.residue, fits[2] = newLane(r, o.rows)
	}
	if !fits[0] || !fits[1] || !fits[2] {
		return false
	}
	for i, to := range o.at {
		if to == none {
			continue
		}
		o.weight.put(to, o.from.weight[i])
		o.square.put(to, square[i])
		if o.exact {
			o.residue.put(to, residue[i])
		}
	}
	return true
}

// codesOf returns the answers to a single-choice item in order.
func (o *ordered) codesOf(item string) []uint8 {
	if out, ok := o.sorted[item]; ok {
		return out
	}
	out := make([]uint8, o.rows)
	for i, code := range o.from.codes[item] {
		if to := o.at[i]; to != none {
			out[to] = code
		}
	}
	o.sorted[item] = out
	return out
}

// absentees returns the places of those who did not answer an item.
func (o *ordered) absentees(item string, codes []uint8, choices int) []int32 {
	out, ok := o.absent[item]
	if !ok {
		for i, code := range codes {
			if int(code) >= choices {
				out = append(out, int32(i))
			}
		}
		o.absent[item] = out
	}
	return out
}
