package check

import (
	"fmt"
	"slices"
	"time"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Config says what is looked for. Each check can be switched off by false.
type Config struct {
	Conditions  bool       `yaml:"conditions"`  // what the form itself asks for: constraint, required, relevant
	Unknown     bool       `yaml:"unknown"`     // answers that are no choice
	Outliers    Outliers   `yaml:"outliers"`    // numbers far from all others
	Durations   Durations  `yaml:"durations"`   // interviews that took no time, or too much
	Straight    Straight   `yaml:"straight"`    // batteries answered all alike
	Exclusive   Exclusive  `yaml:"exclusive"`   // "none" beside other choices
	Other       bool       `yaml:"other"`       // texts behind "other"
	Dates       Dates      `yaml:"dates"`       // days that are still to come, or long gone
	Identifiers bool       `yaml:"identifiers"` // what points to people in open answers
	Same        []string   `yaml:"same"`        // items that together say which organisation answered
	Duplicates  Duplicates `yaml:"duplicates"`  // responses that are nearly alike
	Rules       string     `yaml:"rules"`       // name of the rule sheet
}

// Outliers says which numbers are far from all others.
type Outliers struct {
	Off   bool     `yaml:"-"`
	IQR   float64  `yaml:"iqr"`   // so many interquartile ranges beyond the quartiles; 0 leaves the rule out
	SD    float64  `yaml:"sd"`    // so many standard deviations from the mean; 0 leaves the rule out
	Log   bool     `yaml:"log"`   // judge skewed numbers that are never negative by their logarithms
	By    string   `yaml:"by"`    // a single-choice item: numbers are compared among those who made the same choice
	Leave []string `yaml:"leave"` // items not looked at
}

// Durations says which interviews were too short or too long.
type Durations struct {
	Off     bool    `yaml:"-"`
	Share   float64 `yaml:"share"`   // of the median: below it is a speeder
	Seconds int64   `yaml:"seconds"` // below it is a speeder, in place of the share
	Longest int64   `yaml:"longest"` // in seconds: above it is impossible
}

// Straight says when a battery was answered all alike.
type Straight struct {
	Off   bool `yaml:"-"`
	Items int  `yaml:"items"` // answered items from which it is told
}

// Exclusive says which choices exclude all others.
type Exclusive struct {
	Off     bool     `yaml:"-"`
	Choices []string `yaml:"-"` // names beside those that are known
}

// Dates says which days cannot be.
type Dates struct {
	Off      bool     `yaml:"-"`
	Earliest string   `yaml:"earliest"` // no day before it
	Leave    []string `yaml:"leave"`    // items not looked at
}

// Duplicates says which responses are nearly alike.
type Duplicates struct {
	Off           bool    `yaml:"-"`
	MostDifferent float64 `yaml:"most_different"` // answers that may differ: a share of those given below 1, else how many
	Answered      int     `yaml:"answered"`       // answers a pair must have, so that being alike means something
}

// Default returns what is looked for where the config is silent.
func Default() Config {
	return Config{
		Conditions: true, Unknown: true, Other: true, Identifiers: true,
		Outliers:   Outliers{IQR: 3, SD: 3, Log: true},
		Durations:  Durations{Share: 0.3, Longest: 7 * 24 * 60 * 60},
		Straight:   Straight{Items: 5},
		Duplicates: Duplicates{MostDifferent: 0.05, Answered: 10},
	}
}

// Validate reports what is wrong with the config by itself.
func (c Config) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(key, problem, remedy string) {
		out = append(out, finding.Finding{Stage: stage, Kind: "checks", Severity: finding.Refusal,
			Place: finding.Place{Column: "checks." + key}, Problem: problem, Remedy: remedy})
	}
	if c.Outliers.IQR < 0 || c.Outliers.SD < 0 {
		refuse("outliers", "A distance for outliers is negative.", "Write 0 to leave a rule out, \"outliers: false\" to leave the check out.")
	}
	if c.Durations.Share < 0 || c.Durations.Share >= 1 || c.Durations.Seconds < 0 || c.Durations.Longest <= 0 {
		refuse("durations", "The bounds of a duration do not fit.", "\"share\" is at least 0 and below 1; \"seconds\" and \"longest\" are numbers of seconds.")
	}
	if !c.Straight.Off && c.Straight.Items < 2 {
		refuse("straight.items", "Straight-lining is told from less than two answers.", "Write 2 or more; 5 is usual.")
	}
	if c.Duplicates.MostDifferent < 0 || c.Duplicates.MostDifferent > mostDifferent || c.Duplicates.Answered < 1 {
		refuse("duplicates", "The bounds for responses that are nearly alike do not fit.", fmt.Sprintf("\"most_different\" is a share below 1, or a number of answers up to %d; \"answered\" is 1 or more.", mostDifferent))
	}
	if c.Dates.Earliest != "" {
		if _, err := time.Parse(time.DateOnly, c.Dates.Earliest); err != nil {
			refuse("dates.earliest", "The earliest date is not a date.", "Write it as 2000-01-31.")
		}
	}
	return out
}

// known refuses names of items that the survey lacks.
func (w *work) known(key string, names ...string) bool {
	all := true
	for _, name := range names {
		if _, ok := w.d.Survey.Item(name); !ok {
			all = false
			w.found.Add(finding.Finding{Stage: stage, Kind: "unknown-item", Severity: finding.Refusal, Place: finding.Place{Column: "checks." + key},
				Problem: "The checks speak of an item " + name + ", which the survey does not have.", Remedy: suggestion(name, w.itemNames())})
		}
	}
	return all
}

func (w *work) itemNames() []string {
	out := w.d.Survey.ItemNames()
	slices.Sort(out)
	return out
}

// switched reads settings that may also be false, which switches a check off,
// or true, which leaves them as they are.
func switched[T any](off *bool, into *T, unmarshal func(any) error) error {
	var on bool
	if err := unmarshal(&on); err == nil {
		*off = !on
		return nil
	}
	return unmarshal(into)
}

// UnmarshalYAML reads the settings, or false.
func (o *Outliers) UnmarshalYAML(unmarshal func(any) error) error {
	type plain Outliers
	return switched(&o.Off, (*plain)(o), unmarshal)
}

// UnmarshalYAML reads the settings, or false.
func (o *Durations) UnmarshalYAML(unmarshal func(any) error) error {
	type plain Durations
	return switched(&o.Off, (*plain)(o), unmarshal)
}

// UnmarshalYAML reads the settings, or false.
func (o *Straight) UnmarshalYAML(unmarshal func(any) error) error {
	type plain Straight
	return switched(&o.Off, (*plain)(o), unmarshal)
}

// UnmarshalYAML reads the names of choices, or false.
func (o *Exclusive) UnmarshalYAML(unmarshal func(any) error) error {
	return switched(&o.Off, &o.Choices, unmarshal)
}

// UnmarshalYAML reads the settings, or false.
func (o *Dates) UnmarshalYAML(unmarshal func(any) error) error {
	type plain Dates
	return switched(&o.Off, (*plain)(o), unmarshal)
}

// UnmarshalYAML reads the settings, or false.
func (o *Duplicates) UnmarshalYAML(unmarshal func(any) error) error {
	type plain Duplicates
	return switched(&o.Off, (*plain)(o), unmarshal)
}
