package derive

import (
	"cmp"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// typed gives an item of an expression its type and choices.
func (f *definer) typed(d *derivation) {
	switch d.Type {
	case typeIndicator:
		d.item.Type = survey.SelectOne
		f.own(d, []survey.Choice{{Name: "yes", Label: words("yes")}, {Name: "no", Label: words("no")}})
		return
	case string(survey.SelectOne), string(survey.SelectMultiple):
		if d.List != "" {
			if f.asked.List(d.List) == nil {
				f.refuse(d, "unknown-list", "names the list "+d.List+", which the form does not have.", "Correct the name, or give the item \"choices\".")
			}
			d.item.List = d.List
			break
		}
		choices := make([]survey.Choice, len(d.Choices))
		for i, c := range d.Choices {
			choices[i] = survey.Choice{Name: c.Name}
		}
		f.own(d, choices)
	}
	d.item.Type = survey.Type(d.Type)
}

// own gives an item a list of its own, with the labels and scores of the
// definition and in its order: first the choices that it names.
func (f *definer) own(d *derivation, choices []survey.Choice) {
	at := map[string]int{}
	for i, c := range d.Choices {
		if _, twice := at[c.Name]; twice {
			f.refuse(d, "choices", "names the choice "+c.Name+" twice.", "Name each choice once.")
		}
		at[c.Name] = i
		k := slices.IndexFunc(choices, func(o survey.Choice) bool { return o.Name == c.Name })
		if k < 0 {
			f.refuse(d, "choices", "labels the choice "+c.Name+", which it does not have.", "Correct the name, or remove it.")
			continue
		}
		if len(c.Label) > 0 {
			choices[k].Label, choices[k].Short = c.Label, nil
		}
		if c.Score != nil {
			choices[k].Score = c.Score
		}
	}
	if d.From == "" { // what is made from another item keeps that one's order
		rank := func(c survey.Choice) int {
			if i, ok := at[c.Name]; ok {
				return i
			}
			return len(at)
		}
		slices.SortStableFunc(choices, func(a, b survey.Choice) int { return cmp.Compare(rank(a), rank(b)) })
	}
	for _, c := range choices {
		if !choiceName(c.Name) {
			f.refuse(d, "choices", "has a choice whose name has blanks or is empty.", "Write names of choices without blanks.")
			break
		}
	}
	name := d.Name
	for f.asked.List(name) != nil {
		name += "_"
	}
	d.list = survey.NewChoiceList(name, choices)
}

func choiceName(s string) bool { return s != "" && !strings.ContainsAny(s, " \t\r\n") }
