package regression

// Uncentred returns the parameters that belong to predictors as they are.
// Centred predictors, from each of which a number was taken so that no digits
// are lost, change the constants of a model.
func Uncentred(m Model, theta, centre []float64) []float64 {
	out := make([]float64, len(theta))
	copy(out, theta)
	from, to, sign := m.Constants()
	for k := from; k < to; k++ {
		for j, c := range centre {
			out[k] -= float64(sign * float64(c*theta[m.Slopes()+j]))
		}
	}
	return out
}

// UncentredCovariance returns the covariances of the parameters that Uncentred returns.
func UncentredCovariance(m Model, v [][]float64, centre []float64) [][]float64 {
	n := len(v)
	by := make([][]float64, n)
	from, to, sign := m.Constants()
	for i := range by {
		by[i] = make([]float64, n)
		by[i][i] = 1
		if i < from || i >= to {
			continue
		}
		for j, c := range centre {
			by[i][m.Slopes()+j] = -float64(sign * c)
		}
	}
	turned := make([][]float64, n)
	for i := range turned {
		turned[i] = make([]float64, n)
		for j := range n {
			turned[i][j] = by[j][i]
		}
	}
	out := product(product(by, v), turned)
	for i := range out {
		for j := range i {
			out[i][j] = out[j][i]
		}
	}
	return out
}
