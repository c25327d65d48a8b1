package suggest

import "math"

// smooth is what is added to each sum of a feature.
const smooth = 0.15

// weigh makes planes of how much of each feature lies in texts without a label,
// as complement naive Bayes does, and brings the weights of each label to one
// mean length: J. Rennie and others, "Tackling the poor assumptions of naive
// Bayes text classifiers", 2003. What lies there is compared with what would by
// chance, so that a feature that tells nothing weighs nothing, however rare. It
// needs fewer texts than separate does.
func weigh(texts []vector, features int, has [][]bool) *plane {
	k := len(has)
	sums, all := make([]float64, features*k), make([]float64, features)
	total, whole := make([]float64, k), 0.0
	for i, v := range texts {
		for j, f := range v.at {
			x := float64(v.value[j])
			all[f] += x
			whole += x
			for l := range has {
				if has[l][i] {
					sums[int(f)*k+l] += x
					total[l] += x
				}
			}
		}
	}
	length := make([]float64, k)
	for f, x := range all {
		for l := range k {
			w := &sums[f*k+l]
			*w = math.Log((float64(x*(1-total[l]/whole)) + smooth) / (max(x-*w, 0) + smooth))
			length[l] += math.Abs(*w) / float64(features)
		}
	}
	p := &plane{labels: k, weights: make([]float32, (features+1)*k)}
	for n, w := range sums {
		if l := length[n%k]; l > 0 {
			p.weights[n] = float32(w / l)
		}
	}
	return p
}
