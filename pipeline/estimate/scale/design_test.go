package scale

import "strconv"

// design is the design of a case: the identifiers of units, strata and sizes of
// the population, outermost stage first.
type design struct {
	IDs     []string `json:"ids"`
	Strata  []string `json:"strata"`
	Weights []string `json:"weights"`
	FPC     []string `json:"fpc"`
}

// drawn is the sample of a case, computed by the definitions alone.
type drawn struct {
	weight []float64
	units  [][]string // by stage and row; within the units above
	strata [][]string
	size   [][]float64 // of the population of the stratum; 0 where it is not known
}

func (t *trial) sample() drawn {
	t.Helper()
	in, d := t.Inputs.Design, drawn{weight: make([]float64, len(t.rows))}
	stages := max(len(in.IDs), 1)
	within := make([]string, len(t.rows))
	for s := range stages {
		units, strata, size := make([]string, len(t.rows)), make([]string, len(t.rows)), make([]float64, len(t.rows))
		for r := range t.rows {
			strata[r] = within[r]
			if s < len(in.Strata) {
				strata[r] += "/" + t.rows[r][in.Strata[s]]
			}
			units[r] = strata[r] + "/" + strconv.Itoa(r)
			if s < len(in.IDs) {
				units[r] = strata[r] + "/" + t.rows[r][in.IDs[s]]
			}
			if s < len(in.FPC) {
				size[r] = t.number(r, in.FPC[s])
			}
		}
		d.units, d.strata, d.size = append(d.units, units), append(d.strata, strata), append(d.size, size)
		within = units
	}
	for r := range t.rows {
		d.weight[r] = 1
		if len(in.Weights) > 0 {
			d.weight[r] = t.number(r, in.Weights[0])
			continue
		}
		for s := range in.FPC {
			d.weight[r] *= d.size[s][r] / float64(d.sampled(s, d.strata[s][r]))
		}
	}
	return d
}

// sampled counts the units of a stratum of a stage.
func (d drawn) sampled(stage int, stratum string) int {
	seen := map[string]bool{}
	for r, s := range d.strata[stage] {
		if s == stratum {
			seen[d.units[stage][r]] = true
		}
	}
	return len(seen)
}

// covariance is that of the totals of two influences under the design.
func (d drawn) covariance(a, b []float64) float64 {
	all := make([]int, len(a))
	for r := range all {
		all[r] = r
	}
	return d.stage(0, all, a, b)
}

func (d drawn) stage(s int, rows []int, a, b []float64) float64 {
	if s == len(d.units) || s > 0 && d.size[s-1][rows[0]] == 0 {
		return 0
	}
	strata := map[string][]int{}
	for _, r := range rows {
		strata[d.strata[s][r]] = append(strata[d.strata[s][r]], r)
	}
	v := 0.0
	for _, in := range strata {
		units := map[string][]int{}
		for _, r := range in {
			units[d.units[s][r]] = append(units[d.units[s][r]], r)
		}
		n := float64(len(units))
		left, share := 1.0, 0.0
		if size := d.size[s][in[0]]; size > 0 {
			left, share = 1-n/size, n/size
		}
		sumA, sumB, products := 0.0, 0.0, 0.0
		for _, u := range units {
			x, y := 0.0, 0.0
			for _, r := range u {
				x += a[r]
				y += b[r]
			}
			sumA += x
			sumB += y
			products += x * y
			v += share * d.stage(s+1, u, a, b)
		}
		if n > 1 {
			v += left * n / (n - 1) * (products - sumA*sumB/n)
		}
	}
	return v
}
