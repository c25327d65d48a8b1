package code

import (
	"cmp"
	"slices"
)

// automaton holds the patterns of all languages at once, by folded rune, as a
// tree laid out in arrays. State 0 is the root.
type automaton struct {
	states  []state
	edges   []edge
	outputs []output
	roots   []edge // from the root, by the hash of the rune; to is 0 where there is none
}

type state struct {
	edge, bends, edges int32 // its edges are edges[edge:edge+edges], the first bends of them endings
	output, outputs    int32
}

type edge struct {
	r  rune
	to int32
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
	return a.outputs[s.output : s.output+s.outputs]
}

// endings returns the edges of a state that take a whole ending.
func (a *automaton) endings(at int32) []edge {
	s := &a.states[at]
	return a.edges[s.edge : s.edge+s.bends]
}

// child returns the state that a rune leads to, 0 if none.
func (a *automaton) child(at int32, r rune) int32 {
	if at == 0 {
		for h := a.slot(r); ; h = (h + 1) & (len(a.roots) - 1) {
			if e := a.roots[h]; e.r == r || e.to == 0 {
				return e.to
			}
		}
	}
	s := &a.states[at]
	edges := a.edges[s.edge+s.bends : s.edge+s.edges]
	if len(edges) <= 8 {
		for _, e := range edges {
			if e.r == r {
				return e.to
			}
		}
		return 0
	}
	if i, ok := slices.BinarySearchFunc(edges, r, func(e edge, r rune) int { return cmp.Compare(e.r, r) }); ok {
		return edges[i].to
	}
	return 0
}

func (a *automaton) slot(r rune) int {
	return int(uint32(r)*0x9E3779B1>>8) & (len(a.roots) - 1)
}

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
	size := 64
	for size < 4*len(t.nodes[0].next) {
		size *= 2
	}
	a.roots = make([]edge, size)
	for i, n := range t.nodes {
		s := state{edge: int32(len(a.edges)), edges: int32(len(n.next)), output: int32(len(a.outputs)), outputs: int32(len(n.outputs))}
		for r, to := range n.next {
			a.edges = append(a.edges, edge{r, to})
			if r < 0 {
				s.bends++
			}
		}
		slices.SortFunc(a.edges[s.edge:], func(a, b edge) int { return cmp.Compare(a.r, b.r) })
		a.outputs = append(a.outputs, n.outputs...)
		a.states[i] = s
	}
	for _, e := range a.edges[:len(t.nodes[0].next)] {
		h := a.slot(e.r)
		for a.roots[h].to != 0 {
			h = (h + 1) & (len(a.roots) - 1)
		}
		a.roots[h] = e
	}
	return a
}
