// Package scale says how well items measure one thing together, how far two
// items agree under a design, and how sure the order of items by their means is.
// All of it is made of totals that merge in any order to the same bits.
package scale

import (
	"math"
	"math/big"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// Tally gathers what the covariances of items are made of: those of each pair
// over all who answered both, and those over all who answered every item.
type Tally struct {
	items    int
	rows     int64
	weighted bool // some weight is not 1
	pairs    []joint
	whole    []joint // of those who answered all
}

// joint is the totals of two items over those who answered both.
type joint struct {
	n           int64
	w, x, y, xy exact.Sum
}

// NewTally returns an empty tally of so many items.
func NewTally(items int) *Tally {
	size := items * (items + 1) / 2
	return &Tally{items: items, pairs: make([]joint, size), whole: make([]joint, size)}
}

// Add adds a respondent with the weight w, 1 where there is none. A missing
// answer is NaN; an item that points the other way is to be turned before. It
// reports false when there are not as many answers as items, or a number is too
// large; the tally must not be used afterwards.
func (t *Tally) Add(w float64, answers []float64) bool {
	if len(answers) != t.items || math.IsNaN(w) {
		return false
	}
	t.rows++
	t.weighted = t.weighted || w != 1
	complete := true
	for _, x := range answers {
		complete = complete && !math.IsNaN(x)
	}
	ok, at := true, 0
	for i, x := range answers {
		for _, y := range answers[i:] {
			if !math.IsNaN(x) && !math.IsNaN(y) {
				ok = t.pairs[at].add(w, x, y) && ok
				if complete {
					ok = t.whole[at].add(w, x, y) && ok
				}
			}
			at++
		}
	}
	return ok
}

func (j *joint) add(w, x, y float64) bool {
	wx := float64(w * x)
	j.n++
	ok := j.w.Add(w)
	ok = j.x.Add(wx) && ok
	ok = j.y.Add(float64(w*y)) && ok
	return j.xy.Add(float64(wx*y)) && ok
}

// Merge adds another tally of the same items. It reports false when a total
// became too large, or the items are not as many.
func (t *Tally) Merge(o *Tally) bool {
	if t.items != o.items {
		return false
	}
	t.rows += o.rows
	t.weighted = t.weighted || o.weighted
	ok := true
	for i := range t.pairs {
		ok = t.pairs[i].merge(o.pairs[i]) && ok
		ok = t.whole[i].merge(o.whole[i]) && ok
	}
	return ok
}

func (j *joint) merge(o joint) bool {
	j.n += o.n
	ok := j.w.Merge(o.w)
	ok = j.x.Merge(o.x) && ok
	ok = j.y.Merge(o.y) && ok
	return j.xy.Merge(o.xy) && ok
}

// Matrix holds the moments of items.
type Matrix struct {
	Rows       int64   // respondents
	Complete   int64   // of them, those who answered every item
	N          []int64 // answers to each item that its moments rest on
	Mean       []float64
	Covariance [][]float64 // with the divisor n - 1

	simple bool // of those alone who answered every item, without weights
}

// Pairwise returns the moments of which each rests on all who answered.
func (t *Tally) Pairwise() Matrix { return t.matrix(t.pairs) }

// Complete returns the moments of those who answered every item.
func (t *Tally) Complete() Matrix {
	m := t.matrix(t.whole)
	m.simple = !t.weighted
	return m
}

func (t *Tally) matrix(from []joint) Matrix {
	m := Matrix{Rows: t.rows, N: make([]int64, t.items), Mean: make([]float64, t.items), Covariance: make([][]float64, t.items)}
	for i := range m.Covariance {
		m.Covariance[i] = make([]float64, t.items)
	}
	at := 0
	for i := range t.items {
		for k := i; k < t.items; k++ {
			j := from[at]
			if i == k {
				m.N[i], m.Mean[i] = j.n, j.mean()
			}
			c := j.covariance()
			m.Covariance[i][k], m.Covariance[k][i] = c, c
			at++
		}
	}
	if t.items > 0 {
		m.Complete = t.whole[0].n
	}
	return m
}

func (j joint) mean() float64 {
	if j.w.Zero() {
		return math.NaN()
	}
	f, _ := new(big.Float).Quo(wide(j.x), wide(j.w)).Float64()
	return f
}

// covariance is Σw(x-x̄)(y-ȳ)/Σw · n/(n-1), as the sample variance of R's survey
// package has it; without weights that is the usual one. It is rounded once.
func (j joint) covariance() float64 {
	if j.n < 2 || j.w.Zero() {
		return math.NaN()
	}
	w := wide(j.w)
	c := new(big.Float).Mul(wide(j.xy), w)
	c.Sub(c, new(big.Float).Mul(wide(j.x), wide(j.y)))
	c.Quo(c, new(big.Float).Mul(w, w))
	c.Mul(c, new(big.Float).SetInt64(j.n))
	c.Quo(c, new(big.Float).SetInt64(j.n-1))
	f, _ := c.Float64()
	return f
}

// wide returns a sum with room for its products.
func wide(s exact.Sum) *big.Float {
	hi, lo := s.Split()
	return new(big.Float).SetPrec(300).Add(new(big.Float).SetPrec(300).SetFloat64(hi), new(big.Float).SetFloat64(lo))
}
