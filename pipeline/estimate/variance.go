package estimate

import "github.com/soundings-survey/soundings/pipeline/estimate/exact"

// variance estimates the variance of the mean m of a profile by linearisation
// (Taylor series), as R's survey package does (Lumley 2010, §2.2 and appendix A):
// each sampling unit k of stratum h has the influence z = Σw(y-m)/W over its
// respondents in the base, and
//
//	V = Σh fh·nh/(nh-1)·Σk(zhk - z̄h)²,  fh = 1 - nh/Nh
//
// with nh the units of the full sample: those without anyone in the base
// count with z = 0. It returns none, with the reason, where it is undefined.
func (f *frame) variance(p profile, m, weight double) (v double, problem string) {
	var sum exact.Sum
	strata, known := 0, 0
	influences, ok := f.influences(p, m, weight)
	for _, h := range influences {
		strata++
		vh, defined := f.stratumVariance(h)
		if !defined {
			if f.design.Lonely == LonelyFail {
				return double{}, NoVariance
			}
			continue
		}
		known++
		ok = vh.addTo(&sum) && ok
	}
	switch {
	case !ok:
		return double{}, OutOfRange
	case known == 0:
		return double{}, NoVariance
	}
	v = doubleOf(sum)
	if negligible(v, m.squared()) {
		return double{}, ""
	}
	if known < strata {
		v = v.times(whole(int64(strata))).over(whole(int64(known)))
	}
	return v, ""
}

// influence is what a stratum's sampling units in the base add up to.
type influence struct {
	stratum int32
	units   int64  // units with anyone in the base
	z, zz   double // Σz and Σz²
}

// influences returns the influences of the strata that the base reaches, and
// whether they could be added up.
func (f *frame) influences(p profile, m, weight double) ([]influence, bool) {
	of := p.base()
	unit := number(1).over(weight)
	if f.kind == respondents {
		out := make([]influence, len(of.parts))
		for i, part := range of.parts {
			z, zz := p.moment(i, m).times(unit), p.square(i, m).times(unit.squared())
			out[i] = influence{part.group, of.masses[i].n, z, zz}
		}
		return out, true
	}
	type sums struct {
		units int64
		z, zz exact.Sum
	}
	by := make([]sums, len(f.size))
	ok := true
	for i, part := range of.parts {
		s := &by[f.stratum[part.group]]
		z := p.moment(i, m).times(unit)
		s.units++
		ok = z.addTo(&s.z) && z.squared().addTo(&s.zz) && ok
	}
	var out []influence
	for h, s := range by {
		if s.units > 0 {
			out = append(out, influence{int32(h), s.units, doubleOf(s.z), doubleOf(s.zz)})
		}
	}
	return out, ok
}

// stratumVariance returns what a stratum adds to the variance, and whether
// that is defined. The influences of all strata add up to 0, so that "adjust",
// which compares with the mean of all, leaves them as they are.
func (f *frame) stratumVariance(h influence) (double, bool) {
	n, rest := f.size[h.stratum], f.rest[h.stratum]
	if rest < 1e-7 {
		return double{}, true // all of the stratum was taken in
	}
	if n == 1 {
		switch f.design.Lonely {
		case LonelyRemove:
			return double{}, true
		case LonelyAdjust:
			return h.zz.times(number(rest)), true
		}
		return double{}, false
	}
	within := h.zz.minus(h.z.squared().over(whole(n)))
	if h.units == 1 && f.design.LonelyDomain {
		switch f.design.Lonely {
		case LonelyAverage:
			return double{}, false
		case LonelyAdjust:
			within = h.zz
		}
	}
	if negligible(within, h.zz) {
		within = double{}
	}
	return within.times(number(rest)).times(whole(n)).over(whole(n - 1)), true
}

// freedom returns the degrees of freedom: the sampling units with a weight in
// the base, less their strata, as R's degf does for a domain.
func (f *frame) freedom(b *groupBase) int64 {
	var units, strata int64
	met := make([]bool, len(f.size))
	for i, part := range b.parts {
		weighted := b.masses[i].n - b.masses[i].zero
		if weighted == 0 {
			continue
		}
		if h := f.stratumOf(part.group); !met[h] {
			met[h] = true
			strata++
		}
		if f.kind != respondents {
			weighted = 1
		}
		units += weighted
	}
	return units - strata
}
