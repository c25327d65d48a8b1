package weight

import (
	"math"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// design is that of a reference case.
type design struct {
	IDs     []string `json:"ids"`
	Strata  []string `json:"strata"`
	Weights []string `json:"weights"`
	FPC     []string `json:"fpc"`
}

// weights returns the design weights: the product of all weight columns, or of
// N/n over the stages.
func (d design) weights(s *csvTable) []float64 {
	out := make([]float64, s.rows)
	for i := range out {
		out[i] = 1
		for _, name := range d.Weights {
			out[i] *= s.at(name, i)
		}
	}
	if len(d.Weights) > 0 {
		return out
	}
	for stage, name := range d.FPC {
		parents, units := map[string]map[string]bool{}, func(i int) (string, string) { return d.parent(s, stage, i), d.unit(s, stage, i) }
		for i := range out {
			p, u := units(i)
			if parents[p] == nil {
				parents[p] = map[string]bool{}
			}
			parents[p][u] = true
		}
		for i := range out {
			p, _ := units(i)
			if n := s.at(name, i); n > 1 {
				out[i] *= n / float64(len(parents[p]))
			} else {
				out[i] /= n
			}
		}
	}
	return out
}

func (s *csvTable) at(name string, i int) float64 {
	x, _ := strconv.ParseFloat(s.cells[name][i], 64)
	return x
}

// parent names the stratum, and the units above, that a row is sampled in at a stage.
func (d design) parent(s *csvTable, stage, i int) string {
	var parts []string
	for k := 0; k <= stage && k < max(1, len(d.Strata)); k++ {
		if k < len(d.Strata) {
			parts = append(parts, s.cells[d.Strata[k]][i])
		}
	}
	for k := range stage {
		parts = append(parts, d.id(s, k, i))
	}
	return strings.Join(parts, "\x00")
}

func (d design) unit(s *csvTable, stage, i int) string {
	return d.parent(s, stage, i) + "\x00" + d.id(s, stage, i)
}

func (d design) id(s *csvTable, stage, i int) string {
	if stage < len(d.IDs) && d.IDs[stage] != "1" && d.IDs[stage] != "0" {
		return s.cells[d.IDs[stage]][i]
	}
	return strconv.Itoa(i)
}

// estimator computes figures and standard errors by plain loops, from nothing
// but the final weights and what the stage exports of the fit.
type estimator struct {
	sheet       *csvTable
	design      design
	weights     []float64
	calibration *weighting.Calibration
	cells       []int32
}

func (e estimator) mean(y []*float64) (value, se float64) {
	var sum, all float64
	for i, v := range y {
		if v != nil {
			sum += e.weights[i] * *v
			all += e.weights[i]
		}
	}
	value = sum / all
	u := make([]float64, len(y))
	for i, v := range y {
		if v != nil {
			u[i] = (*v - value) / all
		}
	}
	return value, e.se(u)
}

func (e estimator) total(y []*float64) (value, se float64) {
	u := make([]float64, len(y))
	for i, v := range y {
		if v != nil {
			value += e.weights[i] * *v
			u[i] = *v
		}
	}
	return value, e.se(u)
}

// se is the standard error of a figure with influences u, weights left out.
func (e estimator) se(u []float64) float64 {
	if e.calibration != nil {
		z := make([]float64, e.calibration.Len())
		for i, c := range e.cells {
			z[c] += e.weights[i] * u[i]
		}
		for i, c := range e.cells {
			if i == 0 {
				z = e.calibration.Shifts(z)
			}
			u[i] -= z[c]
		}
	}
	rows := make([]int, len(u))
	z := make([]float64, len(u))
	for i := range u {
		rows[i], z[i] = i, e.weights[i]*u[i]
	}
	return math.Sqrt(e.variance(0, rows, z))
}

// variance is that of a stage and those below it, among rows of one unit above.
func (e estimator) variance(stage int, rows []int, z []float64) float64 {
	type unit struct {
		sum  float64
		rows []int
	}
	strata := map[string]map[string]*unit{}
	first := map[string]int{}
	for _, i := range rows {
		h, k := e.design.parent(e.sheet, stage, i), e.design.unit(e.sheet, stage, i)
		if strata[h] == nil {
			strata[h], first[h] = map[string]*unit{}, i
		}
		if strata[h][k] == nil {
			strata[h][k] = &unit{}
		}
		strata[h][k].sum += z[i]
		strata[h][k].rows = append(strata[h][k].rows, i)
	}
	var v float64
	for _, h := range sortedNames(strata) {
		units := strata[h]
		n := float64(len(units))
		sampled := 0.0
		if stage < len(e.design.FPC) {
			if sampled = e.sheet.at(e.design.FPC[stage], first[h]); sampled > 1 {
				sampled = n / sampled
			}
		}
		var mean, squares float64
		for _, k := range sortedNames(units) {
			mean += units[k].sum / n
		}
		for _, k := range sortedNames(units) {
			squares += (units[k].sum - mean) * (units[k].sum - mean)
			if sampled > 0 && stage+1 < max(len(e.design.IDs), len(e.design.FPC)) {
				v += sampled * e.variance(stage+1, units[k].rows, z)
			}
		}
		if n > 1 {
			v += (1 - sampled) * n / (n - 1) * squares
		}
	}
	return v
}
