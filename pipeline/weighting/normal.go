package weighting

import "math"

// columns is the design matrix of a calibration: a row for each cell. Of each
// margin after the first a category is left out, which the others imply.
type columns struct {
	margins []Margin
	first   []int    // column of the first category of each margin; its category 0 has none but in the first
	numbers []Number // centred and scaled
	lead    int      // columns of margins
	width   int
}

// columnsOf lays the columns out. Numbers are centred at their mean in the
// population and scaled by their spread in the sample, so that equations are
// well conditioned.
func columnsOf(s Sample, margins []Margin, numbers []Number, size float64) columns {
	x := columns{margins: margins}
	for i, m := range margins {
		x.first = append(x.first, x.lead)
		x.lead += len(m.Totals)
		if i > 0 {
			x.lead--
		}
	}
	for _, n := range numbers {
		mean := n.Total / size
		spread, of := 0.0, 0.0
		for c, v := range n.Of {
			if x.outside(c) {
				continue
			}
			spread += float64(s.Weight[c] * float64((v-mean)*(v-mean)))
			of += s.Weight[c]
		}
		spread = math.Sqrt(spread / of)
		if spread == 0 {
			spread = 1
		}
		z := Number{Of: make([]float64, len(n.Of))}
		for c, v := range n.Of {
			z.Of[c] = (v - mean) / spread
		}
		x.numbers = append(x.numbers, z)
	}
	x.width = x.lead + len(numbers)
	return x
}

func (x columns) outside(c int) bool { return x.margins[0].Of[c] < 0 }

// row fills in the columns of a cell that are not 0: their places and values.
func (x columns) row(c int, at []int, v []float64) ([]int, []float64) {
	at, v = at[:0], v[:0]
	if x.outside(c) {
		return at, v
	}
	for i, m := range x.margins {
		k := int(m.Of[c])
		if i > 0 {
			k--
		}
		if k >= 0 {
			at, v = append(at, x.first[i]+k), append(v, 1)
		}
	}
	for i, n := range x.numbers {
		at, v = append(at, x.lead+i), append(v, n.Of[c])
	}
	return at, v
}

// rows calls f with each cell's columns.
func (x columns) rows(n int, f func(c int, at []int, v []float64)) {
	at, v := make([]int, 0, x.width), make([]float64, 0, x.width)
	for c := range n {
		at, v = x.row(c, at, v)
		f(c, at, v)
	}
}

// times returns the matrix times a vector: a value for each cell.
func (x columns) times(n int, beta []float64) []float64 {
	out := make([]float64, n)
	x.rows(n, func(c int, at []int, v []float64) {
		for i, j := range at {
			out[c] += float64(v[i] * beta[j])
		}
	})
	return out
}

// crossed returns the transposed matrix times a vector of the cells.
func (x columns) crossed(of []float64) []float64 {
	out := make([]float64, x.width)
	x.rows(len(of), func(c int, at []int, v []float64) {
		for i, j := range at {
			out[j] += float64(v[i] * of[c])
		}
	})
	return out
}

// factorised is a symmetric matrix X'WX as LL', where the rows of L are in the
// order in which their pivots were taken. Columns that others imply are left out.
type factorised struct {
	l     [][]float64
	order []int
}

// factorise takes the largest pivot each time (Higham 2002, §10.3).
func (x columns) factorise(weight []float64) factorised {
	a := make([][]float64, x.width)
	for i := range a {
		a[i] = make([]float64, x.width)
	}
	x.rows(len(weight), func(c int, at []int, v []float64) {
		for i, j := range at {
			w := float64(weight[c] * v[i])
			for k, m := range at {
				a[j][m] += float64(w * v[k])
			}
		}
	})
	scale := make([]float64, x.width)
	for i := range a {
		scale[i] = a[i][i]
	}
	var f factorised
	done := make([]bool, x.width)
	for range x.width {
		p := -1
		for i := range a {
			if !done[i] && a[i][i] > 1e-11*scale[i] && (p < 0 || a[i][i] > a[p][p]) {
				p = i
			}
		}
		if p < 0 {
			break
		}
		done[p] = true
		root := math.Sqrt(a[p][p])
		l := make([]float64, x.width)
		for i := range a {
			if !done[i] || i == p {
				l[i] = a[i][p] / root
			}
		}
		for i := range a {
			if done[i] {
				continue
			}
			for j := range a {
				if !done[j] {
					a[i][j] -= float64(l[i] * l[j])
				}
			}
		}
		f.l, f.order = append(f.l, l), append(f.order, p)
	}
	return f
}

// solve returns a solution of X'WX β = b; columns left out have 0.
func (f factorised) solve(b []float64) []float64 {
	y := make([]float64, len(f.order))
	for i, p := range f.order {
		v := b[p]
		for k := range i {
			v -= float64(f.l[k][p] * y[k])
		}
		y[i] = v / f.l[i][p]
	}
	out := make([]float64, len(b))
	for i := len(f.order) - 1; i >= 0; i-- {
		v := y[i]
		for k := i + 1; k < len(f.order); k++ {
			v -= float64(f.l[i][f.order[k]] * out[f.order[k]])
		}
		out[f.order[i]] = v / f.l[i][f.order[i]]
	}
	return out
}
