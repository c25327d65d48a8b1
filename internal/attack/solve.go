package attack

import (
	"errors"
	"math"
	"slices"
)

// mostOfProgram is how many numbers a linear program may hold. Parts with more
// are taken in pieces.
const mostOfProgram = 3_000_000

// interval is a range of whole numbers.
type interval struct{ lo, hi int64 }

// goal is a sum of cells of one part, and what is known of it: bounds that are
// proved, and values that it can have.
type goal struct {
	key    string
	at     []int32 // the cells, by their place in the part
	times  []int64
	lo, hi int64
	seenLo float64
	seenHi float64
	solved bool
	enough []func(lo, hi float64) bool // by target, whether such values leave nothing to claim
}

func (g *goal) done() bool {
	if g.solved {
		return true
	}
	for _, f := range g.enough {
		if !f(g.seenLo, g.seenHi) {
			return false
		}
	}
	return true
}

// see takes in values of the cells that fit all that is known.
func (g *goal) see(x []float64) {
	v := 0.0
	for i, j := range g.at {
		v += float64(g.times[i]) * x[j]
	}
	g.seenLo, g.seenHi = min(g.seenLo, v), max(g.seenHi, v)
}

// solve returns the bounds of all targets.
func (a Attacker) solve(s *system, targets []target, k int64, kin *kinship, f *Findings) ([]interval, error) {
	parts := s.parts()
	f.Parts = len(parts)
	partOf, placeOf := make([]int32, len(s.lo)), make([]int32, len(s.lo))
	for i, p := range parts {
		f.Largest = max(f.Largest, len(p.cells))
		for j, c := range p.cells {
			partOf[c], placeOf[c] = int32(i), int32(j)
		}
	}
	goals := make([]map[string]*goal, len(parts))
	known := make([]int64, len(targets))
	of := make([][]*goal, len(targets))
	for i, t := range targets {
		var split []int32
		sums := map[int32]row{}
		for _, c := range cellsOf(t.sum) {
			if !s.open(int32(c)) {
				known[i] += t.sum[c] * s.lo[c]
				continue
			}
			p := partOf[c]
			r, ok := sums[p]
			if !ok {
				split = append(split, p)
			}
			r.at, r.times = append(r.at, placeOf[c]), append(r.times, t.sum[c])
			sums[p] = r
		}
		for _, p := range split {
			g := goalOf(goals, int(p), sums[p], s, parts[p])
			g.enough = append(g.enough, suffices(t, len(split), known[i], k))
			of[i] = append(of[i], g)
		}
	}
	for i, p := range parts {
		if err := p.solve(s, inOrder(goals[i]), a.real, kin, f); err != nil {
			return nil, err
		}
	}
	out := make([]interval, len(targets))
	for i := range targets {
		out[i] = interval{known[i], known[i]}
		for _, g := range of[i] {
			out[i].lo, out[i].hi = out[i].lo+g.lo, out[i].hi+g.hi
		}
	}
	return out, nil
}

func cellsOf(sum map[int]int64) []int {
	out := make([]int, 0, len(sum))
	for c := range sum {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// goalOf returns the goal of a sum in a part, the same for the same sum.
func goalOf(goals []map[string]*goal, at int, r row, s *system, p *part) *goal {
	if goals[at] == nil {
		goals[at] = map[string]*goal{}
	}
	key := r.key()
	g := goals[at][key]
	if g == nil {
		g = &goal{key: key, at: r.at, times: r.times, seenLo: math.Inf(1), seenHi: math.Inf(-1)}
		for i, j := range r.at {
			t, c := r.times[i], p.cells[j]
			g.lo, g.hi = g.lo+min(t*s.lo[c], t*s.hi[c]), g.hi+max(t*s.lo[c], t*s.hi[c])
		}
		goals[at][key] = g
	}
	return g
}

func inOrder(goals map[string]*goal) []*goal {
	out := make([]*goal, 0, len(goals))
	for _, key := range sorted(goals) {
		out = append(out, goals[key])
	}
	return out
}

// suffices returns what says whether the values seen of a goal leave nothing to
// claim of a target.
func suffices(t target, split int, known, k int64) func(lo, hi float64) bool {
	width := float64(k) - 1e-6
	return func(lo, hi float64) bool {
		if t.kind == Narrow || split > 1 {
			return hi-lo >= width
		}
		lo, hi = lo+float64(known), hi+float64(known)
		if t.kind == Gained {
			return hi >= width || lo <= -width || lo < 1e-6 && hi > -1e-6
		}
		return lo < 1-1e-6 || hi >= width
	}
}

// solve finds the bounds of the goals of a part.
func (p *part) solve(s *system, goals []*goal, real bool, kin *kinship, f *Findings) error {
	if len(goals) == 0 {
		return nil
	}
	if len(p.rows) == 0 { // cells that are tied to nothing, one in each part
		for _, g := range goals {
			g.solved = true
		}
		return nil
	}
	if !real {
		if done, err := enumerate(s, p, goals); done {
			return err
		}
	}
	if len(p.rows)*len(p.cells) > mostOfProgram {
		f.Pieces++
		return p.pieces(s, goals, kin, f)
	}
	err := p.programs(s, goals)
	if errors.Is(err, errHard) {
		f.Hard++
		return nil
	}
	return err
}

// programs finds bounds by linear programs, one after the other from where the
// last one ended. It stops looking where values that were seen are enough.
func (p *part) programs(s *system, goals []*goal) error {
	g := newProgram(s, p)
	if err := g.feasible(); err != nil {
		return err
	}
	pending := slices.Clone(goals)
	look := func() {
		pending = slices.DeleteFunc(pending, func(o *goal) bool { o.see(g.x); return o.done() })
	}
	look()
	for _, o := range goals {
		for _, way := range []float64{1, -1} {
			if o.done() {
				break
			}
			sum := make([]float64, len(p.cells))
			for i, j := range o.at {
				sum[j] = way * float64(o.times[i])
			}
			d, stopped, err := g.maximise(sum, func() bool { look(); return o.done() })
			switch {
			case err != nil:
				return err
			case stopped:
			case way > 0:
				o.hi = min(o.hi, prove(s, p, g, sum, d))
			default:
				o.lo = max(o.lo, -prove(s, p, g, sum, d))
			}
		}
		o.solved = true
	}
	return nil
}
