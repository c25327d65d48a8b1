package hypothesis

import "math"

// Contingency is what a table of counts says about the association of its rows
// with its columns.
type Contingency struct {
	N          int64
	Rows, Cols int // that are not empty

	Pearson         Result // Pearson (1900)
	Yates           Result // with the continuity correction of Yates (1934); of 2 x 2 tables
	LikelihoodRatio Result // G², Wilks (1935)

	CramersV          float64 // Cramér (1946), §21.9
	CramersVCorrected float64 // Bergsma (2013)
	ContingencyC      float64 // Pearson's coefficient of contingency
	Gamma             float64 // Goodman and Kruskal (1954), for ordered rows and columns
	Concordant        float64 // pairs in the same order in both
	Discordant        float64 // pairs in opposite orders
	OddsRatio         float64 // of the sample; of 2 x 2 tables
	Expected          []float64
	StdResidual       []float64 // adjusted residuals, Haberman (1973); cells as in Counts
}

// Associate tests whether the rows of a table are independent of its columns.
func Associate(c Counts) Contingency {
	full, rows, cols := c.filled()
	nan := math.NaN()
	out := Contingency{
		Rows: full.Rows, Cols: full.Cols,
		Pearson: undefined(TooFew), Yates: undefined(TooFew), LikelihoodRatio: undefined(TooFew),
		CramersV: nan, CramersVCorrected: nan, ContingencyC: nan, Gamma: nan, OddsRatio: nan,
		Expected: unknown(len(c.N)), StdResidual: unknown(len(c.N)),
	}
	byRow, byCol, n := full.margins()
	out.N = n
	if n == 0 {
		return out
	}
	out.Concordant, out.Discordant = full.pairs()
	if s := out.Concordant + out.Discordant; s > 0 {
		out.Gamma = (out.Concordant - out.Discordant) / s
	}
	total := float64(n)
	for i, r := range byRow {
		for j, k := range byCol {
			cell := rows[i]*c.Cols + cols[j]
			p, q := float64(r)/total, float64(k)/total
			e := float64(r) * q
			out.Expected[cell] = e
			if r < n && k < n {
				out.StdResidual[cell] = (float64(full.N[i*full.Cols+j]) - e) / math.Sqrt(e*(1-p)*(1-q))
			}
		}
	}
	if full.Rows < 2 || full.Cols < 2 {
		out.Pearson, out.Yates, out.LikelihoodRatio = undefined(NoVariation), undefined(NoVariation), undefined(NoVariation)
		return out
	}
	out.test(full, byRow, byCol)
	return out
}

// test fills in the tests and coefficients of a table without empty margins.
func (out *Contingency) test(full Counts, byRow, byCol []int64) {
	n := float64(out.N)
	r, k := float64(full.Rows), float64(full.Cols)
	df := (r - 1) * (k - 1)
	var x2, g2 float64
	for i, v := range full.N {
		o, e := float64(v), float64(byRow[i/full.Cols])*(float64(byCol[i%full.Cols])/n)
		x2 += square(o-e) / e
		if v > 0 {
			g2 += 2 * float64(o*math.Log(o/e))
		}
	}
	out.Pearson, out.LikelihoodRatio = chiSquare(x2, df), chiSquare(max(g2, 0), df)
	out.Yates = undefined(WrongShape)
	if full.Rows == 2 && full.Cols == 2 {
		out.Yates = yates(full, byRow, byCol, n)
		out.OddsRatio = float64(full.N[0]) * float64(full.N[3]) / (float64(full.N[1]) * float64(full.N[2]))
	}
	phi2 := x2 / n
	out.CramersV = math.Sqrt(phi2 / min(r-1, k-1))
	out.ContingencyC = math.Sqrt(x2 / (x2 + n))
	if n > 1 {
		rr, kk := r-square(r-1)/(n-1), k-square(k-1)/(n-1)
		if least := min(rr-1, kk-1); least > 0 {
			out.CramersVCorrected = math.Sqrt(max(0, phi2-df/(n-1)) / least)
		}
	}
}

// yates takes one half from all differences, or the whole difference where that
// is less.
func yates(c Counts, byRow, byCol []int64, n float64) Result {
	det := math.Abs(float64(c.N[0])*float64(c.N[3]) - float64(float64(c.N[1])*float64(c.N[2])))
	d := max(det-n/2, 0)
	return chiSquare(n*(d/float64(byRow[0])/float64(byCol[0]))*(d/float64(byRow[1])/float64(byCol[1])), 1)
}

// pairs counts the pairs of answers in the same order, and in opposite orders,
// in rows and columns.
func (c Counts) pairs() (concordant, discordant float64) {
	above := make([]int64, c.Cols) // totals by column of the rows so far
	for i := range c.Rows {
		row := c.N[i*c.Cols : (i+1)*c.Cols]
		var left, all int64
		for _, n := range above {
			all += n
		}
		for j, n := range row {
			concordant += float64(n) * float64(left)
			left += above[j]
			discordant += float64(n) * float64(all-left)
		}
		for j, n := range row {
			above[j] += n
		}
	}
	return concordant, discordant
}

func unknown(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}
