package weighting

// PostStratify gives each category of a margin the factor that makes its
// weights add up to its total (Holt and Smith 1979). A category without
// respondents is a miss.
func (s Sample) PostStratify(m Margin) Fit {
	f := Fit{Factor: ones(len(m.Of)), Rounds: 1, Met: true}
	f.explain = groupMeans{of: m, weight: s.Weight}
	got := s.totals(m, f.Factor)
	s.scale(m, got, f.Factor)
	for k, w := range got {
		if w == 0 && m.Totals[k] > 0 {
			f.Met = false
			f.Misses = append(f.Misses, Miss{0, k, 1})
		}
	}
	return f
}

// scale multiplies factors by what brings the categories from got to their totals.
func (s Sample) scale(m Margin, got, factor []float64) {
	for c, k := range m.Of {
		if k >= 0 {
			factor[c] *= m.Totals[k] / got[k]
		}
	}
}

// groupMeans explains an influence by its weighted mean in each category, with
// base weights: what post-stratification takes from the variance (Särndal,
// Swensson and Wretman 1992, §7.6).
type groupMeans struct {
	of     Margin
	weight []float64
}

func (g groupMeans) shifts(mean []float64) []float64 {
	return sweep(g.of, g.weight, nil, mean)
}

// sweep returns for each cell the mean, weighted by mass, of values times ratio
// over its category, divided by its ratio (nil: all 1).
func sweep(m Margin, mass, ratio, values []float64) []float64 {
	sum, of := make([]float64, len(m.Totals)), make([]float64, len(m.Totals))
	for c, k := range m.Of {
		if k < 0 {
			continue
		}
		v := values[c]
		if ratio != nil {
			v *= ratio[c]
		}
		sum[k] += float64(mass[c] * v)
		of[k] += mass[c]
	}
	out := make([]float64, len(values))
	for c, k := range m.Of {
		if k < 0 || of[k] == 0 {
			continue
		}
		out[c] = sum[k] / of[k]
		if ratio != nil {
			out[c] /= ratio[c]
		}
	}
	return out
}
