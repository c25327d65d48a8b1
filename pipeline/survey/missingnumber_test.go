package survey_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestMissingNumbersCountWhereTheyAreMeant(t *testing.T) {
	for _, c := range []struct {
		name              string
		refused, dontKnow []string
		want              []string // item number reason
		kinds             []string
	}{
		{name: "a number counts in every numeric item", refused: []string{"999"}, want: []string{"n 999 refused", "x 999 refused"}},
		{name: "a number that no integer can hold counts in decimals", refused: []string{"-0.5"}, want: []string{"x -0.5 refused"}},
		{name: "the name of a choice is no number", refused: []string{"99"}},
		{name: "unless its item is named", refused: []string{"n.99"}, want: []string{"n 99 refused"}},
		{name: "two reasons for one number", refused: []string{"998"}, dontKnow: []string{"n.998"}, want: []string{"n 998 refused", "x 998 refused"}, kinds: []string{"contradictory-missing-word"}},
		{name: "a text holds no number", refused: []string{"words.5"}, kinds: []string{"unmatched-missing-word"}},
		{name: "a word that is no number", refused: []string{"n.many", "1e3"}, kinds: []string{"unmatched-missing-word", "unmatched-missing-word"}},
	} {
		s, _ := survey.New(survey.Survey{
			Items: []survey.Item{{Name: "a", Type: survey.SelectOne, List: "l"}, {Name: "n", Type: survey.Integer}, {Name: "x", Type: survey.Decimal}, {Name: "words", Type: survey.OpenText}},
			Lists: []*survey.ChoiceList{survey.NewChoiceList("l", []survey.Choice{{Name: "1"}, {Name: "99"}})},
		})
		out, findings := s.WithMissing(c.refused, c.dontKnow, nil)
		var got, kinds []string
		for _, item := range out.Items {
			for _, m := range item.Missing {
				got = append(got, fmt.Sprintf("%s %v %v", item.Name, m.Number, m.Reason))
				if item.ReasonOf(m.Number) != m.Reason || item.ReasonOf(m.Number+1) != survey.Answered {
					t.Errorf("%s: the reason of a number is not that of the word", c.name)
				}
			}
		}
		for _, f := range findings {
			kinds = append(kinds, f.Kind)
		}
		if !slices.Equal(got, c.want) || !slices.Equal(kinds, c.kinds) {
			t.Errorf("%s: %q %q, want %q %q", c.name, got, kinds, c.want, c.kinds)
		}
		if len(s.Items[1].Missing) > 0 {
			t.Errorf("%s: the survey itself was changed", c.name)
		}
	}
}
