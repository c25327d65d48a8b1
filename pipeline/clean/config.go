package clean

import (
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Config says what is taken out, and what analysts decided about answers.
type Config struct {
	Consent Consent `yaml:"consent"`

	Lines    []cleaninglog.Line `yaml:"-"` // of analysts' logs
	Unbound  bool               `yaml:"-"` // accept lines that do not say which value they saw
	SetAside map[string]bool    `yaml:"-"` // identifiers, among those of Lines, of responses left out before
}

// Default returns the config that asks for no consent.
func Default() Config { return Config{} }

// Validate reports what is wrong with the config itself: half a rule about
// consent must never be taken for none.
func (c Config) Validate() []finding.Finding {
	refuse := func(problem, remedy string) []finding.Finding {
		return []finding.Finding{{Stage: "clean", Kind: "consent-accept", Severity: finding.Refusal,
			Place: finding.Place{Item: c.Consent.Item}, Problem: problem, Remedy: remedy}}
	}
	switch {
	case c.Consent.Item != "" && len(c.Consent.Accept) == 0:
		return refuse("The config does not say which answer to "+c.Consent.Item+" gives consent.", "Add \"consent.accept\".")
	case c.Consent.Item == "" && len(c.Consent.Accept) > 0:
		return refuse("The config says which answer gives consent, but not to which item.", "Add \"consent.item\".")
	}
	return nil
}

// Consent says which answer allows a response to be used.
type Consent struct {
	Item   string `yaml:"item"`   // item that asks for consent; empty when consent was given outside the survey
	Accept Names  `yaml:"accept"` // choices that give it, or the words where the item takes text
}

// Names is a list of names; one name may be written without brackets.
type Names []string

// UnmarshalYAML reads one name, or a list of them.
func (n *Names) UnmarshalYAML(unmarshal func(any) error) error {
	var one string
	if err := unmarshal(&one); err == nil {
		*n = Names{one}
		return nil
	}
	var many []string
	if err := unmarshal(&many); err != nil {
		return err
	}
	*n = many
	return nil
}
