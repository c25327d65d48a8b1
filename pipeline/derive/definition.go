package derive

import (
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Definition says how an item is made of others: by an expression; or from one
// item, whose choices are recoded or whose numbers are put into bands. The order
// of definitions does not matter: an item may use any other that does not hang
// on it.
type Definition struct {
	Name       string      `yaml:"name"`
	Label      survey.Text `yaml:"label"`
	Type       string      `yaml:"type"`       // of an expression: indicator, select_one, select_multiple, integer, decimal, text, date
	Expression string      `yaml:"expression"` // in the language of the form
	List       string      `yaml:"list"`       // choice list of the form that a select item takes
	Choices    []Choice    `yaml:"choices"`    // choices of its own, or labels for those that it makes

	From   string              `yaml:"from"`   // item to recode or to put into bands
	Recode map[string][]string `yaml:"recode"` // new choice -> choices of From
	Else   string              `yaml:"else"`   // what becomes of the other choices: keep, missing or other
	Bands  []Band              `yaml:"bands"`

	Level string      `yaml:"level"` // repeat whose item it is, where the expression does not say
	Role  survey.Role `yaml:"role"`  // more careful than that of the items it is made of

	Place finding.Place `yaml:"-"` // where it is defined

	last string // choice that stands last; "": all stand where the first of theirs stood
}

// Choice is a choice of a derived item.
type Choice struct {
	Name  string      `yaml:"name"`
	Label survey.Text `yaml:"label"`
	Score *float64    `yaml:"score"`
}

// Band is a band of numbers or dates: from its edge up to the next. The first
// may have no edge and then has all that is below the second.
type Band struct {
	From  string      `yaml:"from"` // a number or a date
	Name  string      `yaml:"name"` // made of the edges if empty
	Label survey.Text `yaml:"label"`
}

// UnmarshalYAML reads the short form, an edge alone, and the long one.
func (b *Band) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&b.From); err == nil {
		return nil
	}
	type long Band
	return unmarshal((*long)(b))
}

// Merge says which choices become one.
type Merge struct {
	Choices []string    `yaml:"choices"`
	Label   survey.Text `yaml:"label"` // those of the choices, joined, if empty
}

// UnmarshalYAML reads the short form, a list of choices, and the long one.
func (m *Merge) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&m.Choices); err == nil {
		return nil
	}
	type long Merge
	return unmarshal((*long)(m))
}

// Merged returns the definition of an item with merged choices, NAME_merged.
func Merged(item string, merge map[string]Merge, place finding.Place) Definition {
	d := Definition{Name: item + "_merged", From: item, Else: "keep", Recode: map[string][]string{}, Place: place}
	for _, name := range slices.Sorted(maps.Keys(merge)) {
		d.Recode[name] = merge[name].Choices
		d.Choices = append(d.Choices, Choice{Name: name, Label: merge[name].Label})
	}
	return d
}

// Banded returns the definition of an item in bands, NAME_bands.
func Banded(item string, bands []Band, place finding.Place) Definition {
	return Definition{Name: item + "_bands", From: item, Bands: bands, Place: place}
}

// The types that an expression can have.
const (
	typeIndicator = "indicator"
	otherChoice   = "other"
)

func types() []string {
	return []string{typeIndicator, string(survey.SelectOne), string(survey.SelectMultiple), string(survey.Integer), string(survey.Decimal), string(survey.OpenText), string(survey.Date)}
}
