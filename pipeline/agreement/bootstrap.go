package agreement

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/resample"
)

// Bootstrap says how an interval is drawn.
type Bootstrap struct {
	Resamples int     // none: no interval
	Seed      uint64  // another seed draws others
	Level     float64 // of confidence, such as 0.95
}

// Alpha returns Krippendorff's alpha of all coders with the percentile interval
// of resamples of units. How often a unit is drawn hangs on its name and the
// seed alone, so that the order of units does not matter. Resamples in which all
// codes are the same are left out; where they are half or more there is no
// interval.
func (d *Data) Alpha(scale Scale, b Bootstrap) Alpha {
	numbers, _ := d.Numbers()
	counts, units := d.counts()
	a := counts.Alpha(scale, numbers)
	if a.Undefined != Defined || b.Resamples <= 0 {
		return a
	}
	draws := make([]resample.Draws, len(units))
	for i, unit := range units {
		draws[i] = resample.Of(b.Seed, unit)
	}
	var values []float64
	for range b.Resamples {
		m := newCoincidences(len(d.Codes))
		for i, unit := range counts {
			if times := draws[i].Next(); times > 0 {
				m.add(unit, float64(times))
			}
		}
		if x := m.alpha(scale, numbers); x.Undefined == Defined {
			values = append(values, x.Value)
		}
	}
	a.interval(values, b)
	return a
}

// interval takes the percentile interval of the resamples that have a value, if
// they are more than half.
func (a *Alpha) interval(values []float64, b Bootstrap) {
	a.Resamples = len(values)
	if 2*len(values) <= b.Resamples {
		return
	}
	slices.Sort(values)
	a.SE = deviation(values)
	a.Lo = resample.Smooth(values, (1-b.Level)/2)
	a.Hi = resample.Smooth(values, (1+b.Level)/2)
}

// deviation is the standard deviation of values, of which there are two or more.
func deviation(values []float64) float64 {
	mean, squares := 0.0, 0.0
	for _, x := range values {
		mean += x
	}
	mean /= float64(len(values))
	for _, x := range values {
		squares += float64((x - mean) * (x - mean))
	}
	return root(squares / float64(len(values)-1))
}
