package pipeline

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/banner"
	"github.com/soundings-survey/soundings/pipeline/check"
	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/commentary"
	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/estimate"
	"github.com/soundings-survey/soundings/pipeline/estimate/sampling"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/recommend/judged"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/strictyaml"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/versions"
	"github.com/soundings-survey/soundings/pipeline/table"
	"github.com/soundings-survey/soundings/pipeline/weight"
)

// Config is a project: what was asked, what was answered, and what to make of
// it. It is written in config.yaml; file names in it are relative to it.
type Config struct {
	Version         int                    `yaml:"version"`
	Survey          Form                   `yaml:"survey"`
	Input           []ingest.Source        `yaml:"input"`
	Waves           map[string]survey.Text `yaml:"waves"` // labels of waves, by their name under input
	Invited         Invited                `yaml:"invited"`
	Filter          ingest.Filter          `yaml:"filter"`
	Identities      Identities             `yaml:"identities"`
	Consent         clean.Consent          `yaml:"consent"`
	Clean           Cleaning               `yaml:"clean"`
	Missing         Missing                `yaml:"missing"`
	Items           map[string]ItemChange  `yaml:"items"`
	Checks          check.Config           `yaml:"checks"`
	Code            code.Config            `yaml:"code"`
	Coding          coding.Config          `yaml:"coding"`
	Recommendations judged.Config          `yaml:"recommendations"`
	Quotes          quotes.Config          `yaml:"quotes"`
	Derive          []derive.Definition    `yaml:"derive"`
	Weight          weight.Config          `yaml:"weight"`
	Design          sampling.Design        `yaml:"design"`
	Estimate        estimate.Settings      `yaml:"estimate"`
	Domains         []string               `yaml:"domains"`
	Plan            PlanFile               `yaml:"plan"`
	Tables          banner.Config          `yaml:"tables"`
	Disclosure      protect.Config         `yaml:"disclosure"`
	Brief           BriefFiles             `yaml:"brief"`
	Languages       []string               `yaml:"languages"`
	Formats         []string               `yaml:"formats"`
	Report          ReportWords            `yaml:"report"`
	Retention       Retention              `yaml:"retention"`
	Folders         Folders                `yaml:"folders"`

	file    string
	content []byte
	own     []commentary.Line   // what analysts wrote for the report
	folds   []derive.Definition // domains whose sparse groups were folded in this run
}

// line returns the line of a key in the file, or 0.
func (c Config) line(key string) int { return strictyaml.Line(c.content, key) }

// Form names the files of the survey: a workbook, or its sheets as CSV.
// "survey: form.xlsx" is short for "survey: {form: form.xlsx}".
type Form struct {
	Form     string `yaml:"form"`
	Items    string `yaml:"items"`
	Choices  string `yaml:"choices"`
	Settings string `yaml:"settings"`

	Flat    []string         `yaml:"flat"`    // repeats whose items stand in the rows of the level above
	Earlier []string         `yaml:"earlier"` // earlier versions of the form, workbooks, the latest first
	Renamed versions.Renames `yaml:"renamed"` // what they called otherwise
}

// UnmarshalYAML reads the short form and the long one.
func (f *Form) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&f.Form); err == nil {
		return nil
	}
	type long Form
	return unmarshal((*long)(f))
}

// PlanFile names the analyst's plan. "plan: plan.csv" is short for "plan: {file:
// plan.csv}".
type PlanFile struct {
	File       string `yaml:"file"`
	Compatible *bool  `yaml:"compatible"` // with R's analysistools; nil: where its columns are
}

// UnmarshalYAML reads the short form and the long one.
func (f *PlanFile) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&f.File); err == nil {
		return nil
	}
	type long PlanFile
	return unmarshal((*long)(f))
}

// mode says whose intervals the plan is to have.
func (f PlanFile) mode() table.Compatibility {
	switch {
	case f.Compatible == nil:
		return table.Told
	case *f.Compatible:
		return table.Always
	}
	return table.Never
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

	Merge  map[string]derive.Merge `yaml:"merge"`  // new choice -> choices that become it, in an item NAME_merged
	Bands  []derive.Band           `yaml:"bands"`  // edges, for an item NAME_bands
	Scores map[string]float64      `yaml:"scores"` // choice -> its place on a scale
}

// BriefFiles names the components file of the tool-design brief.
type BriefFiles struct {
	Components string `yaml:"components"`
}

// ReportWords are the words of the report that are the project's own.
type ReportWords struct {
	Title      survey.Text      `yaml:"title"`
	Notice     survey.Text      `yaml:"notice"` // shown at the top of every page
	Source     survey.Text      `yaml:"source"` // the source line under figures
	Population survey.Text      `yaml:"population"`
	Funnel     report.Funnel    `yaml:"funnel"`
	Priority   report.Priority  `yaml:"priority"`
	Tiles      report.Tiles     `yaml:"tiles"`
	TimeAxis   report.TimeAxis  `yaml:"time_axis"`
	Multiples  report.Multiples `yaml:"multiples"`
	Language   string           `yaml:"language"` // item that says in which language a respondent answered
	Commentary OwnWords         `yaml:"commentary"`
	Brand      Branding         `yaml:"brand"`
	Chromium   string           `yaml:"chromium"`  // program that prints pages as PDF; "": one that is found
	Catalogue  string           `yaml:"catalogue"` // folder of translations of the words of the reports
}

// Folders are where runs are put.
type Folders struct {
	Reports    string `yaml:"reports"`
	Restricted string `yaml:"restricted"`
}

// Defaults returns the config that holds where the file is silent.
func Defaults() Config {
	return Config{
		Checks:     check.Default(),
		Code:       code.Default(),
		Coding:     coding.Default(),
		Design:     sampling.Design{Kind: "convenience"},
		Tables:     banner.Default(),
		Disclosure: protect.Default(),
		Folders:    Folders{Reports: "reports", Restricted: "restricted"},
	}
}

// ReadConfig reads a project's config. Every mistake in it is a finding.
func ReadConfig(file string, content []byte) (Config, []finding.Finding) {
	c := Defaults()
	c.file, c.content = file, content
	findings := strictyaml.Decode(file, content, &c)
	if finding.Refused(findings) {
		return c, findings
	}
	return c, append(findings, c.validate()...)
}

// validate returns what is wrong with the config by itself.
func (c Config) validate() []finding.Finding {
	var out []finding.Finding
	refuse := func(kind, key, problem, remedy string) {
		out = append(out, finding.Finding{
			Stage: "config", Kind: kind, Severity: finding.Refusal,
			Place: finding.Place{File: c.file, Row: c.line(key)}, Problem: problem, Remedy: remedy,
		})
	}
	if c.Version != 1 {
		refuse("version", "version", fmt.Sprintf("The version of the config is %d; this program reads version 1.", c.Version), "Write \"version: 1\" in the first line.")
	}
	if c.Survey.isZero() {
		refuse("no-survey", "survey", "The config names no form.", "Add \"survey: form.xlsx\".")
	}
	if _, err := c.Retention.last(); err != nil {
		refuse("retention", "retention", "The retention date is not a date.", "Write it as 2027-12-31.")
	}
	for _, name := range slices.Sorted(maps.Keys(c.Items)) {
		role := c.Items[name].Role
		if !slices.Contains([]survey.Role{survey.Plain, survey.Key, survey.Sensitive, survey.Identifying, "none"}, role) {
			refuse("role", "items."+name+".role", fmt.Sprintf("The role %q of the item %s is not known.", role, name), "The roles are: none, key, sensitive, identifying.")
		}
	}
	if c.Plan.File == "" && c.Plan.Compatible != nil {
		refuse("plan", "plan", "The config says how to read a plan, and names none.", "Add \"file\" under \"plan\", or remove \"compatible\".")
	}
	for _, what := range c.Folders.overlap() {
		refuse("folders", "folders", what, "Name two folders of which none lies in the other: people send report folders on.")
	}
	for _, part := range []struct {
		key   string
		found []finding.Finding
	}{
		{"input", ingest.Config{Input: c.Input}.Validate()},
		{"filter", c.Filter.Validate()},
		{"identities", c.Identities.Validate()},
		{"consent", clean.Config{Consent: c.Consent}.Validate()},
		{"clean.aliases", c.Clean.Aliases.Validate()},
		{"checks", c.Checks.Validate()},
		{"coding", c.Coding.Validate(c.Code.Codebook != "")},
		{"quotes", c.validQuotes()},
		{"weight", c.Weight.Validate()},
		{"design", c.Design.Validate()},
		{"estimate", c.Estimate.Validate(c.Design)},
		{"tables", c.Tables.Validate()},
		{"formats", c.validFormats()},
		{"disclosure.threshold", c.Disclosure.Validate()},
	} {
		for _, f := range part.found {
			key := part.key
			if strings.HasPrefix(f.Place.Column, key+".") || strings.HasPrefix(f.Place.Column, "disclosure.audiences.") {
				key = f.Place.Column
			}
			f.Stage, f.Place = "config", finding.Place{File: c.file, Row: c.line(key)}
			out = append(out, f)
		}
	}
	return out
}

// overlap says what is wrong with the two folders: what only analysts may see
// must never lie in the folder that is sent on, nor the other way about.
func (f Folders) overlap() []string {
	if f.Reports == "" || f.Restricted == "" {
		return []string{"One of the folders for reports and for restricted files has no name."}
	}
	for _, pair := range [][2]string{{f.Reports, f.Restricted}, {f.Restricted, f.Reports}} {
		inner, err := filepath.Rel(pair[0], pair[1])
		if err != nil {
			return []string{"Of the folders for reports and for restricted files one is named by its whole path and the other is not, so it cannot be seen whether one lies in the other."}
		}
		if inner != ".." && !strings.HasPrefix(inner, ".."+string(filepath.Separator)) {
			return []string{"The folder for reports and the folder for restricted files lie one in the other."}
		}
	}
	return nil
}
