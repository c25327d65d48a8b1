package weight

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/weighting"
)

// Config says where weights come from.
type Config struct {
	Column string `yaml:"column"` // numeric item that holds the base weight; empty for weight 1

	// Method fits the weights to the totals of a frame; empty: they are not fitted.
	Method  Method     `yaml:"method"`
	Frame   string     `yaml:"frame"`   // sheet of known totals
	Margins [][]string `yaml:"margins"` // the items of each margin; empty: the margins of the frame

	Distance weighting.Distance `yaml:"distance"` // of a calibration: linear, raking or logit
	Bounds   []float64          `yaml:"bounds"`   // least and largest factor of a calibration

	Trim Trim `yaml:"trim"`

	Missing    Missing `yaml:"missing"`    // what becomes of respondents who lack an answer to an item of the margins
	Tolerance  float64 `yaml:"tolerance"`  // share of a total by which it may be missed
	Iterations int     `yaml:"iterations"` // rounds of raking or calibration, at most

	// Epsilon stops raking by the rule of R's survey package: when a round
	// changes no joint category by as much, in sums of weights.
	Epsilon float64 `yaml:"epsilon"`

	Propensity Propensity `yaml:"propensity"`
}

// Method is a way to fit weights to known totals.
type Method string

// The methods.
const (
	PostStratify Method = "post-stratify"
	Rake         Method = "rake"
	Calibrate    Method = "calibrate"
)

// Missing is a rule for respondents who lack an answer to an item of the margins.
type Missing string

// The rules.
const (
	Refuse Missing = "refuse" // the run stops
	Keep   Missing = "keep"   // they count as the average of all: their base weight times population over sum of base weights
)

// Trim bounds weights. What is cut off is shared out equally among those within
// the bounds.
type Trim struct {
	Upper  float64 `yaml:"upper"` // 0: none
	Lower  float64 `yaml:"lower"`
	Strict bool    `yaml:"strict"` // repeated until no weight is beyond a bound
}

func (t Trim) none() bool { return t == Trim{} }

// Propensity weights those who answered by how likely those like them were to.
type Propensity struct {
	Frame string `yaml:"frame"` // sheet of those who were asked
}

// Default returns the config that gives every response the weight 1.
func Default() Config { return Config{} }

// filled returns the config with its defaults where it is empty.
func (cfg Config) filled() Config {
	if cfg.Distance == "" {
		cfg.Distance = weighting.Linear
	}
	if cfg.Missing == "" {
		cfg.Missing = Refuse
	}
	if cfg.Iterations == 0 {
		cfg.Iterations = 1000
	}
	if cfg.Tolerance == 0 && cfg.Epsilon == 0 {
		cfg.Tolerance = 1e-10
	}
	return cfg
}

func (cfg Config) bounds() weighting.Bounds {
	if len(cfg.Bounds) != 2 {
		return weighting.Bounds{}
	}
	return weighting.Bounds{Least: cfg.Bounds[0], Largest: cfg.Bounds[1]}
}

func (cfg Config) rule() weighting.Rule {
	return weighting.Rule{Tolerance: cfg.Tolerance, Change: cfg.Epsilon, Rounds: cfg.Iterations}
}

// Weighs reports whether respondents may count unequally.
func (cfg Config) Weighs() bool { return cfg.Column != "" || cfg.Fits() }

// Fits reports whether weights depend on more than their base.
func (cfg Config) Fits() bool {
	return cfg.Method != "" || !cfg.Trim.none() || cfg.Propensity.Frame != ""
}

// Validate returns what contradicts itself in the config; the column of each
// place is the setting.
func (cfg Config) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(key, problem, remedy string) {
		out = append(out, finding.Finding{Stage: stage, Kind: "bad-config", Severity: finding.Refusal,
			Place: finding.Place{Column: "weight." + key}, Problem: problem, Remedy: remedy})
	}
	switch cfg.Method {
	case PostStratify, Rake, Calibrate:
		if cfg.Frame == "" {
			refuse("method", fmt.Sprintf("The method %s needs known totals, but weight.frame names no sheet.", cfg.Method), "Name the sheet under weight.frame.")
		}
	case "":
		for _, k := range []struct {
			key string
			set bool
		}{{"frame", cfg.Frame != ""}, {"margins", len(cfg.Margins) > 0}} {
			if k.set {
				refuse(k.key, "There is weight."+k.key+", but no weight.method.", "Set weight.method to post-stratify, rake or calibrate, or remove it.")
			}
		}
	default:
		refuse("method", fmt.Sprintf("The method %q of weighting is not known.", cfg.Method), "Use post-stratify, rake or calibrate.")
	}
	cfg.validateMargins(refuse)
	cfg.validateDistance(refuse)
	for _, k := range []struct {
		key string
		x   float64
	}{{"trim.upper", cfg.Trim.Upper}, {"trim.lower", cfg.Trim.Lower}, {"tolerance", cfg.Tolerance}, {"epsilon", cfg.Epsilon}, {"iterations", float64(cfg.Iterations)}} {
		if !(k.x >= 0) || math.IsInf(k.x, 0) {
			refuse(k.key, "The number in weight."+k.key+" is not 0 or above.", "Give a number above 0, or remove it.")
		}
	}
	switch {
	case cfg.Trim.Upper > 0 && cfg.Trim.Lower >= cfg.Trim.Upper:
		refuse("trim", "In weight.trim, lower is not below upper.", "Correct the two weights.")
	case cfg.Trim.Strict && cfg.Trim.Upper == 0 && cfg.Trim.Lower == 0:
		refuse("trim", "In weight.trim, strict is set but neither upper nor lower.", "Give a bound.")
	}
	if cfg.Tolerance > 0.01 {
		refuse("tolerance", "With weight.tolerance, totals may be missed by more than one in a hundred.", "Give a smaller share, such as 1e-6.")
	}
	switch {
	case cfg.Epsilon > 0 && cfg.Method != Rake:
		refuse("epsilon", "The rule of weight.epsilon is one for raking.", "Remove it, or set weight.method to rake.")
	case cfg.Epsilon > 0 && cfg.Tolerance > 0:
		refuse("epsilon", "Both weight.epsilon and weight.tolerance say when to stop.", "Remove one of them.")
	}
	if !slices.Contains([]Missing{"", Keep, Refuse}, cfg.Missing) {
		refuse("missing", fmt.Sprintf("The rule %q for respondents who lack an answer is not known.", cfg.Missing), "Use keep or refuse.")
	}
	return out
}

func (cfg Config) validateMargins(refuse func(key, problem, remedy string)) {
	if cfg.Method == PostStratify && len(cfg.Margins) > 1 {
		refuse("margins", "Post-stratification has one margin, but weight.margins has more.", "Write [[a, b]] for the joint choices of two items, or set weight.method to rake.")
	}
	seen := map[string]bool{}
	for _, m := range cfg.Margins {
		sorted := slices.Sorted(slices.Values(m))
		name := strings.Join(sorted, " x ")
		switch {
		case len(m) == 0:
			refuse("margins", "A margin of weight.margins names no item.", "Name its items, as in [[region], [size, lang]].")
		case len(slices.Compact(sorted)) < len(m):
			refuse("margins", "A margin of weight.margins names an item twice.", "Name each once.")
		case seen[name]:
			refuse("margins", "The margin "+name+" stands twice in weight.margins.", "Remove one.")
		}
		seen[name] = true
	}
}

func (cfg Config) validateDistance(refuse func(key, problem, remedy string)) {
	if cfg.Method != Calibrate {
		if cfg.Distance != "" {
			refuse("distance", "There is weight.distance, but the method is not calibrate.", "Set weight.method to calibrate, or remove it.")
		}
		if len(cfg.Bounds) > 0 {
			refuse("bounds", "There is weight.bounds, but the method is not calibrate.", "Set weight.method to calibrate, or use weight.trim.")
		}
		return
	}
	bounded := len(cfg.Bounds) > 0
	switch d := cfg.filled().Distance; {
	case !slices.Contains([]weighting.Distance{weighting.Linear, weighting.Exponential, weighting.Logit}, d):
		refuse("distance", fmt.Sprintf("The distance %q is not known.", d), "Use linear, raking or logit.")
	case d == weighting.Logit && !bounded:
		refuse("distance", "The distance logit needs weight.bounds.", "Give the least and the largest factor, as in [0.3, 3].")
	case d == weighting.Exponential && bounded:
		refuse("bounds", "The distance raking has no bounds.", "Use the distance logit or linear, or remove weight.bounds.")
	}
	if bounded && !(len(cfg.Bounds) == 2 && cfg.Bounds[0] >= 0 && cfg.Bounds[0] < 1 && cfg.Bounds[1] > 1 && !math.IsInf(cfg.Bounds[1], 0)) {
		refuse("bounds", "The bounds of factors are not two numbers, one from 0 to 1 and one above 1.", "Give them as in [0.3, 3].")
	}
}
