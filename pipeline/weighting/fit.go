package weighting

import "math"

// Sample is what the respondents of each cell are before a fit.
type Sample struct {
	Weight []float64 // Σ of base weights of each cell, above 0
	N      []float64 // how many respondents each has

	// Alike says that all respondents of a cell have the same base weight.
	Alike bool
}

// Margin is one thing that weights are fitted to: how many of the population
// are in each category. A category is a choice, or a joint choice of several items.
type Margin struct {
	Of     []int32   // category of each cell; -1 for a cell that no total speaks of, in all margins alike
	Totals []float64 // of each category, 0 or more
}

// Number is a numeric item with its total in the population.
type Number struct {
	Of    []float64 // value of each cell
	Total float64
}

// Rule says when a fit is good enough.
type Rule struct {
	// Tolerance is the largest share by which a total may be missed. Where it
	// is 0, raking stops instead when a round of it changes the weight of no
	// joint category by as much as Change.
	Tolerance, Change float64
	Rounds            int // at most
}

// Fit is the outcome of a fit.
type Fit struct {
	Factor []float64 // of each cell: weights are base weights times it
	Met    bool      // whether the rule was satisfied
	Rounds int       // how many it took
	Misses []Miss    // totals that are missed by more than the tolerance, worst first within each margin

	explain model
}

// Miss is a total that weights do not add up to.
type Miss struct {
	Margin, Category int // the category of a margin; of a number its place, after all margins, and 0
	Share            float64
}

// model takes from mean influences of cells what the known totals explain.
type model interface {
	shifts(mean []float64) []float64
}

// totals returns what the categories of a margin weigh, with some factors.
func (s Sample) totals(m Margin, factor []float64) []float64 {
	out := make([]float64, len(m.Totals))
	for c, k := range m.Of {
		if k >= 0 {
			out[k] += float64(s.Weight[c] * factor[c])
		}
	}
	return out
}

// misses lists the categories whose total is missed by more than tolerance.
func (s Sample) misses(margins []Margin, factor []float64, tolerance float64) []Miss {
	var out []Miss
	for i, m := range margins {
		for k, got := range s.totals(m, factor) {
			if share := missed(got, m.Totals[k], m.Totals[k]); !(share <= tolerance) {
				out = append(out, Miss{i, k, share})
			}
		}
	}
	return out
}

func missed(got, want, scale float64) float64 {
	if got == want {
		return 0
	}
	return math.Abs(got-want) / math.Abs(scale)
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}
