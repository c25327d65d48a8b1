package multivariate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// assess fills in how well the model fits (Collins and Lanza 2010, §4; relative
// entropy of Ramaswamy et al. 1993).
func (p Patterns) assess(m *Latent, posterior [][]float64) {
	classes := len(m.Shares)
	cells := 1.0
	m.Parameters = classes - 1
	for _, item := range p.Items {
		cells *= float64(len(item.Choices))
		m.Parameters += classes * (len(item.Choices) - 1)
	}
	m.DF = cells - 1 - float64(m.Parameters)
	m.AIC = 2*float64(m.Parameters) - 2*m.LogLikelihood
	m.BIC = float64(float64(m.Parameters)*math.Log(p.Weight)) - 2*m.LogLikelihood
	m.X2 = -p.Weight // tables nobody has add what they are expected to hold
	doubt := 0.0
	scratch := make([]float64, classes)
	for i, x := range p.Patterns {
		expected := float64(p.Weight * m.joint(x.Answers, scratch))
		m.G2 += 2 * float64(x.Weight*math.Log(x.Weight/expected))
		m.X2 += float64(x.Weight*x.Weight) / expected
		for _, at := range posterior[i] {
			if at > 0 {
				doubt -= float64(x.Weight * float64(at*math.Log(at)))
			}
		}
	}
	m.Entropy = math.NaN()
	if classes > 1 {
		m.Entropy = 1 - doubt/float64(p.Weight*math.Log(float64(classes)))
	}
}

// bySize puts the largest class first; of equal ones that which is likelier to
// make the first choices.
func (s Start) bySize() Start {
	order := make([]int, len(s.Shares))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int {
		by := cmp.Compare(s.Shares[b], s.Shares[a])
		for i := 0; i < len(s.Conditional) && by == 0; i++ {
			by = slices.Compare(s.Conditional[i][b], s.Conditional[i][a])
		}
		return by
	})
	out := Start{Conditional: make([][][]float64, len(s.Conditional))}
	for _, c := range order {
		out.Shares = append(out.Shares, s.Shares[c])
		for i := range s.Conditional {
			out.Conditional[i] = append(out.Conditional[i], s.Conditional[i][c])
		}
	}
	return out
}

// LatentClasses fits so many classes from several random starts, and returns
// the model with the highest likelihood; of those that are equal, the one found
// first. The starts hang on the seed alone.
func (p Patterns) LatentClasses(classes, starts int, seed uint64, search Search) Latent {
	if classes < 1 {
		return Latent{Undefined: NoClasses}
	}
	quick := search.orDefault()
	quick.Change = max(quick.Change, 1e-7)
	var best Latent
	for n := range max(starts, 1) {
		m := p.Latent(p.random(classes, seed, uint64(n)), quick)
		if m.Undefined != "" {
			return m
		}
		if n == 0 || m.LogLikelihood > best.LogLikelihood+quick.Change {
			best = m
		}
	}
	return p.polish(best, search)
}

// polish goes on from a model until the search ends. Probabilities that became
// 0 stay next to it.
func (p Patterns) polish(m Latent, search Search) Latent {
	from := m.Iterations
	for i := range m.Conditional {
		for c := range m.Conditional[i] {
			for k, x := range m.Conditional[i][c] {
				m.Conditional[i][c][k] = min(max(x, math.SmallestNonzeroFloat64), 1)
			}
		}
	}
	for c, x := range m.Shares {
		m.Shares[c] = min(max(x, math.SmallestNonzeroFloat64), 1)
	}
	out := p.Latent(m.Start, search)
	out.Iterations += from
	return out
}

// random draws a start: equal shares, probabilities of any size.
func (p Patterns) random(classes int, seed, n uint64) Start {
	r := rand.New(rand.NewPCG(seed, n))
	s := Start{Conditional: make([][][]float64, len(p.Items))}
	for range classes {
		s.Shares = append(s.Shares, 1/float64(classes))
	}
	for i, item := range p.Items {
		for range classes {
			class, sum := make([]float64, len(item.Choices)), 0.0
			for k := range class {
				class[k] = 0.05 + r.Float64()
				sum += class[k]
			}
			for k := range class {
				class[k] /= sum
			}
			s.Conditional[i] = append(s.Conditional[i], class)
		}
	}
	return s
}
