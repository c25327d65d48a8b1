package sampling

import "github.com/soundings-survey/soundings/pipeline/estimate/exact"

// Reasons why there is no variance.
const (
	NoVariance = "single sampling unit"     // in a stratum, under the rule "fail", or in all under "average"
	OutOfRange = "numbers too large to add" // totals beyond 2^127
)

// Variance estimates the variance of a figure by linearisation (Taylor series;
// Lumley 2010, §2.2 and appendix A): each sampling unit k of stratum h has the
// influence z = Σw(y-m)/by over its respondents in the base, and
//
//	V = Σh fh·nh/(nh-1)·Σk(zhk - z̄h)²,  fh = 1 - nh/Nh
//
// with nh the units of the full sample: those without anyone in the base count
// with z = 0. Stages below add the same within each unit, times the sampling
// fractions of the units around it (Särndal, Swensson and Wretman 1992, §4.4).
// A mean has by = Σw; a ratio the total of its denominator; a total m = 0, by = 1.
//
// It returns none, with the reason, where the variance is undefined.
func (f *Frame) Variance(p Spread, m, by exact.Double) (v exact.Double, problem string) {
	if f.kind == replicates {
		return f.replicated(p)
	}
	walk := newWalk(f)
	for _, e := range f.effects(p, m, by) {
		walk.enter(e)
	}
	walk.climb()
	var sum exact.Sum
	strata, known := 0, 0
	for h, s := range walk.strata {
		if s.units == 0 {
			continue
		}
		if f.strata.of[h].stage == 0 {
			strata++
		}
		vh, defined := f.term(int32(h), s, walk.mean)
		if !defined {
			if f.design.Lonely == LonelyFail {
				return exact.Double{}, NoVariance
			}
			continue
		}
		if f.strata.of[h].stage == 0 {
			known++
		}
		walk.ok = vh.AddTo(&sum) && walk.ok
	}
	switch {
	case !walk.ok:
		return exact.Double{}, OutOfRange
	case known == 0:
		return exact.Double{}, NoVariance
	}
	v = exact.DoubleOf(sum)
	if exact.Negligible(v, m.Over(by).Squared().Times(exact.DoubleOf(p.Base().Total.W).Squared())) {
		return exact.Double{}, ""
	}
	if known < strata {
		v = v.Times(exact.Whole(int64(strata))).Over(exact.Whole(int64(known)))
	}
	return v, ""
}

// effect is what the respondents of a group add up to: Σz and, where they are
// the sampling units, Σz².
type effect struct {
	group int32
	units int64 // respondents in the base
	z, zz exact.Double
}

// effects returns the influence of the groups that the base reaches or, where
// weights were fitted, of all.
func (f *Frame) effects(p Spread, m, by exact.Double) []effect {
	of := p.Base()
	unit := exact.Number(1).Over(by)
	out := make([]effect, len(of.Parts))
	for i, part := range of.Parts {
		out[i] = effect{group: part.Group, units: of.Masses[i].N, z: p.Moment(i, m).Times(unit)}
		if of.Squares {
			out[i].zz = p.Square(i, m).Times(unit.Squared())
		}
	}
	if f.after != nil {
		return f.after.residuals(f, out, func(i int) exact.Double { return p.Cross(i, m).Times(unit) })
	}
	return out
}

// walk carries influences from the groups up through units and strata.
type walk struct {
	*Frame
	strata []inStratum
	units  []inUnit
	mean   exact.Double // of all units of the first stage
	ok     bool
}

// inStratum is what the units of a stratum add up to.
type inStratum struct {
	units int64 // with anyone in the base
	z, zz exact.Sum
}

type inUnit struct {
	met bool
	z   exact.Sum
}

func newWalk(f *Frame) *walk {
	w := &walk{Frame: f, strata: make([]inStratum, len(f.strata.of)), ok: true}
	if !f.simple() {
		w.units = make([]inUnit, len(f.units.of))
	}
	return w
}

// enter adds the effect of a group to its node.
func (w *walk) enter(e effect) {
	at := w.groups.of[e.group].node
	if w.kind != respondents && w.simple() { // the group is all there is of the unit
		s := &w.strata[w.Frame.units.of[at].stratum]
		s.units++
		w.ok = e.z.AddTo(&s.z) && e.z.Squared().AddTo(&s.zz) && w.ok
		return
	}
	if w.kind != respondents {
		u := &w.units[at]
		u.met = true
		w.ok = e.z.AddTo(&u.z) && w.ok
		return
	}
	s := &w.strata[at]
	s.units += e.units
	w.ok = e.z.AddTo(&s.z) && e.zz.AddTo(&s.zz) && w.ok
}

// climb adds units to their strata, and strata to the units around them, from
// the last stage to the first.
func (w *walk) climb() {
	deepest := len(w.steps) - 1
	for stage := deepest; stage >= 0; stage-- {
		for h := range w.strata {
			s := &w.strata[h]
			if stage == deepest || w.Frame.strata.of[h].stage != stage+1 || s.units == 0 {
				continue
			}
			u := &w.units[w.Frame.strata.of[h].key.parent]
			u.met = true
			w.ok = u.z.Merge(s.z) && w.ok
		}
		for k := range w.units {
			u := &w.units[k]
			h := w.Frame.units.of[k].stratum
			if !u.met || w.Frame.strata.of[h].stage != stage {
				continue
			}
			z := exact.DoubleOf(u.z)
			s := &w.strata[h]
			s.units++
			w.ok = z.AddTo(&s.z) && z.Squared().AddTo(&s.zz) && w.ok
		}
	}
	var sum exact.Sum
	var units int64
	for h, s := range w.strata {
		if w.Frame.strata.of[h].stage == 0 {
			sum.Merge(s.z)
			units += w.Frame.strata.of[h].size
		}
	}
	if units > 0 {
		w.mean = exact.DoubleOf(sum).Over(exact.Whole(units))
	}
}

// term returns what a stratum adds to the variance, and whether that is defined.
func (f *Frame) term(h int32, s inStratum, mean exact.Double) (exact.Double, bool) {
	of := f.strata.of[h]
	n := of.size
	by := exact.Number(of.rest).Times(exact.Number(f.share(h)))
	z, zz := exact.DoubleOf(s.z), exact.DoubleOf(s.zz)
	var within exact.Double
	switch f.rule(h, s.units) {
	case nothing:
		return exact.Double{}, true
	case unknown:
		return exact.Double{}, false
	case aboutAll: // Σ(z-z̄)² with z̄ the mean of all units; those not reached have z = 0
		within = zz.Minus(mean.Times(z).Times(exact.Number(2))).Plus(mean.Squared().Times(exact.Whole(n)))
		if n == 1 {
			return within.Times(by), true
		}
	default:
		within = zz.Minus(z.Squared().Over(exact.Whole(n)))
	}
	if exact.Negligible(within, zz) {
		within = exact.Double{}
	}
	return within.Times(by).Times(exact.Whole(n)).Over(exact.Whole(n - 1)), true
}

// rule says how the spread of a stratum's units is taken.
type rule int

const (
	aboutOwn rule = iota // about their mean
	aboutAll             // about the mean of all units
	nothing              // it adds nothing
	unknown              // it cannot be known
)

// rule decides for a stratum of which the base reaches so many units.
func (f *Frame) rule(h int32, reached int64) rule {
	s := f.strata.of[h]
	lonely := s.size == 1 || reached == 1 && f.design.LonelyDomain
	switch {
	case s.rest < 1e-7: // all of the stratum was taken in
		return nothing
	case !lonely || s.stage > 0 && s.size > 1:
		return aboutOwn
	case s.stage > 0: // a single unit was drawn: it tells nothing
		return nothing
	case f.design.Lonely == LonelyAdjust:
		return aboutAll
	case f.design.Lonely == LonelyAverage:
		return unknown
	case s.size > 1:
		return aboutOwn
	case f.design.Lonely == LonelyRemove:
		return nothing
	}
	return unknown
}

// replicated estimates the variance of a figure from its replicates.
func (f *Frame) replicated(p Spread) (exact.Double, string) {
	of := p.Base()
	in := make([][]float64, f.Replicated())
	whole := []float64{0}
	for at, part := range of.Parts {
		x := p.Figure(at).Float()
		if part.Group == 0 {
			whole[0] = x
		} else {
			in[part.Group-1] = []float64{x}
		}
	}
	for _, row := range in {
		if row == nil {
			return exact.Double{}, NoVariance
		}
	}
	return exact.Number(f.design.Replicates.Deviations(in, whole)[0][0]), ""
}

// freedom returns the degrees of freedom: the sampling units of the first stage
// with a weight in the base, less their strata, as R's degf does for a domain;
// in a replicate design, the rank of the replicate weights less 1.
func (f *Frame) freedom(b *Base) int64 {
	if f.kind == replicates {
		return f.rank() - 1
	}
	var units, strata int64
	metStratum := make([]bool, len(f.strata.of))
	var metUnit []bool
	if !f.simple() {
		metUnit = make([]bool, len(f.units.of))
	}
	for i, part := range b.Parts {
		weighted := b.Masses[i].N - b.Masses[i].Zero
		if weighted == 0 {
			continue
		}
		h, k := f.first(part.Group)
		switch {
		case k == None:
			units += weighted
		case metUnit == nil:
			units++
		case !metUnit[k]:
			metUnit[k] = true
			units++
		}
		if !metStratum[h] {
			metStratum[h] = true
			strata++
		}
	}
	return units - strata
}

// first returns the stratum and the unit of the first stage of a group; None
// where respondents are the units.
func (f *Frame) first(group int32) (h, k int32) {
	k, h = None, f.groups.of[group].node
	if f.kind != respondents {
		k, h = h, f.units.of[h].stratum
	}
	for f.strata.of[h].key.parent != None {
		k = f.strata.of[h].key.parent
		h = f.units.of[k].stratum
	}
	return h, k
}
