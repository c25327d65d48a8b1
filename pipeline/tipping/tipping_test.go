package tipping

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestTheShareOfTheSilentThatTurnsAFinding(t *testing.T) {
	for name, c := range map[string]struct {
		p         float64
		n, of     int64
		silent    float64
		turns, ok bool
	}{
		"half answered, 60 %":            {0.6, 100, 200, 0.4, true, true},
		"a majority no silence can turn": {0.9, 150, 200, -0.7, false, true},
		"a minority that may be more":    {0.4, 50, 500, 0.5 + 0.1/9, true, true},
		"all answered":                   {0.6, 100, 100, 0, false, false},
		"more than were invited":         {0.6, 120, 100, 0, false, false},
		"nobody":                         {0.6, 0, 100, 0, false, false},
		"no share":                       {math.NaN(), 10, 100, 0, false, false},
	} {
		silent, turns, ok := Share(c.p, c.n, c.of, 0.5)
		if math.Abs(silent-c.silent) > 1e-12 || turns != c.turns || ok != c.ok {
			t.Errorf("%s: %v %v %v", name, silent, turns, ok)
		}
	}
}

func TestWithThatShareTheFindingStandsOnTheEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1000).Draw(t, "n")
		of := n + rapid.Int64Range(1, 5000).Draw(t, "silent")
		p, at := rapid.Float64Range(0, 1).Draw(t, "p"), rapid.Float64Range(0, 1).Draw(t, "threshold")
		silent, _, ok := Share(p, n, of, at)
		if all := (p*float64(n) + silent*float64(of-n)) / float64(of); !ok || math.Abs(all-at) > 1e-9 {
			t.Errorf("the share of all is %v, not %v", all, at)
		}
	})
}

func TestWithThatGapTwoGroupsAreAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := func(name string) Part {
			n := rapid.Int64Range(1, 1000).Draw(t, name)
			return Part{rapid.Float64Range(0, 1).Draw(t, name+" p"), n, n + rapid.Int64Range(1, 5000).Draw(t, name+" silent")}
		}
		a, b := part("a"), part("b")
		by, _, ok := Gap(a, b)
		if a.P < b.P {
			a, b = b, a
		}
		whole := func(x Part, silent float64) float64 {
			return (x.P*float64(x.N) + silent*float64(x.Of-x.N)) / float64(x.Of)
		}
		if !ok || math.Abs(whole(a, a.P-by)-whole(b, b.P+by)) > 1e-9 {
			t.Errorf("%v and %v", whole(a, a.P-by), whole(b, b.P+by))
		}
	})
	if _, _, ok := Gap(Part{0.5, 10, 10}, Part{0.2, 10, 10}); ok {
		t.Error("nobody is silent")
	}
	if _, turns, ok := Gap(Part{0.9, 90, 100}, Part{0.1, 90, 100}); turns || !ok {
		t.Error("a gap that cannot close closes")
	}
}
