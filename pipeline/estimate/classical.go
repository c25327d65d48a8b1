package estimate

import (
	"math"

	"github.com/soundings-survey/soundings/pipeline/estimate/hypothesis"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// classical returns a test that knows nothing of weights and design. A
// statistic that has no degrees of freedom is normal.
func classical(method string, result hypothesis.Result, effect float64, name string) table.Test {
	out := untested(method, string(result.Reason))
	out.Effect, out.EffectName = effect, name
	if result.Reason != "" {
		return out
	}
	out.Statistic, out.P, out.Adjusted = result.Statistic, result.P, result.P
	switch {
	case result.DF2 > 0: // F
		out.NDF, out.DDF = result.DF, result.DF2
	case result.DF == 0:
		out.NDF, out.DDF = 1, math.Inf(1)
	default:
		out.NDF, out.DDF = result.DF, math.Inf(1)
	}
	return out
}

// student is classical for a statistic of Student's t, whose degrees of freedom
// are those of its denominator.
func student(out table.Test, df float64) table.Test {
	if out.Why == "" {
		out.NDF, out.DDF = 1, df
	}
	return out
}

// exactly returns a test that has a p alone.
func exactly(method string, p, effect float64, name string) table.Test {
	out := untested(method, "")
	out.P, out.Adjusted, out.Effect, out.EffectName = p, p, effect, name
	if math.IsNaN(p) {
		out.Why = string(hypothesis.NoChange)
	}
	return out
}
