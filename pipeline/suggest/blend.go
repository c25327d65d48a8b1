package suggest

import "math"

// Of blend: how much of its scores are those of separate, and the cost of errors.
const (
	blendShare = 0.2
	blendCost  = 0.4
)

// blend adds up planes of weigh and of separate, which err in different texts.
// For separate each feature counts by how much it tells according to weigh,
// which it cannot find out from few texts by itself.
func blend(texts []vector, features int, has [][]bool, workers int) *plane {
	k := len(has)
	p := weigh(texts, features, has)
	tells := make([]float32, features)
	for f := range tells {
		sum := 0.0
		for _, w := range p.weights[f*k : (f+1)*k] {
			sum += float64(w * w)
		}
		tells[f] = float32(math.Sqrt(sum))
	}
	scaled, squares := make([]vector, len(texts)), 0.0
	for i, v := range texts {
		scaled[i] = vector{v.at, make([]float32, len(v.at))}
		for j, f := range v.at {
			x := float32(v.value[j] * tells[f])
			scaled[i].value[j] = x
			squares += float64(x * x)
		}
	}
	if squares == 0 { // nothing tells anything
		return p
	}
	unit := float32(math.Sqrt(float64(len(texts)) / squares)) // brings texts to length 1 in the mean
	for _, v := range scaled {
		for j := range v.value {
			v.value[j] *= unit
		}
	}
	q := separate(scaled, features, has, blendCost, workers)
	for f, t := range tells {
		for l := range k {
			q.weights[f*k+l] *= float32(t * unit)
		}
	}
	a, b := float32((1-blendShare)/p.spread(texts)), float32(blendShare/q.spread(texts))
	for n, w := range q.weights {
		p.weights[n] = float32(p.weights[n]*a) + float32(w*b)
	}
	return p
}

// spread is the standard deviation of the scores of texts.
func (p *plane) spread(texts []vector) float64 {
	all := make([]float32, p.labels*len(texts))
	mean := 0.0
	for i, v := range texts {
		score := all[i*p.labels : (i+1)*p.labels]
		p.scores(v, score)
		for _, s := range score {
			mean += float64(s) / float64(len(all))
		}
	}
	variance := 0.0
	for _, s := range all {
		d := float64(s) - mean
		variance += float64(d*d) / float64(len(all))
	}
	return math.Sqrt(max(variance, 1e-12))
}
