// Package drift looks for items that are answered otherwise in one language of
// the form than in the others: there the translation may say something else. It
// compares respondents within groups, such as regions, since languages and
// regions go together, and claims nothing about significance: what it finds is
// to be looked at by somebody who reads both languages.
package drift

import (
	"context"
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Config says what is compared.
type Config struct {
	Language string          // single-choice item that says in which language a respondent answered
	Within   string          // single-choice item within whose groups languages are compared; may be empty
	Least    int             // a language is compared when as many answered, and as many in other languages
	Skip     map[string]bool // items not to be compared
}

// mostChoices is how many choices an item may have to be compared.
const mostChoices = 50

// Drift returns the items whose answers differ by language, in the order of the
// survey and of the languages, with a finding for each. It reads the answers
// once. Responses are not weighted: a wording acts on who reads it.
func Drift(ctx context.Context, e engine.Engine, d *dataset.Dataset, cfg Config) ([]quality.Shift, []finding.Finding, error) {
	languages, ok := d.Survey.Item(cfg.Language)
	if !ok || languages.Type != survey.SelectOne || !d.Levels[0].Layout.Has(cfg.Language) {
		return nil, nil, nil
	}
	empty := newTally(d.Survey, d.Levels[0].Layout, cfg)
	t, err := engine.Tally(ctx, e, d.Levels[0], empty.fresh, (*tally).add, (*tally).merge)
	if err != nil {
		return nil, nil, fmt.Errorf("compare answers by language: %w", err)
	}
	var shifts []quality.Shift
	var findings []finding.Finding
	names := d.Survey.Choices(languages)
	for i, item := range t.items {
		for _, s := range t.shifts(i, names, cfg.Least) {
			shifts = append(shifts, s)
			findings = append(findings, finding.Finding{
				Stage: "drift", Kind: "answers-differ-by-language", Severity: finding.Note, Place: finding.Place{Item: item.Name},
				Problem: fmt.Sprintf("The answers to %s in the language %s differ from those in others (%s difference).", item.Name, s.Language, s.Band),
				Remedy:  "Have somebody who reads both languages compare the wording. The difference may be real.",
			})
		}
	}
	return shifts, findings, nil
}
