package agreement

import "math"

// Scale says how far two codes are apart.
type Scale string

// The scales of Krippendorff's alpha.
const (
	Nominal  Scale = "nominal"
	Ordinal  Scale = "ordinal"
	Interval Scale = "interval"
	Ratio    Scale = "ratio"
)

// Scales returns the scales, the least demanding first.
func Scales() []Scale { return []Scale{Nominal, Ordinal, Interval, Ratio} }

// Alpha is Krippendorff's alpha with what it is made of.
type Alpha struct {
	Coefficient
	Observed  float64 // disagreement within units
	Expected  float64 // that of codes drawn from all units
	Pairable  float64 // codes in units with two codes or more
	Resamples int     // on which the interval rests
}

// Alpha returns Krippendorff's alpha by the matrix of coincidences
// (Krippendorff 2011, §§A-D). Numbers are the values of the codes; interval and
// ratio scales need them. It is undefined where all codes in units with two or
// more are the same. The interval is left to Bootstrap.
func (c Counts) Alpha(scale Scale, numbers []float64) Alpha {
	codes := 0
	if len(c) > 0 {
		codes = len(c[0])
	}
	m := newCoincidences(codes)
	for _, unit := range c {
		m.add(unit, 1)
	}
	return m.alpha(scale, numbers)
}

// coincidences counts pairs of codes within units, each unit as many as it has
// codes.
type coincidences struct {
	pairs  Table
	totals []float64
}

func newCoincidences(codes int) coincidences {
	return coincidences{NewTable(codes), make([]float64, codes)}
}

// add adds a unit so many times.
func (m coincidences) add(unit []float64, times float64) {
	n := 0.0
	for _, x := range unit {
		n += x
	}
	if n < 2 {
		return
	}
	for i, x := range unit {
		if x == 0 {
			continue
		}
		m.totals[i] += float64(times * x)
		for j, y := range unit {
			if i == j {
				y--
			}
			m.pairs[i][j] += float64(times * (float64(x*y) / (n - 1)))
		}
	}
}

func (m coincidences) alpha(scale Scale, numbers []float64) Alpha {
	a := Alpha{Coefficient: undefined(Defined), Observed: math.NaN(), Expected: math.NaN()}
	used := 0
	for _, n := range m.totals {
		a.Pairable += n
		if n > 0 {
			used++
		}
	}
	a.Undefined = m.fits(scale, numbers)
	if used == 0 {
		a.Undefined = NoPairs
	}
	if a.Undefined != Defined {
		return a
	}
	a.Observed, a.Expected = 0, 0
	for i, x := range m.totals {
		for j, y := range m.totals {
			if i == j || x == 0 || y == 0 {
				continue
			}
			d := m.distance(scale, numbers, i, j)
			a.Observed += float64(m.pairs[i][j] * d)
			a.Expected += float64(float64(x*y) * d)
		}
	}
	a.Observed /= a.Pairable
	a.Expected /= float64(a.Pairable * (a.Pairable - 1))
	if used < 2 || a.Expected == 0 {
		a.Undefined = NoVariance
		return a
	}
	a.Value = 1 - a.Observed/a.Expected
	return a
}

// fits says whether the codes can be measured on the scale.
func (m coincidences) fits(scale Scale, numbers []float64) Reason {
	if scale != Interval && scale != Ratio {
		return Defined
	}
	if len(numbers) != len(m.totals) {
		return NotNumbers
	}
	for i, x := range numbers {
		if scale == Ratio && x < 0 && m.totals[i] > 0 {
			return NotRatio
		}
	}
	return Defined
}

// distance is the squared difference of two codes on a scale.
func (m coincidences) distance(scale Scale, numbers []float64, i, j int) float64 {
	switch scale {
	case Ordinal:
		between := -(m.totals[i] + m.totals[j]) / 2
		for k := min(i, j); k <= max(i, j); k++ {
			between += m.totals[k]
		}
		return float64(between * between)
	case Interval:
		d := numbers[i] - numbers[j]
		return float64(d * d)
	case Ratio:
		if numbers[i] == numbers[j] {
			return 0
		}
		d := (numbers[i] - numbers[j]) / (numbers[i] + numbers[j])
		return float64(d * d)
	default:
		return 1
	}
}
