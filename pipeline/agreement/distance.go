package agreement

import (
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/estimate/resample"
)

// Distance says how far two sets of codes are apart.
type Distance string

// The distances between sets: 1 less Jaccard's index (Jaccard 1912), and that
// of Passonneau (2006), "measuring agreement on set-valued items", by which a
// set that holds another is nearer to it than one that merely overlaps.
const (
	Jaccard Distance = "jaccard"
	MASI    Distance = "masi"
)

// between returns the distance of two sets, given as yes and no for each code.
// Two empty sets are equal: both coders found that no code applies.
func (x Distance) between(a, b []int) float64 {
	both, onlyA, onlyB := 0.0, 0.0, 0.0
	for k := range a {
		switch {
		case a[k] == yes && b[k] == yes:
			both++
		case a[k] == yes:
			onlyA++
		case b[k] == yes:
			onlyB++
		}
	}
	either := both + onlyA + onlyB
	if either == both {
		return 0
	}
	alike := both / either
	if x != MASI {
		return 1 - alike
	}
	nested := 2.0 / 3
	switch {
	case both == 0:
		nested = 0
	case onlyA > 0 && onlyB > 0:
		nested = 1.0 / 3
	}
	return 1 - float64(alike*nested)
}

// mostSets is of how many different sets the interval is drawn: each resample
// takes all their distances.
const mostSets = 1500

// SetAlpha returns Krippendorff's alpha of whole sets of codes (Krippendorff
// 2011, with a distance in place of a difference), for any number of coders,
// with the percentile interval of resamples of units. Of more than 1,500
// different sets there is no interval.
func (l *Labels) SetAlpha(distance Distance, b Bootstrap) Alpha {
	s := l.sets()
	apart := s.distances(distance)
	a := s.alpha(apart, func(int) float64 { return 1 })
	if a.Undefined != Defined || b.Resamples <= 0 || len(s.different) > mostSets {
		return a
	}
	draws := make([]resample.Draws, len(s.units))
	for i, unit := range s.names {
		draws[i] = resample.Of(b.Seed, unit)
	}
	var values []float64
	for range b.Resamples {
		if x := s.alpha(apart, func(i int) float64 { return float64(draws[i].Next()) }); x.Undefined == Defined {
			values = append(values, x.Value)
		}
	}
	a.interval(values, b)
	return a
}

// setsOf are the sets of the units that two coders or more have coded.
type setsOf struct {
	names     []string
	units     [][]int // places among the different sets
	different [][]int
}

func (l *Labels) sets() setsOf {
	out := setsOf{}
	place := map[string]int{}
	for i, unit := range l.given {
		var of []int
		for _, decided := range unit {
			if slices.Contains(decided, None) {
				continue
			}
			var key strings.Builder
			for _, d := range decided {
				key.WriteByte(byte('0' + d))
			}
			at, known := place[key.String()]
			if !known {
				at = len(out.different)
				place[key.String()] = at
				out.different = append(out.different, decided)
			}
			of = append(of, at)
		}
		if len(of) >= 2 {
			out.names, out.units = append(out.names, l.Units[i]), append(out.units, of)
		}
	}
	return out
}

func (s setsOf) distances(distance Distance) Table {
	apart := NewTable(len(s.different))
	for i, a := range s.different {
		for j, b := range s.different[:i] {
			d := distance.between(a, b)
			apart[i][j], apart[j][i] = d, d
		}
	}
	return apart
}

// alpha counts unit i so many times.
func (s setsOf) alpha(apart Table, times func(i int) float64) Alpha {
	a := Alpha{Coefficient: undefined(Defined), Observed: math.NaN(), Expected: math.NaN()}
	totals := make([]float64, len(s.different))
	observed := 0.0
	for i, unit := range s.units {
		w := times(i)
		if w == 0 {
			continue
		}
		sum := 0.0
		for j, x := range unit {
			totals[x] += w
			for _, y := range unit[:j] {
				sum += apart[x][y]
			}
		}
		observed += float64(w*2*sum) / float64(len(unit)-1)
		a.Pairable += float64(w * float64(len(unit)))
	}
	if a.Pairable == 0 {
		a.Undefined = NoPairs
		return a
	}
	expected := 0.0
	for i, x := range totals {
		if x == 0 {
			continue
		}
		row := 0.0
		for j, y := range totals[:i] {
			row += float64(y * apart[i][j])
		}
		expected += float64(2 * x * row)
	}
	a.Observed = observed / a.Pairable
	a.Expected = expected / float64(a.Pairable*(a.Pairable-1))
	if expected == 0 {
		a.Undefined = NoVariance
		return a
	}
	a.Value = 1 - a.Observed/a.Expected
	return a
}
