package agreement

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func labelsOf(t interface{ Fatal(...any) }, codings ...Coding) *Labels {
	l, err := NewLabels(codings, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestDistancesOfSets(t *testing.T) {
	for _, c := range []struct {
		a, b          []int
		jaccard, masi float64
	}{
		{[]int{1, 1, 0}, []int{1, 1, 0}, 0, 0},
		{[]int{0, 0, 0}, []int{0, 0, 0}, 0, 0},
		{[]int{1, 0, 0}, []int{1, 1, 0}, 1.0 / 2, 1 - 1.0/2*2.0/3}, // one holds the other
		{[]int{1, 1, 0}, []int{0, 1, 1}, 2.0 / 3, 1 - 1.0/3/3},     // they overlap
		{[]int{1, 0, 0}, []int{0, 1, 0}, 1, 1},
		{[]int{0, 0, 0}, []int{0, 1, 0}, 1, 1},
	} {
		if got := Jaccard.between(c.a, c.b); math.Abs(got-c.jaccard) > 1e-15 {
			t.Errorf("Jaccard %v %v: %v, not %v", c.a, c.b, got, c.jaccard)
		}
		if got := MASI.between(c.a, c.b); math.Abs(got-c.masi) > 1e-15 {
			t.Errorf("MASI %v %v: %v, not %v", c.a, c.b, got, c.masi)
		}
	}
}

// Of single codes both distances are 0 or 1, so that alpha of sets is alpha.
func TestAlphaOfSingleCodesIsNominalAlpha(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var codings []Coding
		for u := range rapid.IntRange(2, 12).Draw(t, "units") {
			for c := range 3 {
				if code := rapid.SampledFrom([]string{"", "x", "y", "z"}).Draw(t, "code"); code != "" {
					codings = append(codings, Coding{fmt.Sprint(u), fmt.Sprint(c), code})
				}
			}
		}
		d, err := New(codings, nil)
		l, err2 := NewLabels(codings, nil)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		b := Bootstrap{Resamples: 20, Seed: 3, Level: 0.9}
		want := d.Alpha(Nominal, b)
		for _, x := range []Distance{MASI, Jaccard} {
			got := l.SetAlpha(x, b)
			if got.Undefined != want.Undefined || got.Undefined == Defined && math.Abs(got.Value-want.Value) > 1e-12 {
				t.Fatalf("%s: %v, not %v", x, got.Coefficient, want.Coefficient)
			}
			if got.Undefined == Defined && !math.IsNaN(want.Lo) && math.Abs(got.Lo-want.Lo) > 1e-12 {
				t.Fatalf("%s: from %v, not %v", x, got.Lo, want.Lo)
			}
		}
	})
}

// A plain loop over all pairs of sets, each with the definition.
func TestAlphaOfSetsIsThatOfALoopOverPairs(t *testing.T) {
	l := labelsOf(t, Coding{"1", "a", "x"}, Coding{"1", "a", "y"}, Coding{"1", "b", "x"}, Coding{"1", "c", "x"},
		Coding{"2", "a", "y"}, Coding{"2", "b", "y"}, Coding{"2", "b", "z"}, Coding{"3", "a", ""}, Coding{"3", "c", "z"},
		Coding{"4", "a", "x"}, Coding{"4", "b", "x"}, Coding{"4", "c", "x"}, Coding{"5", "c", "z"})
	for _, x := range []Distance{MASI, Jaccard} {
		var all [][]int
		observed, pairable := 0.0, 0.0
		for _, unit := range l.given {
			var of [][]int
			for _, d := range unit {
				if d[0] != None {
					of = append(of, d)
				}
			}
			if len(of) < 2 {
				continue
			}
			for i, p := range of {
				for j, q := range of {
					if i != j {
						observed += x.between(p, q) / float64(len(of)-1)
					}
				}
			}
			pairable += float64(len(of))
			all = append(all, of...)
		}
		expected := 0.0
		for i, p := range all {
			for j, q := range all {
				if i != j {
					expected += x.between(p, q)
				}
			}
		}
		want := 1 - (observed/pairable)/(expected/(pairable*(pairable-1)))
		if got := l.SetAlpha(x, Bootstrap{}); math.Abs(got.Value-want) > 1e-12 || got.Pairable != 10 {
			t.Errorf("%s: %v on %v, not %v", x, got.Value, got.Pairable, want)
		}
	}
}

func TestAlphaOfSetsIsUndefinedWhereNothingCouldDiffer(t *testing.T) {
	same := labelsOf(t, Coding{"1", "a", "x"}, Coding{"1", "b", "x"}, Coding{"2", "a", "x"}, Coding{"2", "b", "x"})
	if got := same.SetAlpha(MASI, Bootstrap{}); got.Undefined != NoVariance || !math.IsNaN(got.Value) {
		t.Errorf("%v", got)
	}
	apart := labelsOf(t, Coding{"1", "a", "x"}, Coding{"2", "b", "y"})
	if got := apart.SetAlpha(MASI, Bootstrap{}); got.Undefined != NoPairs {
		t.Errorf("%v", got)
	}
}

// Two coders who use codes equally often and never together: the usage is the
// same, and no unit is agreed on.
func TestUsageIsNotAgreement(t *testing.T) {
	l := labelsOf(t, Coding{"1", "a", "x"}, Coding{"2", "a", "y"}, Coding{"1", "b", "y"}, Coding{"2", "b", "x"},
		Coding{"3", "a", "y"}, Coding{"3", "b", "z"}, Coding{"4", "a", "z"}, Coding{"4", "b", "y"}, Coding{"5", "a", "x"})
	u := l.Usage(0, 1, 0.95)
	if u.Overlap.Value != 1 || u.Kappa.Value != 1 {
		t.Errorf("usage %v", u)
	}
	s := l.Summarise(Bootstrap{Level: 0.95})
	if s.Pooled.Summary.Pairs[0].Kappa.Value >= 0 || s.Sets.Exact.Value != 0 || s.Usage[0].Units != 4 {
		t.Errorf("agreement %+v", s.Pooled.Summary.Pairs[0].Kappa)
	}
	l = labelsOf(t, Coding{"1", "a", "x"}, Coding{"1", "a", "y"}, Coding{"2", "a", "x"}, Coding{"1", "b", "x"}, Coding{"2", "b", ""})
	if u := l.Usage(0, 1, 0.95); math.Abs(u.Overlap.Value-1.0/3) > 1e-15 {
		t.Errorf("overlap %v", u.Overlap.Value)
	}
}

func TestLabelsOfSomeUnitsKeepCodersAndCodes(t *testing.T) {
	l := labelsOf(t, Coding{"1", "a", "x"}, Coding{"1", "b", "y"}, Coding{"2", "a", "x"}, Coding{"2", "b", "x"})
	one := l.Of(func(u string) bool { return u == "2" })
	if len(one.Units) != 1 || len(one.Codes) != 2 || one.Sets().Exact.Value != 1 || l.Sets().Exact.Value != 0.5 {
		t.Errorf("%+v", one)
	}
}
