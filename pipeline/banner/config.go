// Package banner holds the rules of banner tables, in which the columns are
// groups of respondents under the questions that make them: which figures such
// tables need, which groups may be compared, and the letters that say which
// figures are larger than which.
package banner

import (
	"fmt"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Test is the way in which two groups are compared.
type Test string

// The ways of comparing. The empty one leaves it to the design of the sample:
// none for a convenience sample, Design for all others.
const (
	None      Test = "none"
	Design    Test = "design"         // t of the difference, with its standard error under the design
	Effective Test = "effective-base" // z of two shares on their effective bases (Kish 1965, §11.7)
)

// Config says what the banner tables show.
type Config struct {
	Banner []string `yaml:"banner"` // items whose choices are the columns; none: the domains of the report
	Items  Items    `yaml:"items"`  // items whose answers are the rows; none: all that the plan has

	// Levels are one or two levels of confidence, the higher first: its letters
	// are capitals, those of the other small.
	Levels []float64 `yaml:"levels"`

	Test Test `yaml:"test"`

	// MinimumBase is how many respondents, unweighted, a group must have to be
	// compared.
	MinimumBase int `yaml:"minimum_base"`

	// Adjust says how p is adjusted for how many pairs a row compares under one
	// question of the banner: none, holm, bonferroni or bh.
	Adjust string `yaml:"adjust"`
}

// Default returns the settings that hold where the analyst gives none.
func Default() Config {
	return Config{Levels: []float64{0.95, 0.90}, MinimumBase: 30, Adjust: "none"}
}

// Asked reports whether the analyst asked for tables of a kind, rather than for
// those that come of themselves.
func (c Config) Asked() bool { return len(c.Banner) > 0 || len(c.Items) > 0 || c.Test != "" }

// Items are names of items, none for all. "items: all" is another way to say so.
type Items []string

// UnmarshalYAML reads the word "all" or a list of names.
func (i *Items) UnmarshalYAML(unmarshal func(any) error) error {
	var word string
	if err := unmarshal(&word); err == nil {
		*i = Items{word}
	} else {
		var names []string
		if err := unmarshal(&names); err != nil {
			return err
		}
		*i = names
	}
	if len(*i) == 1 && (*i)[0] == "all" {
		*i = nil
	}
	return nil
}

// steps is how finely levels may be given: in thousandths, as p is published.
const steps = 1000

// Validate returns what is wrong with the settings. Places name their keys.
func (c Config) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(key, problem, remedy string) {
		out = append(out, finding.Finding{
			Stage: "plan", Kind: "bad-config", Severity: finding.Refusal,
			Place: finding.Place{Column: "tables." + key}, Problem: problem, Remedy: remedy,
		})
	}
	for _, list := range []struct {
		key   string
		names []string
	}{{"banner", c.Banner}, {"items", c.Items}} {
		for i, name := range list.names {
			if name == "" || slices.Contains(list.names[:i], name) {
				refuse(list.key, "The list tables."+list.key+" holds an empty name, or one twice.", "Name each item once.")
				break
			}
		}
	}
	if n := len(c.Levels); n < 1 || n > 2 {
		refuse("levels", fmt.Sprintf("There are %d levels of confidence under tables.levels.", n), "Give one or two, such as [0.95, 0.90].")
	}
	for _, l := range c.Levels {
		if whole := float64(l * steps); !(l >= 0.5 && l < 1) || math.Abs(whole-math.Round(whole)) > 1e-9 {
			refuse("levels", "A level under tables.levels is not between 0.5 and 1, or has more than three decimals.", "Write 0.95, for instance.")
			break
		}
	}
	if len(c.Levels) == 2 && c.Levels[0] <= c.Levels[1] {
		refuse("levels", "The second level under tables.levels is not below the first.", "Put the higher one first: [0.95, 0.90].")
	}
	if !slices.Contains([]Test{"", None, Design, Effective}, c.Test) {
		refuse("test", fmt.Sprintf("The test %q of tables.test is not known.", c.Test), "Use design, effective-base or none.")
	}
	if c.MinimumBase < 2 {
		refuse("minimum_base", "The minimum base, tables.minimum_base, is less than 2.", "Write 30, for instance.")
	}
	if !slices.Contains([]string{"none", "holm", "bonferroni", "bh"}, c.Adjust) {
		refuse("adjust", fmt.Sprintf("The adjustment %q of tables.adjust is not known.", c.Adjust), "Use none, holm, bonferroni or bh.")
	}
	return out
}
