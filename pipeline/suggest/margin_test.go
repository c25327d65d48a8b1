package suggest

import (
	"math"
	"reflect"
	"testing"
)

func TestMarginsTellHowFarEachIsAheadOfTheBestOther(t *testing.T) {
	for _, c := range []struct{ scores, want []float32 }{
		{[]float32{3, 1, -1, 1}, []float32{2, -2, -4, -2}},
		{[]float32{1, 5}, []float32{-4, 4}},
		{[]float32{2, 2, 0}, []float32{0, 0, -2}},
		{[]float32{2, 2, 2}, []float32{0, 0, 0}},
	} {
		got := append([]float32(nil), c.scores...)
		margins(got)
		unit := float32(math.Sqrt(deviation(c.scores)))
		for l, w := range c.want {
			if math.Abs(float64(got[l]*unit-w)) > 1e-5 {
				t.Errorf("margins of %v are %v times %g, want %v", c.scores, got, unit, c.want)
				break
			}
		}
	}
}

func deviation(scores []float32) float64 {
	var mean, variance float64
	for _, s := range scores {
		mean += float64(s) / float64(len(scores))
	}
	for _, s := range scores {
		variance += (float64(s) - mean) * (float64(s) - mean) / float64(len(scores))
	}
	return math.Sqrt(variance)
}

// TestMarginsGrowAsTheRootOfScores: the same told four times counts twice, and
// what is added to all scores makes no difference.
func TestMarginsGrowAsTheRootOfScores(t *testing.T) {
	scores, more := []float32{3, 1, -2}, []float32{4*3 + 8, 4*1 + 8, 4*-2 + 8}
	margins(scores)
	margins(more)
	for l := range scores {
		scores[l] *= 2
		if math.Abs(float64(scores[l]-more[l])) > 1e-5 {
			t.Fatalf("margins are %v, want %v", more, scores)
		}
	}
}

// TestMarginsCountWithFewTextsOfOneCodeAlone: where a text may have several
// codes they do not exclude each other, and with many texts nothing is changed.
func TestMarginsCountWithFewTextsOfOneCodeAlone(t *testing.T) {
	for _, c := range []struct {
		n            int
		single, want bool
	}{{200, true, true}, {200, false, false}, {few + 1, true, false}} {
		task, err := prepare(made(c.n, false), Settings{Single: c.single}.filled())
		if err != nil {
			t.Fatal(err)
		}
		if got := task.margins(); got != c.want {
			t.Errorf("%d texts, single %t: margins count: %t", c.n, c.single, got)
		}
	}
}

// TestAModelScoresAsItWasJudged: what a model gives is what its parts give.
func TestAModelScoresAsItWasJudged(t *testing.T) {
	examples := made(200, false)
	m, _ := train(t, examples, Settings{Single: true})
	got := m.Best(examples[0].Text)
	v := m.space.weighed(counted(gramsOf(source{text: examples[0].Text}, true), m.place))
	score := make([]float32, len(m.codes))
	m.plane.scores(v, score)
	margins(score)
	p := probabilities(score, m.curves, true)
	l := chosen(p, m.least, true)[0]
	if want := []Suggestion{{m.codes[l], p[l]}}; !reflect.DeepEqual(got, want) {
		t.Errorf("suggested %v, want %v", got, want)
	}
}
