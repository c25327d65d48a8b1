package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// addSpoken adds to the survey what files hold beside its answers: transcripts
// of recordings, translations, and judgements of an analysis. Each becomes an
// open item. It reports whether there was any, so that the files must be opened
// anew with the larger survey.
func (in *ingestion) addSpoken() bool {
	var items []survey.Item
	for _, u := range in.inputs {
		for _, t := range u.tables {
			for _, item := range t.header.Beside(in.survey) {
				if !slices.ContainsFunc(items, func(i survey.Item) bool { return i.Name == item.Name }) {
					items = append(items, item)
				}
			}
		}
	}
	if len(items) == 0 {
		return false
	}
	slices.SortFunc(items, func(a, b survey.Item) int { return strings.Compare(a.Name, b.Name) })
	more, findings := in.survey.With(items, nil)
	in.found = append(in.found, findings...)
	if finding.Refused(findings) {
		return false
	}
	in.survey = more
	views := make(map[string]*survey.Survey, len(in.views))
	for form, view := range in.views {
		views[form], _ = view.With(items, nil) // what it finds was found above
	}
	in.views = views
	var names []string
	for _, item := range items {
		names = append(names, item.Name)
	}
	in.found = append(in.found, finding.Finding{
		Stage: stage, Kind: "transcripts", Severity: finding.Note,
		Problem: fmt.Sprintf("The files hold transcripts, translations or analyses of answers, which become %d open item(s): %s.", len(names), strings.Join(names, ", ")),
		Remedy:  "Nothing to do; name a column under input.ignore to leave it out.",
	})
	return true
}
