package pipeline

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestPacksAndQuotesHaveTheCodesOfTheRun(t *testing.T) {
	book, findings := code.Read("codes.yaml", []byte(`version: 1
title: {en: Themes}
families:
  - {id: BAR, label: {en: Obstacles}}
codes:
  - {id: BAR_VISA, family: BAR, label: {en: Visas}, definition: Visa problems., terms: {en: [visa]}}
  - {id: BAR_FUND, family: BAR, label: {en: Money}, definition: Money is lacking., terms: {en: [money], fr: [argent]}}
`))
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	const text = "visa" // which tells no language; the respondent answers in French
	byRun, _ := code.NewMatcher(book).Scanner().Codes(text, nil)
	w := &assigning{run: &run{}, rules: code.NewMatcher(book).Scanner(), asked: &survey.Survey{}, book: book, key: coding.Key("k")}
	given := []*givenAnswer{{unit: coding.Unit{Response: "r1", Item: "story"}, name: "u1", language: "fr", coders: []string{"ana"}, answer: text, text: text}}
	if got := w.workbook(coding.Coder{Name: "ana"}, given).Rows[0].Suggested; len(got) != len(byRun) {
		t.Errorf("a workbook suggests %v, a run gives %v", got, byRun)
	}
	content, err := w.project(coding.Coder{Name: "ana"}, given)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := refi.ReadProject("ana-1.qdpx", content)
	if n := len(p.Sources[0].Text.Selections); n != len(byRun) {
		t.Errorf("a project suggests %d codes, a run gives %v", n, byRun)
	}
	if got := codesIn(book, code.NewMatcher(book))()(text, "fr"); len(got) != len(byRun) {
		t.Errorf("quotes have %v, a run gives %v", got, byRun)
	}
	if len(byRun) == 0 {
		t.Error("the run gives no code")
	}
}
