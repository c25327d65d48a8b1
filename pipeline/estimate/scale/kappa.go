package scale

import "math"

// Kappa is the agreement of two items under a design.
type Kappa struct {
	Value     float64
	SE        float64
	Agreement float64
	Expected  float64
	Undefined Reason
}

// Cell is a cell of a table: the answer to the first item, to the second.
type Cell struct{ Row, Column int }

// KappaFromTable returns Cohen's kappa of a square table of estimated shares,
// with the standard error that the delta method gives from their covariances
// under the design (Bishop, Fienberg and Holland 1975, §§11.4 and 14.6; svykappa
// in R's survey package). Weights say how far two answers agree; nil stands for equal
// answers alone. The covariances may be of any design, from linearisation or
// from replicates.
func KappaFromTable(p, weights [][]float64, covariance func(a, b Cell) float64) Kappa {
	k := Kappa{Value: math.NaN(), SE: math.NaN(), Agreement: math.NaN(), Expected: math.NaN()}
	weight := func(i, j int) float64 {
		switch {
		case weights != nil:
			return weights[i][j]
		case i == j:
			return 1
		}
		return 0
	}
	rows, columns := make([]float64, len(p)), make([]float64, len(p))
	for i, row := range p {
		for j, x := range row {
			rows[i] += x
			columns[j] += x
		}
	}
	// What a share of row i (of column j) adds to the agreement by chance.
	byRow, byColumn := make([]float64, len(p)), make([]float64, len(p))
	k.Agreement, k.Expected = 0, 0
	for i := range p {
		for j, x := range p[i] {
			w := weight(i, j)
			byRow[i] += float64(w * columns[j])
			byColumn[j] += float64(w * rows[i])
			k.Agreement += float64(w * x)
			k.Expected += float64(w * float64(rows[i]*columns[j]))
		}
	}
	rest := 1 - k.Expected
	if rest <= 1e-14 {
		k.Undefined = NoAgreement
		return k
	}
	k.Value = (k.Agreement - k.Expected) / rest
	var cells []Cell
	var slope []float64
	for i := range p {
		for j := range p[i] {
			cells = append(cells, Cell{i, j})
			chance := float64((1 - k.Agreement) * (byRow[i] + byColumn[j]))
			slope = append(slope, (float64(weight(i, j)*rest)-chance)/float64(rest*rest))
		}
	}
	v := 0.0
	for a, x := range slope {
		for b, y := range slope {
			v += float64(float64(x*y) * covariance(cells[a], cells[b]))
		}
	}
	k.SE = math.Sqrt(max(v, 0))
	return k
}
