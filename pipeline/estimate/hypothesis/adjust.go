package hypothesis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Adjustment is a way to correct probabilities for how many tests were made.
type Adjustment string

// The adjustments. The first four bound the probability of any false rejection,
// the last two the expected share of false ones among the rejections.
const (
	Bonferroni         Adjustment = "bonferroni" // Dunn (1961)
	Holm               Adjustment = "holm"       // Holm (1979)
	Hochberg           Adjustment = "hochberg"   // Hochberg (1988)
	Hommel             Adjustment = "hommel"     // Hommel (1988)
	BenjaminiHochberg  Adjustment = "bh"         // Benjamini and Hochberg (1995)
	BenjaminiYekutieli Adjustment = "by"         // Benjamini and Yekutieli (2001)
	Unadjusted         Adjustment = "none"
)

// Adjust returns the probabilities of a family of tests, adjusted. Those that
// are NaN stay so, and do not count as tests. The error names a method that is
// not known.
func Adjust(p []float64, by Adjustment) ([]float64, error) {
	adjust := map[Adjustment]func([]float64) []float64{
		Bonferroni: bonferroni, Holm: holm, Hochberg: hochberg, Hommel: hommel,
		BenjaminiHochberg: benjaminiHochberg, BenjaminiYekutieli: benjaminiYekutieli,
		Unadjusted: slices.Clone[[]float64],
	}[by]
	if adjust == nil {
		return nil, fmt.Errorf("no adjustment for multiple tests is called %q", by)
	}
	var tests []int
	for i, v := range p {
		if !math.IsNaN(v) {
			tests = append(tests, i)
		}
	}
	slices.SortStableFunc(tests, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	sorted := make([]float64, len(tests))
	for rank, i := range tests {
		sorted[rank] = p[i]
	}
	out := unknown(len(p))
	for rank, v := range adjust(sorted) {
		out[tests[rank]] = min(v, 1)
	}
	return out, nil
}

// stepDown multiplies increasing probabilities by a factor of their rank,
// counted from 0, and lets none be below one before it.
func stepDown(p []float64, factor func(rank int) float64) []float64 {
	out := make([]float64, len(p))
	least := 0.
	for i, v := range p {
		least = max(least, factor(i)*v)
		out[i] = least
	}
	return out
}

// stepUp does the same, and lets none be above one behind it.
func stepUp(p []float64, factor func(rank int) float64) []float64 {
	out := make([]float64, len(p))
	most := math.Inf(1)
	for i, v := range slices.Backward(p) {
		most = min(most, factor(i)*v)
		out[i] = most
	}
	return out
}

func bonferroni(p []float64) []float64 {
	return stepDown(p, func(int) float64 { return float64(len(p)) })
}

func holm(p []float64) []float64 {
	return stepDown(p, func(i int) float64 { return float64(len(p) - i) })
}

func hochberg(p []float64) []float64 {
	return stepUp(p, func(i int) float64 { return float64(len(p) - i) })
}

func benjaminiHochberg(p []float64) []float64 {
	return stepUp(p, func(i int) float64 { return float64(len(p)) / float64(i+1) })
}

func benjaminiYekutieli(p []float64) []float64 {
	harmonic := 0.
	for i := range p {
		harmonic += 1 / float64(i+1)
	}
	return stepUp(p, func(i int) float64 { return harmonic * float64(len(p)) / float64(i+1) })
}

// hommel closes Simes' test: a hypothesis has the largest of the probabilities
// of the intersections that it is part of. Of those of k hypotheses that is the
// one with the k-1 largest others (Wright 1992).
func hommel(p []float64) []float64 {
	n := len(p)
	out := slices.Clone(p)
	for k := n; k >= 2; k-- {
		size := float64(k)
		tail := math.Inf(1) // Simes' bound from the k-1 largest
		for r := 2; r <= k; r++ {
			tail = min(tail, size*p[n-k+r-1]/float64(r))
		}
		for i := range out {
			out[i] = max(out[i], min(tail, size*p[min(i, n-k)]))
		}
	}
	return out
}
