package weighting

import (
	"errors"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// Most is how many cells weights can be fitted by. Finest is how many there may
// be when respondents of different base weight are told apart as well.
const (
	Most   = 50_000
	Finest = 200_000
)

// ErrTooMany says that there are more than Most cells.
var ErrTooMany = errors.New("too many cells to fit weights by")

// Mass is what the respondents of a cell add up to.
type Mass struct {
	N int64
	W exact.Sum // Σ of base weights
}

// Tally adds up the respondents of each cell. Beyond Finest cells it forgets
// the base weights that tell cells apart. What it comes to does not depend on
// the order of responses, nor on how they are split between tallies.
type Tally struct {
	By   By
	mass map[string]*Mass
	over bool // more than Most cells even so
}

// NewTally returns an empty tally.
func NewTally(by By) *Tally { return &Tally{By: by, mass: map[string]*Mass{}} }

// Add counts a batch in, with the base weight of each response.
func (t *Tally) Add(b *dataset.Batch, weights []float64) {
	r := newReader(t.By, b)
	for i, w := range weights {
		if t.over {
			return
		}
		key := r.key(i)
		m := t.mass[string(key)]
		if m == nil {
			m = &Mass{}
			t.mass[string(key)] = m
			if t.narrow() {
				r = newReader(t.By, b)
				m = t.mass[string(r.key(i))]
			}
		}
		m.N++
		m.W.Add(w)
	}
}

// Merge counts another tally in.
func (t *Tally) Merge(o *Tally) {
	if o.over {
		t.over = true
		return
	}
	if t.By.Base != "" && o.By.Base == "" {
		t.coarsen()
	}
	for key, m := range o.mass {
		t.take(key, m)
		t.narrow()
	}
}

// take adds to a cell; where this tally has forgotten base weights, the key may
// still end with one.
func (t *Tally) take(key string, m *Mass) {
	key = key[:t.By.width()]
	to := t.mass[key]
	if to == nil {
		to = &Mass{}
		t.mass[key] = to
	}
	to.N += m.N
	to.W.Merge(m.W)
}

// narrow keeps the tally within its limits and reports whether it forgot the
// base weights to do so.
func (t *Tally) narrow() bool {
	coarser := false
	if t.By.Base != "" && len(t.mass) > Finest {
		t.coarsen()
		coarser = true
	}
	if t.By.Base == "" && len(t.mass) > Most {
		t.over = true
	}
	return coarser
}

func (t *Tally) coarsen() {
	all := t.mass
	t.By.Base, t.mass = "", map[string]*Mass{}
	for key, m := range all {
		t.take(key, m)
	}
}

func (by By) width() int {
	if by.Base != "" {
		return 8 * (len(by.Items) + 1)
	}
	return 8 * len(by.Items)
}

// Cells returns the cells that were met, with what each adds up to.
func (t *Tally) Cells() (*Cells, []Mass, error) {
	items := map[string]bool{}
	width := By{Items: t.By.Items}.width()
	keys := make([]Key, 0, len(t.mass))
	for key := range t.mass {
		items[key[:width]] = true
		keys = append(keys, keyOf(t.By, key))
	}
	if t.over || len(items) > Most {
		return nil, nil, ErrTooMany
	}
	cells := NewCells(t.By, keys)
	mass := make([]Mass, len(keys))
	for key, m := range t.mass {
		mass[cells.at[key]] = *m
	}
	return cells, mass, nil
}
