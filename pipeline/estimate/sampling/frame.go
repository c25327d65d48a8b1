package sampling

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Frame knows the strata and the sampling units that have been met, at every
// stage, and how many the full sample has of each.
//
// Each response belongs to a group: its last sampling unit or, where the
// respondents themselves are the last units, the stratum in which it was
// drawn; divided further by what its weight was fitted to. In a replicate
// design, group 0 is the sample, and group r the sample under the weights of
// replicate r.
//
// A Frame belongs to one goroutine at a time, until it is known.
type Frame struct {
	design Design
	files  []string // of responses, where known
	kind   kind
	steps  []step // the stages of sampling

	strata strata
	units  units
	groups groups
	met    []node // strata and units in the order in which they were met
	fitted Fitted
	memo   *memo
	span   span // of the replicate weights

	// In the order of names; see ranked.
	byName  []int32   // strata
	unitsOf [][]int32 // units of each stratum
	place   []int32   // of each group

	groupsInOrder []int32

	after *fit // what the fitted weights leave of influences; see Settle

	missing missing
	settled bool
	known   bool // all was counted in an earlier pass: Add and Merge change nothing
}

type kind int

const (
	respondents kind = iota // the last sampling units are the respondents
	clusters                // they are units that an item names
	parents                 // responses of a repeat: units are their respondents
	replicates              // groups are replicates
)

// step is a stage of sampling.
type step struct {
	strata string  // item of the stratum, at the first stage
	unit   string  // item of the unit; empty: the respondents
	fpc    string  // item of the population
	fixed  float64 // population given as a number
}

// New returns the empty frame of a design for answers of a level: 0 is that of
// the respondents; at others, respondents are the sampling units. Fitted may be nil.
func New(d Design, level int, fitted Fitted) *Frame {
	d = d.Filled()
	f := &Frame{design: d, fitted: fitted}
	switch {
	case level > 0:
		f.kind, f.fitted = parents, nil
		f.steps = []step{{}}
	case d.Kind == table.Replicate:
		f.kind, f.fitted = replicates, nil
	default:
		f.steps = stepsOf(d)
		if f.steps[len(f.steps)-1].unit != "" {
			f.kind = clusters
		}
	}
	f.empty()
	return f
}

func (f *Frame) empty() {
	f.strata, f.units, f.groups = strata{at: map[stratum]int32{}}, units{at: map[unit]int32{}}, groups{at: map[holder]int32{}}
	f.met = nil
	f.missing, f.span, f.memo = missing{}, span{}, &memo{}
}

func stepsOf(d Design) []step {
	first := step{strata: d.Strata, unit: d.PSU, fpc: d.FPC}
	out := []step{first}
	for _, s := range d.Stages {
		out = append(out, step{unit: s.Unit, fpc: s.FPC})
	}
	for i := range out {
		if x, is := constant(out[i].fpc); is {
			out[i].fpc, out[i].fixed = "", x
		}
	}
	return out
}

// Named tells findings the names of the files that responses came from.
func (f *Frame) Named(files []string) { f.files = files }

// Fresh returns an empty frame of the same design, or one that knows the same
// once all is known.
func (f *Frame) Fresh() *Frame {
	out := *f
	if f.known {
		out.memo = &memo{}
		return &out
	}
	out.empty()
	return &out
}

// Keep declares that all responses have been added. Later passes only look up
// their groups, and several workers may share the frame.
func (f *Frame) Keep() { f.known = true }

// Squares reports whether the variance needs sums of squares within groups:
// where respondents are the last sampling units.
func (f *Frame) Squares() bool { return f.kind == respondents }

// Stratified reports whether respondents are drawn from strata, or fitted to
// totals, so that their squares must be known to the last bit.
func (f *Frame) Stratified() bool {
	return f.kind == respondents && (f.design.Strata != "" || len(f.steps) > 1 || f.fitted != nil)
}

// Replicated returns how many replicates there are, 0 in other designs.
func (f *Frame) Replicated() int {
	if f.kind != replicates {
		return 0
	}
	return len(f.design.Replicates.Columns)
}

// Groups returns how many groups there are.
func (f *Frame) Groups() int {
	if f.kind == replicates {
		return 1 + f.Replicated()
	}
	return len(f.groups.of)
}

// None is the group of a response whose place in the design is not known.
const None int32 = -1

// Add counts a batch in, with the weights of its responses (nil: all 1), and
// returns the group of each. In a replicate design all are of group 0.
func (f *Frame) Add(b *dataset.Batch, weights []float64) []int32 {
	out := make([]int32, b.Len())
	if f.kind == replicates {
		return out
	}
	p := f.placer(b)
	for i := range out {
		out[i] = p.place(i)
		if f.known || out[i] == None || f.fitted == nil {
			continue // what a group weighs matters to fitted weights alone
		}
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		f.groups.add(out[i], w)
	}
	return out
}

// Merge counts another frame in and returns where its groups are in this one.
func (f *Frame) Merge(o *Frame) []int32 {
	if f.kind == replicates && !f.known {
		f.missing.merge(o.missing)
		for _, v := range o.span.basis {
			f.span.take(v)
		}
	}
	if f.known || f.kind == replicates {
		same := make([]int32, f.Groups())
		for g := range same {
			same[g] = int32(g)
		}
		return same
	}
	f.missing.merge(o.missing)
	strata, units := make([]int32, len(o.strata.of)), make([]int32, len(o.units.of))
	for _, n := range o.met { // each after what holds it
		if n.unit {
			u := o.units.of[n.at]
			u.stratum = strata[u.stratum]
			units[n.at], _ = f.unit(u, true)
			continue
		}
		s := o.strata.of[n.at]
		if s.key.parent != None {
			s.key.parent = units[s.key.parent]
		}
		h, _ := f.stratum(s.key, true)
		strata[n.at] = h
		f.strata.of[h].merge(s, f.kind == respondents && s.stage == len(f.steps)-1)
	}
	out := make([]int32, len(o.groups.of))
	for g, from := range o.groups.of {
		h := from.holder
		if f.kind == respondents {
			h.node = strata[h.node]
		} else {
			h.node = units[h.node]
		}
		to := f.index(h)
		out[g] = to
		f.groups.of[to].merge(from)
	}
	return out
}

// node is a stratum or a unit, by its index.
type node struct {
	unit bool
	at   int32
}

// simple reports whether the groups are the nodes of the only stage.
func (f *Frame) simple() bool { return f.fitted == nil && len(f.steps) == 1 }

func (f *Frame) index(h holder) int32 {
	if f.simple() {
		return f.groups.simply(h.node)
	}
	return f.groups.index(h)
}

// groups are the groups of the design.
type groups struct {
	at map[holder]int32
	of []group
}

// holder is what a group is: a node of the last stage, and a cell of what the
// weights were fitted to.
type holder struct{ node, cell int32 }

// group is a group with what all its responses weigh.
type group struct {
	holder
	n         int64
	w, square exact.Sum
}

func (g *group) merge(o group) {
	g.n += o.n
	g.w.Merge(o.w)
	g.square.Merge(o.square)
}

// simply returns the group of the last node of a design in one stage, whose
// groups are its nodes.
func (g *groups) simply(node int32) int32 {
	for int(node) >= len(g.of) {
		g.of = append(g.of, group{holder: holder{node: int32(len(g.of))}})
	}
	return node
}

func (g *groups) index(h holder) int32 {
	at, ok := g.at[h]
	if !ok {
		at = int32(len(g.of))
		g.at[h] = at
		g.of = append(g.of, group{holder: h})
	}
	return at
}

func (g *groups) add(at int32, w float64) {
	to := &g.of[at]
	to.n++
	to.w.Add(w)
	exact.Product(w, w).AddTo(&to.square)
}
