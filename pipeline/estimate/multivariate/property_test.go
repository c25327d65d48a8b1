package multivariate

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

var three = []Item{{"a", []string{"1", "2", "3"}}, {"b", []string{"1", "2"}}, {"c", []string{"1", "2", "3"}}}

func rows(t *rapid.T) [][]int {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) []int {
		out := make([]int, len(three))
		for i, item := range three {
			out[i] = rapid.IntRange(-1, len(item.Choices)-1).Draw(t, item.Name)
		}
		return out
	}), 1, 60).Draw(t, "rows")
}

func patternsOf(t *rapid.T, rows [][]int) *Tally {
	out := NewTally(three)
	for _, r := range rows {
		if !out.Add(r, 1) {
			t.Fatal("refused")
		}
	}
	return out
}

func TestOrderAndSplittingLeaveTheBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rows(t)
		mixed := rapid.Permutation(all).Draw(t, "order")
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		a := patternsOf(t, mixed[cut:])
		if !a.Merge(patternsOf(t, mixed[:cut])) {
			t.Fatal("refused")
		}
		x, y := a.Patterns(), patternsOf(t, all).Patterns()
		if !reflect.DeepEqual(x, y) {
			t.Fatal("the patterns hang on the order")
		}
		// Patterns in one order give analyses of the same bits.
		b, c := x.LatentClasses(2, 2, 1, Search{Iterations: 40}), y.LatentClasses(2, 2, 1, Search{Iterations: 40})
		if b.LogLikelihood != c.LogLikelihood || !reflect.DeepEqual(b.Start, c.Start) {
			t.Fatal("the classes hang on the order")
		}
		if !reflect.DeepEqual(x.Correspondence(2).Eigen, y.Correspondence(2).Eigen) {
			t.Fatal("the axes hang on the order")
		}
	})
}

func TestEigenvaluesAddUpToTheInertia(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := patternsOf(t, rows(t)).Patterns().Correspondence(2)
		if c.Undefined != "" {
			return
		}
		sum := 0.0
		for i, x := range c.Eigen {
			sum += x
			if x > 1+1e-12 || i > 0 && x > c.Eigen[i-1] {
				t.Fatalf("eigenvalues %v", c.Eigen)
			}
		}
		if math.Abs(sum-c.Inertia) > 1e-9 {
			t.Fatalf("the eigenvalues add up to %v, the inertia is %v", sum, c.Inertia)
		}
		for axis := range c.Eta2 {
			whole := 0.0
			for _, k := range c.Categories {
				whole += k.Contribution[axis]
			}
			if math.Abs(whole-1) > 1e-9 {
				t.Fatalf("contributions to axis %d add up to %v", axis+1, whole)
			}
		}
	})
}

func TestTheLikelihoodNeverFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := patternsOf(t, rows(t)).Patterns()
		start := p.random(2, rapid.Uint64().Draw(t, "seed"), 0)
		before := math.Inf(-1)
		for n := 1; n < 12; n++ {
			m := p.Latent(start, Search{Iterations: n, Change: 1e-300})
			if m.Undefined != "" {
				return
			}
			if m.LogLikelihood < before-1e-9 {
				t.Fatalf("after %d iterations %v, before %v", n, m.LogLikelihood, before)
			}
			before = m.LogLikelihood
			if m.Shares[0] < m.Shares[1] || m.X2 < -1e-9 || m.Entropy < -1e-9 || m.Entropy > 1+1e-9 {
				t.Fatalf("%+v", m)
			}
		}
	})
}

func TestClassesThatAreThereAreFound(t *testing.T) {
	tally := NewTally(three)
	add := func(a, b, c int, w float64) { tally.Add([]int{a, b, c}, w) }
	for _, x := range []struct{ a, b, c int }{{0, 0, 0}, {2, 1, 2}} {
		for a := range 3 {
			for b := range 2 {
				for c := range 3 {
					w := 100.0 * (1 + float64(x.a)/2)
					for _, hit := range []bool{a == x.a, b == x.b, c == x.c} {
						if hit {
							w *= 0.8
						} else {
							w *= 0.1
						}
					}
					add(a, b, c, w)
				}
			}
		}
	}
	m := tally.Patterns().LatentClasses(2, 5, 1, Search{})
	if !m.Converged || math.Abs(m.Shares[0]-2.0/3) > 1e-3 || math.Abs(m.Conditional[0][0][2]-0.8) > 1e-3 || m.G2 > 1e-3 {
		t.Errorf("%+v", m)
	}
	if m.Parameters != 11 || m.DF != 6 {
		t.Errorf("%d parameters, %v degrees of freedom", m.Parameters, m.DF)
	}
	one := tally.Patterns().LatentClasses(1, 1, 1, Search{})
	if one.Undefined != "" || !math.IsNaN(one.Entropy) || one.LogLikelihood >= m.LogLikelihood {
		t.Errorf("one class: %+v", one)
	}
}

func TestUndefinedSaysWhy(t *testing.T) {
	alike := NewTally(three)
	alike.Add([]int{0, 0, 0}, 5)
	full := alike.Patterns()
	for want, got := range map[Reason]Reason{
		FewItems:   NewTally(three[:1]).Patterns().Correspondence(2).Undefined,
		NoAnswers:  NewTally(three).Patterns().Latent(Start{}, Search{}).Undefined,
		NoVariance: full.Correspondence(2).Undefined,
		BadStart:   full.Latent(Start{Shares: []float64{1}}, Search{}).Undefined,
		NoClasses:  full.LatentClasses(0, 1, 1, Search{}).Undefined,
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	if full.Correspondence(2).Respondent([]int{0, 0, 0}) != nil {
		t.Error("an analysis that is undefined places a respondent")
	}
}

func TestAnswersThatDoNotFitAreRefused(t *testing.T) {
	for name, ok := range map[string]bool{
		"too few":  NewTally(three).Add([]int{1}, 1),
		"unknown":  NewTally(three).Add([]int{0, 2, 0}, 1),
		"negative": NewTally(three).Add([]int{0, 0, 0}, -1),
		"NaN":      NewTally(three).Add([]int{0, 0, 0}, math.NaN()),
	} {
		if ok {
			t.Errorf("%s is taken", name)
		}
	}
}
