package hypothesis

import (
	"math"
	"slices"
)

// Profile is what respondents said to the same items, and how many said so.
type Profile struct {
	Values []float64
	N      int64
}

// complete returns the profiles that have a number for each of k items.
func complete(profiles []Profile, k int) (out []Profile, n float64) {
	for _, p := range profiles {
		if len(p.Values) == k && p.N > 0 && !slices.ContainsFunc(p.Values, math.IsNaN) {
			out = append(out, p)
			n += float64(p.N)
		}
	}
	return out, n
}

// CochranTest compares the shares of several yes-no items of the same respondents.
type CochranTest struct {
	N int64
	Q Result // Cochran (1950)
}

// CochranQ tests whether k items have the same share of answers other than 0.
// Profiles that are not complete are left out.
func CochranQ(profiles []Profile, k int) CochranTest {
	all, n := complete(profiles, k)
	out := CochranTest{N: int64(n), Q: undefined(TooFew)}
	if k < 2 || n == 0 {
		return out
	}
	byItem := make([]float64, k)
	total, squares := 0., 0.
	for _, p := range all {
		yes := 0.
		for j, v := range p.Values {
			if v != 0 {
				yes++
				byItem[j] += float64(p.N)
			}
		}
		total += float64(yes * float64(p.N))
		squares += float64(square(yes) * float64(p.N))
	}
	items := float64(k)
	spread := 0.
	for _, s := range byItem {
		spread += square(s - total/items)
	}
	if rest := float64(items*total) - squares; rest > 0 {
		out.Q = chiSquare(items*(items-1)*spread/rest, items-1)
	} else {
		out.Q = undefined(NoChange)
	}
	return out
}

// FriedmanTest compares the ranks of several items of the same respondents.
type FriedmanTest struct {
	N         int64
	ChiSquare Result    // Friedman (1937), corrected for ties
	KendallW  float64   // Kendall and Babington Smith (1939)
	MeanRanks []float64 // of the items, among those of one respondent
}

// Friedman tests whether k items have the same ranks. Profiles that are not
// complete are left out.
func Friedman(profiles []Profile, k int) FriedmanTest {
	all, n := complete(profiles, k)
	out := FriedmanTest{N: int64(n), ChiSquare: undefined(TooFew), KendallW: math.NaN(), MeanRanks: unknown(max(k, 0))}
	if k < 2 || n == 0 {
		return out
	}
	sums := make([]float64, k)
	ties := 0.
	for _, p := range all {
		for j, v := range p.Values {
			below, same := 0., 0.
			for _, o := range p.Values {
				if o < v {
					below++
				}
				if o == v {
					same++
				}
			}
			sums[j] += float64((below + (same+1)/2) * float64(p.N))
			ties += float64((same*same - 1) * float64(p.N)) // t answers add up to t³-t
		}
	}
	items := float64(k)
	spread := 0.
	for j, s := range sums {
		out.MeanRanks[j] = s / n
		spread += square(s - n*(items+1)/2)
	}
	rest := float64(n*items*(items+1)) - ties/(items-1)
	if rest <= 0 {
		out.ChiSquare = undefined(NoVariation)
		return out
	}
	out.ChiSquare = chiSquare(12*spread/rest, items-1)
	out.KendallW = out.ChiSquare.Statistic / (n * (items - 1))
	return out
}
