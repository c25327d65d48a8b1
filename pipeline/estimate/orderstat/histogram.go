package orderstat

import (
	"bytes"
	"cmp"
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// Histogram gathers weighted numbers into buckets: one for each number while
// there are few; else numbers whose first bits are alike share one. How wide
// buckets are depends on the numbers alone, not on their order.
type Histogram struct {
	most    int
	shift   uint // bits of a key that buckets leave out
	at      map[uint64]int32
	buckets []bucket
	refused bool
}

// bucket is what is known of the numbers in it.
type bucket struct {
	weight      exact.Sum
	n           int64
	first, last row // the least and the largest
}

// row is a number as its order sees it.
type row struct {
	key    uint64
	id     dataset.ID
	weight float64
}

func (a row) compare(b row) int {
	if c := cmp.Compare(a.key, b.key); c != 0 {
		return c
	}
	if c := bytes.Compare(a.id[:], b.id[:]); c != 0 {
		return c
	}
	return cmp.Compare(a.weight, b.weight)
}

// narrower is how many more bits are left out when there are too many buckets.
const narrower = 4

// NewHistogram returns an empty histogram of so many buckets at most.
func NewHistogram(most int) *Histogram {
	return &Histogram{most: most, at: map[uint64]int32{}}
}

// keyOf returns bits that are ordered as numbers are; both zeros are one.
func keyOf(x float64) uint64 {
	b := math.Float64bits(x + 0)
	if b>>63 != 0 {
		return ^b
	}
	return b | 1<<63
}

func numberOf(key uint64) float64 {
	if key>>63 != 0 {
		return math.Float64frombits(key &^ (1 << 63))
	}
	return math.Float64frombits(^key)
}

// Add counts a number. Without a weight above 0 it does not count.
func (h *Histogram) Add(x float64, id dataset.ID, weight float64) {
	if weight > 0 {
		h.add(row{keyOf(x), id, weight})
	}
}

func (h *Histogram) add(r row) {
	b := bucket{n: 1, first: r, last: r}
	if !b.weight.Add(r.weight) {
		h.refused = true
	}
	h.put(b)
}

func (h *Histogram) put(b bucket) {
	key := b.first.key >> h.shift
	i, ok := h.at[key]
	if !ok {
		h.at[key] = int32(len(h.buckets))
		h.buckets = append(h.buckets, b)
		h.fit()
		return
	}
	h.refused = !h.buckets[i].merge(b) || h.refused
}

func (b *bucket) merge(o bucket) bool {
	b.n += o.n
	if o.first.compare(b.first) < 0 {
		b.first = o.first
	}
	if o.last.compare(b.last) > 0 {
		b.last = o.last
	}
	return b.weight.Merge(o.weight)
}

// fit widens the buckets until there is room for all.
func (h *Histogram) fit() {
	for len(h.buckets) > h.most && h.shift < 64 {
		h.widen(h.shift + narrower)
	}
}

func (h *Histogram) widen(shift uint) {
	if shift <= h.shift {
		return
	}
	from := h.buckets
	h.shift, h.buckets, h.at = shift, nil, make(map[uint64]int32, len(from))
	for _, b := range from {
		h.put(b)
	}
}

// Merge counts in what another histogram of the same room has gathered.
func (h *Histogram) Merge(o *Histogram) {
	h.refused = h.refused || o.refused
	h.widen(o.shift)
	for _, b := range o.buckets {
		h.put(b)
	}
}
