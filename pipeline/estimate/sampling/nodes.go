package sampling

import (
	"math"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// answer is an answer by which strata and units are told apart.
type answer struct {
	number int64
	text   string
}

// kept returns the answer without the batch that its text is part of.
func (a answer) kept() answer { return answer{a.number, strings.Clone(a.text)} }

// stratum is what tells a stratum: the unit within which it lies, and its name.
type stratum struct {
	parent int32 // None at the first stage
	name   answer
}

// unit is what tells a sampling unit.
type unit struct {
	stratum int32
	name    answer
}

// strata are all strata, of every stage. A unit from which others are drawn is
// a stratum of the next stage.
type strata struct {
	at map[stratum]int32
	of []stratumOf
}

type stratumOf struct {
	key       stratum
	stage     int
	size      int64   // units in the sample
	low, high float64 // smallest and largest population met
	rest      float64 // the part of the population that was not sampled; see Settle
}

// merge counts in what another frame knows of the stratum.
func (s *stratumOf) merge(o stratumOf, respondents bool) {
	if respondents {
		s.size += o.size
	}
	s.low, s.high = min(s.low, o.low), max(s.high, o.high)
}

type units struct {
	at map[unit]int32
	of []unit
}

func (f *Frame) stratum(key stratum, create bool) (int32, bool) {
	h, ok := f.strata.at[key]
	if ok || !create {
		return h, ok
	}
	h = int32(len(f.strata.of))
	key.name = key.name.kept()
	s := stratumOf{key: key, low: math.Inf(1), high: math.Inf(-1)}
	if key.parent != None {
		s.stage = f.strata.of[f.units.of[key.parent].stratum].stage + 1
	}
	f.strata.at[key] = h
	f.strata.of = append(f.strata.of, s)
	f.met = append(f.met, node{at: h})
	return h, true
}

func (f *Frame) unit(u unit, create bool) (int32, bool) {
	k, ok := f.units.at[u]
	if ok || !create {
		return k, ok
	}
	k = int32(len(f.units.of))
	u.name = u.name.kept()
	f.units.at[u] = k
	f.units.of = append(f.units.of, u)
	f.strata.of[u.stratum].size++
	f.met = append(f.met, node{unit: true, at: k})
	return k, true
}

// placer finds the groups of a batch.
type placer struct {
	*Frame
	batch  *dataset.Batch
	strata *dataset.Column
	unit   []*dataset.Column // of each step
	fpc    []*dataset.Column
	cell   []int32
	memo   *memo
}

// memo remembers the groups of numbered strata and units that were met last:
// most responses are like one before.
type memo [1 << memoBits]remembered

const memoBits = 12

type remembered struct {
	strata, unit int64
	group        int32 // with 1 added; 0 is nothing
}

func (m *memo) at(strata, unit int64) *remembered {
	h := uint64(strata)*0x9e3779b97f4a7c15 ^ uint64(unit)*0xc2b2ae3d27d4eb4f
	h *= 0x9e3779b97f4a7c15
	return &m[h>>(64-memoBits)]
}

// numbered reports whether strata and units of a simple design are numbers, and
// nothing else is to be noted of a response.
func (p *placer) numbered() bool {
	number := func(c *dataset.Column) bool { return c == nil || c.Codes != nil || c.Ints != nil }
	return p.simple() && p.kind == clusters && number(p.strata) && number(p.unit[0]) && p.fpc[0] == nil && p.steps[0].fixed == 0
}

func (f *Frame) placer(b *dataset.Batch) *placer {
	p := &placer{Frame: f, batch: b}
	for i, s := range f.steps {
		if i == 0 {
			p.strata = columnOf(b, s.strata)
		}
		p.unit = append(p.unit, columnOf(b, s.unit))
		p.fpc = append(p.fpc, columnOf(b, s.fpc))
	}
	if f.fitted != nil {
		p.cell = f.fitted.Cells(b)
	}
	if p.numbered() {
		p.memo = f.memo
	}
	return p
}

// place returns the group of response i, counting it in unless all is known.
func (p *placer) place(i int) int32 {
	if !p.complete(i) {
		return None
	}
	if p.memo == nil {
		return p.found(i)
	}
	strata, unit := answerOf(p.strata, i).number, answerOf(p.unit[0], i).number
	m := p.memo.at(strata, unit)
	if m.group == 0 || m.strata != strata || m.unit != unit {
		*m = remembered{strata, unit, p.found(i) + 1}
	}
	return m.group - 1
}

// found finds the group of a response that has all that the design needs.
func (p *placer) found(i int) int32 {
	f := p.Frame
	key := stratum{parent: None, name: answerOf(p.strata, i)}
	var at int32
	for s, step := range f.steps {
		h, ok := f.stratum(key, !f.known)
		if !ok {
			return None
		}
		if !f.known {
			p.population(h, s, i)
		}
		at = h
		switch {
		case f.kind == parents:
			at, ok = f.unit(unit{h, answer{number: p.batch.Parent(i)}}, !f.known)
		case step.unit != "":
			at, ok = f.unit(unit{h, answerOf(p.unit[s], i)}, !f.known)
		default:
			if !f.known {
				f.strata.of[h].size++
			}
		}
		if !ok {
			return None
		}
		key = stratum{parent: at}
	}
	h := holder{node: at}
	if p.cell != nil {
		h.cell = p.cell[i]
		if h.cell == None {
			return None
		}
	}
	if !f.known {
		return f.index(h)
	}
	if f.simple() {
		return at
	}
	g, ok := f.groups.at[h]
	if !ok {
		return None
	}
	return g
}

// complete reports whether response i has all that the design needs, and marks
// what it lacks.
func (p *placer) complete(i int) bool {
	lacks := func(c *dataset.Column, t *trouble) bool {
		if c == nil || c.Answered(i) {
			return false
		}
		if !p.known {
			t.mark(p.batch, i)
		}
		return true
	}
	if lacks(p.strata, &p.missing.strata) {
		return false
	}
	for s := range p.steps {
		if lacks(p.unit[s], &p.missing.unit) {
			return false
		}
	}
	if p.cell != nil && p.cell[i] == None {
		if !p.known {
			p.missing.cell.mark(p.batch, i)
		}
		return false
	}
	return true
}

// population notes the finite population that response i gives for a stratum.
func (p *placer) population(h int32, s, i int) {
	x, c := p.steps[s].fixed, p.fpc[s]
	if c != nil {
		if !c.Answered(i) {
			p.missing.fpc.mark(p.batch, i)
			return
		}
		if c.Ints != nil {
			x = float64(c.Ints[i])
		} else {
			x = c.Floats[i]
		}
	}
	if c != nil || x != 0 {
		to := &p.Frame.strata.of[h]
		to.low, to.high = min(to.low, x), max(to.high, x)
	}
}

// columnOf returns the column of an item, nil when no item is named.
func columnOf(b *dataset.Batch, item string) *dataset.Column {
	if item == "" {
		return nil
	}
	return b.Column(item)
}

func answerOf(c *dataset.Column, i int) answer {
	switch {
	case c == nil:
		return answer{}
	case c.Codes != nil:
		return answer{number: int64(c.Codes[i])}
	case c.Ints != nil:
		return answer{number: c.Ints[i]}
	case c.Floats != nil:
		return answer{number: int64(math.Float64bits(c.Floats[i]))}
	default:
		return answer{text: c.Text(i)}
	}
}
