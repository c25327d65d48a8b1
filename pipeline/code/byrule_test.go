package code

import (
	"context"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/engine"
)

func TestCodesByRulesAreCountedByLanguageBeforePeopleDecide(t *testing.T) {
	d := sample(t, []answers{
		{"We could not get a visa for the session", "The visa came too late for us"},
		{"لم نحصل على التأشيرة في الوقت المناسب", "The visa office was closed"},
		{"Nothing happened to us at the session", notAsked},
		{"123", notAsked},
	}, nil)
	cb, _ := Read("codebook.yaml", []byte("version: 1\ntitle: {en: Codes}\ncodes:\n  - id: visa\n    label: {en: Visa}\n    negation: ignore\n    terms: {en: [visa], ar: [تأشيرة]}\n"))
	none := func(Seen) ([]int32, any) { return nil, nil } // people say that no code fits
	_, summary, findings, err := Reviewed(context.Background(), engine.Engine{Workers: 2, Dir: t.TempDir()}, d, NewMatcher(cb), Config{}, Reviewer{Look: none})
	if err != nil || len(cb.Codes) != 1 {
		t.Fatal(err, findings)
	}
	if summary.Items[0].Coded != 0 {
		t.Error("people decide")
	}
	got := map[[2]string][4]int64{}
	for _, s := range summary.Languages {
		got[[2]string{s.Item, s.Language}] = [4]int64{s.Answers, s.Respondents, s.Codes[0].Answers, s.Codes[0].Respondents}
	}
	for at, want := range map[[2]string][4]int64{
		{"what", "en"}: {2, 2, 1, 1}, {"what", "ar"}: {1, 1, 1, 1}, {"what", ""}: {1, 1, 0, 0}, {"what", AllOfThem}: {4, 4, 2, 2},
		{"why", "en"}: {2, 2, 2, 2}, {"why", AllOfThem}: {2, 2, 2, 2},
		{"", "en"}: {4, 3, 3, 2}, {"", "ar"}: {1, 1, 1, 1}, {"", ""}: {1, 1, 0, 0}, {"", AllOfThem}: {6, 4, 4, 2},
	} {
		if got[at] != want {
			t.Errorf("%v: %v, not %v", at, got[at], want)
		}
		delete(got, at)
	}
	if len(got) > 0 {
		t.Errorf("more: %v", got)
	}
}
