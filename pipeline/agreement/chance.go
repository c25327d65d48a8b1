package agreement

import "math"

// ScottPi returns Scott's pi, whose chance agreement is that of the codes of
// both coders together (Scott 1955).
func (t Table) ScottPi() Coefficient {
	s, why := t.shares()
	if why != Defined {
		return undefined(why)
	}
	if s.single() {
		return undefined(NoVariance)
	}
	expected := 0.0
	for _, p := range s.common() {
		expected += float64(p * p)
	}
	return point((s.agreement() - expected) / (1 - expected))
}

// common returns the shares of codes in the codings of both.
func (s shares) common() []float64 {
	out := make([]float64, len(s.rows))
	for i := range out {
		out[i] = (s.rows[i] + s.cols[i]) / 2
	}
	return out
}

// BrennanPrediger returns the coefficient by which chance takes each code alike
// (Brennan and Prediger 1981); with two codes it is PABAK.
func (t Table) BrennanPrediger() Coefficient {
	s, why := t.shares()
	if why == Defined && len(t) < 2 {
		why = OneCode
	}
	if why != Defined {
		return undefined(why)
	}
	expected := 1 / float64(len(t))
	return point((s.agreement() - expected) / (1 - expected))
}

// AC1 returns Gwet's AC1 of two coders with its standard error (Gwet 2008)
// and the normal interval of the level. It is defined even where all codes are
// the same, as long as there were others to choose from.
func (t Table) AC1(level float64) Coefficient {
	s, why := t.shares()
	if why == Defined && len(t) < 2 {
		why = OneCode
	}
	if why != Defined {
		return undefined(why)
	}
	others := float64(len(t) - 1)
	common := s.common()
	expected := 0.0
	for _, p := range common {
		expected += float64(p*(1-p)) / others
	}
	agreed, rest := s.agreement(), 1-expected
	ac1 := (agreed - expected) / rest
	diagonal, cells := 0.0, 0.0
	for i, row := range s.p {
		diagonal += float64(row[i]*(1-common[i])) / others
		for j, p := range row {
			away := (1 - (common[i]+common[j])/2) / others
			cells += float64(p * float64(away*away))
		}
	}
	v := float64(agreed*(1-agreed)) -
		4*float64((1-ac1)*(diagonal-float64(agreed*expected))) +
		4*float64(float64((1-ac1)*(1-ac1))*(cells-float64(expected*expected)))
	return normal(ac1, root(v)/(rest*math.Sqrt(s.n)), level)
}
