package chart

import "strconv"

// tick writes a number of a scale: shares in per cent, whole where they are.
func tick(v float64, shares bool) string {
	if shares {
		v *= 100
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}
