package check

import (
	"math"
	"slices"
	"sort"
)

// key brings numbers into the order of whole numbers, so that they can be
// counted in intervals.
func key(x float64) uint64 {
	b := math.Float64bits(x + 0) // -0 is 0
	if b>>63 == 1 {
		return ^b
	}
	return b | 1<<63
}

// value is the number of a key.
func value(k uint64) float64 {
	if k>>63 == 1 {
		return math.Float64frombits(k &^ (1 << 63))
	}
	return math.Float64frombits(^k)
}

// window counts the numbers whose keys lie between lo and hi, by key and, where
// there are too many different ones, by the leading bits of the key. How coarse
// it became depends on the numbers alone, not on their order.
type window struct {
	lo, hi uint64
	shift  uint
	most   int
	counts map[uint64]int64
}

func newWindow(lo, hi uint64, most int) *window {
	return &window{lo: lo, hi: hi, most: most, counts: map[uint64]int64{}}
}

func (w *window) add(k uint64) {
	if k < w.lo || k > w.hi {
		return
	}
	w.counts[k>>w.shift]++
	w.coarsen()
}

func (w *window) coarsen() {
	for len(w.counts) > w.most {
		w.to(w.shift + 1)
	}
}

func (w *window) to(shift uint) {
	if shift <= w.shift {
		return
	}
	counts := make(map[uint64]int64, len(w.counts)/2+1)
	for k, n := range w.counts {
		counts[k>>(shift-w.shift)] += n
	}
	w.counts, w.shift = counts, shift
}

func (w *window) merge(o *window) {
	w.to(o.shift)
	for k, n := range o.counts {
		w.counts[k>>(w.shift-o.shift)] += n
	}
	w.coarsen()
}

// target is an order statistic being narrowed down.
type target struct {
	rank   int64 // from 0, among all numbers
	below  int64 // numbers below lo
	lo, hi uint64
}

// narrow finds the interval of a counted window that holds the target.
func (t *target) narrow(w *window) {
	keys := make([]uint64, 0, len(w.counts))
	for k := range w.counts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if t.rank < t.below+w.counts[k] {
			t.lo, t.hi = max(w.lo, k<<w.shift), min(w.hi, k<<w.shift|(1<<w.shift-1))
			return
		}
		t.below += w.counts[k]
	}
}

func (t *target) found() bool { return t.lo == t.hi }

// quantile returns a quantile from the order statistics around it, by linear
// interpolation (type 7 of Hyndman and Fan 1996).
func quantile(p float64, n int64, at func(rank int64) float64) float64 {
	h := p * float64(n-1)
	low := math.Floor(h)
	a, b := at(int64(low)), at(min(n-1, int64(low)+1))
	return a + float64((h-low)*(b-a))
}

// ranksOf returns the ranks that quantiles need, sorted, each once.
func ranksOf(n int64, ps ...float64) []int64 {
	var out []int64
	for _, p := range ps {
		low := int64(math.Floor(p * float64(n-1)))
		out = append(out, low, min(n-1, low+1))
	}
	sort.Slice(out, func(a, b int) bool { return out[a] < out[b] })
	return slices.Compact(out)
}
