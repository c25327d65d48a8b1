package asked

import (
	"fmt"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func list(names ...string) []survey.Choice {
	var out []survey.Choice
	for _, n := range names {
		out = append(out, survey.Choice{Name: n})
	}
	return out
}

func TestConditionsSayWhoWasNeverAsked(t *testing.T) {
	missing := "[not asked not answered refused don't know not applicable]"
	for condition, want := range map[string]string{
		"${took} = 'yes'": "took [tried no] " + missing,
		"'yes' = ${took}": "took [tried no] " + missing,
		"${took} != 'no'": "took [no] []",
		"not(${took} = 'yes' or ${took} = 'tried')":      "took [yes tried] []",
		"selected(${tools}, 'radio')":                    "tools/radio [no] " + missing,
		"${took} = 'yes' and selected(${tools},'radio')": "took [tried no] " + missing + "; tools/radio [no] " + missing,
		"${took} = 'no' or ${other} = 'a'": "took [yes] [] other [b] " + missing + "; took [tried] [] other [b] " + missing +
			"; took [] [not asked] other [b] " + missing + "; took [] [not answered] other [b] " + missing + "; took [] [refused] other [b] " + missing +
			"; took [] [don't know] other [b] " + missing + "; took [] [not applicable] other [b] " + missing,
		"count-selected(${tools}) > 1": "",
		"${age} > 17":                  "",
		"${took} = ":                   "",
		"${tools} = 'radio'":           "",
	} {
		s, findings := survey.New(survey.Survey{
			Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}},
			Lists:  []*survey.ChoiceList{survey.NewChoiceList("took", list("yes", "tried", "no")), survey.NewChoiceList("tools", list("radio", "tv")), survey.NewChoiceList("other", list("a", "b"))},
			Items: []survey.Item{
				{Name: "took", Type: survey.SelectOne, List: "took"}, {Name: "tools", Type: survey.SelectMultiple, List: "tools"},
				{Name: "other", Type: survey.SelectOne, List: "other"}, {Name: "age", Type: survey.Integer},
				{Name: "how", Type: survey.SelectOne, List: "other", Relevant: []string{condition}},
			},
		})
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		got := ""
		for _, n := range Nevers(s) {
			if n.Item != "how" {
				t.Errorf("%s: %s is never asked", condition, n.Item)
			}
			if got != "" {
				got += "; "
			}
			for i, g := range n.When {
				if i > 0 {
					got += " "
				}
				name := g.Item
				if g.Option != "" {
					name += "/" + g.Option
				}
				got += fmt.Sprintf("%s %v %v", name, g.Choices, g.Reasons)
			}
		}
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", condition, got, want)
		}
	}
}
