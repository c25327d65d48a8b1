package suggest

import (
	"context"
	"math"
	"reflect"
	"testing"
)

// three has texts of three labels, which are uneven: each text has feature 0 and
// the feature of its label.
func three() (texts []vector, has [][]bool) {
	has = make([][]bool, 3)
	for n := range 100 {
		label := 0
		if n%10 > 5 {
			label = 1 + n%2
		}
		texts = append(texts, vector{[]int32{0, int32(label + 1)}, []float32{0.5, 0.5}})
		for l := range has {
			has[l] = append(has[l], l == label)
		}
	}
	return texts, has
}

func TestAFeatureThatTellsNothingWeighsNothing(t *testing.T) {
	texts, has := three()
	p := weigh(texts, 4, has)
	for l := range has {
		length := 0.0
		for f := range 4 {
			w := float64(p.weights[f*3+l])
			length += math.Abs(w)
			switch {
			case f == 0 && math.Abs(w) > 1e-6:
				t.Errorf("a feature of all texts weighs %g for label %d", w, l)
			case f == l+1 && w <= 0, f > 0 && f != l+1 && w >= 0:
				t.Errorf("the feature of label %d weighs %g for label %d", f-1, w, l)
			}
		}
		if math.Abs(length-4) > 1e-5 {
			t.Errorf("weights of label %d have the mean length %g, want 1", l, length/4)
		}
	}
}

func TestBlendAddsBothMethodsByTheirShares(t *testing.T) {
	texts, has := three()
	p, q := blend(texts, 4, has, 1), weigh(texts, 4, has)
	a := float32((1 - blendShare) / q.spread(texts))
	for n := range q.weights {
		q.weights[n] = p.weights[n] - a*q.weights[n]
	}
	if got := q.spread(texts); math.Abs(got-blendShare) > 1e-3 {
		t.Errorf("what is not by weigh has a share of %.4f, want %.4f", got, blendShare)
	}
	if !reflect.DeepEqual(p, blend(texts, 4, has, 3)) {
		t.Error("three workers give other planes")
	}
}

func TestBlendLearnsASingleCodeAndNothingFromNothing(t *testing.T) {
	texts, has := three()
	p := blend(texts, 4, has[:1], 2)
	score := make([]float32, 1)
	for i, v := range texts {
		if p.scores(v, score); (score[0] > 0) != has[0][i] {
			t.Fatalf("text %d scores %g, and has the code: %t", i, score[0], has[0][i])
		}
	}
	for i := range texts {
		texts[i] = vector{[]int32{0}, []float32{1}}
	}
	for _, w := range blend(texts, 1, has, 2).weights {
		if w != 0 {
			t.Errorf("texts that are all alike give the weight %g", w)
		}
	}
}

func TestMethodsAreBlendedWithFewTextsAlone(t *testing.T) {
	for n, want := range map[int]bool{few: true, few + 1: false} {
		task, err := prepare(made(n, false), Settings{}.filled())
		if err != nil {
			t.Fatal(err)
		}
		in := func(i int) bool { return i < 200 }
		v, got, err := task.first(300).learn(context.Background(), choice{}, in)
		if err != nil {
			t.Fatal(err)
		}
		var texts []vector
		has := make([][]bool, len(task.has))
		for i := range 200 {
			texts = append(texts, v.vector(i))
			for l := range has {
				has[l] = append(has[l], task.has[l][i])
			}
		}
		if blended := reflect.DeepEqual(got, blend(texts, len(v.hashes), has, 1)); blended != want {
			t.Errorf("%d texts: blended %t", n, blended)
		}
		if weighed := reflect.DeepEqual(got, weigh(texts, len(v.hashes), has)); weighed == want {
			t.Errorf("%d texts: weighed %t", n, weighed)
		}
	}
}
