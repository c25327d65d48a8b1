package regression

import (
	"math"
	"slices"
)

// State says how far a fit has come.
type State int

// The states of a fit.
const (
	Running   State = iota // its parameters are to be tried
	Converged              // they are the best
	Constant               // the outcome does not vary as the model needs it
	Lost                   // there are no best ones: some go to infinity
)

// steps is how many parameters are tried before they are given up.
const steps = 30

// Fit follows the parameters of a model from one pass over the answers to the
// next, by Newton's method with halved steps where the fit would get worse. For
// the canonical links this is iteratively reweighted least squares (McCullagh
// and Nelder 1989, §2.5), its steps taken from the residuals, which loses fewer
// digits.
type Fit struct {
	Theta    []float64
	State    State
	Aliased  []bool  // parameters that others make superfluous; they are 0
	Deviance float64 // weighted, at Theta, once Finish was called
	Null     float64 // at the start: of the model without predictors

	model       Model
	last        []float64 // the parameters before
	best        float64   // the deviance there
	tried       int
	information []float64
}

// NewFit begins a fit.
func NewFit(model Model, m Moments) *Fit {
	f := &Fit{model: model, best: math.Inf(1)}
	theta, ok := model.Start(m)
	if !ok {
		f.State = Constant
		return f
	}
	f.Theta = theta
	return f
}

// Step ends a pass at Theta, with the weighted sums of the scores, of the lower
// triangle of the information, and of the deviance.
func (f *Fit) Step(score, information []float64, deviance float64) {
	if f.State != Running {
		return
	}
	if f.tried++; f.tried > steps || math.IsNaN(deviance) && f.tried == 1 {
		f.State = Lost
		return
	}
	if f.tried == 1 {
		f.Null = deviance
	} else if !(deviance <= f.best+float64(1e-9*math.Abs(f.best))+float64(1e-12*f.Null)) {
		for i := range f.Theta {
			f.Theta[i] = (f.Theta[i] + f.last[i]) / 2
		}
		return
	}
	root := newFactor(information, len(f.Theta), f.Aliased)
	if root.lost {
		f.State = Lost
		return
	}
	f.Aliased = root.out
	step := root.solve(score)
	var gain float64
	for i, s := range step {
		gain += float64(s * score[i])
	}
	f.last, f.best = slices.Clone(f.Theta), deviance
	f.forward(step)
	if gain <= float64(1e-18*deviance)+float64(1e-26*f.Null) {
		f.State = Converged
	}
}

// forward takes a step, or as much of it as the model allows.
func (f *Fit) forward(step []float64) {
	by := 1.0
	for range 50 {
		for i, s := range step {
			f.Theta[i] = f.last[i] + float64(by*s)
		}
		if f.model.Within(f.Theta) {
			return
		}
		by /= 2
	}
	copy(f.Theta, f.last)
}

// Finish ends the last pass, at the best parameters.
func (f *Fit) Finish(information []float64, deviance float64) {
	f.information, f.Deviance = slices.Clone(information), deviance
}

// Sandwich returns the covariances of the parameters, A⁻¹BA⁻¹, with A the
// information and B the covariances of the total scores under the design
// (Binder 1983; R's svyglm).
func (f *Fit) Sandwich(scores [][]float64) [][]float64 {
	bread := f.Inverse()
	return product(product(bread, scores), bread)
}

// Inverse returns the inverse of the information: the covariances of the
// parameters if respondents were a simple random sample and the model true.
func (f *Fit) Inverse() [][]float64 {
	return newFactor(f.information, len(f.Theta), f.Aliased).inverse()
}

func product(a, b [][]float64) [][]float64 {
	out := make([][]float64, len(a))
	for i := range a {
		out[i] = make([]float64, len(b[0]))
		for k, x := range a[i] {
			if x == 0 {
				continue
			}
			for j, y := range b[k] {
				out[i][j] += float64(x * y)
			}
		}
	}
	return out
}
