package table

import "github.com/soundings-survey/soundings/pipeline/survey"

// DesignKind says how the respondents came into the sample.
type DesignKind string

// The kinds of design.
const (
	Convenience DesignKind = "convenience" // whoever answered: intervals are indicative only
	Simple      DesignKind = "simple"      // simple random sample
	Stratified  DesignKind = "stratified"
	Cluster     DesignKind = "cluster"   // one or more stages; strata may be given too
	Replicate   DesignKind = "replicate" // known by its replicate weights
)

// Table is what one row of the plan gives: estimates by domain and choice.
type Table struct {
	Row     Row
	Level   string       // name of the level whose units are counted
	Design  DesignKind   // how far its intervals may be trusted
	Domains []Domain     // one for everybody; or one for each value of the groups, in form order
	Choices []string     // names of the choices in form order; one "" for a mean or a net
	Cells   [][]Estimate // Cells[d][c] is the estimate of choice c in domain d
	Sets    *Sets        // of PropCombination: all sets that were chosen
	Tests   []Test       // of a test: one, or one for each comparison; of a model: of its parts, and how well it fits
}

// Domain is a part of the respondents, or all of them.
type Domain struct {
	Values []string // the choice of each group item; empty for everybody
	Base   Base
}

// Base counts the respondents of a domain, unweighted, by what became of the
// item: each is in exactly one of the reasons. Estimates rest on Answered.
type Base struct {
	Reasons  [survey.Reasons]int64 // by survey.Reason
	Weighted float64               // sum of weights of those who answered
	Kish     float64               // effective base, (Σw)²/Σw² of those who answered (Kish 1965, §11.7)
}

// Answered returns the base of the estimates.
func (b Base) Answered() int64 { return b.Reasons[survey.Answered] }

// Asked returns how many were asked the item.
func (b Base) Asked() int64 { return b.Total() - b.Reasons[survey.NotAsked] }

// Total returns how many respondents the domain has.
func (b Base) Total() int64 {
	var n int64
	for _, r := range b.Reasons {
		n += r
	}
	return n
}

// Estimate is a population figure with its precision. Shares are proportions
// between 0 and 1. A figure that cannot be computed is NaN, and Method says why.
type Estimate struct {
	Value    float64 // the proportion or mean
	SE       float64 // standard error under the design
	Lo, Hi   float64 // confidence interval
	DF       float64 // degrees of freedom of the interval
	DEff     float64 // design effect against simple random sampling
	Count    int64   // respondents who made the choice, unweighted; for a mean, the base
	Weighted float64 // their weight
	Method   string  // of the interval: "logit", "wald-t", ... ; or why there is none
}

// Test is what a hypothesis test found. What cannot be computed is NaN, and
// Why says why.
type Test struct {
	Method    string  // "rao-scott-f", "wilcoxon", ...
	Statistic float64 // of the method
	NDF, DDF  float64 // degrees of freedom, of numerator and denominator; DDF is infinite where there is none
	P         float64 // two-sided
	Adjusted  float64 // P after the adjustment for how many tests were made; equal to P without one
	Adjust    string  // "holm", "bonferroni", "bh"; empty without one

	Effect     float64 // its size, on the scale that EffectName names
	EffectName string  // "cramer_v", "epsilon2", "difference", ...
	SE, Lo, Hi float64 // of the effect, where the method gives it
	N          int64   // respondents that it rests on, unweighted

	Choice  string // of a comparison: the choice compared; of a model: the predictor; empty for the table
	Between [2]int // of a comparison: the two domains, as indexes into Table.Domains; of a test within a domain, that one twice
	Pair    bool   // whether it is a comparison of two domains
	Why     string
}
