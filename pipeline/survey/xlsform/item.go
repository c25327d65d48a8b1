package xlsform

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// readItem reads the row of one item.
func (in *reading) readItem(each row, cell string, k kind) {
	name, _ := in.sheet.cell(each, "name")
	if name == "" && k.of == survey.Metadata {
		name = strings.ReplaceAll(strings.ToLower(cell), " ", "")
	}
	if !in.nameOf(each, name, false) {
		return
	}
	top := in.top()
	item := survey.Item{
		Name: name, Type: k.of, List: k.list, OrOther: k.orOther, Path: join(top.path, name), Level: top.level, Relevant: top.relevant, Chapter: top.chapter,
		Label: in.sheet.text(each, "label"), Short: in.sheet.text(each, "short"), Hint: in.sheet.text(each, "hint"),
		Message: in.sheet.text(each, "message"),
		Place:   finding.Place{File: in.sheet.file, Sheet: in.sheet.name, Row: each.number, Item: name},
	}
	if !in.unique(each, &item) {
		return
	}
	item.Appearance, _ = in.sheet.cell(each, "appearance")
	if chapter, _ := in.sheet.cell(each, "chapter"); chapter != "" {
		item.Chapter = chapter
	}
	item.Role, item.Stated = in.role(in.sheet, each, k.of, cell)
	if own := in.condition(each, "relevant", finding.Refusal); own != "" {
		item.Relevant = append(append([]string(nil), top.relevant...), own)
	}
	item.Constraint = in.condition(each, "constraint", finding.Refusal)
	item.Calculate = in.mention(each, "calculation")
	item.Filter = in.mention(each, "choice_filter")
	in.mentionLabels(each)
	in.readRequired(each, &item)
	in.readSpecial(each, cell, &item)
	if item.Type.HasChoices() {
		in.checkList(each, &item)
	}
	in.names[name] = true
	in.out.Items = append(in.out.Items, item)
	if title := labelTitle(in.sheet, in.languages.base); asksAloud(item.Type) {
		in.labels = append(in.labels, labelled{label: item.Label, place: in.sheet.place(each, title), name: "item " + item.Name})
	}
}

// asksAloud reports whether a respondent sees an item, so that it needs a label.
func asksAloud(t survey.Type) bool { return t != survey.Calculated && t != survey.Metadata }

// unique gives an item whose name is taken in another group a name of its own,
// and refuses one whose name is taken in its own group.
func (in *reading) unique(each row, item *survey.Item) bool {
	_, title := in.sheet.cell(each, "name")
	if first, twice := in.paths[item.Path]; twice {
		in.add("duplicate-item", finding.Refusal, in.sheet.place(each, title), fmt.Sprintf("The name %s is already used in row %d of the same group.", item.Name, first), "Give each item a name of its own.")
		return false
	}
	in.paths[item.Path] = each.number
	if first, taken := in.items[item.Name]; taken {
		full := strings.ReplaceAll(item.Path, "/", "_")
		if _, also := in.items[full]; also || full == item.Name {
			in.add("duplicate-item", finding.Refusal, in.sheet.place(each, title), fmt.Sprintf("The name %s is already used in row %d.", item.Name, first), "Give each item a name of its own.")
			return false
		}
		in.add("duplicate-item", finding.Warning, in.sheet.place(each, title), fmt.Sprintf("The name %s is also used in row %d, in another group. Here it is read as %s.", item.Name, first, full),
			"Give each item a name of its own, so that columns without the path of the group can be told apart.")
		item.Name = full
	}
	in.items[item.Name] = each.number
	in.checkAlike("item", item.Name, in.sheet.place(each, title), in.alike)
	return true
}

func (in *reading) readRequired(each row, item *survey.Item) {
	cell, title := in.sheet.cell(each, "required")
	switch truth(cell) {
	case yes:
		item.Required = true
	case neither:
		in.add("conditional-required", finding.Note, in.sheet.place(each, title), "The item "+item.Name+" is required under a condition; it is read as not required.", "Nothing to do: only the check for unanswered required items is affected.")
	}
}

// readSpecial reads types that need more than their name: a range of whole
// numbers, an acknowledgement, a row of a matrix.
func (in *reading) readSpecial(each row, cell string, item *survey.Item) {
	switch word := strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(cell), "_", " ")), " "); {
	case word == "range":
		parameters, _ := in.sheet.cell(each, "parameters")
		if !strings.Contains(parameters, ".") {
			item.Type = survey.Integer
		}
	case word == "score row" || word == "rank level":
		item.List = in.top().list
	case strings.HasPrefix(item.List, "${"):
		_, title := in.sheet.cell(each, "type")
		in.add("choices-from-answers", finding.Warning, in.sheet.place(each, title), "The choices of the item "+item.Name+" are answers to another item; it is read as text and set aside as identifying.", "If its answers point to nobody, make it a text with the role none.")
		item.Type, item.List, item.OrOther, item.Role = survey.OpenText, "", false, survey.Identifying
	case word == acknowledge || word == "trigger":
		item.List = acknowledge
		if _, ok := in.lists[acknowledge]; !ok {
			in.lists[acknowledge] = len(in.reader.lists)
			in.reader.lists = append(in.reader.lists, survey.NewChoiceList(acknowledge, []survey.Choice{{Name: "OK", Label: in.everywhere(okWords)}}))
		}
	}
}

// acknowledge is a type with one answer, and the name of the list it is given.
const acknowledge = "acknowledge"

// checkList checks the list of a select item.
func (in *reading) checkList(each row, item *survey.Item) {
	_, title := in.sheet.cell(each, "type")
	place := in.sheet.place(each, title)
	i, known := in.lists[item.List]
	switch {
	case item.List == "":
		in.add("missing-list", finding.Refusal, place, "The item "+item.Name+" names no choice list.", "Write the list's name after the type: "+string(item.Type)+" LIST.")
		return
	case !known:
		remedy := "Add the list to the choices sheet, or correct its name."
		if near := in.nearList(item.List); near != "" {
			remedy = "Did you mean " + near + "? Correct the name, or add the list to the choices sheet."
		}
		in.add("unknown-list", finding.Refusal, place, "The item "+item.Name+" uses the choice list "+shorten(item.List)+", which the choices sheet does not have.", remedy)
		return
	case len(in.reader.lists[i].Choices) == 0:
		in.add("empty-list", finding.Refusal, place, "The choice list "+item.List+" of the item "+item.Name+" has no choices.", "Add its choices to the choices sheet.")
	}
	in.uses[item.List]++
	if item.Filter != "" {
		in.narrow[item.List]++
	}
	if item.Type == survey.SelectOne {
		return
	}
	for _, c := range in.reader.lists[i].Choices {
		if strings.ContainsAny(c.Name, " \t\n") {
			in.add("blank-in-choice", finding.Refusal, place, "The choice “"+shorten(c.Name)+"” of the list "+item.List+" has a blank in its name; several choices are told apart by blanks.", "Join its words by _.")
			return
		}
	}
}

// nearList returns the list whose name differs only in case and signs.
func (in *reading) nearList(name string) string {
	if in.nearLists == nil {
		in.nearLists = map[string]string{}
		for _, l := range in.reader.lists {
			in.nearLists[bare(l.Name)] = l.Name
		}
	}
	return in.nearLists[bare(name)]
}

// bare brings a name to its letters and digits.
func bare(name string) string {
	return nonLetters.ReplaceAllString(strings.ToLower(name), "")
}

var nonLetters = regexp.MustCompile(`[^\pL\pN]`)
