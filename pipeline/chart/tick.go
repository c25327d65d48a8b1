package chart

import (
	"math"
	"strconv"
)

// tick writes a number of a scale: shares in per cent, whole where they are.
func (s *sheet) tick(v float64, shares bool) string {
	if shares {
		v *= 100
	}
	decimals := 0
	for scale := 1.0; decimals < 3 && math.Abs(v*scale-math.Round(v*scale)) > 1e-6; scale *= 10 {
		decimals++
	}
	if s.head.Numbers == nil {
		return strconv.FormatFloat(v, 'f', decimals, 64)
	}
	return s.head.Numbers.Decimal(v, decimals)
}
