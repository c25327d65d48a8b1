package pipeline

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// readSurvey reads the form and lays over it what the config says about items
// and missing answers.
func (r *run) readSurvey(s at) (*survey.Survey, error) {
	if findings := r.expandInputs(); len(findings) > 0 {
		s.found(findings)
		return nil, nil
	}
	if findings := r.missingFiles(); len(findings) > 0 {
		s.found(findings)
		return nil, nil
	}
	asked, err := r.readItems(s)
	if err != nil || asked == nil {
		return nil, err
	}
	if err := r.readOwn(s, asked); err != nil {
		return nil, err
	}
	if err := r.readBrand(s); err != nil {
		return nil, err
	}
	_, findings := r.config.contextItems(asked)
	s.found(findings)
	asked, findings = r.config.publishable(asked)
	s.found(findings)
	return asked, nil
}

// readItems reads the form, its earlier versions, and what the config says about
// both. No file of answers need be there.
func (r *run) readItems(s at) (*survey.Survey, error) {
	asked, findings, err := ReadForm(r.config.Survey, r.open)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return nil, err
	}
	asked, findings = asked.Flat(r.config.Survey.Flat)
	s.found(findings)
	r.versions, findings, err = readEarlier(r.config.Survey, asked, r.open)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return nil, err
	}
	asked, findings = r.config.withFieldings(r.versions.Survey)
	s.found(findings)
	if finding.Refused(findings) {
		return nil, nil
	}
	asked, findings = asked.WithMissing(r.config.Missing.Refused, r.config.Missing.DontKnow, r.config.Missing.NotApplicable)
	s.found(findings)
	asked, findings = r.config.change(asked)
	s.found(findings)
	s.counted(int64(len(asked.Items)), int64(len(asked.Items)), "items")
	return asked, nil
}

// ReadForm reads a survey from its workbook, or from its sheets as CSV.
func ReadForm(f Form, open func(string) ([]byte, error)) (*survey.Survey, []finding.Finding, error) {
	var files xlsform.Files
	for _, part := range []struct {
		name string
		to   *xlsform.File
	}{{f.Form, &files.Workbook}, {f.Items, &files.Survey}, {f.Choices, &files.Choices}, {f.Settings, &files.Settings}} {
		if part.name == "" {
			continue
		}
		content, err := open(part.name)
		if err != nil {
			return nil, nil, err
		}
		*part.to = xlsform.File{Name: part.name, Content: content}
	}
	return xlsform.Read(files)
}

// change applies the config's say about items.
func (c Config) change(s *survey.Survey) (*survey.Survey, []finding.Finding) {
	var findings []finding.Finding
	changed := *s
	changed.Items = slices.Clone(s.Items)
	for _, name := range slices.Sorted(maps.Keys(c.Items)) {
		at := slices.IndexFunc(changed.Items, func(i survey.Item) bool { return i.Name == name })
		if at < 0 && c.derives(name, s) {
			findings = append(findings, c.onlyHides(name)...)
			continue
		}
		if at < 0 {
			findings = append(findings, finding.Finding{
				Stage: "survey", Kind: "unknown-item", Severity: finding.Refusal, Place: finding.Place{File: c.file, Row: c.line("items." + name)},
				Problem: "The config speaks of an item " + name + ", which the form does not have.",
				Remedy:  "Correct the name under \"items\", or remove it.",
			})
			continue
		}
		item, say := &changed.Items[at], c.Items[name]
		if say.Role == "none" {
			item.Role = survey.Plain
		} else if say.Role != "" {
			item.Role = say.Role
		}
		if say.Role != "" {
			item.Stated = item.Role
		}
		for _, tag := range slices.Sorted(maps.Keys(say.Label)) {
			if item.Short == nil {
				item.Short = survey.Text{}
			}
			item.Short[tag] = say.Label[tag]
		}
	}
	c.Identities.Columns.Declare(changed.Items)
	out, more := survey.New(changed)
	findings = append(findings, more...)
	out, more = c.scored(out)
	return out, append(findings, more...)
}

// open reads a file that the config names, and notes it in the manifest.
func (r *run) open(name string) ([]byte, error) {
	path := r.path(name)
	content, err := ReadWhole(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, cause(err))
	}
	return content, r.note(name)
}

// note writes an input into the manifest.
func (r *run) note(name string) error {
	f, err := publish.HashFile(r.path(name))
	if err != nil {
		return err
	}
	f.Name = filepath.ToSlash(name)
	r.manifest.Inputs = append(r.manifest.Inputs, f)
	return nil
}

// cause strips the path from an error of the file system, which names it twice.
func cause(err error) error {
	if pe, ok := err.(*os.PathError); ok {
		return pe.Err
	}
	return err
}
