package pipeline

import (
	"fmt"
	"slices"
	"time"

	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/estimate"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/weight"
)

// Config is a project: what was asked, what was answered, and what to make of
// it. It is written in config.yaml; file names in it are relative to it.
type Config struct {
	Version    int                   `yaml:"version"`
	Survey     Form                  `yaml:"survey"`
	Input      []ingest.Source       `yaml:"input"`
	Consent    clean.Consent         `yaml:"consent"`
	Missing    Missing               `yaml:"missing"`
	Items      map[string]ItemChange `yaml:"items"`
	Code       code.Config           `yaml:"code"`
	Weight     weight.Config         `yaml:"weight"`
	Design     estimate.Design       `yaml:"design"`
	Domains    []string              `yaml:"domains"`
	Plan       string                `yaml:"plan"`
	Disclosure protect.Config        `yaml:"disclosure"`
	Brief      BriefFiles            `yaml:"brief"`
	Languages  []string              `yaml:"languages"`
	Report     ReportWords           `yaml:"report"`
	Retention  string                `yaml:"retention"`
	Folders    Folders               `yaml:"folders"`

	file string
}

// Form names the files of the survey: a workbook, or its sheets as CSV.
// "survey: form.xlsx" is short for "survey: {form: form.xlsx}".
type Form struct {
	Form     string `yaml:"form"`
	Items    string `yaml:"items"`
	Choices  string `yaml:"choices"`
	Settings string `yaml:"settings"`
}

// UnmarshalYAML reads the short form and the long one.
func (f *Form) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&f.Form); err == nil {
		return nil
	}
	type long Form
	return unmarshal((*long)(f))
}

// Missing names the choices that stand for a missing answer, by its reason. A
// word is the name of a choice in any list, or "list.name".
type Missing struct {
	Refused       []string `yaml:"refused"`
	DontKnow      []string `yaml:"dont_know"`
	NotApplicable []string `yaml:"not_applicable"`
}

// ItemChange is what the config says about an item, over what the form says.
type ItemChange struct {
	Role  survey.Role `yaml:"role"`
	Label survey.Text `yaml:"label"`
	Hide  bool        `yaml:"hide"`
}

// BriefFiles names the components file of the tool-design brief.
type BriefFiles struct {
	Components string `yaml:"components"`
}

// ReportWords are the words of the report that are the project's own.
type ReportWords struct {
	Title      survey.Text `yaml:"title"`
	Notice     survey.Text `yaml:"notice"` // shown at the top of every page
	Source     survey.Text `yaml:"source"` // the source line under figures
	Population survey.Text `yaml:"population"`
}

// Folders are where runs are put.
type Folders struct {
	Reports    string `yaml:"reports"`
	Restricted string `yaml:"restricted"`
}

// Defaults returns the config that holds where the file is silent.
func Defaults() Config {
	return Config{
		Design:     estimate.Design{Kind: "convenience"},
		Disclosure: protect.Default(),
		Folders:    Folders{Reports: "reports", Restricted: "restricted"},
	}
}

// ReadConfig reads a project's config. Every mistake in it is a finding.
func ReadConfig(file string, content []byte) (Config, []finding.Finding) {
	c := Defaults()
	c.file = file
	findings := strictyaml.Decode(file, content, &c)
	if finding.Refused(findings) {
		return c, findings
	}
	return c, append(findings, c.validate()...)
}

func (c Config) validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(kind, problem, remedy string) {
		out = append(out, finding.Finding{
			Stage: "config", Kind: kind, Severity: finding.Refusal,
			Place: finding.Place{File: c.file}, Problem: problem, Remedy: remedy,
		})
	}
	if c.Version != 1 {
		refuse("version", fmt.Sprintf("The version of the config is %d; this program reads version 1.", c.Version), "Write \"version: 1\" in the first line.")
	}
	if c.Survey == (Form{}) {
		refuse("no-survey", "The config names no form.", "Add \"survey: form.xlsx\".")
	}
	if len(c.Input) == 0 {
		refuse("no-input", "The config names no file of answers.", "Add \"input: [{file: answers.csv}]\".")
	}
	if c.Retention != "" {
		if _, err := time.Parse(time.DateOnly, c.Retention); err != nil {
			refuse("retention", "The retention date is not a date.", "Write it as 2027-12-31.")
		}
	}
	for _, name := range sortedNames(c.Items) {
		role := c.Items[name].Role
		if !slices.Contains([]survey.Role{survey.Plain, survey.Key, survey.Sensitive, survey.Identifying, "none"}, role) {
			refuse("role", fmt.Sprintf("The role %q of the item %s is not known.", role, name), "The roles are: none, key, sensitive, identifying.")
		}
	}
	for _, f := range slices.Concat(c.Disclosure.Validate(), c.Design.Validate()) {
		f.Place.File = c.file
		out = append(out, f)
	}
	return out
}
