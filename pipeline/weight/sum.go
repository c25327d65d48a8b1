package weight

import "math"

// summing gathers the summary of weights. Its sums are exact, so the order of
// the responses does not matter.
type summing struct {
	n        int64
	min, max float64
	w, w2    exact
}

func (s *summing) add(w float64) {
	if s.n == 0 || w < s.min {
		s.min = w
	}
	if s.n == 0 || w > s.max {
		s.max = w
	}
	s.n++
	s.w.add(w)
	square := float64(w * w)
	s.w2.add(square)
	s.w2.add(math.FMA(w, w, -square)) // what the rounding of the square left out
}

func (s *summing) summary() Summary {
	out := Summary{Responses: s.n, Min: s.min, Max: s.max, Sum: s.w.value()}
	if s.n > 0 {
		w2 := s.w2.value()
		out.Effective = out.Sum / w2 * out.Sum
		out.DEff = float64(s.n) / out.Effective
	}
	return out
}

// exact is an exact sum of float64 values: partial sums that do not overlap,
// smallest first (Shewchuk 1997).
type exact []float64

func (e *exact) add(x float64) {
	kept := (*e)[:0]
	for _, y := range *e {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		high := x + y
		low := y - (high - x)
		if low != 0 {
			kept = append(kept, low)
		}
		x = high
	}
	*e = append(kept, x)
}

// value rounds the sum to the nearest float64, ties to even.
func (e exact) value() float64 {
	n := len(e) - 1
	if n < 0 {
		return 0
	}
	high, low := e[n], 0.0
	for n > 0 && low == 0 {
		n--
		x := high
		high = x + e[n]
		low = e[n] - (high - x)
	}
	// Half-way cases need the sign of what lies below.
	if n > 0 && (low < 0 && e[n-1] < 0 || low > 0 && e[n-1] > 0) {
		if y, x := low*2, high+low*2; y == x-high {
			return x
		}
	}
	return high
}
