package code

import (
	"maps"
	"slices"
)

// automaton holds the patterns of all languages at once, by folded rune, as a
// tree laid out in arrays. State 0 is the root.
type automaton struct {
	states  []state
	slots   []edge // of each state with more than one edge, a table by the hash of the rune
	bends   []edge // those that take a whole ending
	outputs []output
}

type state struct {
	only           edge  // its edge, if it has one
	slot, mask     int32 // if it has more, they are among slots[slot:slot+mask+1]; else mask is 0
	bend, output   int32
	bends, outputs int16
}

type edge struct {
	r  rune
	to int32 // 0: no edge
}

// output is what a pattern stands for.
type output struct {
	role      role
	phrase    bool // of several words
	code      int32
	languages languages
}

func (a *automaton) outputsOf(at int32) []output {
	s := &a.states[at]
	return a.outputs[s.output : s.output+int32(s.outputs)]
}

// endings returns the edges of a state that take a whole ending.
func (a *automaton) endings(at int32) []edge {
	s := &a.states[at]
	return a.bends[s.bend : s.bend+int32(s.bends)]
}

// child returns the state that a rune leads to, 0 if none.
func (a *automaton) child(at int32, r rune) int32 {
	s := &a.states[at]
	if s.mask == 0 {
		if s.only.r == r {
			return s.only.to
		}
		return 0
	}
	h := spread(r) & s.mask
	for {
		e := a.slots[s.slot+h]
		if e.r == r || e.to == 0 {
			return e.to
		}
		h = (h + 1) & s.mask
	}
}

func spread(r rune) int32 { return int32(uint32(r) * 0x9E3779B1 >> 16) }

// tree is an automaton that is still being built.
type tree struct{ nodes []node }

type node struct {
	next    map[rune]int32
	outputs []output
}

func newTree() *tree { return &tree{make([]node, 1)} }

func (t *tree) add(p pattern, o output) {
	at := int32(0)
	for _, r := range p {
		next := t.nodes[at].next[r]
		if next == 0 {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{})
			if t.nodes[at].next == nil {
				t.nodes[at].next = map[rune]int32{}
			}
			t.nodes[at].next[r] = next
		}
		at = next
	}
	n := &t.nodes[at]
	for i, have := range n.outputs {
		if have.role == o.role && have.code == o.code {
			n.outputs[i].languages |= o.languages
			n.outputs[i].phrase = have.phrase && o.phrase
			return
		}
	}
	n.outputs = append(n.outputs, o)
}

// freeze lays the tree out.
func (t *tree) freeze() *automaton {
	a := &automaton{states: make([]state, len(t.nodes))}
	for i, n := range t.nodes {
		s := state{slot: int32(len(a.slots)), bend: int32(len(a.bends)), output: int32(len(a.outputs)), outputs: int16(len(n.outputs))}
		runes := slices.Sorted(maps.Keys(n.next))
		for len(runes) > 0 && runes[0] < 0 {
			a.bends = append(a.bends, edge{runes[0], n.next[runes[0]]})
			runes = runes[1:]
			s.bends++
		}
		if len(runes) == 1 {
			s.only = edge{runes[0], n.next[runes[0]]}
		}
		if len(runes) > 1 {
			size := int32(4)
			for size < 2*int32(len(runes)) {
				size *= 2
			}
			s.mask = size - 1
			a.slots = append(a.slots, make([]edge, size)...)
			for _, r := range runes {
				h := spread(r) & s.mask
				for a.slots[s.slot+h].to != 0 {
					h = (h + 1) & s.mask
				}
				a.slots[s.slot+h] = edge{r, n.next[r]}
			}
		}
		a.outputs = append(a.outputs, n.outputs...)
		a.states[i] = s
	}
	return a
}
