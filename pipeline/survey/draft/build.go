package draft

import (
	"sort"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// survey puts the draft together from what was decided of the columns.
func (d *drafter) survey() survey.Survey {
	tag := d.opts.Language
	name := display.Self.Name(language.Make(tag))
	if name == "" {
		name = tag
	}
	out := survey.Survey{
		ID: d.opts.ID, Version: "draft", Default: tag, Languages: []survey.Language{{Name: name + " (" + tag + ")", Tag: tag}},
		Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}},
	}
	if d.opts.Title != "" {
		out.Title = survey.Text{tag: d.opts.Title}
	}
	listed := map[*list]bool{}
	groups := map[string]bool{}
	for _, p := range d.columns {
		for _, segment := range strings.Split(p.path, "/") {
			d.names.taken[segment] = true // no item is called as a group
		}
	}
	for _, p := range d.columns {
		if p.use != asItem {
			continue
		}
		out.Items = append(out.Items, d.item(p))
		if p.list != nil && !listed[p.list] {
			listed[p.list] = true
			out.Lists = append(out.Lists, d.choiceList(p.list))
		}
		for i, c := range p.path + "/" {
			if c == '/' && i > 0 && !groups[p.path[:i]] {
				groups[p.path[:i]] = true
				path := p.path[:i]
				out.Groups = append(out.Groups, survey.Group{Name: path[strings.LastIndex(path, "/")+1:], Path: path})
			}
		}
	}
	sort.SliceStable(out.Groups, func(i, j int) bool { return out.Groups[i].Path < out.Groups[j].Path })
	d.note("draft", finding.Note, nil, 0, "The form was drafted from the answers, and holds only what was answered.",
		"Read it against the questionnaire: wording of questions, choices that nobody took, order of choices, conditions, and the role of each item.")
	return out
}

func (d *drafter) item(p *profile) survey.Item {
	name := d.names.item(p.short)
	item := survey.Item{
		Name: name, Type: p.kind, Path: name, Label: survey.Text{d.opts.Language: p.title},
		Place: finding.Place{File: d.opts.File, Column: p.title, Item: name},
	}
	if p.path != "" {
		item.Path = p.path + "/" + name
		item.Label = survey.Text{d.opts.Language: p.short}
	}
	if p.said != nil && p.said.Label != "" && name == p.title { // the column is found by its name
		item.Label = survey.Text{d.opts.Language: survey.PlainText(p.said.Label)}
	}
	if p.list != nil {
		item.List = p.list.name
	}
	item.Role = p.role
	return item
}

func (d *drafter) choiceList(l *list) *survey.ChoiceList {
	var choices []survey.Choice
	for i, c := range l.choices {
		choices = append(choices, survey.Choice{Name: c.name, Label: survey.Text{d.opts.Language: c.label}, Score: l.scores[i]})
	}
	return survey.NewChoiceList(l.name, choices)
}
