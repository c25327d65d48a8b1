package suggest

import "math"

// margins turns the scores of a text that has one code into how far each is
// ahead of the best of the others, in place: a code is right not where its
// score is high, but where no other is as high. Scores add up what n-grams tell
// as if they told it independently, so that they lie too far apart where many
// n-grams tell the same, in long texts and languages with long words; therefore
// margins are divided by the root of their standard deviation.
func margins(scores []float32) {
	best, second := math.Inf(-1), math.Inf(-1)
	mean, variance := 0.0, 0.0
	for _, s := range scores {
		x := float64(s)
		best, second = max(best, x), max(second, min(best, x))
		mean += x / float64(len(scores))
	}
	for _, s := range scores {
		d := float64(s) - mean
		variance += float64(d*d) / float64(len(scores))
	}
	unit := math.Sqrt(math.Sqrt(max(variance, 1e-12)))
	for l, s := range scores {
		ahead := best
		if float64(s) == best {
			ahead = second
		}
		scores[l] = float32((float64(s) - ahead) / unit)
	}
}
