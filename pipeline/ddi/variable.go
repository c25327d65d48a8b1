package ddi

import (
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// variable describes an item.
func (b *builder) variable(item *survey.Item) variable {
	out := variable{
		ID: b.id[item.Name], Name: item.Name, Unit: b.Survey.Levels[item.Level].Name,
		Labels: b.texts(item.Short), Universe: b.universe(item), Categories: b.categories(item), Derivation: b.derivation(item),
	}
	if len(out.Labels) == 0 {
		out.Labels = b.texts(item.Label)
	}
	out.kinds(b.Survey, item)
	switch {
	case item.Name == b.Weight:
		out.Weight = "wgt"
	case item.Level == 0:
		out.WeightedBy = b.id[b.Weight]
	}
	var files []string
	for i, f := range b.Files {
		if f.Level == item.Level && f.Holds(item.Name) {
			files = append(files, fileID(i))
		}
	}
	out.Files = strings.Join(files, " ")
	if literal := b.texts(item.Label); item.Derived == "" && item.Type != survey.Calculated && len(literal) > 0 {
		out.Question = &question{Domain: domain(item.Type), Literal: literal, Instructions: b.texts(item.Hint)}
	}
	if len(item.Missing) > 0 {
		out.Invalid = &invalid{}
		for _, m := range item.Missing {
			n := strconv.FormatFloat(m.Number, 'g', -1, 64)
			out.Invalid.Items = append(out.Invalid.Items, invalidItem{n})
			out.Invalid.Keys = append(out.Invalid.Keys, n+" "+m.Reason.String())
		}
	}
	if item.Constraint != "" {
		out.Notes = append(out.Notes, note{Type: "constraint", Value: item.Constraint})
		for _, t := range b.texts(item.Message) {
			out.Notes = append(out.Notes, note{Type: "constraint message", Lang: t.Lang, Value: t.Value})
		}
	}
	if item.Filter != "" {
		out.Notes = append(out.Notes, note{Type: "choices offered", Value: item.Filter})
	}
	return out
}

// kinds says what the values of a variable are.
func (v *variable) kinds(s *survey.Survey, item *survey.Item) {
	switch {
	case item.Type.HasChoices():
		v.Type, v.Interval, v.Nature = "code", "discrete", "nominal"
		if s.Scaled(item) {
			v.Nature = "ordinal"
		}
	case item.Type == survey.Integer:
		v.Type, v.Interval = "numeric", "discrete"
	case item.Type == survey.Decimal:
		v.Type, v.Interval = "numeric", "contin"
	case item.Type == survey.Date || item.Type == survey.Time || item.Type == survey.DateTime:
		v.Type = "datetime"
	default:
		v.Type = "text"
	}
}

// domain says what answers a question takes.
func domain(t survey.Type) string {
	switch t {
	case survey.SelectOne:
		return "category"
	case survey.SelectMultiple, survey.Rank:
		return "multiple"
	case survey.Integer, survey.Decimal:
		return "numeric"
	case survey.Date, survey.Time, survey.DateTime:
		return "datetime"
	}
	return "text"
}

// universe says of whom an item is asked: each condition must hold.
func (b *builder) universe(item *survey.Item) []text {
	var out []text
	for _, condition := range item.Relevant {
		out = append(out, text{Value: condition})
	}
	return out
}

// categories describes the choices of an item. A choice that stands for a
// missing answer says for which reason.
func (b *builder) categories(item *survey.Item) []category {
	var out []category
	for _, c := range b.Survey.Choices(item) {
		one := category{Value: c.Name, Labels: b.texts(c.Label)}
		if len(one.Labels) == 0 {
			one.Labels = b.texts(c.Short)
		}
		if c.Missing != survey.Answered {
			one.Missing, one.Reason = "Y", c.Missing.String()
		}
		if c.Score != nil {
			one.Text = "score " + strconv.FormatFloat(*c.Score, 'g', -1, 64)
		}
		out = append(out, one)
	}
	return out
}

// derivation says what a variable is made of.
func (b *builder) derivation(item *survey.Item) *derivation {
	switch {
	case item.Calculate != "":
		return &derivation{Command: item.Calculate}
	case b.id[item.Derived] != "":
		return &derivation{From: b.id[item.Derived], Description: "made of " + item.Derived}
	case item.Derived != "":
		return &derivation{Description: item.Derived}
	}
	return nil
}
