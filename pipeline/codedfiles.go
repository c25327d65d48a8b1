package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// codedByName returns the files of codes that the config names one by one: they
// must be there, while a pattern may wait for its first file.
func (c Config) codedByName() []string {
	var out []string
	for _, name := range append(slices.Clone(c.Coding.Files), c.Coding.Adjudicated) {
		if name != "" && !isPattern(name) {
			out = append(out, name)
		}
	}
	return out
}

// codedFiles returns the files that coders gave back, in the order of their names.
func (r *run) codedFiles(s at) ([]string, error) {
	var out []string
	for _, pattern := range r.config.Coding.Files {
		if !isPattern(pattern) || exists(r.path(pattern)) {
			out = append(out, pattern)
			continue
		}
		matches, err := r.matches(pattern)
		if err != nil {
			return nil, fmt.Errorf("look for files of codes: %w", err)
		}
		out = append(out, matches...)
		if len(matches) == 0 {
			s.found([]finding.Finding{{Stage: "code", Kind: "coded-none", Severity: finding.Note, Place: r.config.at("coding.files"),
				Problem: "The pattern " + pattern + " of coding.files matches no file yet.", Remedy: "Put there what coders give back."}})
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// bookForCoders returns the codebook as coders are shown it.
func bookForCoders(b *code.Codebook) *coding.Book {
	groups := map[string]survey.Text{}
	for _, f := range b.Families {
		groups[f.ID] = f.Label
	}
	labels := map[string]survey.Text{}
	for _, c := range b.Codes {
		labels[c.ID] = c.Label
	}
	var codes []coding.Code
	for _, c := range b.Codes {
		one := coding.Code{ID: c.ID, Label: c.Label, Definition: c.Definition, Definitions: c.Definitions, Include: c.Include, Exclude: c.Exclude}
		if family, ok := groups[c.Family]; ok {
			one.Groups = append(one.Groups, family)
		}
		above := b.Above(c.ID)
		for i := len(above) - 1; i >= 0; i-- {
			one.Groups = append(one.Groups, labels[above[i]])
		}
		codes = append(codes, one)
	}
	return coding.NewBook(codes)
}

// readCoded reads what came back from coders, and from who decides. Codes to
// items that are not open are refused where these are known: reading answers and
// cleaning add some to those of the form.
func (r *run) readCoded(s at, open []string, book *coding.Book, key coding.Key) (codes, decisions []coding.Returned, assigned []coding.Assigned, err error) {
	if assigned, err = readAssigned(r.path(r.config.Folders.Restricted)); err != nil {
		return nil, nil, nil, err
	}
	files, err := r.codedFiles(s)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, name := range files {
		content, err := r.open(name)
		if err != nil {
			return nil, nil, nil, err
		}
		var back []coding.Returned
		var findings []finding.Finding
		if strings.EqualFold(filepath.Ext(name), projectEnding) {
			back, findings = readProject(name, content, book, r.config.Coding.Coders, assigned)
		} else {
			back, findings = coding.Read(name, content, book, r.config.Coding.Coders, false)
		}
		s.found(findings)
		codes = append(codes, back...)
	}
	if name := r.config.Coding.Adjudicated; name != "" {
		content, err := r.open(name)
		if err != nil {
			return nil, nil, nil, err
		}
		back, findings := coding.Read(name, content, book, nil, true)
		s.found(findings)
		decisions = back
	}
	for _, list := range [][]coding.Returned{codes, decisions} {
		if open != nil {
			s.found(coding.Misnamed(list, open))
		}
		for i := range list {
			r.nameUnit(&list[i], key)
		}
	}
	return codes, decisions, assigned, nil
}

// openItems names the items that are answered in words.
func openItems(asked *survey.Survey) []string {
	out := []string{}
	for i := range asked.Items {
		if asked.Items[i].Type == survey.OpenText {
			out = append(out, asked.Items[i].Name)
		}
	}
	return out
}

// nameUnit finds how the answer is called that a row from elsewhere means, which
// names the response as the collecting tool does.
func (r *run) nameUnit(b *coding.Returned, key coding.Key) {
	if b.Name != "" {
		return
	}
	for i, id := range ingest.IDs(r.secret, r.config.Input, b.UUID) {
		name := key.Name(coding.Unit{Response: fmt.Sprintf("%x", id), Item: b.Item})
		if i == 0 {
			b.Name = name
		} else {
			b.Also = append(b.Also, name)
		}
	}
}

// readAssigned reads who was given what so far.
func readAssigned(restricted string) ([]coding.Assigned, error) {
	content, err := os.ReadFile(filepath.Join(restricted, coding.AssignmentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read who codes what: %w", cause(err))
	}
	return coding.ReadAssignment(content)
}
