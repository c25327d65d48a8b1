package hypothesis

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

// same compares results to the last bit, NaN with NaN.
func same(t interface{ Fatalf(string, ...any) }, a, b any) {
	if x, y := fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b); x != y {
		t.Fatalf("%s\nand\n%s", x, y)
	}
}

func TestUndefinedTestsSayWhy(t *testing.T) {
	group := func(tallies ...Tally) Grouped { return NewGrouped(2, tallies) }
	constant := group(Tally{Value: 1, Group: 0, N: 3}, Tally{Value: 1, Group: 1, N: 3})
	single := group(Tally{Value: 1, Group: 0, N: 1}, Tally{Value: 2, Group: 1, N: 1})
	one := group(Tally{Value: 1, Group: 0, N: 3})
	for name, r := range map[string]Result{
		"no answers in a table":         Associate(NewCounts(2, 2)).Pearson,
		"a table of one row":            Associate(Counts{Rows: 1, Cols: 2, N: []int64{3, 4}}).LikelihoodRatio,
		"a table that is not filled":    Associate(Counts{Rows: 3, Cols: 2, N: []int64{3, 4}}).Pearson,
		"Yates of three rows":           Associate(Counts{Rows: 3, Cols: 2, N: []int64{3, 4, 5, 1, 2, 3}}).Yates,
		"one group":                     CompareGroups(one).KruskalWallis,
		"one group of two":              CompareTwo(one, 0.95).MannWhitney,
		"no variation in ranks":         CompareGroups(constant).KruskalWallis,
		"no variation within":           CompareGroups(constant).ANOVA,
		"no variation, Welch":           CompareGroups(constant).Welch,
		"no variation, t":               CompareTwo(constant, 0.95).Student,
		"no variation, Mann-Whitney":    CompareTwo(constant, 0.95).MannWhitneyCorrected,
		"single answers, ANOVA":         CompareGroups(single).ANOVA,
		"single answers, t":             CompareTwo(single, 0.95).Welch,
		"no pairs":                      ComparePairs(nil, 0.95).T,
		"the same difference for all":   ComparePairs(Pairs{{X: 1, Y: 2, N: 4}}, 0.95).T,
		"no change, Wilcoxon":           ComparePairs(Pairs{{X: 1, Y: 1, N: 4}}, 0.95).Wilcoxon,
		"nobody changed, McNemar":       McNemar(Counts{Rows: 2, Cols: 2, N: []int64{3, 0, 0, 4}}).Plain,
		"no answers, McNemar":           McNemar(NewCounts(2, 2)).Corrected,
		"McNemar of three rows":         McNemar(NewCounts(3, 3)).Plain,
		"nobody changed, Bowker":        Symmetry(Counts{Rows: 2, Cols: 2, N: []int64{3, 0, 0, 4}}).Bowker,
		"Bowker of a table that is not": Symmetry(NewCounts(3, 2)).StuartMaxwell,
		"no profiles":                   CochranQ(nil, 3).Q,
		"all items alike, Cochran":      CochranQ([]Profile{{Values: []float64{1, 1, 1}, N: 4}}, 3).Q,
		"all items alike, Friedman":     Friedman([]Profile{{Values: []float64{2, 2, 2}, N: 4}}, 3).ChiSquare,
		"profiles of other items":       Friedman([]Profile{{Values: []float64{2, 1}, N: 4}}, 3).ChiSquare,
		"profiles of fewer than none":   Friedman(nil, -1).ChiSquare,
		"no pairs to correlate":         Correlate(nil, 0.95).PearsonTest,
		"a constant to correlate":       Correlate(Pairs{{X: 1, Y: 1, N: 2}, {X: 1, Y: 2, N: 2}}, 0.95).KendallTest,
	} {
		if !math.IsNaN(r.P) || !math.IsNaN(r.Statistic) || r.Reason == "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestExactTestsRefuseWhatIsTooLarge(t *testing.T) {
	large := NewCounts(6, 6)
	for i := range large.N {
		large.N[i] = 40 + int64(i*i%7)
	}
	if _, err := Fisher(large, 0.95); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Fisher: %v", err)
	}
	for i := range large.N {
		large.N[i] = 1e6
	}
	if _, err := Fisher(large, 0.95); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Fisher of millions: %v", err)
	}
	if _, err := Fisher(Counts{Rows: 2, Cols: 2, N: []int64{1e8, 1e8, 1e8, 1e8}}, 0.95); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Fisher of hundreds of millions: %v", err)
	}
	if _, err := ExactMannWhitney(NewGrouped(2, []Tally{{1, 0, 5000}, {2, 1, 5000}})); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Mann-Whitney: %v", err)
	}
	if _, err := ExactWilcoxon(Pairs{{X: 1, Y: 2, N: 5000}}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Wilcoxon: %v", err)
	}
	if _, err := Adjust(nil, "by hand"); err == nil {
		t.Error("an adjustment that does not exist")
	}
}

func TestFourfoldTableOfAMillion(t *testing.T) {
	c := Counts{Rows: 2, Cols: 2, N: []int64{200_000, 300_000, 250_700, 249_300}}
	f, err := Fisher(c, 0.95)
	a := Associate(c)
	if err != nil || math.Abs(f.OddsRatio/a.OddsRatio-1) > 1e-5 || !(f.P < 1e-100) || !(f.Interval.Lo < f.OddsRatio && f.OddsRatio < f.Interval.Hi) {
		t.Errorf("%+v of %v, %v", f, a.OddsRatio, err)
	}
}

func TestWhatIsNoAnswerIsLeftOut(t *testing.T) {
	nan := math.NaN()
	g := NewGrouped(2, []Tally{{1, 0, 2}, {nan, 0, 5}, {2, 1, 2}, {3, 7, 1}, {3, -1, 1}, {3, 1, 0}})
	if a := CompareGroups(g); a.N != 4 {
		t.Errorf("%d answers, not 4", a.N)
	}
	p := NewPairs([]Pair{{X: 1, Y: 2, N: 3}, {X: nan, Y: 2, N: 1}, {X: 2, Y: nan, N: 1}, {X: 2, Y: 2, N: -1}})
	if c := Correlate(p, 0.95); c.N != 3 {
		t.Errorf("%d pairs, not 3", c.N)
	}
	if f := Friedman([]Profile{{Values: []float64{1, nan}, N: 2}, {Values: []float64{1, 2}, N: 3}}, 2); f.N != 3 {
		t.Errorf("%d profiles, not 3", f.N)
	}
	a, b := NewCounts(2, 2), NewCounts(2, 2)
	a.Add(0, 1, 3)
	b.Add(0, 1, 4)
	b.Add(2, 0, 9)
	if !a.Merge(b) || a.N[1] != 7 || a.Merge(NewCounts(3, 2)) {
		t.Errorf("merged to %v", a.N)
	}
	if i := (Proportion{X: 3, N: 2, Level: 0.95}).Wilson(); !math.IsNaN(i.Lo) {
		t.Errorf("3 of 2 have the interval %v", i)
	}
}
