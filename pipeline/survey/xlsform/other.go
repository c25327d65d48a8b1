package xlsform

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// other is the choice that "or_other" adds, and the end of the name of the
// text item beside it.
const other = "other"

// addOthers completes the items with "or_other": the choice "other" in their
// list, and the text item NAME_other after them. An item whose list has that
// choice and which has such a text item beside it is one of them too.
func (in *reading) addOthers() {
	var items []survey.Item
	for _, item := range in.out.Items {
		_, has := in.items[item.Name+"_"+other]
		at, known := in.lists[item.List]
		if !known || item.Type != survey.SelectOne && item.Type != survey.SelectMultiple {
			item.OrOther = false
			items = append(items, item)
			continue
		}
		list := in.reader.lists[at]
		_, listed := list.Code(other)
		item.OrOther = item.OrOther || listed && has
		items = append(items, item)
		if item.OrOther && !listed {
			in.reader.lists[at] = survey.NewChoiceList(list.Name, append(slices.Clone(list.Choices), survey.Choice{Name: other, Label: in.everywhere(otherWords)}))
		}
		if item.OrOther && !has {
			in.items[item.Name+"_"+other] = item.Place.Row
			in.names[item.Name+"_"+other] = true
			items = append(items, in.otherText(item))
		}
	}
	in.out.Items = items
}

// otherText returns the text item in which respondents say what "other" is.
func (in *reading) otherText(of survey.Item) survey.Item {
	name := of.Name + "_" + other
	place := of.Place
	place.Item = name
	return survey.Item{
		Name: name, Type: survey.OpenText, Path: of.Path + "_" + other, Level: of.Level, Role: of.Role, Chapter: of.Chapter, Place: place,
		Label: in.everywhere(specifyWords), Relevant: append(slices.Clone(of.Relevant), "selected(${"+of.Name+"}, '"+other+"')"),
	}
}

// everywhere returns a wording in the languages of the form that it is known
// in, and in the default language in any case.
func (r *reader) everywhere(words survey.Text) survey.Text {
	out := survey.Text{r.languages.base: words["en"]}
	for _, l := range r.languages.list {
		if w := words[l.Tag]; w != "" {
			out[l.Tag] = w
		}
	}
	return out
}

// Wordings that the form leaves to the tool.
var (
	otherWords   = survey.Text{"ar": "أخرى", "en": "Other", "es": "Otro", "fr": "Autre", "ru": "Другое", "zh": "其他"}
	specifyWords = survey.Text{"ar": "يرجى التحديد", "en": "Please specify", "es": "Especifique", "fr": "Veuillez préciser", "ru": "Укажите, что именно", "zh": "请说明"}
	okWords      = survey.Text{"ar": "موافق", "en": "OK", "es": "OK", "fr": "OK", "ru": "ОК", "zh": "确定"}
)
