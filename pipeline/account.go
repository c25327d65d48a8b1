package pipeline

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/drift"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// drift gathers the account of the answers' quality from what the stages before
// have counted, and compares answers by language.
func (r *run) drift(s at, d *dataset.Dataset) (*quality.Account, error) {
	if err := r.responseRates(s, d); err != nil {
		return nil, err
	}
	r.changes = changesOf(r.versions.Changes)
	a := responses(r.ingested, r.cleaned, r.config.Consent.Item != "")
	a.Changes, a.Rates = r.changes, r.rates
	for _, c := range r.checked {
		c.Check = quality.KindOf(c.Check)
		a.Checks = append(a.Checks, c)
	}
	var err error
	if a.Groups, err = r.groups(d); err != nil {
		return nil, err
	}
	language, findings := r.config.languageItem(d.Survey)
	s.found(findings)
	if finding.Refused(findings) {
		return nil, nil
	}
	cfg := drift.Config{Language: language, Within: r.config.within(d.Survey), Least: 2 * r.config.Disclosure.For(protect.Public).Threshold, Skip: r.config.hidden()}
	for _, name := range slices.Concat(r.config.Disclosure.Country, r.config.Disclosure.Identity) {
		cfg.Skip[name] = true
	}
	for _, fold := range r.config.folds {
		if fold.Name == cfg.Within {
			cfg.Skip[fold.From] = true // its groups say which choice was made
		}
	}
	if language != "" {
		a.Language, a.Adjusted = language, cfg.Within
		if a.Shifts, findings, err = drift.Drift(r.ctx, r.engine, d, cfg); err != nil {
			return nil, err
		}
		s.found(findings)
	}
	s.counted(d.Respondents(), int64(len(a.Shifts)), "responses to differences")
	return &a, writeJSON(filepath.Join(r.private, "quality.json"), a)
}

// responses accounts for every response that came in.
func responses(in ingest.Report, cleaned clean.Summary, consent bool) quality.Account {
	a := quality.Account{Received: in.Rows(), Analysed: cleaned.Out}
	n := map[quality.Reason]int64{}
	for _, f := range in.Files {
		n[quality.Duplicate] += f.Duplicates
		for _, count := range f.Excluded {
			n[quality.Filtered] += count
		}
	}
	for _, gone := range cleaned.Removed {
		switch gone.Issue {
		case "no consent":
			n[quality.NoConsent] += gone.Count
		case "blank":
			n[quality.Blank] += gone.Count
		default:
			n[quality.Removed] += gone.Count
		}
	}
	rest := a.Received - a.Analysed
	for _, count := range n {
		rest -= count
	}
	n[quality.Other] = max(rest, 0)
	for _, why := range quality.Reasons {
		// What can be a reason is told by the config; others are named when they are one.
		if n[why] > 0 || why == quality.Duplicate || why == quality.Blank || why == quality.NoConsent && consent {
			a.Aside = append(a.Aside, quality.Aside{Reason: why, Count: n[why]})
		}
	}
	return a
}

// groups counts responses by wave and source, if there are several.
func (r *run) groups(d *dataset.Dataset) ([]quality.Group, error) {
	files := r.ingested.Files
	several := func(of func(ingest.FileReport) string) func(ingest.FileReport) string {
		if slices.ContainsFunc(files, func(f ingest.FileReport) bool { return of(f) != of(files[0]) }) {
			return of
		}
		return func(ingest.FileReport) string { return "" }
	}
	wave := several(func(f ingest.FileReport) string { return f.Wave })
	source := several(func(f ingest.FileReport) string { return f.Source })
	analysed, err := engine.Tally(r.ctx, r.engine, d.Levels[0], func() map[string]int64 { return map[string]int64{} },
		func(n map[string]int64, b *dataset.Batch) error {
			for i := range b.Len() {
				n[d.Files[b.Origin(i).File]]++
			}
			return nil
		}, func(into, from map[string]int64) error {
			for name, n := range from {
				into[name] += n
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	var out []quality.Group
	for _, f := range files {
		part := quality.Part{Wave: wave(f), Source: source(f)}
		at := slices.IndexFunc(out, func(g quality.Group) bool { return g.Part == part })
		if at < 0 {
			at = len(out)
			out = append(out, quality.Group{Part: part})
		}
		out[at].Received += f.Rows
		out[at].Analysed += analysed[f.Name]
	}
	if len(out) < 2 {
		return nil, nil
	}
	return out, nil
}

// languageItem returns the item that says in which language a respondent
// answered: the one the config names, or else the only one of the form whose
// choices are its languages.
func (c Config) languageItem(s *survey.Survey) (string, []finding.Finding) {
	if name := c.Report.Language; name != "" {
		if item, ok := s.Item(name); ok && item.Type == survey.SelectOne && item.Level == 0 {
			return name, nil
		}
		return "", []finding.Finding{{
			Stage: "drift", Kind: "unknown-item", Severity: finding.Refusal, Place: finding.Place{File: c.file, Row: c.line("report.language")},
			Problem: "The survey has no single-choice item " + name + ", in which respondents say in which language they answer.",
			Remedy:  "Correct the name under \"report.language\", or take the line out.",
		}}
	}
	var found []string
	for i := range s.Items {
		if item := &s.Items[i]; item.Type == survey.SelectOne && item.Level == 0 && saysLanguage(s, item) {
			found = append(found, item.Name)
		}
	}
	if len(found) != 1 {
		return "", nil
	}
	return found[0], []finding.Finding{{
		Stage: "drift", Kind: "language-item", Severity: finding.Note, Place: finding.Place{Item: found[0]},
		Problem: "The choices of " + found[0] + " are the languages of the form; answers are compared by it.",
		Remedy:  "Name another item under \"report.language\" if this one asks for something else.",
	}}
}

// saysLanguage reports whether the choices of an item are languages of the
// form, at least two.
func saysLanguage(s *survey.Survey, item *survey.Item) bool {
	n := 0
	for _, c := range s.Choices(item) {
		switch {
		case slices.ContainsFunc(s.Languages, func(l survey.Language) bool { return strings.EqualFold(l.Tag, c.Name) }):
			n++
		case c.Missing == survey.Answered:
			return false
		}
	}
	return n >= 2
}

// within returns the item within whose groups languages are compared: the first
// domain that is a single choice.
func (c Config) within(s *survey.Survey) string {
	domains, _ := c.domains(s)
	for _, name := range domains {
		if item, ok := s.Item(name); ok && item.Type == survey.SelectOne {
			return name
		}
	}
	return ""
}
