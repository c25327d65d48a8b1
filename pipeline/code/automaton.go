package code

import (
	"maps"
	"slices"
)

// automaton holds the patterns of all languages at once, by folded rune, as a
// tree laid out in arrays. State 0 is the root.
type automaton struct {
	states  []state
	forks   []fork // of the states with more than one edge
	slots   []edge // of each fork, a table by the hash of the rune
	halts   []halt // of the states at which something ends
	bends   []edge // those that take a whole ending
	outputs []output
}

// state is small, since where a text leads in the tree is not in the near memory of
// a processor.
type state struct {
	only edge  // its edge, if it has one; if it has more, to is its fork, negative
	halt int32 // 0: nothing ends here
}

type fork struct{ slot, mask int32 } // among slots[slot:slot+mask+1]

type halt struct {
	bend, output   int32
	bends, outputs int16
	gives          bool // one of its outputs is a theme
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
	s := a.haltAt(at)
	return a.outputs[s.output : s.output+int32(s.outputs)]
}

// endings returns the edges of a state that take a whole ending.
func (a *automaton) endings(at int32) []edge {
	s := a.haltAt(at)
	return a.bends[s.bend : s.bend+int32(s.bends)]
}

func (a *automaton) haltAt(at int32) *halt { return &a.halts[a.states[at].halt] }

// child returns the state that a rune leads to, 0 if none.
func (a *automaton) child(at int32, r rune) int32 {
	e := a.states[at].only
	if e.to < 0 {
		f := a.forks[-e.to]
		for h := spread(r); ; h++ {
			e = a.slots[f.slot+h&f.mask]
			if e.r == r || e.to == 0 {
				break
			}
		}
	}
	if e.r == r {
		return e.to
	}
	return 0
}

func spread(r rune) int32 { return int32(uint32(r) * mix32 >> 16) }

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
	if !slices.Contains(n.outputs, o) {
		n.outputs = append(n.outputs, o)
	}
}

// near is how many runes of patterns are laid out by themselves, since every text
// passes them; behind them each state is followed by where it leads.
const near = 3

// order returns the nodes in the order in which they are laid out.
func (t *tree) order() (order []int32) {
	level := []int32{0}
	for range near {
		order = append(order, level...)
		var next []int32
		for _, n := range level {
			next = append(next, t.nodes[n].children()...)
		}
		level = next
	}
	for stack := level; len(stack) > 0; {
		n := stack[len(stack)-1]
		order = append(order, n)
		stack = append(stack[:len(stack)-1], t.nodes[n].children()...)
	}
	return order
}

func (n *node) children() (out []int32) {
	for _, r := range slices.Sorted(maps.Keys(n.next)) {
		out = append(out, n.next[r])
	}
	return out
}

// freeze lays the tree out.
func (t *tree) freeze() *automaton {
	order := t.order()
	place := make([]int32, len(order))
	for at, n := range order {
		place[n] = int32(at)
	}
	a := &automaton{states: make([]state, len(order)), forks: make([]fork, 1), halts: make([]halt, 1)}
	for at, n := range order {
		a.lay(&a.states[at], &t.nodes[n], place)
	}
	return a
}

// lay lays a node out as a state.
func (a *automaton) lay(s *state, n *node, place []int32) {
	runes := slices.Sorted(maps.Keys(n.next))
	end := halt{bend: int32(len(a.bends)), output: int32(len(a.outputs)), outputs: int16(len(n.outputs))}
	for len(runes) > 0 && runes[0] < 0 {
		a.bends = append(a.bends, edge{runes[0], place[n.next[runes[0]]]})
		runes = runes[1:]
		end.bends++
	}
	if end.bends > 0 || end.outputs > 0 {
		end.gives = slices.ContainsFunc(n.outputs, func(o output) bool { return o.role == theme })
		a.outputs = append(a.outputs, n.outputs...)
		s.halt = int32(len(a.halts))
		a.halts = append(a.halts, end)
	}
	switch len(runes) {
	case 0:
	case 1:
		s.only = edge{runes[0], place[n.next[runes[0]]]}
	default:
		s.only.to = -int32(len(a.forks))
		a.forks = append(a.forks, a.fork(runes, n, place))
	}
}

// fork lays the edges of a node out.
func (a *automaton) fork(runes []rune, n *node, place []int32) fork {
	f := fork{slot: int32(len(a.slots)), mask: 3}
	for f.mask+1 < 2*int32(len(runes)) {
		f.mask = 2*f.mask + 1
	}
	a.slots = append(a.slots, make([]edge, f.mask+1)...)
	for _, r := range runes {
		h := spread(r) & f.mask
		for a.slots[f.slot+h].to != 0 {
			h = (h + 1) & f.mask
		}
		a.slots[f.slot+h] = edge{r, place[n.next[r]]}
	}
	return f
}
