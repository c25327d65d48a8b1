package sampling

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/table"
)

// Replicates describes replicate weights: the weights of the sample as they
// would be had it come out otherwise. The variance of a figure is
//
//	V = scale · Σr rscale_r·(θr - c)²
//
// with θr the figure under the weights of replicate r, and c their mean, or
// with MSE the figure of the sample itself (Wolter 2007, Introduction to
// Variance Estimation, chapters 3 to 5).
type Replicates struct {
	Columns []string      `yaml:"columns"` // items that hold the weights of each replicate
	Type    ReplicateType `yaml:"type"`
	Rho     float64       `yaml:"rho"`     // of Fay's method: how much of a unit's weight is kept
	Scale   float64       `yaml:"scale"`   // 0: what the type implies
	RScales []float64     `yaml:"rscales"` // of each replicate; empty: 1
	MSE     bool          `yaml:"mse"`     // deviations from the figure of the sample

	// Factors says that the columns hold what the weight is multiplied with,
	// instead of whole weights.
	Factors bool `yaml:"factors"`
}

// ReplicateType is how replicate weights were made.
type ReplicateType string

// The types of replicates.
const (
	JK1       ReplicateType = "jk1"       // each leaves one unit out
	JKn       ReplicateType = "jkn"       // each leaves one unit of a stratum out; rscales are (n-1)/n of its stratum
	BRR       ReplicateType = "brr"       // balanced halves of pairs of units
	Fay       ReplicateType = "fay"       // the same, with a part of the other halves
	Bootstrap ReplicateType = "bootstrap" // units drawn anew
	Other     ReplicateType = "other"     // given by scale and rscales
)

func (r Replicates) validate(kind table.DesignKind, refuse func(problem, remedy string)) {
	if kind != table.Replicate {
		if len(r.Columns) > 0 {
			refuse("There are design.replicates, but the design kind is not replicate.", "Set design.kind to replicate, or remove design.replicates.")
		}
		return
	}
	if len(r.Columns) < 2 {
		refuse("The design kind replicate needs at least two columns of weights in design.replicates.columns.", "Name the items that hold the replicate weights.")
	}
	switch r.Type {
	case JK1, BRR, Bootstrap:
	case JKn:
		if len(r.RScales) == 0 {
			refuse("Replicates of the type jkn need design.replicates.rscales.", "Give (n-1)/n of the stratum of each replicate, or the type jk1 without strata.")
		}
	case Fay:
		if !(r.Rho >= 0 && r.Rho < 1) {
			refuse("The rho of Fay's replicates is not between 0 and 1.", "Give the rho with which the weights were made, such as 0.3.")
		}
	case Other:
		if r.Scale == 0 {
			refuse("Replicates of the type other need design.replicates.scale.", "Give the scale with which the weights came.")
		}
	default:
		refuse(fmt.Sprintf("The type %q of replicates is not known.", r.Type), "Use jk1, jkn, brr, fay, bootstrap or other.")
	}
	if n := len(r.RScales); n > 0 && n != len(r.Columns) {
		refuse(fmt.Sprintf("There are %d numbers in design.replicates.rscales for %d columns.", n, len(r.Columns)), "Give one for each column, or none.")
	}
	if !(r.Scale >= 0) {
		refuse("The scale of the replicates is negative.", "Give a scale above 0.")
	}
}

// scale returns the factor of all squared deviations.
func (r Replicates) scale() float64 {
	n := float64(len(r.Columns))
	switch {
	case r.Scale != 0:
		return r.Scale
	case r.Type == JK1:
		return (n - 1) / n
	case r.Type == BRR:
		return 1 / n
	case r.Type == Fay:
		return 1 / (n * float64((1-r.Rho)*(1-r.Rho)))
	case r.Type == Bootstrap:
		return 1 / (n - 1)
	}
	return 1
}

func (r Replicates) rscale(i int) float64 {
	if len(r.RScales) == 0 {
		return 1
	}
	return r.RScales[i]
}

// Deviations returns the covariances of some figures from their values in each
// replicate, which lie at [replicate][figure], and in the sample. A replicate
// in which a figure is not defined makes its row and column NaN.
func (r Replicates) Deviations(in [][]float64, sample []float64) [][]float64 {
	centre := make([]float64, len(sample))
	copy(centre, sample)
	if !r.MSE {
		var n float64
		clear(centre)
		for i, row := range in {
			if r.rscale(i) > 0 {
				n++
				for j, x := range row {
					centre[j] += x
				}
			}
		}
		for j := range centre {
			centre[j] /= n
		}
	}
	out := square(len(sample))
	for i, row := range in {
		by := float64(r.scale() * r.rscale(i))
		if by == 0 {
			continue
		}
		for a := range row {
			d := float64(by * (row[a] - centre[a]))
			for b := 0; b <= a; b++ {
				out[a][b] += float64(d * (row[b] - centre[b]))
			}
		}
	}
	return mirrored(out)
}

func square(n int) [][]float64 {
	all := make([]float64, n*n)
	out := make([][]float64, n)
	for i := range out {
		out[i] = all[i*n : (i+1)*n]
	}
	return out
}

// mirrored fills the upper triangle from the lower.
func mirrored(m [][]float64) [][]float64 {
	for a := range m {
		for b := 0; b < a; b++ {
			m[b][a] = m[a][b]
		}
	}
	return m
}
