package weight

import (
	"maps"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// summing gathers the summary of weights. Its sums are exact, so the order of
// the responses does not matter.
type summing struct {
	n        int64
	min, max float64
	w, w2    partials
	bins     map[uint64]*weightBin // by their leading bits
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
	if s.bins == nil {
		s.bins = map[uint64]*weightBin{}
	}
	const leading = 52 - 10 // bits of a mantissa that are left out
	b := s.bins[math.Float64bits(w)>>leading]
	if b == nil {
		b = &weightBin{}
		s.bins[math.Float64bits(w)>>leading] = b
	}
	b.n++
	b.w.Add(w)
	square := float64(w * w)
	s.w2.add(square)
	s.w2.add(math.FMA(w, w, -square)) // what the rounding of the square left out
}

func (s *summing) spread() Spread {
	out := Spread{Min: s.min, Max: s.max, Sum: s.w.value()}
	if s.n > 0 {
		w2 := s.w2.value()
		out.Ratio = s.max / s.min
		out.Effective = out.Sum / w2 * out.Sum
		out.DEff = float64(s.n) / out.Effective
		out.Top1, out.Top5 = s.top(0.01), s.top(0.05)
	}
	return out
}

// top returns the share of Σw that the share of respondents with the largest
// weights holds. Weights are told apart to a thousandth.
func (s *summing) top(share float64) float64 {
	left := float64(share * float64(s.n))
	var held, all float64
	for _, bin := range slices.Backward(slices.Sorted(maps.Keys(s.bins))) {
		b := s.bins[bin]
		w := b.w.Float64()
		take := min(left, float64(b.n))
		held += float64(w * (take / float64(b.n)))
		left -= take
		all += w
	}
	return held / all
}

// weightBin holds weights that differ by less than a thousandth.
type weightBin struct {
	n int64
	w exact.Sum
}

// partials is an exact sum of float64 values: partial sums that do not overlap,
// smallest first (Shewchuk 1997).
type partials []float64

func (e *partials) add(x float64) {
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
func (e partials) value() float64 {
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
