package sampling

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// inParts adds the respondents up in several frames that are merged in some order.
func (d drawn) inParts(t *rapid.T) *counted {
	order := rapid.Permutation(d.people).Draw(t, "order")
	var parts []*counted
	for len(order) > 0 {
		n := rapid.IntRange(1, len(order)).Draw(t, "size")
		c := &counted{frame: d.frame()}
		for _, p := range [][]person{order[:n/2], order[n/2 : n]} {
			if len(p) > 0 {
				c.add(batchOf(t, p))
			}
		}
		parts, order = append(parts, c), order[n:]
	}
	all := &counted{frame: d.frame()}
	for _, c := range parts {
		all.merge(c)
	}
	all.frame.Settle()
	return all
}

func TestOrderAndSplittingChangeNoBitOfAVariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		mean, total, problem := d.counted(t).variances()
		parts := d.inParts(t)
		otherMean, otherTotal, other := parts.variances()
		if math.Float64bits(mean) != math.Float64bits(otherMean) || math.Float64bits(total) != math.Float64bits(otherTotal) || problem != other {
			t.Fatalf("%+v: %v %v %q, in parts %v %v %q", d.design, mean, total, problem, otherMean, otherTotal, other)
		}
		if a, b := d.counted(t).base().DF, parts.base().DF; a != b {
			t.Fatalf("degrees of freedom %d and %d", a, b)
		}
	})
}

func TestDegreesOfFreedomAreUnitsLessStrataOfTheDomain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		units, strata := map[[2]int64]bool{}, map[int64]bool{}
		for i, p := range d.people {
			if p.in {
				at := p.unit[0]
				if d.stages == 1 && !d.named {
					at = int64(i)
				}
				units[[2]int64{p.stratum, at}], strata[p.stratum] = true, true
			}
		}
		if got, want := d.counted(t).base().DF, int64(len(units)-len(strata)); got != want {
			t.Fatalf("%+v: %d, want %d", d.design, got, want)
		}
	})
}

// A frame in one stage whose groups are units has a shorter way.
func TestVariancesOfUnitsAreThoseOfGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.stages, d.named, d.fitted, d.design.Kind, d.design.PSU, d.design.Stages = 1, true, nil, table.Cluster, "u0", nil
		c := d.counted(t)
		if !c.frame.Plain() {
			t.Fatal("a design in one stage with named units is not plain")
		}
		w := exact.DoubleOf(NewNumbers(c.base(), func(b int) Moments { return c.moments[b] }).Base().Total.W).Float()
		in := c.influence()
		mean := -in.by[0][0] * w
		var groups []int32
		var z []float64
		for _, g := range c.frame.Order() {
			if c.masses[g].N > 0 {
				groups = append(groups, g)
				z = append(z, (c.wide[g].one[2]-mean*c.wide[g].one[0])/w, c.wide[g].one[2])
			}
		}
		got, problem := c.frame.UnitVariances(groups, z, 2)
		wantMean, wantTotal, want := c.variances()
		if problem != want {
			t.Fatalf("%+v: %q, want %q", d.design, problem, want)
		}
		if problem == "" && (!alike(got[0], wantMean, 1e-10, 100) || !alike(got[1], wantTotal, 1e-10, 1e5)) {
			t.Fatalf("%+v: %v, want %v %v", d.design, got, wantMean, wantTotal)
		}
		if got, want := c.frame.Freedom(groups), c.base().DF; got != want {
			t.Fatalf("degrees of freedom %d, want %d", got, want)
		}
	})
}

// The memo of groups is a table with few places: units that share one must not
// be taken for each other.
func TestUnitsThatShareAPlaceInTheMemoAreKeptApart(t *testing.T) {
	d := drawn{stages: 1, named: true, design: Design{Kind: table.Cluster, Strata: "h", PSU: "u0"}}
	const many = 3 << memoBits
	for round := range 2 {
		for k := range int64(many) {
			d.people = append(d.people, person{stratum: k % 7, unit: [3]int64{k}, w: 1, y: float64(k + int64(round)), in: true})
		}
	}
	f := d.frame()
	b := batchOf(t, d.people)
	groups := f.Add(b, f.Weights(b))
	seen := map[int32]bool{}
	for k := range many {
		if groups[k] != groups[k+many] {
			t.Fatalf("unit %d is in the groups %d and %d", k, groups[k], groups[k+many])
		}
		seen[groups[k]] = true
	}
	if len(seen) != many || f.Groups() != many {
		t.Errorf("%d units are in %d groups of %d", many, len(seen), f.Groups())
	}
	f.Settle()
	f.Keep()
	for i, g := range f.Fresh().Add(b, nil) {
		if g != groups[i] {
			t.Fatalf("in a later pass response %d is in group %d, not %d", i, g, groups[i])
		}
	}
}
