package suppress

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// linked is two or three small tables of one item by different groups: they
// share the sums of its choices, which may be withheld too.
func linked(r *rand.Rand, k float64) (s *System, cells []int) {
	s = &System{}
	choices, tables := 2+r.IntN(2), 2+r.IntN(2)
	if choices == 3 {
		tables = 2
	}
	groups := 2
	if tables == 2 && choices == 2 {
		groups = 3
	}
	put := func(n float64, cost float64) int {
		c := Cell{Count: n, State: Shown, Cost: cost, Need: k}
		if n >= 1 && n < k {
			c.State, c.Few = Hidden, true
		}
		i := s.Add(c)
		cells = append(cells, i)
		return i
	}
	margin := make([]float64, choices)
	n := 0.0
	for c := range margin {
		margin[c] = math.Floor(2 + r.ExpFloat64()*40)
		n += margin[c]
	}
	all := make([]int, choices)
	for c := range all {
		all[c] = put(margin[c], 30)
	}
	s.Sum(s.Add(Cell{Count: n, State: Known}), all...)
	for range tables {
		part := make([][]float64, groups)
		for g := range part {
			part[g] = make([]float64, choices)
		}
		weights := make([]float64, groups)
		for g := range weights {
			weights[g] = 0.1 + r.Float64()
		}
		for c := range choices {
			for range int(margin[c]) {
				x, g := r.Float64()*sum(weights), 0
				for x > weights[g] {
					x -= weights[g]
					g++
				}
				part[g][c]++
			}
		}
		ids := make([][]int, groups)
		for g := range part {
			for c := range choices {
				ids[g] = append(ids[g], put(part[g][c], 10+math.Sqrt(part[g][c])))
			}
			s.Sum(s.Add(Cell{Count: sum(part[g]), State: Known}), ids[g]...)
		}
		for c := range choices {
			var column []int
			for g := range ids {
				column = append(column, ids[g][c])
			}
			s.Sum(all[c], column...)
		}
	}
	return s, cells
}

func sum(v []float64) (out float64) {
	for _, x := range v {
		out += x
	}
	return out
}

// fewest finds by trying all sets, the smallest first, how few cells can be
// withheld besides the primary ones; -1 where no set will do.
func fewest(s *System, cells []int, most int) int {
	var open []int
	for _, c := range cells {
		if s.Cells[c].State == Shown {
			open = append(open, c)
		}
	}
	for size := 0; size <= min(most, len(open)); size++ {
		for set := uint(0); set < 1<<len(open); set++ {
			if bits.OnesCount(set) != size {
				continue
			}
			for i, c := range open {
				s.Cells[c].State = Shown
				if set>>i&1 == 1 {
					s.Cells[c].State = Hidden
				}
			}
			if len(s.Narrow()) == 0 && len(s.Determined()) == 0 {
				return size
			}
		}
	}
	return -1
}

func TestFewMoreAreWithheldThanMustBe(t *testing.T) {
	var ours, best, tables, worse, primary int
	for seed := uint64(1); tables < 200; seed++ {
		r := rand.New(rand.NewPCG(seed, 7))
		s, cells := linked(r, 5)
		first := 0
		for _, c := range cells {
			if s.Cells[c].State == Hidden {
				first++
			}
		}
		if first == 0 {
			continue
		}
		other := &System{Cells: slices.Clone(s.Cells), equations: s.equations}
		covers, failed := s.Hide()
		if len(failed) > 0 {
			if n := fewest(other, cells, len(cells)); n >= 0 {
				t.Errorf("seed %d: %d cells would have covered what was given up", seed, n)
			}
			continue
		}
		n := fewest(other, cells, len(covers))
		if n < 0 {
			t.Fatalf("seed %d: a pattern that holds was not found by search", seed)
		}
		tables, primary = tables+1, primary+first
		ours, best = ours+first+len(covers), best+first+n
		if len(covers) > n {
			worse++
		}
	}
	t.Logf("%d systems, %d primary cells: %d withheld, %d at best, %d systems with more than need be", tables, primary, ours, best, worse)
	if float64(ours) > 1.3*float64(best) {
		t.Errorf("%d cells are withheld where %d would do", ours, best)
	}
}
