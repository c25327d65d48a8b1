package pipeline

import (
	"fmt"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestThemesAreNetsWhereverCodesAreAskedFor(t *testing.T) {
	book, findings := code.Read("b.yaml", []byte(`
families: [{id: F}, {id: LONE}]
codes:
  - {id: A, family: F, terms: {en: [a]}}
  - {id: B, parent: A, terms: {en: [b]}}
  - {id: C, family: F, terms: {en: [c]}}
  - {id: D, family: LONE, terms: {en: [d]}}
`))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	s, findings := survey.New(survey.Survey{Default: "en", Items: []survey.Item{
		{Name: "why_codes", Type: survey.SelectMultiple, List: code.ListName}, {Name: "tools", Type: survey.SelectMultiple, List: "tools"},
	}, Lists: []*survey.ChoiceList{survey.NewChoiceList(code.ListName, []survey.Choice{{Name: "A"}}), survey.NewChoiceList("tools", []survey.Choice{{Name: "x"}})}})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	plan := table.Plan{Rows: []table.Row{
		{Analysis: table.PropSelectMultiple, Item: "why_codes"}, {Analysis: table.PropSelectMultiple, Item: "why_codes", By: []string{"region"}},
		{Analysis: table.PropSelectMultiple, Item: "tools"},
	}}
	r := &run{config: Defaults(), codebook: book}
	var got []string
	for _, row := range r.rollup(plan, s) {
		got = append(got, fmt.Sprint(row.Analysis, " ", row.Item, row.By, row.Values))
	}
	want := []string{"prop_net why_codes[] [A B C]", "prop_net why_codes[] [A B]", "prop_net why_codes[region] [A B C]", "prop_net why_codes[region] [A B]"}
	if !slices.Equal(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
	r.config.Code.Rollup = false
	if rows := r.rollup(plan, s); len(rows) > 0 {
		t.Errorf("without rollup there are %v", rows)
	}
	if themes := r.themes(); len(themes.Of) > 0 {
		t.Errorf("without rollup the report has %v", themes)
	}
}
