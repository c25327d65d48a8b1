package chart

import (
	"math"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/protect"
)

// RoundUp returns the least of 1, 2 and 5 times a power of ten that is not less
// than a number: a round end for a scale. Of what is not above zero it is 1.
func RoundUp(v float64) float64 {
	if v <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if v <= m*unit {
			return m * unit
		}
	}
	return 10 * unit
}

// greatest returns the greatest of the figures that are shown, 0 where none is.
func (s *sheet) greatest(figures []protect.Number) float64 {
	out := 0.0
	for _, n := range figures {
		if v, shown := s.pen.Length(n); shown {
			out = max(out, v)
		}
	}
	return out
}

// valuesOf are the figures of rows.
func valuesOf(rows []Row) []protect.Number {
	out := make([]protect.Number, len(rows))
	for i, r := range rows {
		out[i] = r.Value
	}
	return out
}

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
