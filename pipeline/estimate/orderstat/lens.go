package orderstat

import (
	"slices"
	"sort"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// lensBits is how many more bits of a key a further pass tells apart.
const lensBits = 12

// Lens looks into some buckets in a further pass over the same numbers.
type Lens struct {
	windows []window
}

// window is a bucket that is looked into.
type window struct {
	key   uint64 // of its numbers, without the bits it leaves out
	shift uint
	in    *Histogram
}

// Look returns a lens on the buckets that hide the quantiles of a rule at some
// p, added to those that an earlier lens, or nil, looks into; nil where all is known.
func (s *Steps) Look(l *Lens, rule Rule, ps ...float64) *Lens {
	for _, p := range ps {
		_, at := s.find(rule, p)
		if at < 0 {
			continue
		}
		b := &s.buckets[at]
		w := window{key: b.first.key >> b.shift, shift: b.shift}
		if l == nil {
			l = &Lens{}
		}
		if slices.ContainsFunc(l.windows, func(have window) bool { return have.key == w.key && have.shift == w.shift }) {
			continue
		}
		l.windows = append(l.windows, w)
		slices.SortFunc(l.windows, func(a, b window) int {
			if a.key<<a.shift < b.key<<b.shift {
				return -1
			}
			return 1
		})
	}
	return l
}

// Fresh returns a lens on the same buckets that has seen nothing.
func (l *Lens) Fresh() *Lens {
	if l == nil {
		return nil
	}
	out := &Lens{windows: slices.Clone(l.windows)}
	for i := range out.windows {
		w := &out.windows[i]
		w.in = NewHistogram(1 << lensBits)
		w.in.shift = w.inside()
	}
	return out
}

// inside returns how many bits the buckets within a window leave out.
func (w *window) inside() uint { return max(w.shift, lensBits) - lensBits }

// Add counts a number, where it is in a bucket that is looked into.
func (l *Lens) Add(x float64, id dataset.ID, weight float64) {
	if l == nil || !(weight > 0) {
		return
	}
	key := keyOf(x)
	i := sort.Search(len(l.windows), func(i int) bool { w := &l.windows[i]; return w.key >= key>>w.shift })
	if i < len(l.windows) && l.windows[i].key == key>>l.windows[i].shift {
		l.windows[i].in.add(row{key, id, weight})
	}
}

// Merge counts in what another lens on the same buckets has seen.
func (l *Lens) Merge(o *Lens) {
	if l == nil {
		return
	}
	for i := range l.windows {
		l.windows[i].in.Merge(o.windows[i].in)
	}
}

// Through returns the distribution with what a lens has seen in the place of
// the buckets that it looked into.
func (s *Steps) Through(l *Lens) *Steps {
	if l == nil {
		return s
	}
	out := &Steps{refused: s.refused}
	for _, b := range s.buckets {
		at := slices.IndexFunc(l.windows, func(w window) bool { return w.shift == b.shift && w.key == b.first.key>>b.shift })
		if at < 0 {
			out.buckets = append(out.buckets, b)
			continue
		}
		w := &l.windows[at]
		out.refused = out.refused || w.in.refused
		for _, part := range w.in.buckets {
			out.buckets = append(out.buckets, step{bucket: part, shift: w.in.shift})
		}
	}
	out.order()
	return out
}
