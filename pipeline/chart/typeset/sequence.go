package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// sequence is one isolating run sequence (UAX #9, BD13): indices of runes that
// are resolved together, and the directions at its two ends.
type sequence struct {
	*paragraph
	at       []int
	embedded bidi.Class // L or R: the direction of the sequence's own level
	sos, eos bidi.Class
}

func direction(level uint8) bidi.Class {
	if level%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// sequences applies rule X10.
func (p *paragraph) sequences(base uint8) []sequence {
	var kept []int
	for i, c := range p.original {
		if !isRemoved(c) {
			kept = append(kept, i)
		}
	}
	var runs [][]int // level runs, as slices of kept
	startsAt := map[int]int{}
	for a := 0; a < len(kept); {
		b := a + 1
		for b < len(kept) && p.level[kept[b]] == p.level[kept[a]] {
			b++
		}
		startsAt[kept[a]] = len(runs)
		runs = append(runs, kept[a:b:b])
		a = b
	}
	position := make([]int, len(p.text)) // rune -> place in kept
	for k, i := range kept {
		position[i] = k
	}
	var out []sequence
	for _, run := range runs {
		if first := run[0]; p.original[first] == bidi.PDI && p.partner[first] >= 0 {
			continue // joined to the run of its initiator
		}
		at := run
		for {
			last := at[len(at)-1]
			if !isInitiator(p.original[last]) || p.partner[last] >= len(p.text) {
				break
			}
			at = append(at, runs[startsAt[p.partner[last]]]...)
		}
		own := p.level[at[0]]
		before, after := base, base
		if k := position[at[0]]; k > 0 {
			before = p.level[kept[k-1]]
		}
		if last := at[len(at)-1]; !isInitiator(p.original[last]) {
			if k := position[last]; k+1 < len(kept) {
				after = p.level[kept[k+1]]
			}
		}
		out = append(out, sequence{paragraph: p, at: at, embedded: direction(own), sos: direction(max(own, before)), eos: direction(max(own, after))})
	}
	return out
}

// weak applies rules W1 to W7.
func (s sequence) weak() {
	c := s.class
	previous := s.sos
	for _, i := range s.at { // W1
		if c[i] == bidi.NSM {
			c[i] = previous
			if isInitiator(previous) || previous == bidi.PDI {
				c[i] = bidi.ON
			}
		}
		previous = c[i]
	}
	strong := s.sos
	for _, i := range s.at { // W2, W3
		switch c[i] {
		case bidi.L, bidi.R:
			strong = c[i]
		case bidi.AL:
			strong, c[i] = bidi.AL, bidi.R
		case bidi.EN:
			if strong == bidi.AL {
				c[i] = bidi.AN
			}
		}
	}
	for k := 1; k+1 < len(s.at); k++ { // W4
		before, here, after := c[s.at[k-1]], c[s.at[k]], c[s.at[k+1]]
		if before == after && (before == bidi.EN && (here == bidi.ES || here == bidi.CS) || before == bidi.AN && here == bidi.CS) {
			c[s.at[k]] = before
		}
	}
	for a := 0; a < len(s.at); a++ { // W5
		if c[s.at[a]] != bidi.ET {
			continue
		}
		b := a
		for b < len(s.at) && c[s.at[b]] == bidi.ET {
			b++
		}
		if a > 0 && c[s.at[a-1]] == bidi.EN || b < len(s.at) && c[s.at[b]] == bidi.EN {
			s.set(a, b, bidi.EN)
		}
		a = b - 1
	}
	strong = s.sos
	for _, i := range s.at { // W6, W7
		switch c[i] {
		case bidi.ES, bidi.ET, bidi.CS:
			c[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c[i]
		case bidi.EN:
			if strong == bidi.L {
				c[i] = bidi.L
			}
		}
	}
}

func (s sequence) set(from, to int, class bidi.Class) {
	for _, i := range s.at[from:to] {
		s.class[i] = class
	}
}

// strongOf reads a class as rules N0 to N2 do: numbers count as right to left.
func strongOf(c bidi.Class) (bidi.Class, bool) {
	switch c {
	case bidi.L:
		return bidi.L, true
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R, true
	}
	return bidi.ON, false
}

// brackets applies rule N0 to paired brackets (BD16).
func (s sequence) brackets() {
	type opening struct {
		closer rune
		at     int
	}
	var open []opening
	var pairs [][2]int
scan:
	for k, i := range s.at {
		props, _ := bidi.LookupRune(s.text[i])
		if s.class[i] != bidi.ON || !props.IsBracket() {
			continue
		}
		if props.IsOpeningBracket() {
			if len(open) == 63 {
				pairs = nil
				break
			}
			open = append(open, opening{canonical([]rune(bidi.ReverseString(string(s.text[i])))[0]), k})
			continue
		}
		for o := len(open) - 1; o >= 0; o-- {
			if open[o].closer == canonical(s.text[i]) {
				pairs = append(pairs, [2]int{open[o].at, k})
				open = open[:o]
				continue scan
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] })
	for _, pair := range pairs {
		s.pair(pair[0], pair[1])
	}
}

// canonical maps the angle brackets that Unicode holds equal to one another.
func canonical(r rune) rune {
	switch r {
	case 0x2329:
		return 0x3008
	case 0x232A:
		return 0x3009
	}
	return r
}

// pair resolves one pair of brackets at places a and b of the sequence.
func (s sequence) pair(a, b int) {
	found := bidi.ON
	for _, i := range s.at[a+1 : b] {
		if d, ok := strongOf(s.class[i]); ok {
			found = d
			if d == s.embedded {
				break
			}
		}
	}
	if found == bidi.ON {
		return
	}
	if found != s.embedded {
		before := s.sos
		for k := a - 1; k >= 0; k-- {
			if d, ok := strongOf(s.class[s.at[k]]); ok {
				before = d
				break
			}
		}
		if before != found {
			found = s.embedded
		}
	}
	for _, k := range []int{a, b} {
		s.class[s.at[k]] = found
		for m := k + 1; m < len(s.at) && s.original[s.at[m]] == bidi.NSM; m++ {
			s.class[s.at[m]] = found
		}
	}
}

// neutral applies rules N1 and N2.
func (s sequence) neutral() {
	before := s.sos
	for a := 0; a < len(s.at); a++ {
		if d, ok := strongOf(s.class[s.at[a]]); ok {
			before = d
			continue
		}
		b, after := a, s.eos
		for ; b < len(s.at); b++ {
			if d, ok := strongOf(s.class[s.at[b]]); ok {
				after = d
				break
			}
		}
		resolved := s.embedded
		if before == after {
			resolved = before
		}
		s.set(a, b, resolved)
		a = b - 1
	}
}

// implicit applies rules I1 and I2.
func (s sequence) implicit() {
	for _, i := range s.at {
		odd := s.level[i]%2 == 1
		switch c := s.class[i]; {
		case !odd && c == bidi.R, odd && (c == bidi.L || c == bidi.EN || c == bidi.AN):
			s.level[i]++
		case !odd && (c == bidi.AN || c == bidi.EN):
			s.level[i] += 2
		}
	}
}
