package weighting

import "math"

// Calibrate finds the factors that meet all totals and are nearest to 1 by a
// distance, by Newton's method (Deville and Särndal 1992, §3). Size is how
// large the population is: what each margin adds up to. There is at least one
// margin, if only that of everybody.
func (s Sample) Calibrate(margins []Margin, numbers []Number, size float64, d Distance, b Bounds, rule Rule) Fit {
	p := &problem{Sample: s, margins: margins, numbers: numbers, size: size, x: columnsOf(s, margins, numbers, size)}
	f := Fit{}
	n := len(s.Weight)
	lambda := make([]float64, p.x.width)
	at := p.at(lambda, d, b)
	for {
		f.Factor = at.factor
		f.Misses = p.all(at.factor, rule.Tolerance)
		if f.Met = len(f.Misses) == 0; f.Met || f.Rounds >= rule.Rounds {
			break
		}
		f.Rounds++
		step := p.x.factorise(at.slope).solve(at.residual)
		next, ok := p.along(lambda, step, at, d, b)
		if !ok {
			break
		}
		lambda, at = next.lambda, next
	}
	f.explain = regression{x: p.x, weight: s.Weight, by: p.x.factorise(s.Weight), n: n}
	return f
}

type problem struct {
	Sample
	margins []Margin
	numbers []Number
	size    float64
	x       columns
}

// point is where Newton's method stands.
type point struct {
	lambda, factor, slope []float64
	residual              []float64 // what each column lacks
	norm                  float64
}

func (p *problem) at(lambda []float64, d Distance, b Bounds) point {
	out := point{lambda: lambda, factor: ones(len(p.Weight)), slope: make([]float64, len(p.Weight))}
	fitted := make([]float64, len(p.Weight))
	for c, u := range p.x.times(len(p.Weight), lambda) {
		if p.x.outside(c) {
			continue
		}
		f, slope := d.factor(u, b)
		out.factor[c], out.slope[c] = f, float64(p.Weight[c]*slope)
		fitted[c] = float64(p.Weight[c] * f)
	}
	out.residual = p.targets()
	for j, got := range p.x.crossed(fitted) {
		out.residual[j] -= got
		out.norm += float64(out.residual[j] * out.residual[j])
	}
	return out
}

// targets are the totals of the columns; a centred number adds up to 0.
func (p *problem) targets() []float64 {
	out := make([]float64, p.x.width)
	for i, m := range p.margins {
		from := m.Totals
		if i > 0 {
			from = from[1:]
		}
		copy(out[p.x.first[i]:], from)
	}
	return out
}

// along goes a step, or as much of it as brings the totals nearer.
func (p *problem) along(from, step []float64, was point, d Distance, b Bounds) (point, bool) {
	for size := 1.0; size > 1e-9; size /= 2 {
		lambda := make([]float64, len(from))
		for i := range lambda {
			lambda[i] = from[i] + float64(size*step[i])
		}
		next := p.at(lambda, d, b)
		if next.norm < was.norm && !math.IsInf(next.norm, 0) {
			return next, true
		}
	}
	return was, false
}

// all lists totals that are missed, of margins and of numbers.
func (p *problem) all(factor []float64, tolerance float64) []Miss {
	out := p.misses(p.margins, factor, tolerance)
	for i, n := range p.numbers {
		got, scale := 0.0, 0.0
		for c, w := range p.Weight {
			if p.x.outside(c) {
				continue
			}
			got += float64(float64(w*factor[c]) * n.Of[c])
			scale += math.Abs(float64(w * n.Of[c]))
		}
		if share := missed(got, n.Total, max(scale, math.Abs(n.Total))); !(share <= tolerance) {
			out = append(out, Miss{len(p.margins) + i, 0, share})
		}
	}
	return out
}

// regression explains an influence by the columns of a calibration, by least
// squares weighted with base weights (Särndal, Swensson and Wretman 1992, §6.6).
type regression struct {
	x      columns
	weight []float64
	by     factorised
	n      int
}

func (r regression) shifts(mean []float64) []float64 {
	out := make([]float64, r.n)
	left := make([]float64, r.n)
	for range 2 { // the second time mends what rounding left
		for c := range left {
			left[c] = float64(r.weight[c] * (mean[c] - out[c]))
		}
		for c, v := range r.x.times(r.n, r.by.solve(r.x.crossed(left))) {
			out[c] += v
		}
	}
	return out
}
