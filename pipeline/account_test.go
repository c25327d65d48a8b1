package pipeline

import (
	"fmt"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestEveryResponseIsAccountedFor(t *testing.T) {
	in := ingest.Report{Files: []ingest.FileReport{{Rows: 100, Duplicates: 7}, {Rows: 60, Duplicates: 2}}}
	for _, c := range []struct {
		consent bool
		removed []clean.IssueCount
		out     int64
		want    string
	}{
		{false, nil, 151, "[{duplicate 9} {blank 0}]"},
		{true, []clean.IssueCount{{Issue: "blank", Count: 3}, {Issue: "no consent", Count: 8}}, 140, "[{duplicate 9} {noconsent 8} {blank 3}]"},
		{true, []clean.IssueCount{{Issue: "words of an analyst", Count: 5}}, 144, "[{duplicate 9} {noconsent 0} {blank 0} {removed 5} {other 2}]"},
	} {
		a := responses(in, clean.Summary{Out: c.out, Removed: c.removed}, c.consent)
		if got := fmt.Sprint(a.Aside); got != c.want || a.Received != 160 || a.Analysed != c.out {
			t.Errorf("%v of %d: %s, want %s", a.Analysed, a.Received, got, c.want)
		}
		sum := a.Analysed
		for _, gone := range a.Aside {
			sum += gone.Count
		}
		if sum != a.Received {
			t.Errorf("%v does not add up to %d", a.Aside, a.Received)
		}
	}
	if len(quality.Reasons) != 6 {
		t.Error("a reason is not tested here")
	}
}

func TestTheLanguageItemIsNamedOrTheOnlyOneThereIs(t *testing.T) {
	tongues := survey.NewChoiceList("tongues", []survey.Choice{{Name: "en"}, {Name: "fr"}, {Name: "pns", Missing: survey.Refused}})
	more := survey.NewChoiceList("more", []survey.Choice{{Name: "en"}, {Name: "fr"}, {Name: "other"}})
	make := func(items ...survey.Item) *survey.Survey {
		s, findings := survey.New(survey.Survey{Languages: []survey.Language{{Tag: "en"}, {Tag: "fr"}}, Items: items, Lists: []*survey.ChoiceList{tongues, more}})
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		return s
	}
	one := survey.Item{Name: "one", Type: survey.SelectOne, List: "tongues"}
	two := survey.Item{Name: "two", Type: survey.SelectOne, List: "tongues"}
	wide := survey.Item{Name: "wide", Type: survey.SelectOne, List: "more"}
	several := survey.Item{Name: "several", Type: survey.SelectMultiple, List: "tongues"}
	for name, c := range map[string]struct {
		s       *survey.Survey
		say     string
		want    string
		refused bool
	}{
		"the only one":                  {make(one, wide, several), "", "one", false},
		"one of two":                    {make(one, two), "", "", false},
		"the one named":                 {make(one, wide), "wide", "wide", false},
		"one that is not there":         {make(one), "three", "", true},
		"one of several choices":        {make(several), "several", "", true},
		"languages that the form lacks": {make(wide), "", "", false},
	} {
		cfg := Defaults()
		cfg.Report.Language = c.say
		got, findings := cfg.languageItem(c.s)
		if got != c.want || finding.Refused(findings) != c.refused {
			t.Errorf("%s: %q, %v", name, got, findings)
		}
	}
}
