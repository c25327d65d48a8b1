package orderstat

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// Rule is a definition of a quantile.
type Rule string

// The rules. The last six interpolate linearly between plotting positions; they
// are types 4 to 9 of Hyndman and Fan (1996), with weights for counts.
const (
	Math   Rule = "math"   // the smallest number that at least p of all weight does not exceed
	School Rule = "school" // the same, or the mean of it and the next where it is exactly p
	HF4    Rule = "hf4"
	HF5    Rule = "hf5"
	HF6    Rule = "hf6"
	HF7    Rule = "hf7"
	HF8    Rule = "hf8"
	HF9    Rule = "hf9"
)

// Rules returns all rules.
func Rules() []Rule { return []Rule{Math, School, HF4, HF5, HF6, HF7, HF8, HF9} }

// Known reports whether a rule is one of Rules.
func (r Rule) Known() bool { return slices.Contains(Rules(), r) }

func (r Rule) interpolates() bool { return r != Math && r != School }

// position returns the plotting position of a number that has a weight, before
// which some weight comes, where all weigh total and the largest weighs last.
func (r Rule) position(before, weight, total, last exact.Double) exact.Double {
	part := func(n, of float64) exact.Double { return exact.Number(n).Over(exact.Number(of)) }
	through := before.Plus(weight)
	switch r {
	case HF5:
		return before.Plus(weight.Times(exact.Number(0.5))).Over(total)
	case HF6:
		return through.Over(total.Plus(last))
	case HF7:
		rest := total.Minus(last)
		if !(rest.Hi > 0) {
			return exact.Double{} // a single number
		}
		return before.Over(rest)
	case HF8:
		return before.Plus(weight.Times(part(2, 3))).Over(total.Plus(last.Times(part(1, 3))))
	case HF9:
		return before.Plus(weight.Times(exact.Number(0.625))).Over(total.Plus(last.Times(exact.Number(0.25))))
	}
	return through.Over(total) // HF4, and the steps of Math and School
}

// ulps is how far a share of weight may be from p and be p all the same, as a
// part of p: what rounding the weights and p can make of it.
var ulps = math.Ldexp(1, -50)

// beside compares a share of weight with p.
func beside(share exact.Double, p float64) int {
	d := share.Minus(exact.Number(p)).Float()
	switch {
	case math.Abs(d) <= float64(ulps*math.Abs(p)):
		return 0
	case d < 0:
		return -1
	}
	return 1
}
