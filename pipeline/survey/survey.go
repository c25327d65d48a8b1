// Package survey holds what was asked: the items of a survey in the order of
// its form, their choices, their labels in every language, the conditions
// under which they are asked, and how a missing answer is to be understood.
package survey

import "github.com/soundings-survey/soundings/pipeline/finding"

// Survey is a questionnaire. It is built once, by a reader such as
// survey/xlsform, and not changed afterwards: With returns changed copies.
type Survey struct {
	ID        string        // form_id
	Version   string        // version of the form
	Title     Text          // title in each language
	Languages []Language    // in the order of the form
	Default   string        // tag of the default language, one of Languages
	Items     []Item        // in form order, derived items last
	Lists     []*ChoiceList // in form order
	Groups    []Group       // in form order
	Levels    []Level       // Levels[0] is the respondent level; a repeat each after it

	Indicators []Indicator // of the form's sheet of indicators, to be derived

	byName map[string]int
	lists  map[string]*ChoiceList
}

// RespondentLevel is the name of the first level.
const RespondentLevel = "respondent"

// Level is a unit of answers: the respondent, or a repeat below it.
type Level struct {
	Name   string // RespondentLevel, or the name of the repeat
	Parent int    // index of the parent level; -1 for the respondent level
	Path   string // path of the repeat's group, "org/countries"; "" for the respondent level
	Label  Text   // label of the repeat
}

// Indicator is an item that the form defines by an expression on a sheet of its
// own. It is not among the Items until it has been derived.
type Indicator struct {
	Name       string
	Type       string // integer, decimal, select_one ..., or indicator
	List       string // of a select item
	Label      Text
	Expression string
	Level      string // name of a repeat, or empty
	Place      finding.Place
}

// Group is a named section of the form.
type Group struct {
	Name  string
	Path  string // "outer/inner"
	Label Text
}

// Language is one language of the form.
type Language struct {
	Name string // as the form has it: "English (en)"
	Tag  string // BCP 47: "en"
}

// Item is one question, or an answer derived from others.
type Item struct {
	Name       string
	Type       Type
	List       string // name of the choice list of a select item
	Path       string // group path and name, "g_profile/region"
	Level      int    // index in Survey.Levels
	Label      Text   // the question
	Short      Text   // a short label for charts, may be empty
	Hint       Text
	Required   bool
	Relevant   []string // conditions under which it is asked, outermost group first; all must hold
	Constraint string   // what an answer must satisfy
	Message    Text     // message of the constraint
	Calculate  string   // expression of a calculated item
	Filter     string   // choice_filter
	Appearance string
	Role       Role
	Stated     Role // what the form or the config says; Role is stricter where the type alone identifies
	Chapter    string
	OrOther    bool     // select with "or_other": a choice "other" and a text item NAME_other exist
	Former     []Former // what it was called in earlier versions of the form
	Earlier    string   // the version of the form that has it, where today's has not
	Partial    bool     // not in every version of the form: a file may lack it
	Given      Given    // what the config says of whole files, and no column holds
	Now        string   // in the view of an earlier version, its name today; else ""
	Derived    string   // for a derived item, the item or the rule it comes from; else ""
	Place      finding.Place

	Missing []MissingNumber // of a numeric item: numbers that stand for a missing answer
}

// Given says what the answer to an item is that no column of a file holds.
type Given string

// The items that the config gives an answer to, file by file.
const (
	GivenWave   Given = "wave"   // the fielding that the answers belong to
	GivenSource Given = "source" // where the answers come from
)

// ItemNames returns the names of the items, in their order.
func (s *Survey) ItemNames() []string {
	names := make([]string, len(s.Items))
	for i := range s.Items {
		names[i] = s.Items[i].Name
	}
	return names
}

// Today returns the name of an item in today's form.
func (i *Item) Today() string {
	if i.Now != "" {
		return i.Now
	}
	return i.Name
}

// New returns a survey with its indexes built, and the findings of what does
// not fit together: duplicate names, unknown lists, unknown parents.
func New(s Survey) (*Survey, []finding.Finding) {
	out := s
	if len(out.Levels) == 0 {
		out.Levels = []Level{{Name: RespondentLevel, Parent: -1}}
	}
	out.byName = make(map[string]int, len(out.Items))
	out.lists = make(map[string]*ChoiceList, len(out.Lists))
	var findings []finding.Finding
	for _, l := range out.Lists {
		out.lists[l.Name] = l
	}
	for i, item := range out.Items {
		if first, twice := out.byName[item.Name]; twice {
			findings = append(findings, finding.Finding{
				Stage: "survey", Kind: "duplicate-item", Severity: finding.Refusal, Place: item.Place,
				Problem: "The name " + item.Name + " is already used by " + out.Items[first].Place.String() + ".",
				Remedy:  "Give each item a name of its own.",
			})
			continue
		}
		out.byName[item.Name] = i
		if item.Type.HasChoices() && out.lists[item.List] == nil {
			findings = append(findings, finding.Finding{
				Stage: "survey", Kind: "unknown-list", Severity: finding.Refusal, Place: item.Place,
				Problem: "The item " + item.Name + " uses the choice list " + item.List + ", which the choices sheet does not have.",
				Remedy:  "Add the list to the choices sheet, or correct its name.",
			})
		}
	}
	return &out, findings
}

// Item returns the item of that name.
func (s *Survey) Item(name string) (*Item, bool) {
	i, ok := s.byName[name]
	if !ok {
		return nil, false
	}
	return &s.Items[i], true
}

// Index returns the place in Items of the item of that name.
func (s *Survey) Index(name string) (int, bool) {
	i, ok := s.byName[name]
	return i, ok
}

// List returns the choice list of that name, or nil.
func (s *Survey) List(name string) *ChoiceList { return s.lists[name] }

// Choices returns the choices of an item, nil if it has none.
func (s *Survey) Choices(item *Item) []Choice {
	if l := s.lists[item.List]; l != nil && item.Type.HasChoices() {
		return l.Choices
	}
	return nil
}

// Scaled reports whether an item is a single choice whose choices have scores:
// at least two of those that are not a reason for a missing answer.
func (s *Survey) Scaled(item *Item) bool {
	if item.Type != SelectOne {
		return false
	}
	scored := 0
	for _, c := range s.Choices(item) {
		if c.Score != nil && c.Missing == Answered {
			scored++
		}
	}
	return scored >= 2
}

// With returns a copy of the survey with more items and lists at its end.
func (s *Survey) With(items []Item, lists []*ChoiceList) (*Survey, []finding.Finding) {
	out := *s
	out.Items = append(append([]Item(nil), s.Items...), items...)
	out.Lists = append(append([]*ChoiceList(nil), s.Lists...), lists...)
	return New(out)
}

// LevelIndex returns the index of the level of that name.
func (s *Survey) LevelIndex(name string) (int, bool) {
	for i, l := range s.Levels {
		if l.Name == name {
			return i, true
		}
	}
	return 0, false
}

// Tabulated returns the items of a level that hold answers which can be
// counted or averaged: not notes, metadata, identifying items or free text.
func (s *Survey) Tabulated(level int) []*Item {
	var out []*Item
	for i := range s.Items {
		it := &s.Items[i]
		if it.Level == level && it.Role != Identifying && (it.Type.HasChoices() || it.Type.Numeric()) {
			out = append(out, it)
		}
	}
	return out
}
