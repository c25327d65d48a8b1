package main

import (
	"fmt"
	"strings"
)

// Row is a row of the survey sheet: an item, or the begin or end of a group.
type Row struct {
	Type, Name, List                            string
	Group                                       string // the group that the item stands in, or ""
	Required, Relevant, Constraint, Calculation string
	Appearance, Role, Chapter, Why              string
	Label, Short, Hint, Message                 map[string]string // by language code
}

// Form is the survey that is fielded.
type Form struct {
	Title   map[string]string
	Rows    []Row
	Lists   []List
	byName  map[string]*Row
	byList  map[string]*List
	Tongues []Tongue
}

// IsItem tells whether a row has a column in an export.
func (r Row) IsItem() bool { return r.Type != "begin_group" && r.Type != "end_group" }

// Many tells whether several choices may be selected.
func (r Row) Many() bool { return r.Type == "select_multiple" }

// Header gives the item's path in an export.
func (r Row) Header() string {
	if r.Group == "" {
		return r.Name
	}
	return r.Group + "/" + r.Name
}

// readForm joins the skeleton of the form with its wording in every language.
func readForm() (*Form, error) {
	f := &Form{Title: map[string]string{}, byName: map[string]*Row{}, byList: map[string]*List{}, Tongues: tongues()}
	words := map[string]Wording{}
	for _, t := range f.Tongues {
		var w Wording
		if err := readYAML("labels/"+t.Code+".yaml", &w); err != nil {
			return nil, err
		}
		words[t.Code] = w
		f.Title[t.Code] = w.Title
	}
	lists, err := readLists(words)
	if err != nil {
		return nil, err
	}
	f.Lists = lists
	for i := range f.Lists {
		f.byList[f.Lists[i].Name] = &f.Lists[i]
	}
	rows, err := readCSV("survey.csv")
	if err != nil {
		return nil, err
	}
	group := ""
	for _, m := range rows {
		kind, list, _ := strings.Cut(m["type"], " ")
		r := Row{Type: kind, Name: m["name"], List: list, Group: group, Required: m["required"], Relevant: m["relevant"],
			Constraint: m["constraint"], Calculation: m["calculation"], Appearance: m["appearance"], Role: m["role"],
			Chapter: m["chapter"], Why: m["why"],
			Label: map[string]string{}, Short: map[string]string{}, Hint: map[string]string{}, Message: map[string]string{}}
		switch kind {
		case "begin_group":
			r.Group, group = "", r.Name
		case "end_group":
			r.Group, group = "", ""
		}
		for _, t := range f.Tongues {
			f.word(&r, t, words[t.Code])
		}
		f.Rows = append(f.Rows, r)
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		if r.Name == "" {
			continue
		}
		if f.byName[r.Name] != nil {
			return nil, fmt.Errorf("survey.csv: two rows are named %s", r.Name)
		}
		if r.List != "" && f.byList[r.List] == nil {
			return nil, fmt.Errorf("survey.csv: %s uses the unknown list %s", r.Name, r.List)
		}
		f.byName[r.Name] = r
	}
	return f, nil
}

// word fills in what a row says in one language. The grids over stages and obstacles share their question.
func (f *Form) word(r *Row, t Tongue, w Wording) {
	set := func(to map[string]string, text string) {
		if text = strings.TrimSpace(text); text != "" {
			to[t.Code] = text
		}
	}
	prefix, stage, isGrid := strings.Cut(r.Name, "_")
	question := map[string]string{"diff": w.Diff, "use": w.Use, "sev": w.Sev}[r.List]
	switch {
	case r.Type == "begin_group":
		set(r.Label, w.Groups[r.Name])
	case isGrid && (prefix == "diff" || prefix == "use"):
		long, short, _ := strings.Cut(question, "|")
		set(r.Label, strings.TrimSpace(long)+t.Gap+w.Lists["stage"][stage])
		set(r.Short, strings.TrimSpace(short)+t.Colon+w.Lists["stage"][stage])
	case r.List == "sev":
		long, _, _ := strings.Cut(question, "|")
		set(r.Label, strings.TrimSpace(long)+t.Gap+w.Obstacles[r.Name])
		set(r.Short, w.Obstacles[r.Name])
	default:
		parts := append(strings.Split(w.Items[r.Name], "|"), "", "", "")
		set(r.Label, parts[0])
		set(r.Short, parts[1])
		set(r.Hint, parts[2])
		set(r.Message, parts[3])
	}
}
