package typeset

import "golang.org/x/text/unicode/bidi"

// maxDepth is the deepest embedding of the Unicode Bidirectional Algorithm (UAX #9, BD2).
const maxDepth = 125

// paragraph holds one paragraph while its embedding levels are worked out.
type paragraph struct {
	text     []rune
	original []bidi.Class // as looked up; kept for rule L1
	class    []bidi.Class // as rewritten by the rules
	level    []uint8
	partner  []int // isolate initiator -> its PDI (or len) and back; -1 for others
}

// levels returns the embedding level of every rune of one paragraph whose base
// direction is given (Unicode Bidirectional Algorithm, UAX #9, rules X1 to L1).
// Even levels run left to right, odd ones right to left.
func levels(text []rune, rtl bool) []uint8 {
	p := &paragraph{text: text, original: make([]bidi.Class, len(text)), level: make([]uint8, len(text))}
	base, plain := uint8(0), !rtl
	if rtl {
		base = 1
	}
	for i, r := range text {
		props, _ := bidi.LookupRune(r)
		p.original[i] = props.Class()
		switch p.original[i] {
		case bidi.L, bidi.EN, bidi.ES, bidi.CS, bidi.WS:
		default:
			plain = false
		}
	}
	if plain {
		return p.level
	}
	p.class = append([]bidi.Class(nil), p.original...)
	p.partner = partners(p.original)
	p.explicit(base)
	for _, seq := range p.sequences(base) {
		seq.weak()
		seq.brackets()
		seq.neutral()
		seq.implicit()
	}
	p.finish(base)
	return p.level
}

func isInitiator(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// isRemoved tells whether rule X9 leaves the class out of further resolution.
func isRemoved(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

// partners matches isolate initiators with their PDIs (BD9).
func partners(class []bidi.Class) []int {
	partner := make([]int, len(class))
	var open []int
	for i, c := range class {
		partner[i] = -1
		switch {
		case isInitiator(c):
			partner[i] = len(class)
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			start := open[len(open)-1]
			open = open[:len(open)-1]
			partner[start], partner[i] = i, start
		}
	}
	return partner
}

// firstStrongRTL applies P2 and P3 to a range, as rule X5c needs.
func (p *paragraph) firstStrongRTL(from, to int) bool {
	for i := from; i < to; i++ {
		switch c := p.original[i]; {
		case c == bidi.L:
			return false
		case c == bidi.R || c == bidi.AL:
			return true
		case isInitiator(c):
			i = p.partner[i]
		}
	}
	return false
}

type status struct {
	level    uint8
	override bidi.Class // bidi.ON when there is none
	isolate  bool
}

// explicit applies rules X1 to X8.
func (p *paragraph) explicit(base uint8) {
	stack := []status{{level: base, override: bidi.ON}}
	overflowIsolates, overflowEmbeddings, validIsolates := 0, 0, 0
	place := func(i int) {
		top := stack[len(stack)-1]
		p.level[i] = top.level
		if top.override != bidi.ON {
			p.class[i] = top.override
		}
	}
	for i, c := range p.original {
		switch {
		case isInitiator(c), c == bidi.LRE, c == bidi.RLE, c == bidi.LRO, c == bidi.RLO:
			right := c == bidi.RLE || c == bidi.RLO || c == bidi.RLI || c == bidi.FSI && p.firstStrongRTL(i+1, p.partner[i])
			if isInitiator(c) {
				place(i)
			}
			next := (stack[len(stack)-1].level + 2) &^ 1
			if right {
				next = (stack[len(stack)-1].level + 1) | 1
			}
			if next > maxDepth || overflowIsolates > 0 || overflowEmbeddings > 0 {
				if isInitiator(c) {
					overflowIsolates++
				} else if overflowIsolates == 0 {
					overflowEmbeddings++
				}
				break
			}
			s := status{level: next, override: bidi.ON, isolate: isInitiator(c)}
			switch c {
			case bidi.LRO:
				s.override = bidi.L
			case bidi.RLO:
				s.override = bidi.R
			}
			if s.isolate {
				validIsolates++
			}
			stack = append(stack, s)
		case c == bidi.PDI:
			switch {
			case overflowIsolates > 0:
				overflowIsolates--
			case validIsolates > 0:
				overflowEmbeddings = 0
				for !stack[len(stack)-1].isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			place(i)
		case c == bidi.PDF:
			switch {
			case overflowIsolates > 0:
			case overflowEmbeddings > 0:
				overflowEmbeddings--
			case !stack[len(stack)-1].isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case c == bidi.BN:
		case c == bidi.B:
			p.level[i] = base
		default:
			place(i)
		}
	}
}

// finish gives the runes left out by rule X9 the level before them and applies
// rule L1: separators, and white space before them or at the end, take the
// base level.
func (p *paragraph) finish(base uint8) {
	before := base
	for i, c := range p.original {
		if isRemoved(c) {
			p.level[i] = before
		}
		before = p.level[i]
	}
	trailing := true
	for i := len(p.original) - 1; i >= 0; i-- {
		switch c := p.original[i]; {
		case c == bidi.S || c == bidi.B:
			trailing = true
			p.level[i] = base
		case c == bidi.WS || c == bidi.PDI || isInitiator(c) || isRemoved(c):
			if trailing {
				p.level[i] = base
			}
		default:
			trailing = false
		}
	}
}

// visual returns the indices of runs with the given levels in the order they
// stand from left to right (UAX #9, rule L2).
func visual(level []uint8) []int {
	order := make([]int, len(level))
	highest := uint8(0)
	for i, l := range level {
		order[i] = i
		highest = max(highest, l)
	}
	for l := highest; l > 0; l-- {
		for i := 0; i < len(order); i++ {
			j := i
			for j < len(order) && level[order[j]] >= l {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = max(i, j-1)
		}
	}
	return order
}
