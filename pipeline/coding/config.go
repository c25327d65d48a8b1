package coding

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/language"
)

// Config says who codes open answers, what of a response they may see, and
// where their codes come back.
type Config struct {
	Coders      []Coder  `yaml:"coders"`
	Context     []string `yaml:"context"`     // items that coders see beside an answer
	Double      float64  `yaml:"double"`      // share of answers that two coders get
	Seed        uint64   `yaml:"seed"`        // of the draws
	Files       []string `yaml:"files"`       // what coders gave back, also as patterns
	Adjudicated string   `yaml:"adjudicated"` // what was decided where coders disagree
}

// Coder is a person who codes. "coders: [ana]" is short for "coders: [{name: ana}]".
type Coder struct {
	Name      string   `yaml:"name"`
	Languages []string `yaml:"languages"` // that they read; none: all
}

// UnmarshalYAML reads the short form and the long one.
func (c *Coder) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&c.Name); err == nil {
		return nil
	}
	type long Coder
	return unmarshal((*long)(c))
}

// Reads reports whether a coder reads a language.
func (c Coder) Reads(language string) bool {
	return len(c.Languages) == 0 || slices.Contains(c.Languages, language)
}

// Default returns the config that holds where the file is silent.
func Default() Config { return Config{Double: 0.2, Seed: 1} }

// longestName is how many letters the name of a coder has at most: files are named by it.
const longestName = 40

// Validate reports what is wrong with the config itself, which names a codebook or
// not. The column of a finding names the key.
func (c Config) Validate(codebook bool) []finding.Finding {
	var out []finding.Finding
	refuse := func(key, problem, remedy string) {
		out = append(out, finding.Finding{Stage: "code", Kind: "coding", Severity: finding.Refusal, Place: finding.Place{Column: key}, Problem: problem, Remedy: remedy})
	}
	if !codebook && (len(c.Coders) > 0 || len(c.Context) > 0 || len(c.Files) > 0 || c.Adjudicated != "") {
		refuse("coding", "The config says who codes, but names no codebook.", "Add \"code.codebook\", or remove \"coding\".")
	}
	seen := map[string]bool{}
	for i, k := range c.Coders {
		lower := strings.ToLower(k.Name)
		switch {
		case !named(k.Name):
			refuse("coding.coders", fmt.Sprintf("The name of coder %d under coding.coders cannot name a file.", i+1), "Write letters, digits, hyphens and underscores, 40 at most; a letter or digit first. It need not be the person's own name.")
		case lower == string(Rule) || lower == string(Adjudicated):
			refuse("coding.coders", "A coder is called "+lower+", which has a meaning of its own.", "Call the coder otherwise.")
		case seen[lower]:
			refuse("coding.coders", "The coder "+k.Name+" stands twice under coding.coders.", "Remove one of them.")
		}
		seen[lower] = true
		for _, l := range k.Languages {
			if !slices.Contains(language.All(), l) {
				refuse("coding.coders", fmt.Sprintf("The coder %s reads %q, which is no language that answers are coded in.", k.Name, l), "The languages are: "+strings.Join(language.All(), ", ")+".")
			}
		}
	}
	if !(c.Double >= 0 && c.Double <= 1) {
		refuse("coding.double", "The share of answers for two coders, coding.double, is not between 0 and 1.", "Write 0.2 for one answer in five.")
	}
	if slices.Contains(c.Files, "") {
		refuse("coding.files", "A name under coding.files is empty.", "Name a file or a pattern such as coded/*.xlsx.")
	}
	return out
}

// named reports whether a name can name a file on every system.
func named(name string) bool {
	for i, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && (i == 0 || r != '-' && r != '_') {
			return false
		}
	}
	return name != "" && utf8.RuneCountInString(name) <= longestName
}
