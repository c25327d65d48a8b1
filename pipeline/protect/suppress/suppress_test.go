package suppress

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// crossed is a random table with its sums, some of which are primary.
func crossed(r *rand.Rand, rows, columns int, k float64) (*System, [][]int) {
	s := &System{}
	var cells [][]int
	columnSums := make([]float64, columns)
	cell := func(n, cost float64) int {
		c := Cell{Count: n, State: Shown, Cost: cost}
		if n >= 1 && n < k {
			c.State, c.Need, c.Few = Hidden, k, true
		}
		c.Need = k
		return s.Add(c)
	}
	var rowSums []float64
	for range rows {
		var line []int
		sum := 0.0
		for c := range columns {
			n := math.Floor(r.ExpFloat64() * 25)
			sum += n
			columnSums[c] += n
			line = append(line, cell(n, 10+math.Sqrt(n)))
		}
		cells = append(cells, line)
		rowSums = append(rowSums, sum)
	}
	total := 0.0
	for i, n := range rowSums {
		s.Sum(s.Add(Cell{Count: n, State: Known}), cells[i]...)
		total += n
	}
	for c, n := range columnSums {
		var parts []int
		for i := range cells {
			parts = append(parts, cells[i][c])
		}
		s.Sum(s.Add(Cell{Count: n, State: Known}), parts...)
	}
	return s, cells
}

func TestCrossedTablesAreCovered(t *testing.T) {
	var all, first, covers, failed int
	var took time.Duration
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		s, cells := crossed(r, 3+r.IntN(9), 3+r.IntN(6), 10)
		for _, c := range slices.Concat(cells...) {
			all++
			if s.Cells[c].State == Hidden {
				first++
			}
		}
		began := time.Now()
		c, f := s.Hide()
		took += time.Since(began)
		covers += len(c)
		failed += len(f)
	}
	t.Logf("%d cells, %d primary, %d covers, %d failed, %v", all, first, covers, failed, took)
}
