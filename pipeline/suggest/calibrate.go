package suggest

import (
	"cmp"
	"math"
	"slices"
)

// A curve turns a score into a probability: 1/(1+exp(-(Slope*score+Shift))).
type curve struct{ Slope, Shift float64 }

func (c curve) at(score float32) float64 {
	return 1 / (1 + math.Exp(-(float64(c.Slope*float64(score)) + c.Shift)))
}

// probabilities calibrates scores. Where a text has one code they add up to 1.
func probabilities(scores []float32, curves []curve, single bool) []float64 {
	p := make([]float64, len(scores))
	sum := 0.0
	for l, s := range scores {
		p[l] = curves[l].at(s)
		sum += p[l]
	}
	if single && sum > 0 {
		for l := range p {
			p[l] /= sum
		}
	}
	return p
}

// never is a probability that none reaches, of codes whose scores tell nothing.
const never = 2.0

// fit fits a curve and the least probability of each code to scores of texts
// that the scores were not learnt from; in says which, all without it.
func (t *task) fit(scores [][]float32, in func(int) bool) (curves []curve, least []float64) {
	var texts []int
	for i := range t.texts {
		if in == nil || in(i) {
			texts = append(texts, i)
		}
	}
	curves, least = make([]curve, len(t.codes)), make([]float64, len(t.codes))
	shared(t.settings.Workers, len(t.codes), func(l int) {
		x, y := make([]float32, len(texts)), make([]bool, len(texts))
		for j, i := range texts {
			x[j], y[j] = scores[i][l], t.has[l][i]
		}
		curves[l], least[l] = platt(x, y), never
		if curves[l].Slope > 0 {
			least[l] = curves[l].at(bestCut(x, y))
		}
	})
	return curves, least
}

// platt fits a curve by Newton's method to targets that are drawn in a little
// from 0 and 1: J. Platt, "Probabilistic outputs for support vector machines",
// 1999. The slope is never negative.
func platt(score []float32, has []bool) curve {
	yes := 0.0
	for _, h := range has {
		if h {
			yes++
		}
	}
	no := float64(len(has)) - yes
	high, low := (yes+1)/(yes+2), 1/(no+2)
	loss := func(c curve) (sum float64) {
		for i, s := range score {
			z := float64(c.Slope*float64(s)) + c.Shift
			target := low
			if has[i] {
				target = high
			}
			sum += max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))) - float64(target*z)
		}
		return sum
	}
	c := curve{0, math.Log((yes + 1) / (no + 1))}
	now := loss(c)
	for range 50 {
		var g, k, aa, ab, bb float64
		for i, s := range score {
			x, p := float64(s), c.at(s)
			target := low
			if has[i] {
				target = high
			}
			d, w := p-target, float64(p*(1-p))
			g += float64(d * x)
			k += d
			aa += float64(w * x * x)
			ab += float64(w * x)
			bb += w
		}
		aa, bb = aa+1e-9, bb+1e-9
		det := float64(aa*bb) - float64(ab*ab)
		da, db := (float64(bb*g)-float64(ab*k))/det, (float64(aa*k)-float64(ab*g))/det
		better := false
		for step := 1.0; step > 1e-6; step /= 2 {
			next := curve{c.Slope - step*da, c.Shift - step*db}
			if l := loss(next); l < now-1e-10*math.Abs(now) {
				c, now, better = next, l, true
				break
			}
		}
		if !better {
			break
		}
	}
	if !(c.Slope > 0) { // higher scores are no sign of the code: its share is all that is known
		return curve{0, math.Log((yes + 1) / (no + 1))}
	}
	return c
}

// bestCut is the score from which on a code is given, so that the harmonic mean
// of its precision and recall is greatest.
func bestCut(score []float32, has []bool) float32 {
	order := make([]int, len(score))
	total := 0
	for i := range order {
		order[i] = i
		if has[i] {
			total++
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	best, cut, hit := -1.0, float32(math.MaxFloat32), 0
	for n, i := range order {
		if has[i] {
			hit++
		}
		if n+1 < len(order) && score[order[n+1]] == score[i] {
			continue
		}
		if f := 2 * float64(hit) / float64(n+1+total); f > best {
			best, cut = f, score[i]
			if n+1 < len(order) {
				cut = (score[i] + score[order[n+1]]) / 2
			}
		}
	}
	return cut
}
