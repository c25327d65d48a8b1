package regression

// Wald returns b'V⁻¹b for some of the parameters, and how many of them there
// are (Wald 1943; R's regTermTest). It
// returns false where V says less than there are parameters.
func Wald(theta []float64, v [][]float64, which []int) (statistic float64, parameters int, ok bool) {
	n := len(which)
	m, b := make([]float64, Triangle(n)), make([]float64, n)
	for i, a := range which {
		b[i] = theta[a]
		for j, c := range which[:i+1] {
			m[entry(i, j)] = v[a][c]
		}
	}
	root := newFactor(m, n, make([]bool, n))
	if root.lost || n == 0 {
		return 0, n, false
	}
	for i, x := range root.solve(b) {
		statistic += float64(x * b[i])
	}
	return statistic, n, true
}
