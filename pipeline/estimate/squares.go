package estimate

import "github.com/soundings-survey/soundings/pipeline/estimate/exact"

// squares returns the squares of weights and, where they must be known to the
// last bit, what rounding took from them.
func squares(weight []float64, residues bool) (square, residue []float64) {
	if weight == nil {
		return nil, nil
	}
	square = make([]float64, len(weight))
	if residues {
		residue = make([]float64, len(weight))
	}
	for i, w := range weight {
		p := exact.Product(w, w)
		square[i] = p.Hi
		if residues {
			residue[i] = p.Lo
		}
	}
	return square, residue
}
