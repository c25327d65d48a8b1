package multivariate

import "math"

// Start is where the search for classes begins: the share of each class, and for
// each item and class the probabilities of its choices. All are above 0.
type Start struct {
	Shares      []float64
	Conditional [][][]float64 // by item, class, choice
}

// Latent is a model of latent classes, the largest class first.
type Latent struct {
	Start                 // what was found
	LogLikelihood float64 // of the answers
	Parameters    int
	DF            float64 // ways to answer, less one, less parameters
	AIC, BIC      float64
	G2, X2        float64 // likelihood-ratio and Pearson's statistic against all tables
	Entropy       float64 // relative: 1 where each respondent's class is certain; NaN for one class
	Iterations    int
	Converged     bool
	Undefined     Reason
}

// Search says when the search ends: when the log-likelihood changes by less, or
// after so many iterations. The zero Search stands for 1e-13 and 20,000.
type Search struct {
	Change     float64
	Iterations int
}

func (s Search) orDefault() Search {
	if s.Change <= 0 {
		s.Change = 1e-13
	}
	if s.Iterations <= 0 {
		s.Iterations = 20_000
	}
	return s
}

// Latent fits classes within which items are independent (Lazarsfeld and Henry
// 1968; Goodman 1974) by the EM algorithm (Dempster, Laird and Rubin 1977) from
// a start. It finds a maximum near the start, not always the highest. With
// weights it maximises the pseudo-likelihood, and the statistics are indicative.
func (p Patterns) Latent(start Start, search Search) Latent {
	m := Latent{Undefined: p.analysable()}
	if m.Undefined == "" {
		m.Undefined = p.fits(start)
	}
	if m.Undefined != "" {
		return m
	}
	search = search.orDefault()
	m.Start = start
	posterior := make([][]float64, len(p.Patterns))
	for i := range posterior {
		posterior[i] = make([]float64, len(start.Shares))
	}
	m.LogLikelihood = p.expect(m.Start, posterior)
	for m.Iterations < search.Iterations && !m.Converged {
		m.Iterations++
		m.Start = p.maximise(m.Start, posterior)
		now := p.expect(m.Start, posterior)
		m.Converged = math.Abs(now-m.LogLikelihood) < search.Change
		m.LogLikelihood = now
	}
	p.assess(&m, posterior)
	m.Start = m.bySize()
	return m
}

// fits checks a start against the items.
func (p Patterns) fits(s Start) Reason {
	if len(s.Shares) == 0 {
		return NoClasses
	}
	good := allAbove(s.Shares) && len(s.Conditional) == len(p.Items)
	for i := 0; good && i < len(p.Items); i++ {
		good = len(s.Conditional[i]) == len(s.Shares)
		for _, class := range s.Conditional[i] {
			good = good && len(class) == len(p.Items[i].Choices) && allAbove(class)
		}
	}
	if !good {
		return BadStart
	}
	return ""
}

func allAbove(xs []float64) bool {
	for _, x := range xs {
		if !(x > 0 && x <= 1) {
			return false
		}
	}
	return true
}

// expect fills in how probable each class is for each pattern, and returns the
// log-likelihood.
func (p Patterns) expect(s Start, posterior [][]float64) float64 {
	sum := 0.0
	for i, x := range p.Patterns {
		density := s.joint(x.Answers, posterior[i])
		sum += float64(x.Weight * math.Log(density))
		for c := range posterior[i] {
			posterior[i][c] /= density
		}
	}
	return sum
}

// joint fills in the probability of each class with a pattern, and returns that
// of the pattern. One that has become too small to tell counts as the least.
func (s Start) joint(answers []int, to []float64) float64 {
	sum := 0.0
	for c, share := range s.Shares {
		to[c] = share
		for i, k := range answers {
			to[c] = float64(to[c] * s.Conditional[i][c][k])
		}
		sum += to[c]
	}
	if sum > 0 {
		return sum
	}
	for c := range to {
		to[c] = math.SmallestNonzeroFloat64
	}
	return float64(len(to)) * math.SmallestNonzeroFloat64
}

// maximise returns the shares and probabilities that fit the classes best. A
// class without anybody keeps its probabilities.
func (p Patterns) maximise(s Start, posterior [][]float64) Start {
	out := Start{Shares: make([]float64, len(s.Shares)), Conditional: make([][][]float64, len(p.Items))}
	for i, item := range p.Items {
		out.Conditional[i] = make([][]float64, len(s.Shares))
		for c := range s.Shares {
			out.Conditional[i][c] = make([]float64, len(item.Choices))
		}
	}
	for n, x := range p.Patterns {
		for c, at := range posterior[n] {
			w := float64(x.Weight * at)
			out.Shares[c] += w
			for i, k := range x.Answers {
				out.Conditional[i][c][k] += w
			}
		}
	}
	for c, w := range out.Shares {
		for i := range p.Items {
			if w <= 0 {
				copy(out.Conditional[i][c], s.Conditional[i][c])
				continue
			}
			for k := range out.Conditional[i][c] {
				out.Conditional[i][c][k] /= w
			}
		}
		out.Shares[c] = w / p.Weight
	}
	return out
}
