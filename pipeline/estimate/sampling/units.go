package sampling

// Plain reports whether the groups are the sampling units of a design in one
// stage, whose weights were not fitted: the variance then needs no more than
// what each group adds up to.
func (f *Frame) Plain() bool {
	return (f.kind == clusters || f.kind == parents) && f.simple()
}

// Order returns the groups in the order of their names, once the frame is settled.
func (f *Frame) Order() []int32 { return f.groupsInOrder }

// UnitVariances is Variance for some figures at once where the frame is plain:
// z holds the influences of one group after the other, for groups in the order
// of their names, each with as many numbers as there are figures.
func (f *Frame) UnitVariances(groups []int32, z []float64, figures int) ([]float64, string) {
	out := make([]float64, figures)
	sum, d := make([]float64, figures), make([]float64, figures)
	mean := f.meanOfUnits(z, figures)
	strata, known := 0, 0
	for from := 0; from < len(groups); {
		h := f.units.of[groups[from]].stratum
		to := from
		clear(sum)
		for ; to < len(groups) && f.units.of[groups[to]].stratum == h; to++ {
			for i, x := range z[to*figures : (to+1)*figures] {
				sum[i] += x
			}
		}
		n, reached := float64(f.strata.of[h].size), int64(to-from)
		by := f.strata.of[h].rest
		if n > 1 {
			by *= n / (n - 1)
		}
		strata++
		switch f.rule(h, reached) {
		case unknown:
			if f.design.Lonely == LonelyFail {
				return nil, NoVariance
			}
			from = to
			continue
		case nothing:
			by = 0
		case aboutAll:
			copy(d, mean)
		default:
			for i, x := range sum {
				d[i] = x / n
			}
		}
		known++
		if by > 0 {
			for at := from; at < to; at++ {
				for i, x := range z[at*figures : (at+1)*figures] {
					e := x - d[i]
					out[i] += float64(by * float64(e*e))
				}
			}
			for i := range out {
				out[i] += float64(by * float64((n-float64(reached))*float64(d[i]*d[i])))
			}
		}
		from = to
	}
	if known == 0 {
		return nil, NoVariance
	}
	if known < strata {
		for i := range out {
			out[i] *= float64(strata) / float64(known)
		}
	}
	return out, ""
}

// meanOfUnits returns the mean influence of all units.
func (f *Frame) meanOfUnits(z []float64, figures int) []float64 {
	out := make([]float64, figures)
	for i, x := range z {
		out[i%figures] += x
	}
	for i := range out {
		out[i] /= float64(len(f.units.of))
	}
	return out
}

// Freedom returns the degrees of freedom of a base that has respondents with a
// weight in these groups, in a plain frame.
func (f *Frame) Freedom(groups []int32) int64 {
	met := make([]bool, len(f.strata.of))
	strata := 0
	for _, g := range groups {
		if h := f.units.of[g].stratum; !met[h] {
			met[h] = true
			strata++
		}
	}
	return int64(len(groups) - strata)
}
