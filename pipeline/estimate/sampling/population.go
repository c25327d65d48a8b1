package sampling

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Settle works out what part of each stratum's population was not sampled, once
// all answers have been added, and returns what is wrong with the design.
func (f *Frame) Settle() []finding.Finding {
	out := f.troubles()
	if f.settled {
		return out
	}
	f.settled = true
	warn := func(kind string, severity finding.Severity, count int64, problem, remedy string) {
		if count > 0 {
			out = append(out, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Problem: problem, Remedy: remedy, Count: count})
		}
	}
	for s := range f.steps {
		varying, beyond := f.populations(s)
		name := f.design.FPC
		if s > 0 {
			name = f.design.Stages[s-1].FPC
		}
		warn("fpc-varies", finding.Refusal, varying,
			"The finite population correction "+name+" differs within a stratum.",
			"Give every response of a stratum the same number.")
		warn("fpc-beyond", finding.Refusal, beyond,
			"The finite population correction "+name+" says that a stratum has fewer sampling units than were sampled.",
			"Give the number of sampling units in the population of the stratum, not in the sample.")
	}
	var lonely, first int64
	for _, s := range f.strata.of {
		if s.stage > 0 {
			continue
		}
		first++
		if s.size == 1 && s.rest > 0 {
			lonely++
		}
	}
	if first == 1 {
		lonely = 0
	}
	remedy := fmt.Sprintf("They are treated by the rule %q. Joining them with similar strata is better.", f.design.Lonely)
	if f.design.Lonely == LonelyFail {
		remedy = "Figures that rest on them get no standard error. Join them with similar strata, or set design.lonely to remove, adjust or average."
	}
	warn("lonely-psu", finding.Warning, lonely, "There are strata with a single sampling unit, whose variance cannot be estimated.", remedy)
	f.ranked()
	f.fit()
	return out
}

// populations fills rest at a stage, and counts the strata whose correction
// varies or is impossible: these are treated as sampled from large populations.
func (f *Frame) populations(at int) (varying, beyond int64) {
	fractions := true
	for _, s := range f.strata.of {
		fractions = fractions && (s.stage != at || s.high <= 1)
	}
	for h := range f.strata.of {
		s := &f.strata.of[h]
		if s.stage != at {
			continue
		}
		s.rest = 1
		if math.IsInf(s.high, -1) {
			continue
		}
		left := 1 - s.high
		if !fractions {
			left = (s.high - float64(s.size)) / s.high
		}
		switch {
		case s.high != s.low:
			varying++
		case !(s.high > 0) || left < 0:
			beyond++
		default:
			s.rest = left
		}
	}
	return varying, beyond
}

// share returns what a stratum's variance is multiplied with: the parts of
// their populations that the units around it were drawn as.
func (f *Frame) share(h int32) float64 {
	by := 1.0
	for p := f.strata.of[h].key.parent; p != None; {
		s := &f.strata.of[f.units.of[p].stratum]
		by *= 1 - s.rest
		p = s.key.parent
	}
	return by
}
