package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// chunkRows is how many responses are gathered before they are put in the order
// of their groups, so that the totals of a group are added up while they are at
// hand, and written to memory once.
const chunkRows = 1 << 16

// chunk holds the responses of some batches.
type chunk struct {
	views []*view
	rows  int
}

// ordered is a chunk in the order of groups.
type ordered struct {
	runs    []stretch
	rows    int
	at      [][]int32 // of each view and response: its place, or none
	weights bool
	weight  lane // Σw
	square  lane // Σw², rounded to a float64, and
	residue lane // what that took, where it is asked for
	exact   bool // residues are there
	codes   map[string][]uint8
	squares map[string]halves // Σw² by the choices of an item; of everybody under ""
	views   []*view
}

// stretch is the responses of one group.
type stretch struct {
	group    int32
	from, to int32
}

// order puts a chunk in the order of groups. It reports false where the weights
// spread too far for lanes; such a chunk is counted one response at a time.
func (c *chunk) order(groups int) (*ordered, bool) {
	o := &ordered{codes: map[string][]uint8{}, squares: map[string]halves{}, views: c.views, at: make([][]int32, len(c.views))}
	starts := make([]int32, groups+1)
	for _, v := range c.views {
		for _, g := range v.group {
			if g != none {
				starts[g+1]++
			}
		}
	}
	for g := range groups {
		n := starts[g+1]
		starts[g+1] += starts[g]
		if n > 0 {
			o.runs = append(o.runs, stretch{int32(g), starts[g], starts[g+1]})
		}
	}
	o.rows = int(starts[groups])
	next := starts[:groups]
	for k, v := range c.views {
		o.at[k] = make([]int32, len(v.group))
		for i, g := range v.group {
			if g == none {
				o.at[k][i] = none
				continue
			}
			o.at[k][i] = next[g]
			next[g]++
		}
	}
	return o, o.weigh()
}

// weigh fills the lanes of weights, and reports whether they can be.
func (o *ordered) weigh() bool {
	var w, s, r span
	for _, v := range o.views {
		for i, x := range v.weight {
			if x == 0 {
				return false
			}
			w.include(x)
			s.include(v.square[i])
			if v.residue != nil {
				o.exact = true
				r.include(v.residue[i])
			}
		}
		o.weights = o.weights || v.weight != nil
	}
	if !o.weights {
		return true
	}
	var fits [3]bool
	o.weight, fits[0] = newLane(w, o.rows)
	o.square, fits[1] = newLane(s, o.rows)
	o.residue, fits[2] = newLane(r, o.rows)
	if !fits[0] || !fits[1] || !fits[2] {
		return false
	}
	for k, v := range o.views {
		for i, to := range o.at[k] {
			if to == none {
				continue
			}
			o.weight.put(to, v.weight[i])
			o.square.put(to, v.square[i])
			if v.residue != nil {
				o.residue.put(to, v.residue[i])
			}
		}
	}
	return true
}

// codesOf returns the answers to a single-choice item in order: the code of a
// choice or, above the choices, the reason why there is none.
func (o *ordered) codesOf(item string, choices int) []uint8 {
	if out, ok := o.codes[item]; ok {
		return out
	}
	out := make([]uint8, o.rows)
	for k, v := range o.views {
		col := v.batch.Column(item)
		codes, reasons, at := col.Codes, col.Reasons, o.at[k]
		for i, to := range at {
			if to == none {
				continue
			}
			switch reason := reasons[i]; {
			case reason != survey.Answered:
				out[to] = uint8(choices + int(reason))
			case uint(codes[i]) < uint(choices):
				out[to] = uint8(codes[i])
			default:
				out[to] = uint8(choices + int(survey.Invalid))
			}
		}
	}
	o.codes[item] = out
	return out
}
