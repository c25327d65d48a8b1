package versions

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// View returns the merged survey as an earlier form has it: the same items,
// lists and codes in the same places, under the names, the labels and the
// conditions of that form. Answers that were given to it are read with the view
// and are, code by code, answers to the merged survey. final is the merged
// survey as the config changed it. It is nil for a form that is not one of the
// earlier ones.
func (m Merged) View(final *survey.Survey, file string) *survey.Survey {
	at := slices.IndexFunc(m.editions, func(e Edition) bool { return e.File == file })
	if at < 0 {
		return nil
	}
	then, c := m.editions[at].Survey, m.comparisons[at]
	out := *final
	out.Default, out.Languages, out.Groups, out.Version = then.Default, then.Languages, then.Groups, then.Version
	out.Items = slices.Clone(final.Items)
	lists := map[string]*survey.ChoiceList{}
	for i := range out.Items {
		item := &out.Items[i]
		item.Now, item.Former = item.Name, nil
		old, known := m.earlier(then, c, i, item)
		if item.Given != "" {
			continue
		}
		if !known {
			item.Name, item.Path, item.Label, item.Partial, item.Relevant = "\x00"+item.Name, "\x00"+item.Path, nil, true, nil
			continue
		}
		item.Name, item.Path, item.Label, item.Relevant, item.Partial = old.Name, old.Path, old.Label, old.Relevant, false
		if item.Type.HasChoices() && lists[item.List] == nil {
			lists[item.List] = viewList(final.List(item.List), then.List(old.List), c.choices[listPair{item.List, old.List}])
		}
	}
	out.Lists = nil
	for _, l := range final.Lists {
		if lists[l.Name] != nil {
			l = lists[l.Name]
		}
		out.Lists = append(out.Lists, l)
	}
	out.Levels = slices.Clone(final.Levels)
	for i := range out.Levels {
		if old, ok := then.LevelIndex(out.Levels[i].Name); ok {
			out.Levels[i].Path, out.Levels[i].Label = then.Levels[old].Path, then.Levels[old].Label
		}
	}
	view, _ := survey.New(out)
	return view
}

// earlier finds what an item of the merged survey was in an earlier form.
func (m Merged) earlier(then *survey.Survey, c Comparison, i int, item *survey.Item) (*survey.Item, bool) {
	if k, ok := c.items[i]; ok && item.Earlier == "" {
		return &then.Items[k], true
	}
	if item.Earlier == "" {
		return nil, false
	}
	return then.Item(item.Name)
}

// viewList writes a list with the names of an earlier form, in its own order.
func viewList(now, then *survey.ChoiceList, found map[int32]int) *survey.ChoiceList {
	choices := slices.Clone(now.Choices)
	for code := range choices {
		x := &choices[code]
		x.Former = nil
		k, known := found[int32(code)]
		if !known && then != nil {
			if k = slices.IndexFunc(then.Choices, func(y survey.Choice) bool { return y.Name == x.Name }); k >= 0 && (x.Earlier != "" || found == nil) {
				known = true
			}
		}
		if known {
			x.Name, x.Label = then.Choices[k].Name, then.Choices[k].Label
		} else {
			x.Name, x.Label = "\x00"+x.Name, nil
		}
	}
	return survey.NewChoiceList(now.Name, choices)
}
