package resample

import "math"

// Step returns the p-th quantile of sorted numbers as the least of them that at
// least the share p does not exceed (Hyndman and Fan 1996, definition 1). NaN
// where there are none.
func Step(sorted []float64, p float64) float64 {
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	k := int(math.Ceil(float64(float64(n)*p) - slack))
	return sorted[min(max(k, 1), n)-1]
}

// Smooth returns the p-th quantile of sorted numbers, drawn straight between
// neighbours (Hyndman and Fan 1996, definition 7). NaN where there are none.
func Smooth(sorted []float64, p float64) float64 {
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	at := float64(float64(n-1) * p)
	k := min(int(at+slack), n-1)
	part := at - float64(k)
	if part < slack || k+1 == n {
		return sorted[k]
	}
	return sorted[k] + float64(part*(sorted[k+1]-sorted[k]))
}

// slack takes a place that is whole but for rounding as whole.
const slack = 1e-9
