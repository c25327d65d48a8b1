package check

import (
	"errors"
	"math"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// series is numbers that are compared with each other: the answers to an item,
// of everybody or of a domain.
type series struct {
	n                    int64
	sum, squares, cubes  exact.Sum
	logs, logSquares     exact.Sum
	negative, outOfRange bool

	first   *window           // of all numbers
	targets map[int64]*target // rank -> order statistic
}

// moments are what outliers are judged by.
type moments struct{ mean, sd float64 }

func (s *series) add(x float64) {
	s.n++
	s.negative = s.negative || x < 0
	ok := s.sum.Add(x) && s.squares.Add(x*x) && s.cubes.Add(x*x*x)
	if x >= 0 {
		l := math.Log1p(x)
		ok = s.logs.Add(l) && s.logSquares.Add(l*l) && ok
	}
	s.outOfRange = s.outOfRange || !ok
	s.first.add(key(x))
}

func (s *series) merge(o *series) {
	s.n += o.n
	s.negative = s.negative || o.negative
	ok := s.sum.Merge(o.sum) && s.squares.Merge(o.squares) && s.cubes.Merge(o.cubes) && s.logs.Merge(o.logs) && s.logSquares.Merge(o.logSquares)
	s.outOfRange = s.outOfRange || o.outOfRange || !ok
	s.first.merge(o.first)
}

// spread returns mean and standard deviation, with n-1.
func spread(n int64, sum, squares exact.Sum) moments {
	mean := sum.Float64() / float64(n)
	v := (squares.Float64() - float64(mean*sum.Float64())) / float64(n-1)
	return moments{mean, math.Sqrt(max(0, v))}
}

func (s *series) plain() moments { return spread(s.n, s.sum, s.squares) }
func (s *series) log() moments   { return spread(s.n, s.logs, s.logSquares) }

// skewness returns the third standardised moment, with n; 0 where all numbers
// are the same.
func (s *series) skewness() float64 {
	n := float64(s.n)
	mean := s.sum.Float64() / n
	m2 := s.squares.Float64()/n - float64(mean*mean)
	if m2 <= 0 {
		return 0
	}
	m3 := s.cubes.Float64()/n - float64(3*mean*(s.squares.Float64()/n)) + float64(2*mean*mean*mean)
	return m3 / math.Pow(m2, 1.5)
}

// quantile returns a quantile whose order statistics were found.
func (s *series) quantile(p float64) float64 {
	return quantile(p, s.n, func(rank int64) float64 { return value(s.targets[rank].lo) })
}

// reader gives the numbers of a batch: put is called with the series a number
// belongs to.
type reader func(b *dataset.Batch, put func(series int, x float64))

// windowBudget is how many different numbers are counted at once, over all
// series of a level.
const windowBudget = 1 << 18

// measure reads a level and returns count series with the quantiles asked for,
// exactly. It reads again where a series has too many different numbers to
// count them one by one.
func measure(w *work, level dataset.Level, count int, read reader, ps ...float64) ([]*series, error) {
	most := max(64, min(4096, windowBudget/max(1, count)))
	create := func() []*series {
		out := make([]*series, count)
		for i := range out {
			out[i] = &series{first: newWindow(0, math.MaxUint64, most)}
		}
		return out
	}
	all, err := engine.Tally(w.ctx, w.engine, level, create, func(into []*series, b *dataset.Batch) error {
		read(b, func(at int, x float64) { into[at].add(x) })
		return nil
	}, func(into, from []*series) error {
		for i := range into {
			into[i].merge(from[i])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	open := false
	for _, s := range all {
		s.targets = map[int64]*target{}
		if s.n == 0 {
			continue
		}
		for _, r := range ranksOf(s.n, ps...) {
			t := &target{rank: r}
			t.narrow(s.first)
			s.targets[r] = t
			open = open || !t.found()
		}
		s.first = nil
	}
	for pass := 0; open; pass++ {
		if pass == 64 {
			return nil, errors.New("the quantiles of a number could not be found")
		}
		if open, err = narrow(w, level, all, read, most); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// narrow reads the level once more to narrow order statistics down, and reports
// whether some are still open.
func narrow(w *work, level dataset.Level, all []*series, read reader, most int) (open bool, err error) {
	create := func() [][]*window {
		out := make([][]*window, len(all))
		for i, s := range all {
			for _, t := range s.targets {
				if !t.found() {
					out[i] = withWindow(out[i], t, most)
				}
			}
		}
		return out
	}
	found, err := engine.Tally(w.ctx, w.engine, level, create, func(into [][]*window, b *dataset.Batch) error {
		read(b, func(at int, x float64) {
			k := key(x)
			for _, win := range into[at] {
				win.add(k)
			}
		})
		return nil
	}, func(into, from [][]*window) error {
		for i := range into {
			for _, win := range into[i] {
				for _, other := range from[i] {
					if other.lo == win.lo && other.hi == win.hi {
						win.merge(other)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	for i, s := range all {
		for _, t := range s.targets {
			if t.found() {
				continue
			}
			for _, win := range found[i] {
				if win.lo == t.lo && win.hi == t.hi {
					t.narrow(win)
					break
				}
			}
			open = open || !t.found()
		}
	}
	return open, nil
}

// withWindow adds the window of a target unless it is there.
func withWindow(windows []*window, t *target, most int) []*window {
	for _, win := range windows {
		if win.lo == t.lo && win.hi == t.hi {
			return windows
		}
	}
	return append(windows, newWindow(t.lo, t.hi, most))
}
