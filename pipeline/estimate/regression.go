package estimate

import (
	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/regression"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// regressionItem says what a regressionTally fits, in each domain.
type regressionItem struct {
	outcome    quantity
	ordered    int // steps of an ordered outcome; 0: the family counts
	family     regression.Family
	predictors []predictor
	terms      []term
	crossing   int
	domains    int
	squares    bool // respondents are the sampling units
	replicates int
}

// regressionTally fits a regression in as many passes as that takes: one for
// means, one for each step of Newton's method, and one for what each group of
// the design adds to the score. In a replicate design the replicates are
// fitted beside the sample.
type regressionTally struct {
	of    *regressionItem
	phase phase
	total int // passes, as far as known

	bases  bases
	square []exact.Sum // Σw² of each domain
	count  [][]int64   // respondents of each domain by term that is a choice
	mass   [][]float64 // their weight
	fits   []*fitting  // by domain, then the sample and its replicates; made once

	sums   []exact.Sum // of this pass, as many for each fit as the phase needs
	broken []bool      // fits of which a total left the range of exact sums
	cells  cells       // scores by domain and group, in the last pass
}

type phase int

const (
	forMeans phase = iota
	forSteps
	forScores
)

// fitting is one fit with what it was made for.
type fitting struct {
	*regression.Fit
	model  regression.Model
	centre []float64
	step   []int32 // of an ordered outcome: the place of a step among those that were made, or none
	lost   bool    // its totals left the range of exact sums
}

func newRegressionTally(of *regressionItem) *regressionTally {
	t := &regressionTally{of: of, total: 2, bases: make(bases, of.domains), square: make([]exact.Sum, of.domains), count: make([][]int64, of.domains)}
	for d := range t.count {
		t.count[d] = make([]int64, len(of.terms))
	}
	t.ready()
	return t
}

// ready makes room for the sums of a pass.
func (t *regressionTally) ready() {
	n := t.of.domains * (1 + t.of.replicates)
	t.sums, t.broken = make([]exact.Sum, n*t.each()), make([]bool, n)
	if t.phase == forScores {
		p := t.of.width()
		t.cells = cells{domains: t.of.domains, counts: 1, sums: 1 + p}
		if t.of.squares {
			t.cells.sums += regression.Triangle(p) + p
		}
	}
}

// width returns how many parameters there are at most.
func (of *regressionItem) width() int { return len(of.terms) + max(of.ordered-1, 1) }

// each returns how many sums a fit has in a pass.
func (t *regressionTally) each() int {
	if t.phase == forMeans {
		return 2 + t.of.ordered + len(t.of.terms)
	}
	p := t.of.width()
	return 1 + p + regression.Triangle(p)
}

func (t *regressionTally) passes() int { return t.total }

func (t *regressionTally) fresh(int) estimator {
	out := *t
	if t.phase == forMeans {
		return newRegressionTally(t.of)
	}
	out.ready()
	return &out
}

func (t *regressionTally) merge(other estimator, groups []int32) {
	o := other.(*regressionTally)
	for i, s := range o.sums {
		if !t.sums[i].Merge(s) {
			t.broken[i/t.each()] = true
		}
	}
	for i, b := range o.broken {
		t.broken[i] = t.broken[i] || b
	}
	switch t.phase {
	case forMeans:
		t.bases.merge(o.bases)
		for d := range o.count {
			if !t.square[d].Merge(o.square[d]) {
				t.broken[d*(1+t.of.replicates)] = true
			}
			for j, n := range o.count[d] {
				t.count[d][j] += n
			}
		}
	case forScores:
		if !t.cells.merge(&o.cells, groups) {
			t.broken[0] = true
		}
	}
}

func (t *regressionTally) add(v *view) {
	r := newReader(t.of, v.batch)
	in := v.in(t.of.crossing)
	if t.phase == forScores {
		t.cells.grow(v.groups)
	}
	work := newWork(t.of.width())
	for k, i := range in.row {
		domain := int(in.domain[k])
		y, reason := r.read(i)
		if reason != survey.Answered {
			if t.phase == forMeans && !v.replicate {
				t.bases[domain][reason]++
			}
			continue
		}
		w := 1.0
		if v.weight != nil {
			w = v.weight[i]
		}
		at := domain * (1 + t.of.replicates)
		if v.replicate {
			at += int(in.place[k]) / t.of.domains
		}
		if t.phase == forMeans {
			t.mean(v, i, domain, at, r.x, y, w)
			continue
		}
		t.try(t.fits[at], at, r.x, y, w, work)
		if t.phase == forScores && !v.replicate {
			t.score(t.cells.at(in.place[k]), at, w, work)
		}
	}
}

// mean adds a response to the first pass.
func (t *regressionTally) mean(v *view, i int32, domain, at int, x []float64, y, w float64) {
	sums := t.sums[at*t.each():][:t.each()]
	ok := sums[0].Add(w) && sums[1].Add(float64(w*y))
	if t.of.ordered > 0 {
		ok = sums[2+int(y)].Add(w) && ok
	}
	if !v.replicate {
		t.bases[domain][survey.Answered]++
		if v.weight == nil {
			ok = t.square[domain].Add(1) && ok
		} else {
			ok = v.addSquare(i, &t.square[domain]) && ok
		}
		for j, u := range x {
			ok = sums[2+t.of.ordered+j].Add(float64(w*u)) && ok
			if t.of.terms[j].choice && u != 0 {
				t.count[domain][j]++
			}
		}
	}
	if !ok {
		t.broken[at] = true
	}
}

// work is room for what a response adds.
type work struct {
	x, score, information []float64
	deviance              float64
	done                  bool
}

func newWork(width int) *work {
	return &work{x: make([]float64, width), score: make([]float64, width), information: make([]float64, regression.Triangle(width))}
}

// try adds what a response gives at the parameters of a fit.
func (t *regressionTally) try(f *fitting, at int, x []float64, y, w float64, on *work) {
	on.done = f.going(t.phase) && !t.broken[at]
	if !on.done || w == 0 {
		return
	}
	for j, u := range x {
		on.x[j] = u - f.centre[j]
	}
	if f.step != nil {
		y = float64(f.step[int(y)])
		if y < 0 { // a step that nobody with a weight is on
			on.done = false
			return
		}
	}
	p := f.model.Width()
	on.score, on.information = on.score[:p], on.information[:regression.Triangle(p)]
	on.deviance = f.model.Contribute(f.Theta, on.x[:len(x)], y, on.score, on.information)
	sums := t.sums[at*t.each():][:t.each()]
	ok := sums[0].Add(float64(w * on.deviance))
	for j, s := range on.score {
		if s != 0 {
			ok = sums[1+j].Add(float64(w*s)) && ok
		}
	}
	for j, s := range on.information {
		if s != 0 {
			ok = sums[1+p+j].Add(float64(w*s)) && ok
		}
	}
	if !ok {
		t.broken[at] = true
	}
}

// going reports whether a fit takes part in a pass.
func (f *fitting) going(p phase) bool {
	if f == nil || f.lost {
		return false
	}
	return p == forSteps && f.State == regression.Running || p == forScores && f.State == regression.Converged
}

// score adds what a response gives to the score to its block.
func (t *regressionTally) score(block, at int, w float64, on *work) {
	t.cells.count[block]++
	if w == 0 {
		t.cells.weightless(block)
		return
	}
	sums := t.cells.sumsAt(block)
	ok := sums[0].Add(w)
	if !on.done {
		return
	}
	p := len(on.score)
	z := on.x[:p]
	for j, s := range on.score {
		z[j] = float64(w * s)
		ok = sums[1+j].Add(z[j]) && ok
	}
	if t.of.squares {
		squares, cross := sums[1+p:], sums[1+p+regression.Triangle(p):]
		k := 0
		for i := range z {
			if z[i] == 0 {
				k += i + 1
				continue
			}
			for j := range z[:i+1] {
				ok = squares[k].Add(float64(z[i]*z[j])) && ok
				k++
			}
			ok = cross[i].Add(float64(w*z[i])) && ok
		}
	}
	if !ok {
		t.broken[at] = true
	}
}
