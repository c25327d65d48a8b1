package weighting

import (
	"math"
	"slices"
)

// Rake fits weights to margins in turn, over and over, until all are met
// (iterative proportional fitting: Deming and Stephan 1940; Deville, Särndal
// and Sautory 1993).
func (s Sample) Rake(margins []Margin, rule Rule) Fit {
	f := Fit{Factor: ones(len(s.Weight))}
	joint := s.joint(margins)
	old := s.totals(joint, f.Factor)
	steps := make([][]float64, len(margins))
	for f.Rounds < rule.Rounds && !f.Met {
		f.Rounds++
		for i, m := range margins {
			s.scale(m, s.totals(m, f.Factor), f.Factor)
			steps[i] = slices.Clone(f.Factor)
		}
		if rule.Tolerance > 0 {
			f.Met = len(s.misses(margins, f.Factor, rule.Tolerance)) == 0
			continue
		}
		now := s.totals(joint, f.Factor)
		most := 0.0
		for k := range now {
			most = max(most, math.Abs(now[k]-old[k]))
		}
		f.Met, old = most < rule.Change, now
	}
	if !f.Met {
		f.Misses = s.misses(margins, f.Factor, max(rule.Tolerance, 1e-10))
	}
	r := raked{margins: margins, mass: s.N, ratio: make([][]float64, len(margins))}
	if !s.Alike {
		r.mass = s.Weight
	}
	for i, at := range steps {
		r.ratio[i] = make([]float64, len(at))
		for c := range at {
			r.ratio[i][c] = f.Factor[c] / at[c]
		}
	}
	f.explain = r
	return f
}

// joint returns the margin of all margins' categories at once.
func (s Sample) joint(margins []Margin) Margin {
	out := Margin{Of: make([]int32, len(s.Weight))}
	at := map[string]int32{}
	for c := range out.Of {
		var key []byte
		outside := false
		for _, m := range margins {
			k := m.Of[c]
			outside = outside || k < 0
			key = append(key, byte(k), byte(k>>8), byte(k>>16), byte(k>>24))
		}
		if outside {
			out.Of[c] = -1
			continue
		}
		k, ok := at[string(key)]
		if !ok {
			k = int32(len(at))
			at[string(key)] = k
		}
		out.Of[c] = k
	}
	out.Totals = make([]float64, len(at))
	return out
}

// sweeps is how often the means of all margins are taken off in turn. R's
// survey package 4.5 stops there too.
const sweeps = 10

// raked explains an influence by the margins, taking off the means of their
// categories in turn. Where cells tell base weights apart, the means are those
// of R's survey package, in which respondents count alike; else they are
// weighted by base weights, as for the distance that raking minimises (Deville
// and Särndal 1992). The ratio is that of final factors to those after the step
// of the margin in the last round: 1, where raking was not cut short.
type raked struct {
	margins []Margin
	mass    []float64
	ratio   [][]float64
}

func (r raked) shifts(mean []float64) []float64 {
	left := slices.Clone(mean)
	out := make([]float64, len(mean))
	for range sweeps {
		for i, m := range r.margins {
			for c, off := range sweep(m, r.mass, r.ratio[i], left) {
				left[c] -= off
				out[c] += off
			}
		}
	}
	return out
}
