package estimate

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
)

// joint holds a cross table of an item by groups as the design sees it: what
// its cells weigh in each group of the frame. Cell d·C+c is choice c in domain
// d, with C choices. It is the influence of the shares of all cells.
type joint struct {
	domains, choices int

	parts  []sampling.Part
	units  []int64     // respondents of each part
	weight [][]float64 // of each part: Σw of its cells
	square [][]float64 // Σw², where respondents are the sampling units

	n     []int64     // respondents in each cell
	total []exact.Sum // Σw of each cell
	cell  []float64   // the same, rounded
	share []float64   // of each cell in all
	all   float64     // Σw of all cells
	df    int64
	bad   string // why nothing can be computed of it
}

// joint gathers the cells of some columns of a tally, which exclude each other.
// complement adds a last choice: those who answered and are in none of them.
func (t *Tally) joint(tally *choiceTally, columns []int32, complement bool) *joint {
	of := tally.of
	j := &joint{domains: of.domains, choices: len(columns)}
	if complement {
		j.choices++
	}
	size := j.domains * j.choices
	j.n, j.total = make([]int64, size), make([]exact.Sum, size)
	if tally.refused {
		j.bad, j.cell, j.share = OutOfRange, make([]float64, size), make([]float64, size)
		return j
	}
	if t.frame.Plain() && !complement {
		j.fromGrid(t, t.gridOf(tally), columns)
		return j.summed()
	}
	var weighted []sampling.Mass // of each part: what its degrees of freedom hang on
	for _, g := range t.frame.Order() {
		if int(g+1)*j.domains > len(tally.cells.block) {
			continue
		}
		if m := j.add(t, tally, int(g), columns, complement); m.N > 0 {
			weighted = append(weighted, m)
		}
	}
	j.df = t.frame.Base(j.parts, func(block int) sampling.Mass { return weighted[block] }).DF
	return j.summed()
}

// fromGrid takes the cells of some columns, which exclude each other.
func (j *joint) fromGrid(t *Tally, g *unitGrid, columns []int32) {
	var keep []int
	for d := range j.domains {
		for c, column := range columns {
			at := d*g.columns + int(column)
			keep = append(keep, at)
			j.n[d*j.choices+c], j.total[d*j.choices+c] = g.n[at], g.total[at]
		}
	}
	var weighted []int32
	for k, group := range g.groups {
		cells := g.weight[k]
		if len(keep) != len(cells) {
			cells = picked(cells, keep)
		}
		any, has := false, false
		for d := range g.people[k] {
			any, has = any || g.people[k][d].any, has || g.people[k][d].weighted
		}
		if !any {
			continue
		}
		if has {
			weighted = append(weighted, group)
		}
		j.parts = append(j.parts, sampling.Part{Group: group, Block: len(j.parts)})
		j.units = append(j.units, 1) // a group is one unit, whoever is in it
		j.weight, j.square = append(j.weight, cells), append(j.square, nil)
	}
	j.df = t.frame.Freedom(weighted)
}

// summed works out what the table adds up to.
func (j *joint) summed() *joint {
	var all exact.Sum
	for _, w := range j.total {
		all.Merge(w)
		j.cell = append(j.cell, w.Float64())
	}
	j.all = all.Float64()
	switch {
	case len(j.parts) == 0:
		j.bad = NoBase
	case all.Zero():
		j.bad = NoWeight
	}
	for _, w := range j.total {
		j.share = append(j.share, exact.DoubleOf(w).Over(exact.DoubleOf(all)).Float())
	}
	return j
}

// add adds the cells of a group, and returns how many are in it. Those of the
// replicates of a sample are not counted again.
func (j *joint) add(t *Tally, tally *choiceTally, group int, columns []int32, complement bool) (all sampling.Mass) {
	again := t.frame.Replicated() > 0 && group > 0
	squares := t.frame.Squares()
	size := j.domains * j.choices
	weight := make([]float64, size)
	var square []float64
	if squares {
		square = make([]float64, size)
	}
	put := func(i int, m sampling.Mass) {
		weight[i] = m.W.Float64()
		if squares {
			square[i] = m.Square.Float64()
		}
		if !again {
			j.n[i] += m.N
			j.total[i].Merge(m.W)
		}
		all.N, all.Zero = all.N+m.N, all.Zero+m.Zero
	}
	for d := range j.domains {
		block := tally.cells.block[group*j.domains+d]
		if block == none {
			continue
		}
		var in sampling.Mass
		for c, column := range columns {
			m := tally.mass(int(block), column)
			put(d*j.choices+c, m)
			if complement {
				in.Merge(m)
			}
		}
		if complement {
			of := tally.everybody(int(block))
			put(d*j.choices+len(columns), sampling.Mass{N: of.N - in.N, Zero: of.Zero - in.Zero, W: of.W.Minus(in.W), Square: of.Square.Minus(in.Square)})
		}
	}
	if all.N == 0 {
		return all
	}
	j.parts = append(j.parts, sampling.Part{Group: int32(group), Block: len(j.parts)})
	j.units = append(j.units, all.N)
	j.weight, j.square = append(j.weight, weight), append(j.square, square)
	return all
}

// without returns the table without the domains and choices that weigh nothing,
// and which are left: tests know nothing of choices that nobody makes, or only
// such as stand for nobody.
func (j *joint) without() (out *joint, domains, choices []int) {
	inDomain, inChoice := make([]bool, j.domains), make([]bool, j.choices)
	for i, w := range j.total {
		if !w.Zero() {
			inDomain[i/j.choices], inChoice[i%j.choices] = true, true
		}
	}
	domains, choices = marked(inDomain), marked(inChoice)
	if len(domains) == j.domains && len(choices) == j.choices {
		return j, domains, choices
	}
	var keep []int
	for _, d := range domains {
		for _, c := range choices {
			keep = append(keep, d*j.choices+c)
		}
	}
	out = &joint{domains: len(domains), choices: len(choices), parts: j.parts, units: j.units, all: j.all, df: j.df, bad: j.bad}
	for _, i := range keep {
		out.n, out.total = append(out.n, j.n[i]), append(out.total, j.total[i])
		out.cell, out.share = append(out.cell, j.cell[i]), append(out.share, j.share[i])
	}
	for at := range j.parts {
		out.weight = append(out.weight, picked(j.weight[at], keep))
		out.square = append(out.square, picked(j.square[at], keep))
	}
	return out, domains, choices
}

// marked returns where marks are set.
func marked(marks []bool) (out []int) {
	for i, set := range marks {
		if set {
			out = append(out, i)
		}
	}
	return out
}

func picked(from []float64, keep []int) []float64 {
	if from == nil {
		return nil
	}
	out := make([]float64, len(keep))
	for i, at := range keep {
		out[i] = from[at]
	}
	return out
}

// rows returns how many respondents the table has.
func (j *joint) rows() (n int64) {
	for _, x := range j.n {
		n += x
	}
	return n
}

// covariance returns the covariances of figures that change with the cells: by
// linearisation, or from their values under each replicate.
func (j *joint) covariance(t *Tally, change [][]float64, figures func(cell []float64) []float64) ([][]float64, string) {
	if t.frame.Replicated() == 0 {
		return t.frame.Covariance(changes{j, change})
	}
	in := make([][]float64, t.frame.Replicated())
	var sample []float64
	for at, p := range j.parts {
		x := figures(j.weight[at])
		if p.Group == 0 {
			sample = x
		} else {
			in[p.Group-1] = x
		}
	}
	if sample == nil || slices.ContainsFunc(in, func(x []float64) bool { return x == nil }) {
		return nil, NoVariance
	}
	return t.config.Design.Replicates.Deviations(in, sample), ""
}

// shareInfluence is the influence of the shares of all cells: (u - p·Σu)/W of a
// group whose cells weigh u.
type shareInfluence struct{ changes }

// Total implements sampling.Influence.
func (s shareInfluence) Total(at int, z []float64) { s.of(s.weight[at], z) }

// Cross implements sampling.Influence.
func (s shareInfluence) Cross(at int, wz []float64) { s.of(s.square[at], wz) }

func (s shareInfluence) of(cell, out []float64) {
	var all float64
	for _, w := range cell {
		all += w
	}
	for i, w := range cell {
		out[i] = (w - float64(s.share[i]*all)) / s.all
	}
}

// shareCovariance returns the covariances of the shares of all cells.
func (j *joint) shareCovariance(t *Tally) ([][]float64, string) {
	if t.frame.Replicated() == 0 {
		return t.frame.Covariance(shareInfluence{changes{j, j.shareChanges()}})
	}
	return j.covariance(t, nil, sharesOf)
}

// changes is the influence of figures of a cross table: change[f][i] is by how
// much figure f changes with what cell i weighs.
type changes struct {
	*joint
	change [][]float64
}

// Width implements sampling.Influence.
func (c changes) Width() int { return len(c.change) }

// Parts implements sampling.Influence.
func (c changes) Parts() int { return len(c.parts) }

// Part implements sampling.Influence.
func (c changes) Part(at int) (int32, int64) {
	return c.parts[at].Group, c.units[at]
}

// Total implements sampling.Influence.
func (c changes) Total(at int, z []float64) { c.times(c.weight[at], z) }

// Cross implements sampling.Influence.
func (c changes) Cross(at int, wz []float64) { c.times(c.square[at], wz) }

func (c changes) times(cell, out []float64) {
	for f, by := range c.change {
		var sum float64
		for i, w := range cell {
			sum += float64(by[i] * w)
		}
		out[f] = sum
	}
}

// Square implements sampling.Influence.
func (c changes) Square(at int, add func(i, j int, x float64)) {
	for f, by := range c.change {
		for g, with := range c.change[:f+1] {
			var sum float64
			for i, w := range c.square[at] {
				sum += float64(float64(by[i]*with[i]) * w)
			}
			add(f, g, sum)
		}
	}
}
