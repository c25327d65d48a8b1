package hypothesis

import "math"

// Overlap says how far two choices of an item of several choices go together,
// of n respondents who answered it: a made the one, b the other, both made both.
// Jaccard is both of those who made either (Jaccard 1901), phi the correlation
// of the two (Pearson 1900; Yule 1912). Each is NaN where it is undefined.
func Overlap(n, a, b, both int64) (jaccard, phi float64) {
	either := a + b - both
	jaccard, phi = math.NaN(), math.NaN()
	if either > 0 {
		jaccard = float64(both) / float64(either)
	}
	x := math.Sqrt(float64(a)) * math.Sqrt(float64(n-a)) * math.Sqrt(float64(b)) * math.Sqrt(float64(n-b))
	if x > 0 {
		phi = (float64(n)*float64(both) - float64(a)*float64(b)) / x
	}
	return jaccard, phi
}
