package sampling

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestTheTypeOfReplicatesGivesTheirScale(t *testing.T) {
	four := make([]string, 4)
	for name, c := range map[string]struct {
		of   Replicates
		want float64
	}{
		"one unit left out":              {Replicates{Type: JK1}, 3. / 4},
		"one unit of a stratum left out": {Replicates{Type: JKn}, 1},
		"halves":                         {Replicates{Type: BRR}, 1. / 4},
		"halves with a part of the rest": {Replicates{Type: Fay, Rho: 0.5}, 1},
		"units drawn anew":               {Replicates{Type: Bootstrap}, 1. / 3},
		"given":                          {Replicates{Type: BRR, Scale: 0.2}, 0.2},
	} {
		c.of.Columns = four
		if got := c.of.scale(); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Of a total the jackknife is no approximation: leaving out one unit at a time,
// with the others weighed up for it, gives what linearisation gives.
func TestTheJackknifeOfATotalIsItsVariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.stages, d.named, d.fitted = 1, true, nil
		d.design = Design{Kind: table.Cluster, Strata: "h", PSU: "u0", Lonely: LonelyRemove}
		totals := map[[2]int64]float64{}
		size := map[int64]float64{}
		sample := 0.0
		var units [][2]int64
		for _, p := range d.people {
			k := [2]int64{p.stratum, p.unit[0]}
			if !slices.Contains(units, k) {
				units = append(units, k)
				size[p.stratum]++
			}
			if p.in {
				totals[k] += p.w * p.y
				sample += p.w * p.y
			}
		}
		r := Replicates{Type: JKn, MSE: true}
		var in [][]float64
		for _, left := range units {
			n := size[left[0]]
			if n == 1 {
				continue
			}
			total := 0.0
			for _, k := range units {
				switch {
				case k == left:
				case k[0] == left[0]:
					total += totals[k] * n / (n - 1)
				default:
					total += totals[k]
				}
			}
			in, r.RScales, r.Columns = append(in, []float64{total}), append(r.RScales, (n-1)/n), append(r.Columns, "")
		}
		_, want, _ := d.counted(t).variances()
		got := 0.0
		if len(in) > 0 {
			got = r.Deviations(in, []float64{sample})[0][0]
		}
		if !alike(got, want, 1e-9, 1e6) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestDeviationsAreFromTheMeanOfReplicatesOrFromTheSample(t *testing.T) {
	in := [][]float64{{1, 10}, {4, 10}, {100, 7}}
	r := Replicates{Columns: make([]string, 3), Type: Other, Scale: 2, RScales: []float64{1, 0.5, 0}} // the last does not count
	for _, c := range []struct {
		mse  bool
		want [2][2]float64
	}{
		{false, [2][2]float64{{2 * (2.25 + 0.5*2.25), 0}, {0, 0}}}, // about 2.5 and 10
		{true, [2][2]float64{{2 * (1 + 0.5*4), 2 * (-2 + 0.5*4)}, {2 * (-2 + 0.5*4), 2 * (4 + 0.5*4)}}},
	} {
		r.MSE = c.mse
		for i, row := range r.Deviations(in, []float64{2, 8}) {
			for j, got := range row {
				if math.Abs(got-c.want[i][j]) > 1e-12 {
					t.Errorf("mse %v: [%d][%d] is %v, want %v", c.mse, i, j, got, c.want[i][j])
				}
			}
		}
	}
	undefined := r.Deviations([][]float64{{1, math.NaN()}, {2, 1}, {3, 1}}, []float64{2, 1})
	if math.IsNaN(undefined[0][0]) || !math.IsNaN(undefined[0][1]) || !math.IsNaN(undefined[1][1]) {
		t.Errorf("a figure that a replicate lacks: %v", undefined)
	}
}

func TestTheRankOfReplicateWeightsIsFreedomPlusOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Weights of n replicates that are mixtures of few; each of few counts.
		n, rank := rapid.IntRange(3, 8).Draw(t, "replicates"), rapid.IntRange(1, 3).Draw(t, "rank")
		d := Design{Kind: table.Replicate, Replicates: Replicates{Type: Bootstrap, Columns: make([]string, n)}}
		var rows [][]float64
		for k := range rank { // unit vectors that stay apart
			row := make([]float64, n)
			row[k] = 1
			rows = append(rows, row)
		}
		for range rapid.IntRange(0, 20).Draw(t, "mixtures") {
			row := make([]float64, n)
			for k := range rank {
				row[k] = rapid.Float64Range(0, 9).Draw(t, "part")
			}
			rows = append(rows, row)
		}
		rows = rapid.Permutation(rows).Draw(t, "order")
		at := rapid.IntRange(0, len(rows)).Draw(t, "cut")
		a, b := New(d, 0, nil), New(d, 0, nil)
		for _, part := range []struct {
			f    *Frame
			rows [][]float64
		}{{a, rows[:at]}, {b, rows[at:]}} {
			if len(part.rows) == 0 {
				continue
			}
			by := make([][]float64, n)
			for _, row := range part.rows {
				for r := range by {
					by[r] = append(by[r], row[r])
				}
			}
			part.f.Spanned(batchOf(t, make([]person, len(part.rows))), by)
		}
		a.Merge(b)
		if got := a.Base(nil, nil).DF; got != int64(rank-1) {
			t.Fatalf("%d degrees of freedom of weights of rank %d", got, rank)
		}
	})
}

func TestReplicateWeightsThatCannotBeUsedAreMarkedAtTheFirst(t *testing.T) {
	people := []person{{w: 2, x: 1, y: 3}, {w: 2, x: -1, y: 3}, {w: 2, x: -2, y: 3}}
	d := Design{Kind: table.Replicate, Replicates: Replicates{Type: Bootstrap, Columns: []string{"x", "y"}, Factors: true}}
	f := New(d, 0, nil)
	f.Named([]string{"answers.csv"})
	b := batchOf(t, people)
	if got := f.Replicate(b, 1); !slices.Equal(got, []float64{2, 0, 0}) {
		t.Errorf("factors of the weights: %v", got)
	}
	if got := f.Replicate(b, 2); !slices.Equal(got, []float64{6, 6, 6}) {
		t.Errorf("factors of the weights: %v", got)
	}
	found := f.Settle()
	if len(found) != 1 || found[0].Kind != "bad-weight" || found[0].Count != 2 || found[0].Place.Row != 1 {
		t.Errorf("%+v", found)
	}
}
