// Package tipping says how different those who did not answer would have to be
// for a finding to turn round. It is a tipping-point analysis: not what the
// silent think is estimated, which nobody can know from the answers, but what
// they would have to think for the conclusion to be wrong (Little and Rubin,
// Statistical Analysis with Missing Data, 3rd edition 2019, chapter 15, on
// sensitivity to answers missing not at random; Yan, Lee and Li, Missing data
// handling methods in medical device clinical trials, Journal of
// Biopharmaceutical Statistics 19, 2009, on tipping points). What no answer of
// the silent can turn lies within the bounds of Manski (Nonparametric bounds on
// treatment effects, American Economic Review 80, 1990).
package tipping

// Share returns the share among the silent at which the share of all comes to
// the threshold: (T·N − n·p)/(N − n), with the share p of n who answered out of
// N. It turns only where it is possible, between 0 and 1: otherwise the share of
// all stays on its side whatever the silent say. ok is false where nobody is
// silent, or the numbers are none.
func Share(p float64, n, of int64, threshold float64) (silent float64, turns, ok bool) {
	if n <= 0 || of <= n || !(p >= 0 && p <= 1) || !(threshold >= 0 && threshold <= 1) {
		return 0, false, false
	}
	silent = (float64(threshold*float64(of)) - float64(p*float64(n))) / float64(of-n)
	return silent, silent >= 0 && silent <= 1, true
}

// Part is a group: the share p of n who answered out of N.
type Part struct {
	P     float64
	N, Of int64
}

// Gap returns how far the silent of two groups would have to lie from those of
// their group who answered, in opposite directions and equally far, for the
// difference of the two shares to vanish: d/(f₁ + f₂), with the difference d and
// the shares f of each group that are silent. It turns only where such shares
// are possible, between 0 and 1. ok is false where nobody is silent.
func Gap(a, b Part) (by float64, turns, ok bool) {
	if a.P < b.P {
		a, b = b, a
	}
	if a.N <= 0 || b.N <= 0 || a.Of < a.N || b.Of < b.N || !(b.P >= 0 && a.P <= 1) {
		return 0, false, false
	}
	silent := float64(a.Of-a.N)/float64(a.Of) + float64(b.Of-b.N)/float64(b.Of)
	if silent == 0 {
		return 0, false, false
	}
	by = (a.P - b.P) / silent
	return by, a.P-by >= 0 && b.P+by <= 1, true
}
