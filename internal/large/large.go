// Package large makes surveys as large as anybody has, to measure with: a form
// with items of every common type, half of them under conditions, and an export
// of as many responses as asked, with the faults that exports have. Nothing in
// it means anything.
package large

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Survey returns a survey of so many items, in groups of ten.
func Survey(items int) (*survey.Survey, error) {
	s := survey.Survey{
		ID: "large", Title: survey.Text{"en": "A large survey"}, Default: "en", Languages: []survey.Language{{Name: "English (en)", Tag: "en"}},
		Lists: []*survey.ChoiceList{list("one", 7), list("many", 12)},
	}
	for i := range items {
		if i%10 == 0 {
			s.Groups = append(s.Groups, survey.Group{Name: group(i), Path: group(i), Label: survey.Text{"en": fmt.Sprintf("Group %d", i/10)}})
		}
		s.Items = append(s.Items, item(i))
	}
	out, findings := survey.New(s)
	if len(findings) > 0 {
		return nil, fmt.Errorf("make a large survey: %s", findings[0])
	}
	return out, nil
}

func group(i int) string { return fmt.Sprintf("group_%d", i/10) }

func list(name string, n int) *survey.ChoiceList {
	var choices []survey.Choice
	for i := range n {
		choices = append(choices, survey.Choice{Name: fmt.Sprintf("%s_%d", name, i), Label: survey.Text{"en": fmt.Sprintf("Choice %d", i)}})
	}
	return survey.NewChoiceList(name, choices)
}

// item returns item i: of ten that follow each other, five are single choices.
func item(i int) survey.Item {
	it := survey.Item{Name: fmt.Sprintf("item_%03d", i), Label: survey.Text{"en": fmt.Sprintf("Question %d", i)}}
	it.Path = group(i) + "/" + it.Name
	switch i % 10 {
	case 5:
		it.Type, it.List = survey.SelectMultiple, "many"
	case 6:
		it.Type, it.Constraint = survey.Integer, ". < 4990"
	case 7:
		it.Type = survey.Decimal
	case 8:
		it.Type = survey.Date
	case 9:
		it.Type = survey.OpenText
	default:
		it.Type, it.List = survey.SelectOne, "one"
	}
	if conditional(i) {
		it.Relevant = []string{
			"${item_000} = 'one_1' or ${item_000} = 'one_2' or ${item_000} = 'one_3'",
			fmt.Sprintf("selected(${item_%03d}, 'many_1')", i/10*10-5),
		}
	}
	return it
}

// conditional reports whether item i is asked of some respondents only.
func conditional(i int) bool { return i%2 == 1 && i > 10 }
