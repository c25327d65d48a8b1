package protect

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/table"
)

const stage = "protect"

// Least is the smallest threshold that is accepted.
const Least = 5

// Config says how much is withheld.
type Config struct {
	// Threshold is k, in respondents: counts of 1 to k-1 are withheld, and
	// shares and means need a base of 2k. At least 5.
	Threshold int `yaml:"threshold"`

	// Country names the items that say which country a respondent is from or
	// speaks of. Sensitive items are never divided by them.
	Country []string `yaml:"country"`

	// Identity names the items that say who a respondent is, such as who
	// leads the organisation. They are never crossed with sensitive items.
	Identity []string `yaml:"identity"`

	// Fold says that sparse groups are folded together before anything is
	// withheld, in a plan that is made from the form.
	Fold bool `yaml:"fold"`

	// Links is what is known of the items beside their figures: which choices
	// are made of others, and who was never asked. The form and the definitions
	// say it, not the settings.
	Links ledger.Links `yaml:"-"`

	// Dropped are tables that are withheld whole because an audit found them at
	// fault.
	Dropped map[table.Key]bool `yaml:"-"`

	// Audiences are those for whom a release is made.
	Audiences Audiences `yaml:"audiences"`
}

// Default returns the settings that hold where the analyst gives none.
func Default() Config { return Config{Threshold: 10, Fold: true} }

// Validate returns what is wrong with the settings.
func (c Config) Validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(problem, remedy string) {
		out = append(out, finding.Finding{
			Stage: stage, Kind: "bad-config", Severity: finding.Refusal,
			Place: finding.Place{Column: "disclosure"}, Problem: problem, Remedy: remedy,
		})
	}
	if c.Threshold < Least {
		refuse(fmt.Sprintf("The threshold disclosure.threshold is %d, which is less than %d.", c.Threshold, Least),
			"Give 10, or at the very least 5. Protection cannot be switched off.")
	}
	for key, names := range map[string][]string{"country": c.Country, "identity": c.Identity} {
		for _, name := range names {
			if name == "" {
				refuse("The list disclosure."+key+" holds an empty name.", "Name an item, or remove the line.")
			}
		}
	}
	out = append(out, c.validateAudiences()...)
	finding.Sort(out)
	return out
}
