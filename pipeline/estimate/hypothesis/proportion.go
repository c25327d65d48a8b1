package hypothesis

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/dist"
)

// Proportion is x answers of n, of which the share is wanted with an interval.
// All intervals are NaN unless 0 ≤ x ≤ n and n > 0.
type Proportion struct {
	X, N  int64
	Level float64 // of confidence
}

func (p Proportion) sound() bool {
	return p.N > 0 && p.X >= 0 && p.X <= p.N && p.Level > 0 && p.Level < 1
}

// Share returns x/n.
func (p Proportion) Share() float64 {
	if p.N <= 0 {
		return math.NaN()
	}
	return float64(p.X) / float64(p.N)
}

func (p Proportion) z() float64 { return dist.NormalUpperQuantile((1 - p.Level) / 2) }

// Wald returns p ± z·√(p(1-p)/n); it may leave the range from 0 to 1 (Laplace 1812).
func (p Proportion) Wald() Interval {
	if !p.sound() {
		return noInterval
	}
	s := p.Share()
	return around(s, p.z()*math.Sqrt(float64(s*(1-s))/float64(p.N)))
}

// Wilson returns the interval of the score test (Wilson 1927).
func (p Proportion) Wilson() Interval { return p.score(0) }

// WilsonCorrected returns the interval of the score test with a continuity
// correction (Newcombe 1998, method 4) of one half or, as in R's prop.test, of
// the distance of x from n/2 where that is less.
func (p Proportion) WilsonCorrected() Interval {
	return p.score(min(0.5, math.Abs(float64(p.X)-float64(p.N)/2)))
}

func (p Proportion) score(shift float64) Interval {
	if !p.sound() {
		return noInterval
	}
	return Interval{Lo: 1 - p.scoreUpper(p.N-p.X, shift), Hi: p.scoreUpper(p.X, shift)}.within(p)
}

// scoreUpper returns the upper end for x answers.
func (p Proportion) scoreUpper(x int64, shift float64) float64 {
	n, z := float64(p.N), p.z()
	s := (float64(x) + shift) / n
	if s >= 1 {
		return 1
	}
	h := float64(z*z) / (2 * n)
	return (s + h + float64(z*math.Sqrt(float64(s*(1-s))/n+h/(2*n)))) / (1 + 2*h)
}

// within ends an interval at 0 and 1, exactly where all or none answered so.
func (i Interval) within(p Proportion) Interval {
	if p.X == 0 {
		i.Lo = 0
	}
	if p.X == p.N {
		i.Hi = 1
	}
	return Interval{Lo: max(i.Lo, 0), Hi: min(i.Hi, 1)}
}

// ClopperPearson returns the exact interval (Clopper and Pearson 1934).
func (p Proportion) ClopperPearson() Interval {
	if !p.sound() {
		return noInterval
	}
	x, n, tail := float64(p.X), float64(p.N), (1-p.Level)/2
	return Interval{Lo: dist.BetaQuantile(tail, x, n-x+1), Hi: dist.BetaUpperQuantile(tail, x+1, n-x)}.within(p)
}

// Jeffreys returns the interval of the posterior under Jeffreys' prior (Brown,
// Cai and DasGupta 2001); it ends at 0 or 1 where none or all answered so.
func (p Proportion) Jeffreys() Interval {
	if !p.sound() {
		return noInterval
	}
	x, n, tail := float64(p.X), float64(p.N), (1-p.Level)/2
	return Interval{Lo: dist.BetaQuantile(tail, x+0.5, n-x+0.5), Hi: dist.BetaUpperQuantile(tail, x+0.5, n-x+0.5)}.within(p)
}

// AgrestiCoull returns the Wald interval after z²/2 answers of each kind are
// added (Agresti and Coull 1998); it may leave the range from 0 to 1.
func (p Proportion) AgrestiCoull() Interval {
	if !p.sound() {
		return noInterval
	}
	z := p.z()
	n := float64(p.N) + float64(z*z)
	s := (float64(p.X) + float64(z*z)/2) / n
	return around(s, z*math.Sqrt(float64(s*(1-s))/n))
}
