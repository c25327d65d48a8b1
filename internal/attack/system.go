package attack

import (
	"errors"
	"slices"
)

// errContradiction says that no answers fit all that is published.
var errContradiction = errors.New("what is published contradicts itself")

// contradiction is a row that cannot hold.
type contradiction struct{ row int32 }

func (c contradiction) Error() string { return errContradiction.Error() }

func (c contradiction) Unwrap() error { return errContradiction }

// system is what is known of unknown whole numbers: bounds of each, and rows,
// sums that lie between bounds.
type system struct {
	lo, hi []int64
	rows   []row
	uses   [][]int32 // of each unknown, the rows that it is in
}

// row is a sum of unknowns, each so many times, and its bounds.
type row struct {
	at     []int32
	times  []int64
	lo, hi int64
}

func newSystem(n int, hi int64) *system {
	s := &system{lo: make([]int64, n), hi: make([]int64, n), uses: make([][]int32, n)}
	for i := range s.hi {
		s.hi[i] = hi
	}
	return s
}

// add adds a row.
func (s *system) add(sum map[int]int64, lo, hi int64) {
	r := row{lo: lo, hi: hi}
	for c, times := range sum {
		if times != 0 {
			r.at = append(r.at, int32(c))
		}
	}
	slices.Sort(r.at)
	for _, c := range r.at {
		r.times = append(r.times, sum[int(c)])
		s.uses[c] = append(s.uses[c], int32(len(s.rows)))
	}
	s.rows = append(s.rows, r)
}

// activity returns the least and the greatest value that the bounds of the
// unknowns leave to a row.
func (s *system) activity(r *row) (lo, hi int64) {
	for i, c := range r.at {
		if t := r.times[i]; t > 0 {
			lo, hi = lo+t*s.lo[c], hi+t*s.hi[c]
		} else {
			lo, hi = lo+t*s.hi[c], hi+t*s.lo[c]
		}
	}
	return lo, hi
}

// tighten draws from each of the rows what it says of the bounds of its
// unknowns, again and again until nothing follows. It stops after
// most rows, for bounds may creep; they hold nevertheless. undo, if not nil, is told each bound
// before it changes.
func (s *system) tighten(from []int32, most int, undo func(c int32, lo, hi int64)) error {
	queue, queued := slices.Clone(from), map[int32]bool{}
	for _, r := range queue {
		queued[r] = true
	}
	for steps := 0; len(queue) > 0 && steps < most; steps++ {
		at := queue[0]
		queue = queue[1:]
		queued[at] = false
		r := &s.rows[at]
		lo, hi := s.activity(r)
		if lo > r.hi || hi < r.lo {
			return contradiction{at}
		}
		if lo >= r.lo && hi <= r.hi {
			continue
		}
		for i, c := range r.at {
			t := r.times[i]
			low, high := s.lo[c], s.hi[c]
			least, greatest := t*low, t*high
			if t < 0 {
				least, greatest = greatest, least
			}
			// times*x is at least r.lo - (hi-greatest) and at most r.hi - (lo-least).
			bottom, top := r.lo-(hi-greatest), r.hi-(lo-least)
			newLow, newHigh := low, high
			if t > 0 {
				newLow, newHigh = max(low, ceil(bottom, t)), min(high, floor(top, t))
			} else {
				newLow, newHigh = max(low, ceil(-top, -t)), min(high, floor(-bottom, -t))
			}
			if newLow > newHigh {
				return contradiction{at}
			}
			if newLow == low && newHigh == high {
				continue
			}
			if undo != nil {
				undo(c, low, high)
			}
			s.lo[c], s.hi[c] = newLow, newHigh
			lo, hi = s.activity(r)
			for _, u := range s.uses[c] {
				if !queued[u] {
					queued[u] = true
					queue = append(queue, u)
				}
			}
		}
	}
	return nil
}

// floor and ceil divide by a positive number.
func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func ceil(a, b int64) int64 { return -floor(-a, b) }

// open says whether an unknown is still unknown.
func (s *system) open(c int32) bool { return s.lo[c] < s.hi[c] }

// rest returns the rows that say more than the bounds of their unknowns do,
// without what is known; each once.
func (s *system) rest() []row {
	var out []row
	seen := map[string]bool{}
	for i := range s.rows {
		r := &s.rows[i]
		lo, hi := s.activity(r)
		if lo >= r.lo && hi <= r.hi {
			continue
		}
		short := row{lo: r.lo, hi: r.hi}
		for j, c := range r.at {
			if s.open(c) {
				short.at, short.times = append(short.at, c), append(short.times, r.times[j])
				continue
			}
			if short.lo > -unbounded {
				short.lo -= r.times[j] * s.lo[c]
			}
			if short.hi < unbounded {
				short.hi -= r.times[j] * s.lo[c]
			}
		}
		if key := short.key(); len(short.at) > 0 && !seen[key] {
			seen[key] = true
			out = append(out, short)
		}
	}
	return out
}

func (r row) key() string {
	out := make([]byte, 0, 12*len(r.at)+16)
	word := func(v int64) {
		for range 8 {
			out = append(out, byte(v))
			v >>= 8
		}
	}
	for i, c := range r.at {
		word(int64(c))
		word(r.times[i])
	}
	word(r.lo)
	word(r.hi)
	return string(out)
}

// part is a set of unknowns and of rows that no other row ties to the rest.
type part struct {
	cells []int32
	rows  []row
}

// parts splits what is left into parts. Cells are known by their numbers in the
// system.
func (s *system) parts() []*part {
	rows := s.rest()
	of := make([]int32, len(s.lo))
	for i := range of {
		of[i] = int32(i)
	}
	find := func(i int32) int32 {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	for _, r := range rows {
		for _, c := range r.at[1:] {
			of[find(c)] = find(r.at[0])
		}
	}
	at := map[int32]*part{}
	var out []*part
	for i := range s.lo {
		if !s.open(int32(i)) {
			continue
		}
		root := find(int32(i))
		if at[root] == nil {
			at[root] = &part{}
			out = append(out, at[root])
		}
		at[root].cells = append(at[root].cells, int32(i))
	}
	for _, r := range rows {
		p := at[find(r.at[0])]
		p.rows = append(p.rows, r)
	}
	return out
}
