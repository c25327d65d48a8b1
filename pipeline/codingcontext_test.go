package pipeline

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestCodersSeeNoCountryAndNothingMadeOfOne(t *testing.T) {
	asked, findings := survey.New(survey.Survey{
		Items: []survey.Item{
			{Name: "side", Type: survey.SelectOne, List: "l"}, {Name: "nation", Type: survey.SelectOne, List: "l"},
			{Name: "bloc", Type: survey.SelectOne, List: "l"}, {Name: "lead", Type: survey.SelectOne, List: "l"},
		},
		Lists: []*survey.ChoiceList{survey.NewChoiceList("l", []survey.Choice{{Name: "a"}, {Name: "b"}})},
	})
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	for item, fine := range map[string]bool{"side": true, "nation": false, "bloc": false, "lead": false} {
		c := Config{Coding: coding.Config{Context: []string{item}}, Disclosure: protect.Config{Country: []string{"nation"}, Identity: []string{"lead"}},
			Derive: []derive.Definition{{Name: "bloc", Expression: "${nation}"}}}
		items, findings := c.contextItems(asked)
		if finding.Refused(findings) == fine || (len(items) == 1) != fine {
			t.Errorf("%s as context: %v, %v", item, items, findings)
		}
	}
}
