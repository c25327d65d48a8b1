package hypothesis

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func close(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) || math.Abs(a-b) < 1e-13
}

func drawCounts(t *rapid.T, rows, cols int, most int64) Counts {
	c := NewCounts(rows, cols)
	for i := range c.N {
		c.N[i] = rapid.Int64Range(0, most).Draw(t, "count")
	}
	return c
}

// permuted returns the table with its rows and columns in another order.
func permuted(t *rapid.T, c Counts) Counts {
	rows := rapid.Permutation(sequence(c.Rows)).Draw(t, "rows")
	cols := rapid.Permutation(sequence(c.Cols)).Draw(t, "columns")
	out := NewCounts(c.Rows, c.Cols)
	for i, n := range c.N {
		out.Add(rows[i/c.Cols], cols[i%c.Cols], n)
	}
	return out
}

func sequence(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// bruteForce enumerates all tables with the margins of one.
func bruteForce(c Counts) (p float64) {
	byRow, byCol, n := c.margins()
	fact := logFactorials(n)
	logP := func(cells []int64) float64 {
		l := -fact[n]
		for _, totals := range [][]int64{byRow, byCol} {
			for _, t := range totals {
				l += fact[t]
			}
		}
		for _, v := range cells {
			l -= fact[v]
		}
		return l
	}
	observed := logP(c.N) + math.Log1p(ties)
	cells := make([]int64, len(c.N))
	var fill func(at int, left, below []int64)
	fill = func(at int, left, below []int64) {
		if at == len(cells) {
			if l := logP(cells); slices.Max(left) == 0 && slices.Max(below) == 0 && l <= observed {
				p += math.Exp(l)
			}
			return
		}
		i, j := at/c.Cols, at%c.Cols
		for v := int64(0); v <= min(left[i], below[j]); v++ {
			cells[at] = v
			left[i] -= v
			below[j] -= v
			if j < c.Cols-1 || left[i] == 0 {
				fill(at+1, left, below)
			}
			left[i] += v
			below[j] += v
		}
	}
	fill(0, slices.Clone(byRow), slices.Clone(byCol))
	return min(p, 1)
}

func TestFisherIsTheSumOverAllTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SampledFrom([][2]int{{2, 2}, {2, 3}, {3, 3}, {2, 4}, {4, 3}, {5, 2}}).Draw(t, "shape")
		c := drawCounts(t, shape[0], shape[1], 4)
		full, _, _ := c.filled()
		got, err := Fisher(c, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if full.Rows < 2 || full.Cols < 2 {
			if !math.IsNaN(got.P) || got.Reason == "" {
				t.Fatalf("a table without variation has p = %v, reason %q", got.P, got.Reason)
			}
			return
		}
		if want := bruteForce(full); !close(got.P, want) {
			t.Fatalf("p is %v, by enumeration %v", got.P, want)
		}
		again, err := Fisher(permuted(t, c), 0.95)
		if err != nil || again.P != got.P && full.Rows+full.Cols > 4 || !close(again.P, got.P) {
			t.Fatalf("in another order p is %v, not %v", again.P, got.P)
		}
	})
}

func TestFourfoldTableTurnedAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, 2, 2, 60)
		turned := NewCounts(2, 2)
		for i, n := range c.N {
			turned.Add(1-i/2, i%2, n)
		}
		a, _ := Fisher(c, 0.9)
		b, _ := Fisher(turned, 0.9)
		for _, pair := range [][2]float64{
			{a.P, b.P}, {a.Less, b.Greater}, {a.OddsRatio, 1 / b.OddsRatio},
			{a.Interval.Lo, 1 / b.Interval.Hi}, {a.Interval.Hi, 1 / b.Interval.Lo},
		} {
			if !close(pair[0], pair[1]) {
				t.Fatalf("%v and %v", a, b)
			}
		}
		if a.Reason == "" && !(a.Interval.Lo <= a.OddsRatio && a.OddsRatio <= a.Interval.Hi) {
			t.Fatalf("the odds ratio %v is outside of %v", a.OddsRatio, a.Interval)
		}
	})
}

func TestAssociationHasNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "cols"), 30)
		a := Associate(c)
		wide := NewCounts(c.Rows+1, c.Cols+1) // with an empty category of each
		for i, n := range c.N {
			wide.Add(i/c.Cols, i%c.Cols, n)
		}
		for name, b := range map[string]Contingency{
			"permuted": Associate(permuted(t, c)), "transposed": Associate(c.Transposed()), "wide": Associate(wide),
		} {
			for _, pair := range [][2]float64{
				{a.Pearson.Statistic, b.Pearson.Statistic}, {a.Pearson.P, b.Pearson.P}, {a.LikelihoodRatio.P, b.LikelihoodRatio.P},
				{a.Yates.P, b.Yates.P}, {a.CramersV, b.CramersV}, {a.CramersVCorrected, b.CramersVCorrected}, {a.ContingencyC, b.ContingencyC},
			} {
				if !close(pair[0], pair[1]) {
					t.Fatalf("%s: %v is %v", name, pair[0], pair[1])
				}
			}
			if name != "permuted" && !close(a.Gamma, b.Gamma) {
				t.Fatalf("%s: gamma is %v, not %v", name, b.Gamma, a.Gamma)
			}
		}
	})
}

func drawTallies(t *rapid.T, groups int) []Tally {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Tally {
		return Tally{
			Value: float64(rapid.IntRange(-3, 6).Draw(t, "value")) / 2, Group: rapid.IntRange(0, groups-1).Draw(t, "group"),
			N: rapid.Int64Range(1, 3).Draw(t, "n"),
		}
	}), 0, 14).Draw(t, "tallies")
}

func TestGroupsMergeToTheSameBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawTallies(t, 3)
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		shuffled := rapid.Permutation(all).Draw(t, "shuffled")
		a := NewGrouped(3, all)
		b := NewGrouped(3, shuffled[:cut]).Merge(NewGrouped(3, shuffled[cut:]))
		same(t, CompareGroups(a), CompareGroups(b))
		same(t, CompareTwo(a, 0.95), CompareTwo(b, 0.95))
	})
}

func TestPairsMergeToTheSameBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawPairs(t)
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		shuffled := rapid.Permutation(all).Draw(t, "shuffled")
		a, b := NewPairs(all), NewPairs(shuffled[:cut]).Merge(NewPairs(shuffled[cut:]))
		same(t, ComparePairs(a, 0.95), ComparePairs(b, 0.95))
		same(t, Correlate(a, 0.95), Correlate(b, 0.95))
	})
}

func drawPairs(t *rapid.T) []Pair {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Pair {
		n := rapid.Int64Range(1, 3).Draw(t, "n")
		return Pair{X: float64(rapid.IntRange(0, 5).Draw(t, "x")), Y: float64(rapid.IntRange(0, 5).Draw(t, "y")), N: n, Weight: float64(n)}
	}), 0, 14).Draw(t, "pairs")
}

func TestTwoGroupsAreTheSpecialCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewGrouped(2, drawTallies(t, 2))
		a, b := CompareGroups(g), CompareTwo(g, 0.95)
		for _, pair := range [][2]float64{
			{a.KruskalWallis.P, b.MannWhitney.P}, {a.ANOVA.P, b.Student.P}, {a.ANOVA.DF2, b.Student.DF},
			{a.ANOVA.Statistic, square(b.Student.Statistic)},
		} {
			if !close(pair[0], pair[1]) {
				t.Fatalf("%v and %v: %+v, %+v", pair[0], pair[1], a, b)
			}
		}
		if a.Welch.Reason == "" && (!close(a.Welch.P, b.Welch.P) || !close(a.Welch.DF2, b.Welch.DF)) {
			t.Fatalf("%+v and %+v", a.Welch, b.Welch)
		}
	})
}

func TestPairsTurnedAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := NewPairs(drawPairs(t))
		var turned []Pair
		for _, p := range pairs {
			turned = append(turned, Pair{X: p.Y, Y: p.X, N: p.N, Weight: p.Weight})
		}
		back := NewPairs(turned)
		a, b := ComparePairs(pairs, 0.95), ComparePairs(back, 0.95)
		x, _ := ExactWilcoxon(pairs)
		y, _ := ExactWilcoxon(back)
		c, d := Correlate(pairs, 0.95), Correlate(back, 0.95)
		for _, pair := range [][2]float64{
			{a.T.P, b.T.P}, {a.Difference, -b.Difference}, {a.Wilcoxon.P, b.Wilcoxon.P}, {a.WilcoxonCorrected.P, b.WilcoxonCorrected.P},
			{a.RankBiserial, -b.RankBiserial}, {a.SignP, b.SignP}, {a.Improved, b.Worse}, {x.P, y.P}, {x.Less, y.Greater},
			{c.Pearson, d.Pearson}, {c.Spearman, d.Spearman}, {c.KendallTauB, d.KendallTauB}, {c.KendallTest.P, d.KendallTest.P},
			{c.WeightedPearson, c.Pearson},
		} {
			if !close(pair[0], pair[1]) {
				t.Fatalf("%v and %v: %+v, %+v", pair[0], pair[1], a, b)
			}
		}
	})
}

// TestExactRanksAreAllDivisions enumerates the divisions into groups, and the signs.
func TestExactRanksAreAllDivisions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(-4, 4), 2, 9).Draw(t, "values")
		size := rapid.IntRange(1, len(values)-1).Draw(t, "size")
		u := func(inFirst int) float64 {
			s := 0.
			for i, x := range values {
				for j, y := range values {
					if inFirst>>i&1 == 1 && inFirst>>j&1 == 0 {
						s += 0.5 * float64(1+compare(x, y))
					}
				}
			}
			return s
		}
		var less, greater, all float64
		observed := u(1<<size - 1)
		for set := range 1 << len(values) {
			members := 0
			for i := range values {
				members += set >> i & 1
			}
			if members == size {
				all++
				less += indicator(u(set) <= observed)
				greater += indicator(u(set) >= observed)
			}
		}
		var tallies []Tally
		var pairs []Pair
		for i, x := range values {
			tallies = append(tallies, Tally{Value: float64(x), Group: int(1 - indicator(i < size)), N: 1})
			pairs = append(pairs, Pair{Y: float64(x), N: 1})
		}
		e, err := ExactMannWhitney(NewGrouped(2, tallies))
		if err != nil || e.Statistic != observed || !close(e.Less, less/all) || !close(e.Greater, greater/all) {
			t.Fatalf("%+v, by enumeration U = %v, %v, %v", e, observed, less/all, greater/all)
		}
		checkSigns(t, NewPairs(pairs))
	})
}

func checkSigns(t *rapid.T, pairs Pairs) {
	s := pairs.signed()
	var ranks []float64
	for _, d := range s.sizes {
		for range d.positive + d.negative {
			ranks = append(ranks, d.rank)
		}
	}
	if len(ranks) == 0 {
		return
	}
	less, all := 0., float64(int(1)<<len(ranks))
	for set := range 1 << len(ranks) {
		v := 0.
		for i, r := range ranks {
			v += float64(set>>i&1) * r
		}
		less += indicator(v <= s.v)
	}
	if e, err := ExactWilcoxon(pairs); err != nil || !close(e.Less, less/all) {
		t.Fatalf("%+v, by enumeration %v", e, less/all)
	}
}

func compare(x, y int) int { return max(-1, min(1, x-y)) }

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// TestTwoByTwoIsTheSpecialCase compares the tests of change with McNemar's.
func TestTwoByTwoIsTheSpecialCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, 2, 2, 9)
		m, s := McNemar(c), Symmetry(c)
		var profiles []Profile
		for i, n := range c.N {
			profiles = append(profiles, Profile{Values: []float64{float64(i / 2), float64(i % 2)}, N: n})
		}
		q, f := CochranQ(profiles, 2), Friedman(profiles, 2)
		for _, p := range []float64{s.Bowker.P, s.StuartMaxwell.P, q.Q.P, f.ChiSquare.P} {
			if !close(p, m.Plain.P) {
				t.Fatalf("%v, not %v", p, m.Plain.P)
			}
		}
	})
}

func TestSymmetryHasNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 5).Draw(t, "k")
		c := drawCounts(t, k, k, 3)
		order := rapid.Permutation(sequence(k)).Draw(t, "order")
		other := NewCounts(k+1, k+1) // with a choice that nobody made
		for i, n := range c.N {
			other.Add(order[i/k], order[i%k], n)
		}
		a, b, back := Symmetry(c), Symmetry(other), Symmetry(c.Transposed())
		for _, r := range []SymmetryTest{b, back} {
			if !close(a.Bowker.P, r.Bowker.P) || !close(a.StuartMaxwell.P, r.StuartMaxwell.P) || a.StuartMaxwell.DF != r.StuartMaxwell.DF && a.N > 0 && a.Bowker.Reason == "" {
				t.Fatalf("%+v and %+v", a, r)
			}
		}
	})
}

func TestAdjustedProbabilities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 8).Draw(t, "p")
		order := rapid.Permutation(sequence(len(p))).Draw(t, "order")
		for _, by := range []Adjustment{Bonferroni, Holm, Hochberg, Hommel, BenjaminiHochberg, BenjaminiYekutieli, Unadjusted} {
			q, err := Adjust(p, by)
			if err != nil {
				t.Fatal(err)
			}
			shuffled := []float64{math.NaN()} // an undefined test is none
			for _, i := range order {
				shuffled = append(shuffled, p[i])
			}
			again, _ := Adjust(shuffled, by)
			if !math.IsNaN(again[0]) {
				t.Fatalf("%s: an undefined test has %v", by, again[0])
			}
			for i, at := range order {
				if again[i+1] != q[at] || q[at] < p[at] || q[at] > 1 {
					t.Fatalf("%s: %v is %v, in another order %v", by, p[at], q[at], again[i+1])
				}
			}
		}
		holm, _ := Adjust(p, Holm)
		hochberg, _ := Adjust(p, Hochberg)
		hommel, _ := Adjust(p, Hommel)
		for i := range p {
			if hommel[i] > hochberg[i]+1e-15 || hochberg[i] > holm[i]+1e-15 || !close(hommel[i], closedSimes(p, i)) {
				t.Fatalf("Hommel %v, by closing %v, Hochberg %v, Holm %v", hommel[i], closedSimes(p, i), hochberg[i], holm[i])
			}
		}
	})
}

// closedSimes tests all intersections that hypothesis i is part of.
func closedSimes(p []float64, i int) float64 {
	worst := 0.
	for set := range 1 << len(p) {
		if set>>i&1 == 0 {
			continue
		}
		var in []float64
		for j, v := range p {
			if set>>j&1 == 1 {
				in = append(in, v)
			}
		}
		slices.Sort(in)
		simes := math.Inf(1)
		for r, v := range in {
			simes = min(simes, float64(len(in))*v/float64(r+1))
		}
		worst = max(worst, simes)
	}
	return worst
}
