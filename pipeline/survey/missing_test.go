package survey_test

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func withLists(t *testing.T) *survey.Survey {
	t.Helper()
	s, findings := survey.New(survey.Survey{
		Items: []survey.Item{{Name: "a", Type: survey.SelectOne, List: "yn"}, {Name: "b", Type: survey.SelectOne, List: "scale.5"}},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("yn", []survey.Choice{{Name: "yes"}, {Name: "no"}, {Name: "na"}}),
			survey.NewChoiceList("scale.5", []survey.Choice{{Name: "1"}, {Name: "2"}, {Name: "na"}, {Name: "not.asked"}}),
		},
	})
	if len(findings) != 0 {
		t.Fatal(findings)
	}
	return s
}

func reasons(s *survey.Survey) (out []survey.Reason) {
	for _, l := range s.Lists {
		for _, c := range l.Choices {
			out = append(out, c.Missing)
		}
	}
	return out
}

func TestMissingWordsAreAppliedToTheChoicesTheyName(t *testing.T) {
	const a, r, d, n = survey.Answered, survey.Refused, survey.DontKnow, survey.NotApplicable
	for _, c := range []struct {
		name                             string
		refused, dontKnow, notApplicable []string
		want                             []survey.Reason
		kinds                            []string
	}{
		{name: "no words change nothing", want: []survey.Reason{a, a, a, a, a, a, a}},
		{name: "a name counts in every list", notApplicable: []string{"na"}, want: []survey.Reason{a, a, n, a, a, n, a}},
		{name: "a list and a name count in one list", dontKnow: []string{"yn.na"}, refused: []string{"scale.5.na"}, want: []survey.Reason{a, a, d, a, a, r, a}},
		{name: "a name may have a dot", refused: []string{" not.asked "}, want: []survey.Reason{a, a, a, a, a, a, r}},
		{name: "a word that matches nothing is told", dontKnow: []string{"dk"}, want: []survey.Reason{a, a, a, a, a, a, a}, kinds: []string{"unmatched-missing-word"}},
		{name: "a word for two reasons is refused", dontKnow: []string{"yn.na"}, notApplicable: []string{"yn.na"}, want: []survey.Reason{a, a, d, a, a, a, a}, kinds: []string{"contradictory-missing-word"}},
		{name: "a list without answers is told", notApplicable: []string{"yes", "no", "yn.na"}, want: []survey.Reason{n, n, n, a, a, a, a}, kinds: []string{"list-without-answers"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := withLists(t)
			got, findings := s.WithMissing(c.refused, c.dontKnow, c.notApplicable)
			for i, reason := range reasons(got) {
				if reason != c.want[i] {
					t.Errorf("choice %d is %v, want %v", i, reason, c.want[i])
				}
			}
			if len(findings) != len(c.kinds) {
				t.Fatalf("findings %v, want %v", findings, c.kinds)
			}
			for i, f := range findings {
				if f.Kind != c.kinds[i] {
					t.Errorf("finding %v, want %s", f, c.kinds[i])
				}
			}
			if finding.Refused(findings) != (len(c.kinds) > 0 && c.kinds[0] == "contradictory-missing-word") {
				t.Errorf("refused: %v", findings)
			}
			for _, reason := range reasons(s) {
				if reason != survey.Answered {
					t.Error("the survey itself was changed")
				}
			}
			if item, ok := got.Item("a"); !ok || len(got.Choices(item)) != 3 {
				t.Error("the copy has lost its indexes")
			}
		})
	}
}
