package sampling

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// plain works out variances by loops over respondents, from the definition: per
// stratum z is summed over units, V = Σh fh·nh/(nh-1)·Σk(zhk - z̄h)², then the
// same within each unit, times the sampling fractions above.
type plain struct {
	drawn
	z       []float64
	counted []bool // who can make a unit be reached
}

// of returns the influences of a figure, weights included, with u that of each
// respondent in the domain; what fitted weights explain is taken off.
func (d drawn) of(u func(p person) float64) plain {
	out := plain{d, make([]float64, len(d.people)), make([]bool, len(d.people))}
	var wu, w [cells]float64
	for i, p := range d.people {
		if out.counted[i] = p.in || d.fitted != nil; p.in {
			out.z[i] = u(p)
			wu[p.cell] += p.w * out.z[i]
		}
		w[p.cell] += p.w
	}
	for i, p := range d.people {
		if d.fitted != nil {
			out.z[i] -= wu[p.cell] / w[p.cell]
		}
		out.z[i] *= p.w
	}
	return out
}

// split groups respondents by a number, in the order in which they are met.
func split(rows []int, by func(i int) int64) [][]int {
	at := map[int64]int{}
	var out [][]int
	for _, i := range rows {
		k, ok := at[by(i)]
		if !ok {
			k = len(out)
			at[by(i)] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	return out
}

func (p plain) units(stage int, rows []int) [][]int {
	return split(rows, func(i int) int64 {
		if stage == p.stages-1 && !p.named {
			return int64(i)
		}
		return p.people[i].unit[stage]
	})
}

func (p plain) sum(rows []int) (z float64, reached bool) {
	for _, i := range rows {
		z += p.z[i]
		reached = reached || p.counted[i]
	}
	return z, reached
}

func (p plain) variance() (float64, bool) {
	var everybody []int
	for i := range p.people {
		everybody = append(everybody, i)
	}
	strata := split(everybody, func(i int) int64 { return p.people[i].stratum })
	var units, grand float64
	for _, rows := range strata {
		units += float64(len(p.units(0, rows)))
		z, _ := p.sum(rows)
		grand += z
	}
	grand /= units
	var v, met, known float64
	for _, rows := range strata {
		if _, reached := p.sum(rows); !reached {
			continue
		}
		met++
		lonely := len(p.units(0, rows)) == 1
		switch {
		case lonely && p.design.Lonely == LonelyFail:
			return 0, false
		case lonely && p.design.Lonely == LonelyAverage:
			v += p.below(0, rows)
			continue
		case lonely && p.design.Lonely == LonelyAdjust:
			z, _ := p.sum(rows)
			v += p.rest(0, rows)*(z-grand)*(z-grand) + p.below(0, rows)
		default:
			v += p.within(0, rows)
		}
		known++
	}
	if known == 0 {
		return 0, false
	}
	return v * met / known, true
}

// rest is the part of the units of a stage that was not drawn.
func (p plain) rest(stage int, rows []int) float64 {
	if p.design.FPC == "" {
		return 1
	}
	return 1 - float64(len(p.units(stage, rows)))/float64(p.people[rows[0]].of[stage])
}

func (p plain) within(stage int, rows []int) float64 {
	units := p.units(stage, rows)
	n := float64(len(units))
	var mean, squares float64
	for _, u := range units {
		z, _ := p.sum(u)
		mean += z / n
	}
	for _, u := range units {
		z, _ := p.sum(u)
		squares += (z - mean) * (z - mean)
	}
	v := p.below(stage, rows)
	if n > 1 {
		v += p.rest(stage, rows) * n / (n - 1) * squares
	}
	return v
}

// below is what the stages under a stage add.
func (p plain) below(stage int, rows []int) float64 {
	if stage == p.stages-1 {
		return 0
	}
	var v float64
	for _, u := range p.units(stage, rows) {
		if _, reached := p.sum(u); reached {
			v += (1 - p.rest(stage, rows)) * p.within(stage+1, u)
		}
	}
	return v
}

// mean returns the variances of the mean and the total of y.
func (d drawn) byLoops() (mean, total float64, ok bool) {
	var w, wy float64
	for _, p := range d.people {
		if p.in {
			w, wy = w+p.w, wy+p.w*p.y
		}
	}
	mean, _ = d.of(func(p person) float64 { return (p.y - wy/w) / w }).variance()
	total, ok = d.of(func(p person) float64 { return p.y }).variance()
	return mean, total, ok
}

// alike reports whether two variances agree, or are both nothing beside what
// they are made of.
func alike(a, b, tolerance, size float64) bool {
	return math.Abs(a-b) <= tolerance*math.Max(math.Abs(a), math.Abs(b)) || math.Abs(a-b) <= 1e-14*size
}

func TestVariancesAreThoseOfPlainLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		mean, total, problem := d.counted(t).variances()
		wantMean, wantTotal, ok := d.byLoops()
		if (problem == "") != ok {
			t.Fatalf("%+v: %q, but by loops defined is %v", d.design, problem, ok)
		}
		if ok && (!alike(mean, wantMean, 1e-9, 100) || !alike(total, wantTotal, 1e-9, 1e6)) {
			t.Fatalf("%+v fitted %v: mean %v, want %v; total %v, want %v", d.design, d.fitted != nil, mean, wantMean, total, wantTotal)
		}
	})
}

func TestCovariancesHaveVariancesOnTheirDiagonal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		c := d.counted(t)
		mean, total, problem := c.variances()
		v, reason := c.frame.Covariance(c.influence())
		if reason != problem {
			t.Fatalf("%+v: %q and %q", d.design, reason, problem)
		}
		if problem != "" {
			return
		}
		if !alike(v[0][0], mean, 1e-12, 100) || !alike(v[1][1], total, 1e-12, 1e5) {
			t.Fatalf("%+v fitted %v: mean %v, %v; total %v, %v", d.design, d.fitted != nil, v[0][0], mean, v[1][1], total)
		}
		x := d
		x.people = append([]person(nil), d.people...)
		for i := range x.people {
			x.people[i].y += x.people[i].x
		}
		_, both, _ := x.counted(t).variances()
		if got := v[1][1] + 2*v[1][2] + v[2][2]; !alike(got, both, 1e-10, 1e5) || v[1][2] != v[2][1] {
			t.Fatalf("the variance of a sum of totals: %v, want %v", got, both)
		}
	})
}
