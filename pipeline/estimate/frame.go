package estimate

import (
	"math"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// frame knows the strata and the sampling units that have been met, and how
// many the full sample has of each. Where respondents are the sampling units,
// the groups are the strata; else they are the units.
type frame struct {
	design  Design
	kind    unitKind
	fixed   float64 // fpc given as a number; 0 when it is not
	strata  map[answer]int32
	units   map[unit]int32
	stratum []int32   // of each unit
	size    []int64   // sampling units in each stratum
	fpcLow  []float64 // smallest and largest fpc met in each stratum
	fpcHigh []float64
	rest    []float64 // the part of each stratum's population that was not sampled; see settle
	missing missingDesign
	known   bool // all was counted in an earlier pass: add and merge change nothing
}

type unitKind int

const (
	respondents unitKind = iota // each response is its own sampling unit
	clusters                    // units are named by an item
	parents                     // responses of a repeat: units are their respondents
)

// answer is an answer by which responses are told apart.
type answer struct {
	number int64
	text   string
}

type unit struct {
	stratum int32
	name    answer
}

// missingDesign marks the responses whose place or weight in the design is not known.
type missingDesign struct{ strata, psu, fpc, weight trouble }

func newFrame(d Design, level int) *frame {
	f := &frame{design: d, strata: map[answer]int32{}, units: map[unit]int32{}}
	f.fixed, _ = constant(d.FPC)
	switch {
	case level > 0:
		f.kind = parents
		f.design.Strata, f.design.PSU, f.design.FPC, f.fixed = "", "", "", 0
	case d.Kind == table.Cluster:
		f.kind = clusters
	}
	return f
}

// fresh returns an empty frame of the same design, or the frame itself once all
// is known.
func (f *frame) fresh() *frame {
	if f.known {
		return f
	}
	out := newFrame(f.design, 0)
	out.kind = f.kind
	return out
}

// groups returns how many groups there are.
func (f *frame) groups() int {
	if f.kind == respondents {
		return len(f.size)
	}
	return len(f.stratum)
}

// stratumOf returns the stratum of a group.
func (f *frame) stratumOf(group int32) int32 {
	if f.kind == respondents {
		return group
	}
	return f.stratum[group]
}

// add counts a batch in and returns the group of each response.
func (f *frame) add(b *dataset.Batch) []int32 {
	if f.known {
		return f.find(b)
	}
	strata, psu, fpc := columnOf(b, f.design.Strata), columnOf(b, f.design.PSU), columnOf(b, f.design.FPC)
	out := make([]int32, b.Len())
	for i := range out {
		out[i] = none
		if strata != nil && !strata.Answered(i) {
			f.missing.strata.mark(b, i)
			continue
		}
		if psu != nil && !psu.Answered(i) {
			f.missing.psu.mark(b, i)
			continue
		}
		h := f.stratumIndex(answerOf(strata, i))
		f.addFPC(b, fpc, h, i)
		if f.kind == respondents {
			f.size[h]++
			out[i] = h
		} else {
			out[i] = f.unitIndex(f.unit(b, psu, h, i))
		}
	}
	return out
}

// find returns the group of each response of a batch that was added before.
// It changes nothing, so that several workers may share the frame.
func (f *frame) find(b *dataset.Batch) []int32 {
	strata, psu := columnOf(b, f.design.Strata), columnOf(b, f.design.PSU)
	out := make([]int32, b.Len())
	for i := range out {
		out[i] = none
		if strata != nil && !strata.Answered(i) || psu != nil && !psu.Answered(i) {
			continue
		}
		h, ok := f.strata[answerOf(strata, i)]
		if ok && f.kind != respondents {
			h, ok = f.units[f.unit(b, psu, h, i)]
		}
		if ok {
			out[i] = h
		}
	}
	return out
}

// unit returns the sampling unit of response i.
func (f *frame) unit(b *dataset.Batch, psu *dataset.Column, stratum int32, i int) unit {
	if f.kind == parents {
		return unit{stratum, answer{number: b.Parent(i)}}
	}
	return unit{stratum, answerOf(psu, i)}
}

func (f *frame) addFPC(b *dataset.Batch, c *dataset.Column, h int32, i int) {
	x := f.fixed
	if c != nil {
		if !c.Answered(i) {
			f.missing.fpc.mark(b, i)
			return
		}
		if c.Ints != nil {
			x = float64(c.Ints[i])
		} else {
			x = c.Floats[i]
		}
	}
	if c != nil || f.fixed != 0 {
		f.fpcLow[h], f.fpcHigh[h] = min(f.fpcLow[h], x), max(f.fpcHigh[h], x)
	}
}

// kept returns the answer without the batch that its text is part of.
func (a answer) kept() answer { return answer{a.number, strings.Clone(a.text)} }

func (f *frame) stratumIndex(a answer) int32 {
	h, ok := f.strata[a]
	if !ok {
		h = int32(len(f.size))
		f.strata[a.kept()] = h
		f.size = append(f.size, 0)
		f.fpcLow = append(f.fpcLow, math.Inf(1))
		f.fpcHigh = append(f.fpcHigh, math.Inf(-1))
	}
	return h
}

func (f *frame) unitIndex(u unit) int32 {
	k, ok := f.units[u]
	if !ok {
		k = int32(len(f.stratum))
		f.units[unit{u.stratum, u.name.kept()}] = k
		f.stratum = append(f.stratum, u.stratum)
		f.size[u.stratum]++
	}
	return k
}

// merge counts another frame in and returns where its groups are in this one.
func (f *frame) merge(o *frame) []int32 {
	if f.known {
		same := make([]int32, f.groups())
		for g := range same {
			same[g] = int32(g)
		}
		return same
	}
	strata := make([]int32, len(o.size))
	for a, from := range o.strata {
		h := f.stratumIndex(a)
		strata[from] = h
		if f.kind == respondents {
			f.size[h] += o.size[from]
		}
		f.fpcLow[h], f.fpcHigh[h] = min(f.fpcLow[h], o.fpcLow[from]), max(f.fpcHigh[h], o.fpcHigh[from])
	}
	f.missing.strata.merge(o.missing.strata)
	f.missing.psu.merge(o.missing.psu)
	f.missing.fpc.merge(o.missing.fpc)
	f.missing.weight.merge(o.missing.weight)
	if f.kind == respondents {
		return strata
	}
	units := make([]int32, len(o.stratum))
	for u, from := range o.units {
		units[from] = f.unitIndex(unit{strata[u.stratum], u.name})
	}
	return units
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

// grouping reports whether items of a type tell strata or sampling units apart.
func grouping(t survey.Type) bool {
	switch t {
	case survey.SelectOne, survey.Integer, survey.Decimal, survey.OpenText, survey.Calculated, survey.Date:
		return true
	}
	return false
}
