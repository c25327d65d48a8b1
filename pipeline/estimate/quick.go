package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// scratch is where a run is added up: a place for each choice, and each reason
// for a missing answer, of each domain and of those who are in none.
type scratch struct {
	n       []int64
	weight  halves
	square  halves
	residue halves
}

// halves are sums of the halves of a lane.
type halves struct{ hi, lo []int64 }

func (h *halves) resize(n int) {
	if cap(h.hi) < n {
		h.hi, h.lo = make([]int64, n), make([]int64, n)
	}
	h.hi, h.lo = h.hi[:n], h.lo[:n]
}

func (s *scratch) resize(n int) {
	if cap(s.n) < n {
		s.n = make([]int64, n)
	}
	s.n = s.n[:n]
	s.weight.resize(n)
	s.square.resize(n)
	s.residue.resize(n)
}

// mostPlaces is how large a scratch may be: it stays at hand, and is looked
// through once a run.
const mostPlaces = 1024

// quick reports whether the tally can be added up run by run: a single choice,
// by one single choice at most, with few places.
func (t *choiceTally) quick(c crossing) bool {
	if t.of.multiple || len(c.parts) > 1 || (c.size+1)*t.width() > mostPlaces {
		return false
	}
	return len(c.parts) == 0 || !c.parts[0].multiple && len(c.parts[0].place)+int(survey.Reasons) <= 256
}

func (t *choiceTally) width() int { return t.of.choices + int(survey.Reasons) }

// addOrdered adds an ordered chunk.
func (t *choiceTally) addOrdered(o *ordered, c crossing, groups int, s *scratch) {
	width := t.width()
	t.cells.grow(groups)
	s.resize((c.size + 1) * width)
	codes := o.codesOf(t.of.name)
	var by []uint8
	var first [256]uint16 // place of the first choice of each domain
	if len(c.parts) == 1 {
		place := c.parts[0].place
		by = o.codesOf(c.items[0])
		for code := range first {
			first[code] = uint16(c.size * width)
			if code < len(place) && place[code] != none {
				first[code] = uint16(int(place[code]) * width)
			}
		}
	}
	// Where all answered, and weights are all there is to add, totals are moved
	// without looking at anything else.
	plain := o.weights && !t.squares && t.cells.short && o.weight.exp >= -64 && o.weight.exp <= 0 &&
		len(o.absentees(t.of.name, codes, t.of.choices)) == 0
	for _, r := range o.runs {
		t.addRun(o, r, codes, by, &first, s)
		if plain && t.cells.short {
			t.flushPlain(o, r.group, c.size, s)
		} else {
			t.flush(o, r.group, c.size, s)
		}
	}
	if o.weights && !t.squares {
		item := ""
		if by != nil {
			item = c.items[0]
		}
		t.squareBase(o, item, codes, by, &first, c.size, s)
	}
}

// addLoose adds a chunk whose weights do not fit into lanes, one response at a time.
func (t *choiceTally) addLoose(o *ordered, c crossing, groups int) {
	t.cells.grow(groups)
	chunk := o.from
	codes := chunk.codes[t.of.name]
	square, residue := squares(chunk.weight, o.exact)
	v := &view{weight: chunk.weight, square: square, residue: residue}
	if !chunk.weighted {
		v.weight = nil
	}
	var by []uint8
	if len(c.parts) == 1 {
		by = chunk.codes[c.items[0]]
	}
	for i, g := range chunk.group {
		d := none
		switch {
		case g == none:
			continue
		case by == nil:
			d = 0
		case int(by[i]) < len(c.parts[0].place):
			d = c.parts[0].place[by[i]]
		}
		if d == none {
			continue
		}
		code := int(codes[i])
		if code >= t.of.choices {
			t.bases[d][code-t.of.choices]++
			continue
		}
		at := t.cells.at(g*int32(c.size)+d)*t.cells.counts + code
		t.count(v, int32(i), at)
		if v.weight != nil {
			t.weighBase(v, int32(i), d)
		}
	}
}

// addRun adds a run up in the scratch.
func (t *choiceTally) addRun(o *ordered, r stretch, codes, by []uint8, first *[256]uint16, s *scratch) {
	a := codes[r.from:r.to]
	var b []uint8
	if by != nil {
		b = by[r.from:r.to]
	}
	n := s.n
	if !o.weights {
		for i, code := range a {
			at := int(code)
			if b != nil {
				at += int(first[b[i]])
			}
			n[at]++
		}
		return
	}
	hi, lo := o.weight.hi[r.from:r.to], o.weight.lo[r.from:r.to]
	hi, lo = hi[:len(a)], lo[:len(a)]
	sumHi, sumLo := s.weight.hi[:len(n)], s.weight.lo[:len(n)]
	if b == nil {
		for i, code := range a {
			at := int(code)
			n[at]++
			sumHi[at] += int64(hi[i])
			sumLo[at] += lo[i]
		}
	} else {
		b = b[:len(a)]
		for i, code := range a {
			at := int(code) + int(first[b[i]])
			n[at]++
			sumHi[at] += int64(hi[i])
			sumLo[at] += lo[i]
		}
	}
	if t.squares {
		s.square.addLane(o.square, r, a, b, first)
		if o.exact {
			s.residue.addLane(o.residue, r, a, b, first)
		}
	}
}

func (h *halves) addLane(l lane, r stretch, a, b []uint8, first *[256]uint16) {
	hi, lo := l.hi[r.from:r.to], l.lo[r.from:r.to]
	for i, code := range a {
		at := int(code)
		if b != nil {
			at += int(first[b[i]])
		}
		h.hi[at] += int64(hi[i])
		h.lo[at] += lo[i]
	}
}

// flushPlain is flush for weights where everybody answered.
func (t *choiceTally) flushPlain(o *ordered, group int32, domains int, s *scratch) {
	width, choices := t.width(), t.of.choices
	shift := uint(o.weight.exp + 64)
	for d := range domains {
		n := s.n[d*width:][:choices]
		hi, lo := s.weight.hi[d*width:][:choices], s.weight.lo[d*width:][:choices]
		var any int64
		for _, x := range n {
			any |= x
		}
		if any == 0 {
			continue
		}
		block := t.cells.at(group*int32(domains)+int32(d)) * t.cells.counts
		count := t.cells.count[block:][:choices]
		for code, x := range n {
			if x == 0 {
				continue
			}
			count[code] += x
			if !t.cells.short || !t.cells.shorts[block+code].AddHalves(hi[code], lo[code], shift, laneBits) {
				t.refused = !t.cells.weighHalves(block+code, hi[code], lo[code], o.weight.exp) || t.refused
			}
			n[code], hi[code], lo[code] = 0, 0, 0
		}
	}
	if domains*width < len(s.n) {
		clear(s.n[domains*width:])
		clear(s.weight.hi[domains*width:])
		clear(s.weight.lo[domains*width:])
	}
}

// flush moves what a run added up to into the totals of its group.
func (t *choiceTally) flush(o *ordered, group int32, domains int, s *scratch) {
	width, choices := t.width(), t.of.choices
	for d := range domains {
		n := s.n[d*width : (d+1)*width]
		var block int
		made := false
		for code, count := range n {
			if count == 0 {
				continue
			}
			n[code] = 0
			if code >= choices {
				t.bases[d][code-choices] += count
			} else {
				if !made {
					block, made = t.cells.at(group*int32(domains)+int32(d))*t.cells.counts, true
				}
				t.cells.count[block+code] += count
			}
			switch i := d*width + code; {
			case !o.weights:
			case t.squares || code >= choices:
				t.flushWeight(o, block+code, i, code < choices, s)
			default:
				hi, lo := s.weight.hi[i], s.weight.lo[i]
				s.weight.hi[i], s.weight.lo[i] = 0, 0
				if !t.cells.weighHalves(block+code, hi, lo, o.weight.exp) {
					t.refused = true
				}
			}
		}
	}
	for i := domains * width; i < len(s.n); i++ {
		if s.n[i] != 0 {
			s.n[i] = 0
			s.weight.take(i)
			s.square.take(i)
			s.residue.take(i)
		}
	}
}

// take returns a sum, and leaves nothing.
func (h *halves) take(i int) (hi, lo int64) {
	hi, lo = h.hi[i], h.lo[i]
	h.hi[i], h.lo[i] = 0, 0
	return hi, lo
}

func (t *choiceTally) flushWeight(o *ordered, at, i int, counts bool, s *scratch) {
	hi, lo := s.weight.take(i)
	if !t.squares {
		if counts && !t.cells.weighHalves(at, hi, lo, o.weight.exp) {
			t.refused = true
		}
		return
	}
	shi, slo := s.square.take(i)
	rhi, rlo := s.residue.take(i)
	if !counts {
		return
	}
	w, sq := &t.cells.sum[2*at], &t.cells.sum[2*at+1]
	ok := addHalves(w, hi, lo, o.weight.exp) && addHalves(sq, shi, slo, o.square.exp)
	if o.exact {
		ok = ok && addHalves(sq, rhi, rlo, o.residue.exp)
	}
	t.refused = t.refused || !ok
}

func addHalves(s *exact.Sum, hi, lo int64, exp int) bool {
	return s.AddScaled(lo, exp) && s.AddScaled(hi, exp+laneBits)
}

// squareBase adds the squared weights of all who answered, by domain.
func (t *choiceTally) squareBase(o *ordered, item string, codes, by []uint8, first *[256]uint16, domains int, s *scratch) {
	width := t.width()
	every := o.squaresBy(item, by, first, width, domains)
	for d := range domains {
		if !addHalves(&t.square[d], every.hi[d], every.lo[d], o.square.exp) {
			t.refused = true
		}
	}
	// Those who did not answer are taken off again: they are few.
	absent := o.absentees(t.of.name, codes, t.of.choices)
	if len(absent) == 0 {
		return
	}
	hi, lo := s.square.hi[:domains+1], s.square.lo[:domains+1]
	for _, i := range absent {
		d := 0
		if by != nil {
			d = int(first[by[i]]) / width
		}
		hi[d] += int64(o.square.hi[i])
		lo[d] += o.square.lo[i]
	}
	for d := range domains + 1 {
		h, l := s.square.take(d)
		if d < domains && !addHalves(&t.square[d], -h, -l, o.square.exp) {
			t.refused = true
		}
	}
}

// squaresBy returns what the squared weights of a chunk add up to in each
// domain, worked out once for all tallies by that item.
func (o *ordered) squaresBy(key string, by []uint8, first *[256]uint16, width, domains int) halves {
	if h, ok := o.squares[key]; ok {
		return h
	}
	var h halves
	h.resize(domains + 1)
	for i, hi := range o.square.hi {
		d := 0
		if by != nil {
			d = int(first[by[i]]) / width
		}
		h.hi[d] += int64(hi)
		h.lo[d] += o.square.lo[i]
	}
	o.squares[key] = h
	return h
}
