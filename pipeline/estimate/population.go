package estimate

import (
	"fmt"
	"math"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// settle works out what part of each stratum's population was not sampled,
// once all answers have been added, and returns what is wrong with the design.
func (f *frame) settle() []finding.Finding {
	var out []finding.Finding
	warn := func(kind string, severity finding.Severity, count int64, problem, remedy string) {
		if count > 0 {
			out = append(out, finding.Finding{Stage: stage, Kind: kind, Severity: severity, Problem: problem, Remedy: remedy, Count: count})
		}
	}
	varying, beyond := f.populations()
	warn("fpc-varies", finding.Refusal, varying,
		"The finite population correction "+f.design.FPC+" differs within a stratum.",
		"Give every response of a stratum the same number.")
	warn("fpc-beyond", finding.Refusal, beyond,
		"The finite population correction "+f.design.FPC+" says that a stratum has fewer sampling units than were sampled.",
		"Give the number of sampling units in the population of the stratum, not in the sample.")
	var lonely int64
	for h, n := range f.size {
		if n == 1 && f.rest[h] > 0 && len(f.size) > 1 {
			lonely++
		}
	}
	remedy := fmt.Sprintf("They are treated by the rule %q. Joining them with similar strata is better.", f.design.Lonely)
	if f.design.Lonely == LonelyFail {
		remedy = "Figures that rest on them get no standard error. Join them with similar strata, or set design.lonely to remove, adjust or average."
	}
	warn("lonely-psu", finding.Warning, lonely, "There are strata with a single sampling unit, whose variance cannot be estimated.", remedy)
	return out
}

// populations fills rest, and counts the strata whose correction varies or is
// impossible: these are treated as sampled from large populations.
func (f *frame) populations() (varying, beyond int64) {
	f.rest = make([]float64, len(f.size))
	fractions := true
	for _, x := range f.fpcHigh {
		fractions = fractions && x <= 1
	}
	for h, x := range f.fpcHigh {
		f.rest[h] = 1
		if math.IsInf(x, -1) {
			continue
		}
		left := 1 - x
		if !fractions {
			left = (x - float64(f.size[h])) / x
		}
		switch {
		case x != f.fpcLow[h]:
			varying++
		case !(x > 0) || left < 0:
			beyond++
		default:
			f.rest[h] = left
		}
	}
	return varying, beyond
}
