package attack

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// maxStates is how many categories and reasons a variable may have.
const maxStates = 512

// states is a set of states of one variable.
type states [maxStates / 64]uint64

func (s *states) add(i int)     { s[i/64] |= 1 << (i % 64) }
func (s states) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

func (s states) and(o states) states {
	for i := range s {
		s[i] &= o[i]
	}
	return s
}

func (s states) or(o states) states {
	for i := range s {
		s[i] |= o[i]
	}
	return s
}

func (s states) within(o states) bool { return s.and(o) == s }

func (s states) empty() bool { return s == states{} }

// side is a restriction of one variable to some of its states.
type side struct {
	v int
	s states
}

// box is who is in all of its sides, in the order of their variables. A box
// without sides is everybody.
type box []side

func (b box) variables() cross {
	out := make(cross, len(b))
	for i, s := range b {
		out[i] = s.v
	}
	return out
}

// with returns the box with another restriction.
func (b box) with(v int, s states) box {
	out := slices.Clone(b)
	if i, ok := slices.BinarySearchFunc(out, v, func(a side, v int) int { return cmp.Compare(a.v, v) }); ok {
		out[i].s = out[i].s.and(s)
		return out
	} else {
		return slices.Insert(out, i, side{v, s})
	}
}

func (b box) without(v int) box {
	return slices.DeleteFunc(slices.Clone(b), func(s side) bool { return s.v == v })
}

func (b box) at(v int) (states, bool) {
	for _, s := range b {
		if s.v == v {
			return s.s, true
		}
	}
	return states{}, false
}

func (b box) key() string {
	var out []byte
	for _, s := range b {
		out = binary.LittleEndian.AppendUint32(out, uint32(s.v))
		for _, w := range s.s {
			out = binary.LittleEndian.AppendUint64(out, w)
		}
	}
	return string(out)
}

// cross is a set of variables, in order.
type cross []int

func (c cross) key() string {
	var out []byte
	for _, v := range c {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	return string(out)
}

func (c cross) has(v int) bool { return slices.Contains(c, v) }

func (c cross) with(vs ...int) cross {
	out := append(slices.Clone(c), vs...)
	slices.Sort(out)
	return slices.Compact(out)
}

func (c cross) without(v int) cross {
	return slices.DeleteFunc(slices.Clone(c), func(w int) bool { return w == v })
}
