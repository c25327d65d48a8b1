package attack

import (
	"errors"
	"math"
)

// near is how close to its bound a value counts as at it.
const near = 1e-7

// errHard says that a linear program was given up.
var errHard = errors.New("a linear program was given up")

// program is a part as a linear program with real unknowns: a simplex method
// with bounds on both sides, in the form of a dictionary. Variables below n are
// cells, those from n on are the sums of rows. Each basic variable is a sum of
// the others, which lie at one of their bounds.
type program struct {
	n, m   int
	t      [][]float64
	basic  []int // by row
	others []int // by column
	lo, hi []float64
	x      []float64
	steps  int
}

// newProgram makes the program of a part; cells are counted from 0 in its order.
func newProgram(s *system, p *part) *program {
	n, m := len(p.cells), len(p.rows)
	g := &program{n: n, m: m, lo: make([]float64, n+m), hi: make([]float64, n+m), x: make([]float64, n+m)}
	at := map[int32]int{}
	for j, c := range p.cells {
		at[c] = j
		g.lo[j], g.hi[j] = float64(s.lo[c]), float64(s.hi[c])
		g.x[j] = g.lo[j]
		g.others = append(g.others, j)
	}
	for i, r := range p.rows {
		line := make([]float64, n)
		for j, c := range r.at {
			line[at[c]] = float64(r.times[j])
		}
		g.t = append(g.t, line)
		g.basic = append(g.basic, n+i)
		g.lo[n+i], g.hi[n+i] = math.Inf(-1), math.Inf(1)
		if r.lo > -unbounded/2 {
			g.lo[n+i] = float64(r.lo)
		}
		if r.hi < unbounded/2 {
			g.hi[n+i] = float64(r.hi)
		}
	}
	g.settle()
	return g
}

// settle works out the basic variables from the others.
func (g *program) settle() {
	for i, line := range g.t {
		v := 0.0
		for j, f := range line {
			if f != 0 {
				v += f * g.x[g.others[j]]
			}
		}
		g.x[g.basic[i]] = v
	}
}

// outside says by how much a variable is beyond its bounds: negative below.
func (g *program) outside(v int) float64 {
	slack := near * max(1, math.Abs(g.x[v])*1e-3)
	switch {
	case g.x[v] < g.lo[v]-slack:
		return g.x[v] - g.lo[v]
	case g.x[v] > g.hi[v]+slack:
		return g.x[v] - g.hi[v]
	}
	return 0
}

// feasible looks for values that fit all bounds.
func (g *program) feasible() error {
	for {
		d := make([]float64, g.n)
		fits := true
		for i, v := range g.basic {
			switch o := g.outside(v); {
			case o < 0:
				fits = false
				addTo(d, g.t[i], 1)
			case o > 0:
				fits = false
				addTo(d, g.t[i], -1)
			}
		}
		if fits {
			return nil
		}
		switch moved, err := g.step(d, false); {
		case err != nil:
			return err
		case !moved:
			return errContradiction
		}
	}
}

func addTo(d, line []float64, times float64) {
	for j, f := range line {
		if f != 0 {
			d[j] += times * f
		}
	}
}

// gains returns by how much a sum of cells grows with each of the others.
func (g *program) gains(sum []float64) []float64 {
	d := make([]float64, g.n)
	for j, v := range g.others {
		if v < g.n {
			d[j] = sum[v]
		}
	}
	for i, v := range g.basic {
		if v < g.n && sum[v] != 0 {
			addTo(d, g.t[i], sum[v])
		}
	}
	return d
}

// maximise makes a sum of cells as large as it can be, and returns the gains
// that prove it. After each step it asks whether that is enough.
func (g *program) maximise(sum []float64, enough func() bool) (d []float64, stopped bool, err error) {
	for still := 0; ; {
		if enough() {
			return nil, true, nil
		}
		d = g.gains(sum)
		before := value(sum, g.x)
		moved, err := g.step(d, still > 30)
		if err != nil {
			return nil, false, err
		}
		if !moved {
			return d, false, nil
		}
		if value(sum, g.x) > before+near {
			still = 0
		} else {
			still++
		}
	}
}

func value(sum, x []float64) float64 {
	v := 0.0
	for j, f := range sum {
		if f != 0 {
			v += f * x[j]
		}
	}
	return v
}

// step moves one of the others in the direction of a gain, as far as bounds let
// it. With first it takes the first that gains, which cannot go in circles (Bland
// 1977); else the one that gains most.
func (g *program) step(d []float64, first bool) (bool, error) {
	g.steps++
	if g.steps > 200_000 {
		return false, errHard
	}
	enter := -1
	for j, v := range g.others {
		if g.lo[v] == g.hi[v] || math.Abs(d[j]) < 1e-9 || d[j] > 0 && g.x[v] >= g.hi[v] || d[j] < 0 && g.x[v] <= g.lo[v] {
			continue
		}
		if enter < 0 || first && v < g.others[enter] || !first && math.Abs(d[j]) > math.Abs(d[enter]) {
			enter = j
		}
	}
	if enter < 0 {
		return false, nil
	}
	v := g.others[enter]
	way := 1.0
	if d[enter] < 0 {
		way = -1
	}
	far, leave, to := g.hi[v]-g.lo[v], -1, 0.0
	for i, b := range g.basic {
		f := g.t[i][enter] * way
		if math.Abs(f) < 1e-9 {
			continue
		}
		stop, bounded := g.stop(b, f)
		if !bounded {
			continue
		}
		length := max(0, (stop-g.x[b])/f)
		better := length < far-1e-9
		if !better && length < far+1e-9 && leave >= 0 {
			better = first && b < g.basic[leave] || !first && math.Abs(f) > math.Abs(g.t[leave][enter])
		}
		if better {
			far, leave, to = min(far, length), i, stop
		}
	}
	if math.IsInf(far, 1) {
		return false, errHard // a sum without a bound
	}
	for i, b := range g.basic {
		if f := g.t[i][enter]; f != 0 {
			g.x[b] += f * way * far
		}
	}
	g.x[v] += way * far
	if leave < 0 { // from one bound to the other
		g.x[v] = g.lo[v]
		if way > 0 {
			g.x[v] = g.hi[v]
		}
		return true, nil
	}
	g.x[g.basic[leave]] = to
	g.pivot(leave, enter)
	if g.steps%100 == 0 {
		g.settle()
	}
	return true, nil
}

// stop returns where a basic variable that moves stops the step: at the bound
// ahead; one that is outside, at the bound that it comes back to.
func (g *program) stop(b int, speed float64) (float64, bool) {
	o := g.outside(b)
	ahead := g.hi[b]
	if speed < 0 {
		ahead = g.lo[b]
	}
	switch {
	case o < 0 && speed > 0:
		ahead = g.lo[b]
	case o > 0 && speed < 0:
		ahead = g.hi[b]
	case o != 0:
		return 0, false
	}
	return ahead, !math.IsInf(ahead, 0)
}

// pivot exchanges a basic variable with one of the others.
func (g *program) pivot(r, c int) {
	line := g.t[r]
	f := line[c]
	var used []int
	for j := range line {
		if j != c && line[j] != 0 {
			line[j] /= -f
			used = append(used, j)
		}
	}
	line[c] = 1 / f
	for i, other := range g.t {
		e := other[c]
		if i == r || e == 0 {
			continue
		}
		for _, j := range used {
			if other[j] += e * line[j]; math.Abs(other[j]) < 1e-11 {
				other[j] = 0
			}
		}
		other[c] = e * line[c]
	}
	g.basic[r], g.others[c] = g.others[c], g.basic[r]
}
