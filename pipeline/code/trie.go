package code

import (
	"cmp"
	"slices"
)

// role is what a pattern is for.
type role uint8

const (
	theme   role = 1 << iota // a term of the codebook
	denial                   // "no", "without"
	neutral                  // holds a denial but denies nothing: "not only", "could not get"
	turn                     // ends the reach of a denial: "but", "because"
	filler                   // does not count as a word: "of", "the"
)

// trie holds the patterns of all languages at once, by rune. A node with a star
// also goes on at the end of the word.
type trie struct {
	nodes []node
	root  map[rune]int32
}

type node struct {
	edges []edge
	star  int32 // 0: none
	role  role
	codes []int32
}

type edge struct {
	r  rune
	to int32
}

func newTrie() *trie { return &trie{nodes: make([]node, 1), root: map[rune]int32{}} }

func (t *trie) child(at int32, r rune) int32 {
	if at == 0 {
		return t.root[r]
	}
	edges := t.nodes[at].edges
	if len(edges) <= 4 {
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

func (t *trie) add(p []rune, as role, code int32) {
	at := int32(0)
	for _, r := range p {
		next := t.child(at, r)
		if r == star {
			next = t.nodes[at].star
		}
		if next == 0 {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{})
			switch {
			case r == star:
				t.nodes[at].star = next
			case at == 0:
				t.root[r] = next
			default:
				edges := append(t.nodes[at].edges, edge{r, next})
				slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.r, b.r) })
				t.nodes[at].edges = edges
			}
		}
		at = next
	}
	n := &t.nodes[at]
	n.role |= as
	if as == theme && code != noCode && !slices.Contains(n.codes, code) {
		n.codes = append(n.codes, code)
	}
}

// found is the longest match that begins at one place.
type found struct {
	start, end int // in folded runes
	role       role
	codes      []int32 // all codes of the patterns that match exactly this
}

// longest looks for the longest pattern that begins at a place of the text and
// ends with a word, and adds it to best when it ends later than what best has.
func (t *trie) longest(text []rune, begin int, best *found) {
	t.walk(text, begin, begin, 0, best)
}

func (t *trie) walk(text []rune, begin, i int, at int32, best *found) {
	for {
		if at != 0 {
			n := &t.nodes[at]
			if n.role != 0 && ends(text, i) {
				best.offer(begin, i, n)
			}
			if n.star != 0 {
				word := i
				for word < len(text) && kindOf(text[word]) == inWord {
					word++
				}
				t.walk(text, begin, word, n.star, best)
			}
		}
		if i == len(text) {
			return
		}
		r := text[i]
		if r == soft || r == line {
			r = soft
		}
		at = t.child(at, r)
		if at == 0 {
			return
		}
		i++
		if r == soft {
			for i < len(text) && (text[i] == soft || text[i] == line) {
				i++
			}
		}
	}
}

// ends reports whether a term may end before place i.
func ends(text []rune, i int) bool {
	return i == len(text) || kindOf(text[i-1]) != inWord || kindOf(text[i]) != inWord
}

func (b *found) offer(begin, end int, n *node) {
	switch {
	case end > b.end:
		*b = found{begin, end, n.role, n.codes}
	case end == b.end && begin == b.start:
		b.role |= n.role
		for _, c := range n.codes {
			if !slices.Contains(b.codes, c) {
				b.codes = append(slices.Clip(b.codes), c)
			}
		}
	}
}
