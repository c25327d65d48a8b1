package weighting

import "github.com/soundings-survey/soundings/pipeline/dataset"

// Calibration describes weights that were fitted to known totals, for whoever
// estimates variances.
type Calibration struct {
	By     *Cells
	Factor []float64 // of each cell: what the fit multiplied weights by

	weight  []float64 // Σ of fitted weights of each cell
	explain model
}

// NewCalibration returns what a fit of the weights of some cells comes to.
func NewCalibration(by *Cells, s Sample, f Fit) *Calibration {
	c := &Calibration{By: by, Factor: f.Factor, explain: f.explain, weight: make([]float64, len(f.Factor))}
	for i, g := range f.Factor {
		c.weight[i] = float64(s.Weight[i] * g)
	}
	return c
}

// Len returns how many cells there are.
func (c *Calibration) Len() int { return c.By.Len() }

// Cells returns the cell of each response of a batch, -1 where it was not
// weighted with the others.
func (c *Calibration) Cells(b *dataset.Batch) []int32 { return c.By.Cells(b) }

// Shifts takes what influences add up to in each cell, Σ of weight times
// influence over its respondents, with the fitted weights, and returns for each
// cell what is to be taken from the influence of every respondent of it: the
// part that the known totals explain. The variance of a figure under the
// design, computed from what is left, is that of the figure under fitted weights
// (Deville and Särndal 1992, §4; Särndal, Swensson and Wretman 1992, §6.6).
func (c *Calibration) Shifts(z []float64) []float64 {
	mean := make([]float64, len(z))
	for i, x := range z {
		if c.weight[i] != 0 {
			mean[i] = x / c.weight[i]
		}
	}
	return c.explain.shifts(mean)
}
