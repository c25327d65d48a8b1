package estimate

import (
	"sync"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
)

// unitGrid holds what a choice tally has in each sampling unit of a plain frame,
// rounded, for all tables that are made of it: units in the order of names,
// columns of all domains side by side.
type unitGrid struct {
	once    sync.Once
	columns int // of each domain
	groups  []int32
	weight  [][]float64 // of each unit: Σw of each column of each domain
	base    [][]float64 // Σw of all who answered in each domain
	people  [][]reached // of each unit: who answered in each domain

	n     []int64       // of each column of each domain
	zero  []int64       // of them, how many have no weight
	total []exact.Sum   // Σw
	short []exact.Short // of them, what has been added up so
	all   []sampling.Mass
}

// reached says whether anyone answered, and anyone who has a weight.
type reached struct{ any, weighted bool }

// gridOf returns the grid of a tally, made once.
func (t *Tally) gridOf(tally *choiceTally) *unitGrid {
	g := &tally.grid
	g.once.Do(func() { g.fill(t, tally) })
	return g
}

func (g *unitGrid) fill(t *Tally, tally *choiceTally) {
	c := &tally.cells
	g.columns = c.counts
	size := c.domains * c.counts
	g.n, g.zero, g.total = make([]int64, size), make([]int64, size), make([]exact.Sum, size)
	g.all, g.short = make([]sampling.Mass, c.domains), make([]exact.Short, size)
	for _, group := range t.frame.Order() {
		if int(group+1)*c.domains > len(c.block) {
			continue
		}
		weight, base, who := make([]float64, size), make([]float64, c.domains), make([]reached, c.domains)
		met := false
		for d, block := range c.block[int(group)*c.domains : int(group+1)*c.domains] {
			if block == none {
				continue
			}
			if tally.of.weighted && c.short && !tally.of.multiple {
				base[d], who[d] = g.shortBlock(c, d, int(block), weight)
				met = met || who[d].any
				continue
			}
			at := int(block) * c.counts
			for k := range c.counts {
				i := d*c.counts + k
				g.n[i] += c.count[at+k]
				g.zero[i] += c.zeros(at + k)
				g.total[i].Merge(tally.totalOf(at + k))
				weight[i] = tally.weightOf(at + k)
			}
			var all sampling.Mass
			tally.addBase(int(block), &all)
			base[d], who[d] = all.W.Float64(), reached{all.N > 0, all.N > all.Zero}
			g.all[d].Merge(all)
			met = met || all.N > 0
		}
		if met {
			g.groups, g.weight = append(g.groups, group), append(g.weight, weight)
			g.base, g.people = append(g.base, base), append(g.people, who)
		}
	}
	for i, s := range g.short {
		g.total[i].Merge(s.Sum())
	}
}

// shortBlock takes in a block of single choices whose totals are short.
func (g *unitGrid) shortBlock(c *cells, domain, block int, weight []float64) (base float64, who reached) {
	at, first := block*c.counts, domain*c.counts
	var n, zero int64
	var all exact.Short
	fits := true
	for k, s := range c.shorts[at : at+c.counts] {
		i := first + k
		count, none := c.count[at+k], c.zeros(at+k)
		g.n[i] += count
		g.zero[i] += none
		n, zero = n+count, zero+none
		weight[i] = s.Float64()
		if !g.short[i].Merge(s) {
			g.total[i].Merge(s.Sum())
		}
		fits = all.Merge(s) && fits
	}
	of := &g.all[domain]
	of.N, of.Zero = of.N+n, of.Zero+zero
	if fits {
		of.W.Merge(all.Sum())
		return all.Float64(), reached{n > 0, n > zero}
	}
	var wide exact.Sum
	for _, s := range c.shorts[at : at+c.counts] {
		wide.Merge(s.Sum())
	}
	of.W.Merge(wide)
	return wide.Float64(), reached{n > 0, n > zero}
}
