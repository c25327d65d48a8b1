package weighting

import "math"

// Respond fits a logistic regression of answering on margins, each of which
// adds to the logit: Weight is how many of each cell were asked, answered how
// many did. It returns the propensity of each cell (Little 1986),
// by Newton's method (McCullagh and Nelder 1989, §4.4), and whether it settled. Totals of the margins are not used.
func (s Sample) Respond(margins []Margin, answered []float64, rounds int) (p []float64, settled bool) {
	n := len(s.Weight)
	x := columnsOf(s, margins, nil, 1)
	beta := make([]float64, x.width)
	p = make([]float64, n)
	last := math.Inf(1)
	for range rounds {
		slope, left, deviance := make([]float64, n), make([]float64, n), 0.0
		for c, u := range x.times(n, beta) {
			p[c] = 1 / (1 + math.Exp(-u))
			slope[c] = float64(s.Weight[c] * float64(p[c]*(1-p[c])))
			left[c] = answered[c] - float64(s.Weight[c]*p[c])
			deviance -= 2 * float64(answered[c]*math.Log(p[c]))
			if rest := s.Weight[c] - answered[c]; rest > 0 {
				deviance -= 2 * float64(rest*math.Log1p(-p[c]))
			}
		}
		if math.Abs(last-deviance) <= 1e-13*(math.Abs(deviance)+0.1) {
			return p, true
		}
		last = deviance
		for j, step := range x.factorise(slope).solve(x.crossed(left)) {
			beta[j] += step
		}
	}
	return p, false
}
