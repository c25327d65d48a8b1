package regression

import "math"

// alike is how much of a column must be its own, beside those before it, for
// it not to be taken for a combination of them.
const alike = 1e-11

// factor is the root of a symmetric matrix that is not negative, its columns
// scaled to length 1 (Cholesky). Columns that are combinations of earlier ones
// are left out.
type factor struct {
	n      int
	out    []bool    // columns left out
	scale  []float64 // of each column
	root   []float64 // lower triangle
	lost   bool      // a column that was to stay has nothing of its own
	inRoot []int     // the columns that stay
}

// newFactor decides for itself what to leave out where given is nil.
func newFactor(m []float64, n int, given []bool) *factor {
	f := &factor{n: n, out: make([]bool, n), scale: make([]float64, n), root: make([]float64, Triangle(n))}
	for i := range n {
		if given != nil && given[i] {
			f.out[i] = true
			continue
		}
		if d := m[entry(i, i)]; d > 0 && !math.IsInf(d, 1) {
			f.scale[i] = 1 / math.Sqrt(d)
			if f.column(m, i) {
				f.inRoot = append(f.inRoot, i)
				continue
			}
		}
		f.out[i] = true
		f.lost = f.lost || given != nil
	}
	return f
}

// column works out a row of the root, and reports whether anything of it is its own.
func (f *factor) column(m []float64, i int) bool {
	for _, j := range f.inRoot {
		x := float64(float64(m[entry(i, j)]*f.scale[i]) * f.scale[j])
		for _, k := range f.inRoot {
			if k >= j {
				break
			}
			x -= float64(f.root[entry(i, k)] * f.root[entry(j, k)])
		}
		f.root[entry(i, j)] = x / f.root[entry(j, j)]
	}
	own := 1.0
	for _, j := range f.inRoot {
		own -= float64(f.root[entry(i, j)] * f.root[entry(i, j)])
	}
	if !(own > alike) {
		return false
	}
	f.root[entry(i, i)] = math.Sqrt(own)
	return true
}

// solve returns the x with Mx = b, 0 for what was left out.
func (f *factor) solve(b []float64) []float64 {
	x := make([]float64, f.n)
	for _, i := range f.inRoot {
		s := float64(b[i] * f.scale[i])
		for _, j := range f.inRoot {
			if j >= i {
				break
			}
			s -= float64(f.root[entry(i, j)] * x[j])
		}
		x[i] = s / f.root[entry(i, i)]
	}
	for at := len(f.inRoot) - 1; at >= 0; at-- {
		i := f.inRoot[at]
		s := x[i]
		for _, j := range f.inRoot[at+1:] {
			s -= float64(f.root[entry(j, i)] * x[j])
		}
		x[i] = s / f.root[entry(i, i)]
	}
	for _, i := range f.inRoot {
		x[i] *= f.scale[i]
	}
	return x
}

// inverse returns the inverse, 0 in the rows and columns of what was left out.
func (f *factor) inverse() [][]float64 {
	out := make([][]float64, f.n)
	e := make([]float64, f.n)
	for i := range out {
		clear(e)
		if !f.out[i] {
			e[i] = 1
		}
		out[i] = f.solve(e)
	}
	for i := range out {
		for j := range i {
			mean := (out[i][j] + out[j][i]) / 2
			out[i][j], out[j][i] = mean, mean
		}
	}
	return out
}
