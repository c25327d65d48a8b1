package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
	"github.com/soundings-survey/soundings/pipeline/estimate/regression"
)

// settle hands the sums of a pass to the fits.
func (t *regressionTally) settle(pass int) {
	running := false
	for at := range t.broken {
		sums := t.sums[at*t.each():][:t.each()]
		switch {
		case t.phase == forMeans:
			t.begin(at, sums)
		case t.fits[at].going(t.phase):
			t.fits[at].end(t.phase, sums, t.broken[at])
		}
		running = running || t.fits[at].going(forSteps)
	}
	t.total = pass + 2
	switch {
	case running:
		t.phase = forSteps
	case t.phase != forScores:
		t.phase = forScores
	default:
		t.total = pass + 1
	}
}

// begin makes the fit at a place of the first pass.
func (t *regressionTally) begin(at int, sums []exact.Sum) {
	if t.fits == nil {
		t.fits = make([]*fitting, len(t.broken))
		t.mass = make([][]float64, t.of.domains)
	}
	domain, ordered := at/(1+t.of.replicates), t.of.ordered
	f := &fitting{lost: t.broken[at], Fit: &regression.Fit{State: regression.Constant}}
	t.fits[at] = f
	weight := exact.DoubleOf(sums[0])
	if at%(1+t.of.replicates) == 0 { // the sample: its replicates are centred and divided into steps as it is
		f.centre = make([]float64, len(t.of.terms))
		t.mass[domain] = make([]float64, len(t.of.terms))
		for j := range f.centre {
			t.mass[domain][j] = sums[2+ordered+j].Float64()
			if weight.Hi > 0 && !t.of.terms[j].choice { // choices that most do not make are quicker as 0
				f.centre[j] = exact.DoubleOf(sums[2+ordered+j]).Over(weight).Float()
			}
		}
		f.model = regression.Linear{Family: t.of.family, Predictors: len(t.of.terms)}
		if ordered > 0 {
			f.divide(sums[2:2+ordered], len(t.of.terms))
		}
	} else {
		of := t.fits[domain*(1+t.of.replicates)]
		f.model, f.centre, f.step = of.model, of.centre, of.step
	}
	if weight.Hi == 0 || f.lost {
		return
	}
	m := regression.Moments{Weight: weight.Float(), Outcome: sums[1].Float64()}
	for step, place := range f.step {
		if place != none {
			m.Steps = append(m.Steps, sums[2+step].Float64())
		}
	}
	f.Fit = regression.NewFit(f.model, m)
}

// divide leaves out the steps on which nobody is.
func (f *fitting) divide(weights []exact.Sum, predictors int) {
	n := int32(0)
	for _, w := range weights {
		if w.Zero() {
			f.step = append(f.step, none)
			continue
		}
		f.step = append(f.step, n)
		n++
	}
	f.model = regression.Ordinal{Steps: int(n), Predictors: predictors}
}

// end hands the sums of a pass to a fit.
func (f *fitting) end(p phase, sums []exact.Sum, broken bool) {
	n := f.model.Width()
	rounded := make([]float64, 1+n+regression.Triangle(n))
	for i := range rounded {
		rounded[i] = sums[i].Float64()
	}
	if broken {
		if math.IsInf(f.Null, 0) || f.Null == 0 || p == forScores {
			f.lost = true
			return
		}
		rounded[0] = math.Inf(1) // the step was too long
	}
	if p == forScores {
		f.Finish(rounded[1+n:], rounded[0])
		return
	}
	f.Step(rounded[1:1+n], rounded[1+n:], rounded[0])
}
