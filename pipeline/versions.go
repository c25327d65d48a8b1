package pipeline

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/versions"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// isZero reports whether a config names no form.
func (f Form) isZero() bool {
	return f.Form == "" && f.Items == "" && f.Choices == "" && f.Settings == "" && len(f.Earlier) == 0
}

// name is the file that stands for a form in messages.
func (f Form) name() string {
	if f.Form != "" {
		return f.Form
	}
	return f.Items
}

// readEarlier reads the earlier versions of a form and lays them under today's.
// Without any the survey is as it was.
func readEarlier(f Form, today *survey.Survey, open func(string) ([]byte, error)) (versions.Merged, []finding.Finding, error) {
	var findings []finding.Finding
	var editions []versions.Edition
	for _, name := range f.Earlier {
		s, found, err := ReadForm(Form{Form: name}, open)
		if err != nil {
			return versions.Merged{}, nil, err
		}
		findings = append(findings, found...)
		if s != nil {
			flat := slices.DeleteFunc(slices.Clone(f.Flat), func(name string) bool { i, ok := s.LevelIndex(name); return !ok || i == 0 })
			s, _ = s.Flat(flat) // an earlier form may lack the repeat
			editions = append(editions, versions.Edition{File: name, Survey: s})
		}
	}
	if finding.Refused(findings) {
		return versions.Merged{}, findings, nil
	}
	if len(editions) == 0 {
		if len(f.Renamed.Items)+len(f.Renamed.Choices) > 0 {
			findings = append(findings, finding.Finding{Stage: "survey", Kind: "rename", Severity: finding.Refusal, Place: finding.Place{Column: "survey.renamed"}, Problem: "survey.renamed says what an earlier form called otherwise, and survey.earlier names none.", Remedy: "Name the earlier form under survey.earlier, or remove survey.renamed."})
		}
		return versions.Merged{Survey: today}, findings, nil
	}
	merged, found := versions.Merge(f.name(), today, editions, f.Renamed)
	return merged, append(findings, found...), nil
}

// views returns the survey as each earlier form, and today's, has it.
func views(f Form, m versions.Merged, final *survey.Survey) map[string]*survey.Survey {
	out := map[string]*survey.Survey{}
	for _, name := range f.Earlier {
		if view := m.View(final, name); view != nil {
			out[name] = view
		}
	}
	if name := f.name(); name != "" {
		out[name] = final
	}
	return out
}

// CompareRequest asks how two forms differ.
type CompareRequest struct {
	Old, New string
	Renames  versions.Renames
}

// Compare says how two versions of a form differ. When answers to the two must
// not be counted together the error is a *RefusedError.
func Compare(_ context.Context, q CompareRequest) ([]versions.Change, []finding.Finding, error) {
	forms := make([]*survey.Survey, 2)
	for i, name := range []string{q.Old, q.New} {
		s, found, err := ReadForm(Form{Form: name}, ReadWhole)
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", name, cause(err))
		}
		if s == nil || finding.Refused(found) {
			return nil, nil, &RefusedError{Stage: "survey", Findings: found}
		}
		forms[i] = s
	}
	merged, findings := versions.Merge(q.New, forms[1], []versions.Edition{{File: q.Old, Survey: forms[0]}}, q.Renames)
	if finding.Refused(findings) {
		return merged.Changes, nil, &RefusedError{Stage: "survey", Findings: findings}
	}
	return merged.Changes, findings, nil
}

// formForAnswers says so when a file that should hold answers is a form, and how
// it differs in meaning from the one that answers are to be read with. It is
// asked when a file was refused.
func formForAnswers(name string, open func() (io.ReadCloser, error), asked *survey.Survey, form string) []finding.Finding {
	if !slices.Contains([]string{".xlsx", ".xlsm", ".xls"}, strings.ToLower(filepath.Ext(name))) {
		return nil
	}
	f, err := open()
	if err != nil {
		return nil
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, largestForm))
	if err != nil || len(content) == largestForm {
		return nil
	}
	other, _, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: name, Content: content}})
	if err != nil || other == nil || len(other.Items) == 0 {
		return nil
	}
	out := []finding.Finding{{Stage: "ingest", Kind: "form-for-answers", Severity: finding.Refusal, Place: finding.Place{File: name}, Problem: "The file is a form, not answers to one.", Remedy: "Name the export of the answers. If it is an earlier version of the form, name it under survey.earlier (--earlier)."}}
	for _, f := range versions.Compare(form, asked, versions.Edition{File: name, Survey: other}, versions.Renames{}).Findings {
		if f.Severity == finding.Refusal {
			out = append(out, f)
		}
	}
	return out
}

// largestForm is how large a file may be to be looked at as a form.
const largestForm = 16 << 20

// changesOf hands on what changed between versions of the form, as the report
// tells it.
func changesOf(changes []versions.Change) []quality.VersionChange {
	kinds := map[string]string{
		versions.ItemAdded: "added", versions.ChoiceAdded: "added", versions.ItemRemoved: "removed", versions.ChoiceRemoved: "removed",
		versions.ItemRenamed: "renamed", versions.ChoiceRenamed: "renamed",
	}
	var out []quality.VersionChange
	seen := map[quality.VersionChange]bool{}
	for _, c := range changes {
		kind, ok := kinds[c.Kind]
		if !ok {
			kind = "changed"
		}
		one := quality.VersionChange{Kind: kind, Item: c.Item, Choice: c.Choice}
		if !seen[one] {
			seen[one] = true
			out = append(out, one)
		}
	}
	return out
}
