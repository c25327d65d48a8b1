package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// files returns the names of the files that the config names.
func (c Config) files() []string {
	names := append([]string{c.Survey.Form, c.Survey.Items, c.Survey.Choices, c.Survey.Settings, c.Invited.File}, c.Survey.Earlier...)
	for _, in := range c.Input {
		names = append(names, in.Files()...)
	}
	names = append(names, c.Clean.Log...)
	names = append(names, c.codedByName()...)
	return append(names, c.Plan.File, c.Code.Codebook, c.Quotes.Approved, c.Brief.Components, c.Checks.Rules, c.Weight.Frame, c.Weight.Propensity.Frame, c.Report.Commentary.File, c.Report.Brand.Logo)
}

// missingFiles refuses each file that the config names and that is not there.
func (r *run) missingFiles() []finding.Finding {
	var out []finding.Finding
	for _, name := range r.config.files() {
		if name == "" {
			continue
		}
		info, err := os.Stat(r.path(name))
		if err == nil {
			err = notRegular(info)
		}
		if err != nil {
			out = append(out, finding.Finding{
				Stage: "config", Kind: "no-file", Severity: finding.Refusal, Place: finding.Place{File: r.config.file},
				Problem: fmt.Sprintf("The file %s, which the config names, cannot be read: %v.", name, cause(err)),
				Remedy:  "Put it there or correct its name, which is relative to the folder of the config.",
			})
		}
	}
	if name := r.config.Report.Catalogue; name != "" {
		if info, err := os.Stat(r.path(name)); err != nil || !info.IsDir() {
			out = append(out, finding.Finding{
				Stage: "config", Kind: "no-file", Severity: finding.Refusal, Place: r.config.at("report.catalogue"),
				Problem: "The folder of translations, which report.catalogue names, is not there.",
				Remedy:  "Put it there or correct its name, which is relative to the folder of the config.",
			})
		}
	}
	return out
}

// notRegular says why something is no file: a pipe may never end, and a device
// holds no answers.
func notRegular(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return errors.New("it is a device or a pipe and no file")
	}
	return nil
}

// maxWhole is how large a file may be that is read whole: forms, codebooks and
// the like, of which each has a limit of its own below this one.
const maxWhole = 65 << 20

// ReadWhole reads a file that is not one of answers. What is no file, and what
// is far too large, is refused unread.
func ReadWhole(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if err := notRegular(info); err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxWhole))
}

// configKinds returns the refusals by which a stage, which knows no files, rejects
// what the config says: by kind, the key that says it.
func configKinds() map[string]map[string]string {
	return map[string]map[string]string{
		"survey":   {"contradictory-missing-word": "missing"},
		"ingest":   {"filter-exclude": "filter.exclude", "nothing-left": "filter", "identities": "identities", "identities-columns": "identities.columns", "identities-name": "input", "identifying-columns": "identities.columns"},
		"clean":    {"unknown-item": "consent.item", "consent-accept": "consent.accept", "consent-type": "consent.item"},
		"check":    {"unknown-item": "checks", "checks": "checks", "unknown-choice-name": "checks"},
		"weight":   {"unknown-item": "weight.column", "weight-level": "weight.column", "weight-type": "weight.column", "weight-margins": "weight.margins"},
		"estimate": {"design-item": "design", "bad-config": "design"},
	}
}

// placed gives refusals of the config their line in it.
func (c Config) placed(findings []finding.Finding) []finding.Finding {
	for i, f := range findings {
		key, ok := configKinds()[f.Stage][f.Kind]
		if ok && f.Severity == finding.Refusal && f.Place.File == "" {
			if strings.HasPrefix(f.Place.Column, key+".") { // the stage named the key itself
				key = f.Place.Column
			}
			findings[i].Place = finding.Place{File: c.file, Row: c.line(key)}
		}
	}
	return findings
}
