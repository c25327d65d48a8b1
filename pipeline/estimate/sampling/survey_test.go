package sampling

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// person is a respondent: unit[0] is the primary sampling unit, and unit[s] the
// one within it; of[s] is how many units there are at a stage to draw from.
type person struct {
	stratum int64
	unit    [3]int64
	of      [3]int64
	cell    int64
	w, x, y float64
	in      bool // in the domain
}

var items = []survey.Item{
	{Name: "h", Type: survey.Integer}, {Name: "u0", Type: survey.Integer}, {Name: "u1", Type: survey.Integer}, {Name: "u2", Type: survey.Integer},
	{Name: "n0", Type: survey.Integer}, {Name: "n1", Type: survey.Integer}, {Name: "n2", Type: survey.Integer},
	{Name: "cell", Type: survey.Integer}, {Name: "in", Type: survey.Integer}, {Name: "x", Type: survey.Decimal}, {Name: "y", Type: survey.Decimal},
}

// fataler is a test or a check of rapid.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

func batchOf(t fataler, people []person) *dataset.Batch {
	t.Helper()
	s, findings := survey.New(survey.Survey{Items: items, Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	b := dataset.NewBuilder(dataset.NewLayout(s, 0, nil).With(s, nil, false, true))
	for i, p := range people {
		b.Begin(dataset.Response{Parent: -1, Weight: p.w, Origin: dataset.Origin{Row: int64(i)}})
		in := int64(0)
		if p.in {
			in = 1
		}
		for name, v := range map[string]int64{"h": p.stratum, "u0": p.unit[0], "u1": p.unit[1], "u2": p.unit[2], "n0": p.of[0], "n1": p.of[1], "n2": p.of[2], "cell": p.cell, "in": in} {
			b.Column(name).Int(v)
		}
		b.Column("x").Float(p.x)
		b.Column("y").Float(p.y)
	}
	return b.Batch()
}

// counted is what an estimator keeps: totals by group, of those in the domain.
type counted struct {
	frame   *Frame
	moments []Moments // of y, and of 1
	masses  []Mass
	wide    []sums
}

// sums are of a group: Σw·v for v = 1, x, y, and Σw²·v·v' of each two.
type sums struct {
	one [3]float64
	two [3][3]float64
}

func (c *counted) add(b *dataset.Batch) {
	groups := c.frame.Add(b, c.frame.Weights(b))
	w, in, x, y := b.Weights(), b.Column("in").Ints, b.Column("x").Floats, b.Column("y").Floats
	c.grow()
	for i, g := range groups {
		if g == None || in[i] == 0 {
			continue
		}
		m, v := &c.moments[g], [3]float64{1, x[i], y[i]}
		mass := Mass{N: 1}
		mass.W.Add(w[i])
		exact.Product(w[i], w[i]).AddTo(&mass.Square)
		c.masses[g].Merge(mass)
		m.WA.Add(w[i] * y[i])
		m.WB.Add(w[i])
		m.WAA.Add(w[i] * y[i] * y[i])
		m.W2AA.Add(w[i] * y[i] * w[i] * y[i])
		m.W2AB.Add(w[i] * w[i] * y[i])
		m.W2BB.Add(w[i] * w[i])
		for j := range v {
			c.wide[g].one[j] += w[i] * v[j]
			for k := range v {
				c.wide[g].two[j][k] += w[i] * v[j] * w[i] * v[k]
			}
		}
	}
}

func (c *counted) grow() {
	for len(c.masses) < c.frame.Groups() {
		c.masses, c.moments, c.wide = append(c.masses, Mass{}), append(c.moments, Moments{}), append(c.wide, sums{})
	}
}

func (c *counted) merge(o *counted) {
	to := c.frame.Merge(o.frame)
	c.grow()
	for g, at := range to {
		c.masses[at].Merge(o.masses[g])
		c.moments[at].merge(o.moments[g])
		for j := range o.wide[g].one {
			c.wide[at].one[j] += o.wide[g].one[j]
			for k := range o.wide[g].one {
				c.wide[at].two[j][k] += o.wide[g].two[j][k]
			}
		}
	}
}

func (c *counted) base() *Base {
	var parts []Part
	for g := range c.masses {
		parts = append(parts, Part{Group: int32(g), Block: g})
	}
	return c.frame.Base(parts, func(block int) Mass { return c.masses[block] })
}

// variances returns those of the mean and of the total of y in the domain.
func (c *counted) variances() (mean, total float64, problem string) {
	p := NewNumbers(c.base(), func(block int) Moments { return c.moments[block] })
	w := exact.DoubleOf(p.Base().Total.W)
	m, problem := c.frame.Variance(p, p.SumY().Over(w), w)
	if problem != "" {
		return 0, 0, problem
	}
	v, problem := c.frame.Variance(Total{p}, exact.Double{}, exact.Number(1))
	return m.Float(), v.Float(), problem
}

// influence is of the mean of y, the total of y and the total of x.
type influence struct {
	*counted
	groups []int32
	by     [3][3]float64 // each figure's influence is a combination of 1, x and y
}

func (c *counted) influence() *influence {
	out := &influence{counted: c}
	var w, wy float64
	for g, m := range c.masses {
		if m.N > 0 {
			out.groups = append(out.groups, int32(g))
			w, wy = w+c.wide[g].one[0], wy+c.wide[g].one[2]
		}
	}
	out.by = [3][3]float64{{-wy / w / w, 0, 1 / w}, {0, 0, 1}, {0, 1, 0}}
	return out
}

func (n *influence) Width() int                 { return 3 }
func (n *influence) Parts() int                 { return len(n.groups) }
func (n *influence) Part(at int) (int32, int64) { return n.groups[at], n.masses[n.groups[at]].N }
func (n *influence) Total(at int, z []float64)  { n.combine(n.wide[n.groups[at]].one, z) }
func (n *influence) Cross(at int, wz []float64) { n.combine(n.wide[n.groups[at]].two[0], wz) }
func (n *influence) combine(v [3]float64, z []float64) {
	for i, by := range n.by {
		z[i] = by[0]*v[0] + by[1]*v[1] + by[2]*v[2]
	}
}

func (n *influence) Square(at int, add func(i, j int, x float64)) {
	two := n.wide[n.groups[at]].two
	for i := range n.by {
		for j := range i + 1 {
			var x float64
			for a := range two {
				for b := range two {
					x += n.by[i][a] * n.by[j][b] * two[a][b]
				}
			}
			add(i, j, x)
		}
	}
}

// stratified are weights that were fitted to the sizes of cells.
type stratified struct{ weight []float64 }

func fittedTo(people []person) *stratified {
	s := &stratified{make([]float64, cells)}
	for _, p := range people {
		s.weight[p.cell] += p.w
	}
	return s
}

func (s *stratified) Len() int { return len(s.weight) }
func (s *stratified) Cells(b *dataset.Batch) []int32 {
	var out []int32
	for _, c := range b.Column("cell").Ints {
		out = append(out, int32(c))
	}
	return out
}
func (s *stratified) Shifts(z []float64) []float64 {
	out := make([]float64, len(z))
	for c, w := range s.weight {
		if w > 0 {
			out[c] = z[c] / w
		}
	}
	return out
}

const cells = 3

// drawn is a random sample with its design.
type drawn struct {
	design Design
	stages int
	named  bool // the last units are named, and may hold several respondents
	people []person
	fitted *stratified
}

func draw(t *rapid.T) drawn {
	d := drawn{stages: rapid.IntRange(1, 3).Draw(t, "stages"), named: rapid.Bool().Draw(t, "named")}
	d.design = Design{Strata: "h", FPC: "n0", Lonely: rapid.SampledFrom([]Lonely{LonelyFail, LonelyRemove, LonelyAdjust, LonelyAverage}).Draw(t, "lonely")}
	finite := d.stages > 1 || rapid.Bool().Draw(t, "finite")
	if !finite {
		d.design.FPC = ""
	}
	d.design.Kind = table.Stratified
	if d.stages > 1 || d.named {
		d.design.Kind, d.design.PSU = table.Cluster, "u0"
	}
	for s := 1; s < d.stages; s++ {
		step := Stage{Unit: fmt.Sprint("u", s), FPC: fmt.Sprint("n", s)}
		if s == d.stages-1 && !d.named {
			step.Unit = ""
		}
		d.design.Stages = append(d.design.Stages, step)
	}
	number := rapid.Float64Range(-9, 9)
	var fill func(p person, stage int)
	fill = func(p person, stage int) {
		if stage == d.stages {
			for range map[bool]int{true: rapid.IntRange(1, 3).Draw(t, "respondents"), false: 1}[d.named] {
				p.w, p.x, p.y = rapid.Float64Range(0.5, 9).Draw(t, "w"), number.Draw(t, "x"), number.Draw(t, "y")
				p.cell, p.in = rapid.Int64Range(0, cells-1).Draw(t, "cell"), rapid.IntRange(0, 3).Draw(t, "in") > 0
				d.people = append(d.people, p)
			}
			return
		}
		n := rapid.Int64Range(1, 4).Draw(t, "units")
		p.of[stage] = n + rapid.Int64Range(0, 5).Draw(t, "others") + 2
		for k := range n {
			p.unit[stage] = k
			fill(p, stage+1)
		}
	}
	for h := range rapid.Int64Range(1, 4).Draw(t, "strata") {
		fill(person{stratum: h}, 0)
	}
	d.people[0].in = true
	if rapid.Bool().Draw(t, "fitted") {
		d.fitted = fittedTo(d.people)
	}
	return d
}

func (d drawn) frame() *Frame {
	if d.fitted == nil {
		return New(d.design, 0, nil)
	}
	return New(d.design, 0, d.fitted)
}

// counted adds the respondents up, and settles the frame.
func (d drawn) counted(t fataler) *counted {
	t.Helper()
	c := &counted{frame: d.frame()}
	c.add(batchOf(t, d.people))
	c.frame.Settle()
	return c
}

var _ fataler = (*testing.T)(nil)
