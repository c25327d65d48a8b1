package regression

import "math"

// Ordinal is proportional odds regression of an outcome in ordered steps,
// 0 to Steps-1 (McCullagh 1980):
//
//	logit P(Y <= k) = ζk - x'β
//
// Its parameters are the slopes β, then the cutpoints ζ in order.
type Ordinal struct {
	Steps      int
	Predictors int
}

// Width implements Model.
func (m Ordinal) Width() int { return m.Predictors + m.Steps - 1 }

// Slopes implements Model.
func (m Ordinal) Slopes() int { return 0 }

// Constants implements Model.
func (m Ordinal) Constants() (from, to int, sign float64) { return m.Predictors, m.Width(), -1 }

// Within implements Model: cutpoints increase.
func (m Ordinal) Within(theta []float64) bool {
	cuts := theta[m.Predictors:]
	for k := 1; k < len(cuts); k++ {
		if !(cuts[k] > cuts[k-1]) {
			return false
		}
	}
	return true
}

// Start implements Model: the logits of the shares up to each step.
func (m Ordinal) Start(of Moments) ([]float64, bool) {
	out := make([]float64, m.Width())
	if m.Steps < 2 || len(of.Steps) != m.Steps {
		return nil, false
	}
	var all float64
	for _, w := range of.Steps {
		if !(w > 0) {
			return nil, false
		}
		all += w
	}
	var below float64
	for k, w := range of.Steps[:m.Steps-1] {
		below += w
		out[m.Predictors+k] = math.Log(below) - math.Log(all-below)
	}
	return out, true
}

// side is one end of the step that a respondent is on: how the log likelihood
// changes with it. The ends of the outermost steps are infinitely far and change nothing.
type side struct {
	cut           int     // the parameter, or -1
	first, second float64 // derivatives
}

// Contribute implements Model.
func (m Ordinal) Contribute(theta, x []float64, y float64, score, information []float64) float64 {
	clear(score)
	clear(information[:Triangle(m.Width())])
	var eta float64
	for j, v := range x {
		eta += float64(theta[j] * v)
	}
	upper, lower, cross, p := m.ends(theta, eta, int(y))
	slope := -(upper.first + lower.first)
	for j, v := range x {
		score[j] = float64(slope * v)
	}
	curvature := -(upper.second + lower.second + cross + cross)
	for i, v := range x {
		by := float64(curvature * v)
		for j, u := range x[:i+1] {
			information[entry(i, j)] = float64(by * u)
		}
	}
	for _, s := range []side{upper, lower} {
		if s.cut < 0 {
			continue
		}
		score[s.cut] = s.first
		information[entry(s.cut, s.cut)] = -s.second
		by := s.second + cross
		for j, v := range x {
			information[entry(s.cut, j)] = float64(by * v)
		}
	}
	if upper.cut >= 0 && lower.cut >= 0 {
		information[entry(upper.cut, lower.cut)] = -cross
	}
	return -2 * math.Log(p)
}

// ends returns the two ends of step k, the mixed second derivative, and the
// probability of the step.
func (m Ordinal) ends(theta []float64, eta float64, k int) (upper, lower side, cross, p float64) {
	upper, lower = side{cut: -1}, side{cut: -1}
	a, b := math.Inf(1), math.Inf(-1)
	if k < m.Steps-1 {
		upper.cut = m.Predictors + k
		a = theta[upper.cut] - eta
	}
	if k > 0 {
		lower.cut = m.Predictors + k - 1
		b = theta[lower.cut] - eta
	}
	if b > 0 { // the difference of two small upper tails
		p = logistic(-b) - logistic(-a)
	} else {
		p = logistic(a) - logistic(b)
	}
	fa, fb := float64(logistic(a)*logistic(-a)), float64(logistic(b)*logistic(-b))
	upper.first, lower.first = fa/p, -fb/p
	upper.second = float64(upper.first*(logistic(-a)-logistic(a))) - float64(upper.first*upper.first)
	lower.second = float64(lower.first*(logistic(-b)-logistic(b))) - float64(lower.first*lower.first)
	return upper, lower, float64(-upper.first * lower.first), p
}
