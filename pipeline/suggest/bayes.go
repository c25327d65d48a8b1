package suggest

import "math"

// smooth is what is added to each sum of a feature.
const smooth = 0.1

// weigh makes planes of how much of each feature lies in texts without a label:
// J. Rennie and others, "Tackling the poor assumptions of naive Bayes text
// classifiers", 2003. It needs fewer texts than separate does. Weights are taken
// from their mean over all labels, which puts the scores of a text about 0.
func weigh(texts []vector, features int, has [][]bool) *plane {
	k := len(has)
	sums := make([]float64, (features+1)*k)
	all := make([]float64, features)
	for i, v := range texts {
		for j, f := range v.at {
			x := float64(v.value[j])
			all[f] += x
			for l := range has {
				if has[l][i] {
					sums[int(f)*k+l] += x
				}
			}
		}
	}
	total := make([]float64, k)
	for f, x := range all {
		for l := range k {
			s := &sums[f*k+l]
			*s = max(x-*s, 0) + smooth
			total[l] += *s
		}
	}
	p := &plane{labels: k, weights: make([]float32, (features+1)*k)}
	for f := range all {
		row, mean := sums[f*k:(f+1)*k], 0.0
		for l := range row {
			row[l] = math.Log(total[l] / row[l])
			mean += row[l]
		}
		for l := range row {
			p.weights[f*k+l] = float32(row[l] - mean/float64(k))
		}
	}
	return p
}
