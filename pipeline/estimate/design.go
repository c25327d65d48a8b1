package estimate

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// Design says how the respondents came into the sample. Strata, PSU and FPC
// name items.
type Design struct {
	Kind   table.DesignKind `yaml:"kind"`
	Strata string           `yaml:"strata"` // item that holds the stratum
	PSU    string           `yaml:"psu"`    // item that holds the primary sampling unit; counted within strata

	// FPC is an item, or a number, that gives for each stratum how many
	// sampling units its population has; or, when every value is at most 1,
	// the fraction that was sampled. Empty: sampled with replacement, or from
	// a population too large to matter.
	FPC string `yaml:"fpc"`

	// Lonely says what becomes of a stratum with a single sampling unit;
	// LonelyDomain applies it also to a stratum with a single one in a domain.
	Lonely       Lonely `yaml:"lonely"`
	LonelyDomain bool   `yaml:"lonely_domain"`
}

// Lonely is a rule for strata with a single sampling unit, whose variance
// cannot be estimated. The rules are those of R's survey package.
type Lonely string

// The rules for lonely sampling units.
const (
	LonelyFail    Lonely = "fail"    // no standard errors, and a finding
	LonelyRemove  Lonely = "remove"  // the stratum adds nothing to the variance
	LonelyAdjust  Lonely = "adjust"  // its unit is compared with the mean of all, which is cautious
	LonelyAverage Lonely = "average" // it adds the mean of what the other strata add
)

// Validate returns what contradicts itself in a design. An empty setting takes
// its default.
func (d Design) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(problem, remedy string) { out = append(out, badConfig(problem, remedy)) }
	d = Config{Design: d}.filled().Design
	switch d.Kind {
	case table.Convenience, table.Simple:
		if d.Strata != "" || d.PSU != "" {
			refuse(fmt.Sprintf("The design kind %s has neither strata nor sampling units, but design.strata or design.psu is set.", d.Kind),
				"Set design.kind to stratified or cluster, or remove them.")
		}
		if d.Kind == table.Convenience && d.FPC != "" {
			refuse("A convenience design has no known population, but design.fpc is set.", "Remove design.fpc, or set design.kind to simple.")
		}
	case table.Stratified:
		if d.Strata == "" {
			refuse("The design kind stratified needs design.strata.", "Name the item that holds the stratum.")
		}
		if d.PSU != "" {
			refuse("The design kind stratified samples respondents, but design.psu is set.", "Set design.kind to cluster, or remove design.psu.")
		}
	case table.Cluster:
		if d.PSU == "" {
			refuse("The design kind cluster needs design.psu.", "Name the item that holds the primary sampling unit.")
		}
	default:
		refuse(fmt.Sprintf("The design kind %q is not known.", d.Kind), "Use convenience, simple, stratified or cluster.")
	}
	switch d.Lonely {
	case LonelyFail, LonelyRemove, LonelyAdjust, LonelyAverage:
	default:
		refuse(fmt.Sprintf("The rule %q for lonely sampling units is not known.", d.Lonely), "Use fail, remove, adjust or average.")
	}
	if x, is := constant(d.FPC); is && !(x > 0 && !math.IsInf(x, 0)) {
		refuse("The number in design.fpc is not above 0.", "Give the size of the population, the fraction sampled, or an item.")
	}
	return out
}

func badConfig(problem, remedy string) finding.Finding {
	return finding.Finding{Stage: stage, Kind: "bad-config", Severity: finding.Refusal, Problem: problem, Remedy: remedy}
}

// constant returns the number that an fpc setting is, when it is one.
func constant(fpc string) (float64, bool) {
	if fpc == "" || !strings.ContainsRune("0123456789.+-", rune(fpc[0])) {
		return 0, false
	}
	x, err := strconv.ParseFloat(fpc, 64)
	return x, err == nil
}
