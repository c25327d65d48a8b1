package suggest

import (
	"math/rand/v2"
	"sync"
)

// A plane separates texts that have a label from those that do not, for many
// labels at once: weights by feature, then label.
type plane struct {
	labels  int
	weights []float32 // labels numbers a feature; the last feature is the constant
}

// passes over the texts; what later ones change makes no text better coded.
const passes = 4

// separate finds the planes of labels that minimise half their squared length
// and cost times the squared hinge losses, by coordinate descent in the dual:
// C.-J. Hsieh and others, "A dual coordinate descent method for large-scale
// linear SVM", 2008. Labels share the walk through the texts, so that each text
// is read once for all; workers share labels, whose sums do not meet.
func separate(texts []vector, features int, has [][]bool, cost float64, workers int) *plane {
	labels := len(has)
	p := &plane{labels: labels, weights: make([]float32, (features+1)*labels)}
	workers = max(1, min(workers, labels))
	parts := make([]*plane, workers)
	var wait sync.WaitGroup
	for n := range workers {
		from, to := labels*n/workers, labels*(n+1)/workers
		wait.Go(func() { parts[n] = descend(texts, features, has[from:to], cost) })
	}
	wait.Wait()
	for n, part := range parts {
		from := labels * n / workers
		for f := range features + 1 {
			copy(p.weights[f*labels+from:], part.weights[f*part.labels:(f+1)*part.labels])
		}
	}
	return p
}

func descend(texts []vector, features int, has [][]bool, cost float64) *plane {
	k := len(has)
	p := &plane{labels: k, weights: make([]float32, (features+1)*k)}
	alpha := make([]float32, len(texts)*k)
	slack := float32(1 / (2 * cost))
	score, step := make([]float32, k), make([]float32, k)
	order := make([]int, len(texts))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			v := texts[i]
			p.scores(v, score)
			square := slack + 1
			for _, x := range v.value {
				square += float32(x * x)
			}
			moved := false
			a := alpha[i*k : (i+1)*k]
			for l := range k {
				y := float32(-1)
				if has[l][i] {
					y = 1
				}
				slope := float32(y*score[l]) - 1 + float32(a[l]*slack)
				to := max(a[l]-slope/square, 0)
				step[l] = (to - a[l]) * y
				a[l] = to
				moved = moved || step[l] != 0
			}
			if !moved {
				continue
			}
			for j, f := range v.at {
				add4(p.weights[int(f)*k:int(f+1)*k], step, v.value[j])
			}
			w := p.weights[features*k:]
			for l, s := range step {
				w[l] += s
			}
		}
	}
	return p
}

// scores says on which side of each plane a text lies, and how far.
func (p *plane) scores(v vector, to []float32) {
	k := p.labels
	copy(to, p.weights[len(p.weights)-k:])
	for j, f := range v.at {
		add4(to, p.weights[int(f)*k:int(f+1)*k], v.value[j])
	}
}

// add4 adds x times w to sums, which are as many, four at a time.
func add4(to, w []float32, x float32) {
	for len(to) >= 4 && len(w) >= 4 {
		to[0] += float32(w[0] * x)
		to[1] += float32(w[1] * x)
		to[2] += float32(w[2] * x)
		to[3] += float32(w[3] * x)
		to, w = to[4:], w[4:]
	}
	for l, s := range w[:len(to)] {
		to[l] += float32(s * x)
	}
}
