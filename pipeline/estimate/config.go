package estimate

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/orderstat"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Config says how estimates and their precision are computed.
type Config struct {
	Design   sampling.Design `yaml:"design"`
	Domains  Domains         `yaml:"domains"`
	Interval Interval        `yaml:"interval"` // of shares; means have t intervals
	DEff     DEff            `yaml:"deff"`

	// Quantile says what a quantile is, and QuantileInterval how its interval
	// is made, where a row of the plan does not.
	Quantile         orderstat.Rule   `yaml:"quantile"`
	QuantileInterval QuantileInterval `yaml:"quantile_interval"`

	Tests Tests `yaml:"tests"`

	// Fitted says how the weights were fitted to known totals, so that standard
	// errors know of it; nil when they were not.
	Fitted sampling.Fitted `yaml:"-"`
}

// Domains bounds what the plan may ask for.
type Domains struct {
	Max int `yaml:"max"` // how many domains a row of the plan may make
}

// Interval is a kind of confidence interval for shares.
type Interval string

// The intervals for shares.
const (
	Logit  Interval = "logit"  // symmetric on the log odds, with Student's t
	WaldT  Interval = "wald-t" // symmetric about the share, with Student's t; may leave 0..1
	Wilson Interval = "wilson" // Wilson's score interval on the effective sample size
	Beta   Interval = "beta"   // Korn and Graubard's, on the effective sample size; cautious
	Asin   Interval = "asin"   // symmetric on the arcsine of the root

	Likelihood Interval = "likelihood" // where the likelihood of the share is not much less than its largest
)

var intervals = [...]Interval{Logit, WaldT, Wilson, Beta, Asin, Likelihood}

const knownIntervals = "logit, wald-t, wilson, beta, asin or likelihood"

// DEff says what the variance is compared with in a design effect.
type DEff string

// The comparisons for design effects. With a convenience design it is always
// "replace": its weights do not add up to a population.
const (
	DEffSample  DEff = "sample"  // a simple random sample without replacement from a population of Σw
	DEffReplace DEff = "replace" // one with replacement
)

// Default returns the settings used where the analyst gives none.
func Default() Config {
	return Config{
		Design:   sampling.Default(),
		Domains:  Domains{Max: 2000},
		Interval: Logit,
		DEff:     DEffSample,

		Quantile:         orderstat.Math,
		QuantileInterval: FromMean,
	}
}

// filled returns the config with its defaults where it is empty.
func (c Config) filled() Config {
	d := Default()
	c.Design = c.Design.Filled()
	if c.Domains.Max == 0 {
		c.Domains.Max = d.Domains.Max
	}
	if c.Interval == "" {
		c.Interval = d.Interval
	}
	if c.DEff == "" {
		c.DEff = d.DEff
	}
	if c.Quantile == "" {
		c.Quantile = d.Quantile
	}
	if c.QuantileInterval == "" {
		c.QuantileInterval = d.QuantileInterval
	}
	return c
}

// Validate returns what is wrong with the settings. An empty setting takes its default.
func (c Config) Validate() []finding.Finding {
	c = c.filled()
	out := c.Design.Validate()
	refuse := func(problem, remedy string) { out = append(out, badConfig(problem, remedy)) }
	if !slices.Contains(intervals[:], c.Interval) {
		refuse(fmt.Sprintf("The interval %q is not known.", c.Interval), "Use "+knownIntervals+".")
	}
	switch c.DEff {
	case DEffSample, DEffReplace:
	default:
		refuse(fmt.Sprintf("The design effect %q is not known.", c.DEff), "Use sample or replace.")
	}
	if !c.Quantile.Known() {
		refuse(fmt.Sprintf("The quantile rule %q is not known.", c.Quantile), "Use math, school, hf4, hf5, hf6, hf7, hf8 or hf9.")
	}
	switch {
	case !slices.Contains(quantileIntervals[:], c.QuantileInterval):
		refuse(fmt.Sprintf("The interval %q of quantiles is not known.", c.QuantileInterval), "Use mean, logit, beta, asin or replicates.")
	case c.QuantileInterval == FromReplicates && c.Design.Kind != table.Replicate:
		refuse("The interval of quantiles comes from replicates, but the design kind is not replicate.", "Use mean, logit, beta or asin.")
	}
	out = append(out, c.Tests.Validate()...)
	if c.Domains.Max < 1 {
		refuse("The largest number of domains, estimate.domains, is not above 0.", "Give a number above 0, or remove it.")
	}
	return out
}

func badConfig(problem, remedy string) finding.Finding {
	return finding.Finding{Stage: stage, Kind: "bad-config", Severity: finding.Refusal, Problem: problem, Remedy: remedy}
}
