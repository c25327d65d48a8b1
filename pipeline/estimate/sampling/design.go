package sampling

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

	// Stages are the stages of sampling within primary sampling units. They
	// count only where the stage above has a finite population.
	Stages []Stage `yaml:"stages"`

	// Lonely says what becomes of a stratum with a single sampling unit;
	// LonelyDomain applies it also to a stratum with a single one in a domain.
	Lonely       Lonely `yaml:"lonely"`
	LonelyDomain bool   `yaml:"lonely_domain"`

	Replicates Replicates `yaml:"replicates"` // of a replicate design
}

// Stage is a stage of sampling within the units of the stage before.
type Stage struct {
	Unit string `yaml:"unit"` // item that holds the unit; empty: the respondents themselves
	FPC  string `yaml:"fpc"`  // item or number, as Design.FPC, of the units within each unit above
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

// Default returns the design of a sample of which nothing is known.
func Default() Design { return Design{Kind: table.Convenience, Lonely: LonelyFail} }

// Filled returns the design with its defaults where it is empty.
func (d Design) Filled() Design {
	if d.Kind == "" {
		d.Kind = Default().Kind
	}
	if d.Lonely == "" {
		d.Lonely = Default().Lonely
	}
	return d
}

// Validate returns what contradicts itself in a design. An empty setting takes
// its default.
func (d Design) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(problem, remedy string) {
		out = append(out, finding.Finding{Stage: stage, Kind: "bad-config", Severity: finding.Refusal, Problem: problem, Remedy: remedy})
	}
	d = d.Filled()
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
	case table.Replicate:
		if d.Strata != "" || d.PSU != "" || d.FPC != "" {
			refuse("A replicate design is known by its weights alone, but design.strata, design.psu or design.fpc is set.",
				"Remove them, or set design.kind to stratified or cluster.")
		}
	default:
		refuse(fmt.Sprintf("The design kind %q is not known.", d.Kind), "Use convenience, simple, stratified, cluster or replicate.")
	}
	switch d.Lonely {
	case LonelyFail, LonelyRemove, LonelyAdjust, LonelyAverage:
	default:
		refuse(fmt.Sprintf("The rule %q for lonely sampling units is not known.", d.Lonely), "Use fail, remove, adjust or average.")
	}
	if x, is := constant(d.FPC); is && !(x > 0 && !math.IsInf(x, 0)) {
		refuse("The number in design.fpc is not above 0.", "Give the size of the population, the fraction sampled, or an item.")
	}
	d.stages(refuse)
	d.Replicates.validate(d.Kind, refuse)
	return out
}

// stages checks the stages below the first.
func (d Design) stages(refuse func(problem, remedy string)) {
	if len(d.Stages) > 0 && d.Kind != table.Cluster {
		refuse("There are design.stages, but the design kind is not cluster.", "Set design.kind to cluster, or remove design.stages.")
	}
	above := d.FPC
	for i, s := range d.Stages {
		if above == "" {
			refuse(fmt.Sprintf("Stage %d of design.stages counts only where the stage above has a finite population, and that has no fpc.", i+1),
				"Give the fpc of every stage above, or remove the stage.")
		}
		if s.FPC == "" {
			refuse(fmt.Sprintf("Stage %d of design.stages has no fpc.", i+1), "Give the number of units there are within each unit above, or remove the stage.")
		}
		if s.Unit == "" && i < len(d.Stages)-1 {
			refuse(fmt.Sprintf("Stage %d of design.stages samples respondents, but another stage follows.", i+1), "Name the item that holds its units.")
		}
		if x, is := constant(s.FPC); is && !(x > 0 && !math.IsInf(x, 0)) {
			refuse(fmt.Sprintf("The fpc of stage %d of design.stages is not above 0.", i+1), "Give how many units there are, the fraction sampled, or an item.")
		}
		above = s.FPC
	}
}

// Items returns the items that the design names, with the setting of each and
// what it is used for.
func (d Design) Items() []Use {
	var out []Use
	add := func(setting, item string, number bool) {
		if item != "" {
			out = append(out, Use{setting, item, number})
		}
	}
	fpc := func(setting, item string) {
		if _, is := constant(item); !is {
			add(setting, item, true)
		}
	}
	add("design.strata", d.Strata, false)
	add("design.psu", d.PSU, false)
	fpc("design.fpc", d.FPC)
	for i, s := range d.Stages {
		add(fmt.Sprintf("design.stages[%d].unit", i), s.Unit, false)
		fpc(fmt.Sprintf("design.stages[%d].fpc", i), s.FPC)
	}
	for _, c := range d.Replicates.Columns {
		add("design.replicates.columns", c, true)
	}
	return out
}

// Use is an item that a design needs.
type Use struct {
	Setting string // where the design names it
	Item    string
	Number  bool // read as a number; else it tells strata or units apart
}

// Without returns the design without an item that cannot be used.
func (d Design) Without(item string) Design {
	for _, name := range []*string{&d.Strata, &d.PSU, &d.FPC} {
		if *name == item {
			*name = ""
		}
	}
	if d.PSU == "" && d.Kind == table.Cluster {
		d.Kind, d.Stages = table.Stratified, nil
	}
	for _, s := range d.Stages {
		if s.Unit == item || s.FPC == item {
			d.Stages = nil
			break
		}
	}
	return d
}

// constant returns the number that an fpc setting is, when it is one.
func constant(fpc string) (float64, bool) {
	if fpc == "" || !strings.ContainsRune("0123456789.+-", rune(fpc[0])) {
		return 0, false
	}
	x, err := strconv.ParseFloat(fpc, 64)
	return x, err == nil
}
