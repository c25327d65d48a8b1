package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// compareNumbers compares the means of a number in the groups of a row.
func (t *Tally) compareNumbers(r table.Row, tally *numberTally) *table.Table {
	out := t.emptyTable(r, t.crossings[tally.of.crossing], nil)
	t.compare(out, "", t.numbersCompared(tally, out.Domains))
	return out
}

// numbersCompared are the means of a number in groups that do not overlap; the
// domains get their bases.
func (t *Tally) numbersCompared(tally *numberTally, groups []table.Domain) compared {
	domains := len(groups)
	of := &means{tally: tally, domains: domains}
	c := newCompared(domains)
	for d := range domains {
		base := t.frame.Base(tally.cells.parts(d), tally.massAt)
		groups[d].Base = tally.bases.base(d, base.Total, tally.squareOf(d, base.Total))
		w := exact.DoubleOf(base.Total.W)
		p := sampling.NewNumbers(base, tally.momentsAt)
		m := p.SumY().Over(w)
		c.value[d], c.n[d], c.effective[d] = m.Float(), base.Total.N, groups[d].Base.Kish
		if base.Total.W.Zero() {
			c.value[d] = math.NaN()
		}
		k := c.effective[d]
		c.weight[d], c.spread[d] = w.Float(), p.Deviation(m).Float()
		c.variance[d] = p.Deviation(m).Over(w).Float() * k / (k - 1)
		of.mean, of.weight = append(of.mean, m), append(of.weight, w)
	}
	c.df = of.gather(t)
	c.change = func() ([][]float64, string) {
		switch {
		case tally.refused:
			return nil, OutOfRange
		case t.frame.Replicated() > 0:
			return of.deviations(t)
		}
		return t.frame.Covariance(of)
	}
	return c
}

// massAt returns how many are in a block.
func (t *numberTally) massAt(block int) sampling.Mass {
	m := t.momentsAt(block)
	return sampling.Mass{N: t.cells.count[block], Zero: t.cells.zeros(block), W: m.WB, Square: m.W2BB}
}

// means is the influence of the means of a number in some domains, which do not
// overlap.
type means struct {
	tally   *numberTally
	domains int
	mean    []exact.Double
	weight  []exact.Double
	parts   []sampling.Part // Block is the number of the group in blocks
	blocks  [][]int32       // of each part: the block of each domain, or none
	units   []int64
}

// gather finds the groups, and returns the degrees of freedom of all domains together.
func (m *means) gather(t *Tally) int64 {
	block := m.tally.cells.block
	var bases []sampling.Mass
	for g := range len(block) / m.domains {
		blocks := block[g*m.domains : (g+1)*m.domains]
		var base sampling.Mass
		for _, b := range blocks {
			if b != none {
				base.Merge(m.tally.massAt(int(b)))
			}
		}
		if base.N == 0 {
			continue
		}
		m.parts = append(m.parts, sampling.Part{Group: int32(g), Block: len(m.parts)})
		m.blocks, m.units, bases = append(m.blocks, blocks), append(m.units, base.N), append(bases, base)
	}
	return t.frame.Base(m.parts, func(block int) sampling.Mass { return bases[block] }).DF
}

// Width implements sampling.Influence.
func (m *means) Width() int { return m.domains }

// Parts implements sampling.Influence.
func (m *means) Parts() int { return len(m.parts) }

// Part implements sampling.Influence.
func (m *means) Part(at int) (int32, int64) { return m.parts[at].Group, m.units[at] }

// Total implements sampling.Influence.
func (m *means) Total(at int, z []float64) {
	clear(z)
	for d, b := range m.blocks[at] {
		if b != none {
			s := m.tally.momentsAt(int(b))
			z[d] = exact.DoubleOf(s.WA).Minus(m.mean[d].Times(exact.DoubleOf(s.WB))).Over(m.weight[d]).Float()
		}
	}
}

// Cross implements sampling.Influence.
func (m *means) Cross(at int, wz []float64) {
	clear(wz)
	for d, b := range m.blocks[at] {
		if b != none {
			s := m.tally.momentsAt(int(b))
			wz[d] = exact.DoubleOf(s.W2AB).Minus(m.mean[d].Times(exact.DoubleOf(s.W2BB))).Over(m.weight[d]).Float()
		}
	}
}

// Square implements sampling.Influence.
func (m *means) Square(at int, add func(i, j int, x float64)) {
	for d, b := range m.blocks[at] {
		if b != none {
			add(d, d, m.tally.momentsAt(int(b)).Square(m.mean[d]).Over(m.weight[d].Squared()).Float())
		}
	}
}

// deviations returns the covariances of the means from their replicates.
func (m *means) deviations(t *Tally) ([][]float64, string) {
	in := make([][]float64, t.frame.Replicated())
	var sample []float64
	for at, p := range m.parts {
		x := make([]float64, m.domains)
		for d, b := range m.blocks[at] {
			x[d] = math.NaN()
			if b != none {
				s := m.tally.momentsAt(int(b))
				x[d] = exact.DoubleOf(s.WA).Over(exact.DoubleOf(s.WB)).Float()
			}
		}
		if p.Group == 0 {
			sample = x
		} else {
			in[p.Group-1] = x
		}
	}
	for _, x := range in {
		if x == nil {
			return nil, NoVariance
		}
	}
	return t.config.Design.Replicates.Deviations(in, sample), ""
}
