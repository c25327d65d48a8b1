package regression

import "math"

// Family is the distribution of an outcome whose mean depends on predictors by
// its canonical link (McCullagh and Nelder 1989, §2.2). Only the mean and the
// shape of the variance are assumed, as with R's quasi families.
type Family int

// The families.
const (
	Gaussian Family = iota // numbers: identity link
	Binomial               // shares of 0 to 1: logit link
	Poisson                // counts: log link
)

// Holds reports whether a family can have such an outcome.
func (f Family) Holds(y float64) bool {
	switch f {
	case Binomial:
		return y >= 0 && y <= 1
	case Poisson:
		return y >= 0
	}
	return true
}

// response returns the first and the negative second derivative of the log
// likelihood by the linear predictor, and the deviance.
func (f Family) response(eta, y float64) (slope, curvature, deviance float64) {
	switch f {
	case Binomial:
		m, rest := logistic(eta), logistic(-eta)
		slope = float64(y*rest) - float64((1-y)*m)
		d := float64(y*softplus(-eta)) + float64((1-y)*softplus(eta)) + xlogx(y) + xlogx(1-y)
		return slope, float64(m * rest), 2 * d
	case Poisson:
		m := math.Exp(eta)
		return y - m, m, 2 * (xlogx(y) - float64(y*eta) - (y - m))
	}
	r := y - eta
	return r, 1, float64(r * r)
}

// logistic returns 1/(1+e^-x).
func logistic(x float64) float64 {
	if x < 0 {
		e := math.Exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-x))
}

// softplus returns log(1+e^x).
func softplus(x float64) float64 {
	return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
}

func xlogx(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return float64(x * math.Log(x))
}

// Linear is a generalised linear model with an intercept, the first parameter,
// and some slopes.
type Linear struct {
	Family     Family
	Predictors int
}

// Width implements Model.
func (m Linear) Width() int { return 1 + m.Predictors }

// Slopes implements Model.
func (m Linear) Slopes() int { return 1 }

// Constants implements Model.
func (m Linear) Constants() (from, to int, sign float64) { return 0, 1, 1 }

// Within implements Model.
func (m Linear) Within([]float64) bool { return true }

// Start implements Model: the intercept alone, at the mean of the outcome.
func (m Linear) Start(of Moments) ([]float64, bool) {
	out := make([]float64, m.Width())
	mean := of.Outcome / of.Weight
	switch {
	case !(of.Weight > 0):
		return nil, false
	case m.Family == Binomial:
		rest := (of.Weight - of.Outcome) / of.Weight
		if !(mean > 0 && rest > 0) {
			return nil, false
		}
		out[0] = math.Log(mean) - math.Log(rest)
	case m.Family == Poisson:
		if !(mean > 0) {
			return nil, false
		}
		out[0] = math.Log(mean)
	default:
		out[0] = mean
	}
	return out, true
}

// Contribute implements Model.
func (m Linear) Contribute(theta, x []float64, y float64, score, information []float64) float64 {
	eta := theta[0]
	for j, v := range x {
		eta += float64(theta[1+j] * v)
	}
	slope, curvature, deviance := m.Family.response(eta, y)
	score[0], information[0] = slope, curvature
	at := 1
	for i, v := range x {
		score[1+i] = float64(slope * v)
		by := float64(curvature * v)
		information[at] = by
		for j, u := range x[:i+1] {
			information[at+1+j] = float64(by * u)
		}
		at += i + 2
	}
	return deviance
}
