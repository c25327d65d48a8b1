package scale

import (
	"math"
	"reflect"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

type respondent struct {
	id      string
	weight  float64
	answers []float64
}

func respondents(t *rapid.T, least int) []respondent {
	var out []respondent
	for i := range rapid.IntRange(least, 40).Draw(t, "n") {
		r := respondent{strconv.Itoa(i), rapid.Float64Range(0.1, 9).Draw(t, "w"), nil}
		for range 3 {
			x := float64(rapid.IntRange(0, 5).Draw(t, "x"))
			if x == 0 {
				x = math.NaN()
			}
			r.answers = append(r.answers, x)
		}
		out = append(out, r)
	}
	return out
}

func tallyOf(t *rapid.T, rs []respondent, times float64) *Tally {
	out := NewTally(3)
	for _, r := range rs {
		if !out.Add(r.weight*times, r.answers) {
			t.Fatal("refused")
		}
	}
	return out
}

func TestOrderAndSplittingLeaveTheBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := respondents(t, 2)
		mixed := rapid.Permutation(rs).Draw(t, "order")
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		a, b := tallyOf(t, mixed[:cut], 1), tallyOf(t, mixed[cut:], 1)
		if !a.Merge(b) || !reflect.DeepEqual(a, tallyOf(t, rs, 1)) {
			t.Fatal("the tally hangs on the order")
		}
		ranks := func(rs []respondent) *RankTally {
			out := NewRankTally(3, 9, 5)
			for _, r := range rs {
				if !out.Add(r.id, r.weight, r.answers) {
					t.Fatal("refused")
				}
			}
			return out
		}
		x := ranks(mixed[cut:])
		if !x.Merge(ranks(mixed[:cut])) || !reflect.DeepEqual(x, ranks(rs)) {
			t.Fatal("the ranks hang on the order")
		}
	})
}

func TestScalingWeightsAndAnswersLeavesAlpha(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := respondents(t, 12)
		before := tallyOf(t, rs, 1).Complete().Alpha(0.95)
		for i := range rs {
			for k := range rs[i].answers {
				rs[i].answers[k] = 10 + 4*rs[i].answers[k]
			}
		}
		after := tallyOf(t, rs, 2).Complete().Alpha(0.95)
		if before.Undefined != after.Undefined || math.Abs(before.Value-after.Value) > 1e-9*max(1, math.Abs(before.Value)) {
			t.Fatalf("alpha %v, then %v", before, after)
		}
	})
}

func TestAlphaSaysWhyItIsUndefined(t *testing.T) {
	one := NewTally(1)
	one.Add(1, []float64{2})
	few := NewTally(2)
	few.Add(1, []float64{2, 3})
	flat := NewTally(2)
	flat.Add(1, []float64{2, 3})
	flat.Add(1, []float64{2, 3})
	for want, tally := range map[Reason]*Tally{FewItems: one, FewAnswers: few, NoVariance: flat} {
		if got := tally.Pairwise().Alpha(0.95); got.Undefined != want || !math.IsNaN(got.Value) {
			t.Errorf("%+v, not undefined for %q", got, want)
		}
	}
}

func TestWeightsLeaveNoIntervalOfFeldt(t *testing.T) {
	tally := NewTally(2)
	for i := range 9 {
		tally.Add(1+float64(i%2), []float64{float64(i), float64(i % 5)})
	}
	if a := tally.Complete().Alpha(0.95); !math.IsNaN(a.Lo) || math.IsNaN(a.Value) {
		t.Errorf("%+v", a)
	}
}

func TestWrongNumbersAreRefused(t *testing.T) {
	if NewTally(2).Add(1, []float64{1}) || NewTally(1).Add(math.NaN(), []float64{1}) || NewTally(1).Add(1, []float64{math.Inf(1)}) {
		t.Error("a tally takes what it cannot add")
	}
	if NewTally(2).Merge(NewTally(3)) || NewRankTally(2, 3, 1).Merge(NewRankTally(2, 3, 2)) {
		t.Error("tallies of different things are merged")
	}
	ranks := NewRankTally(2, 3, 1)
	if ranks.Add("a", 1, []float64{1}) || ranks.AddTimes(1, []float64{1, 2}, []int{1}) {
		t.Error("ranks take what they cannot add")
	}
}

func TestKappaOfOneCellIsUndefined(t *testing.T) {
	none := func(Cell, Cell) float64 { return 0 }
	if k := KappaFromTable([][]float64{{1, 0}, {0, 0}}, nil, none); k.Undefined != NoAgreement || !math.IsNaN(k.Value) {
		t.Errorf("%+v", k)
	}
	linear := [][]float64{{1, 0.5, 0}, {0.5, 1, 0.5}, {0, 0.5, 1}}
	p := [][]float64{{0.53, 0.05, 0.02}, {0.11, 0.14, 0.05}, {0.01, 0.06, 0.03}} // Cohen 1968
	multinomial := func(a, b Cell) float64 {
		v := -p[a.Row][a.Column] * p[b.Row][b.Column]
		if a == b {
			v += p[a.Row][a.Column]
		}
		return v / 200
	}
	k := KappaFromTable(p, linear, multinomial)
	if math.Abs(k.Value-0.49230769230769245) > 1e-12 || math.Abs(k.SE-0.050718607607687226) > 1e-12 {
		t.Errorf("weighted kappa %v with standard error %v", k.Value, k.SE)
	}
}

func TestItemsFarApartKeepTheirPlaces(t *testing.T) {
	tally := NewRankTally(3, 200, 1)
	for i := range 120 {
		x := float64(i % 3)
		tally.Add(strconv.Itoa(i), 1, []float64{x, x + 5, x + 0.01*float64(i%7)})
	}
	out := tally.Ranks(0.95, 2)
	if b := out.Items[1]; b.Rank != 1 || b.First != 1 || b.RankLo != 1 || b.RankHi != 1 || b.Top != 1 {
		t.Errorf("%+v", b)
	}
	if out.Resamples != 200 || out.Items[0].SE < 0.04 || out.Items[0].SE > 0.12 {
		t.Errorf("%+v", out)
	}
}
