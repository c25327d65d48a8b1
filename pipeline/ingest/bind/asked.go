package bind

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// bindConditions binds the conditions of the plan's items, each once. Those that
// speak of items the file lacks, of repeats below, or that cannot be read, are
// left undecided; the names of their items are kept for the account.
func (p *Plan) bindConditions() {
	names := make([]string, len(p.answers))
	for i := range p.answers {
		names[i] = p.answers[i].item.Name
	}
	p.conditions = asked.New(&asked.Scope{Survey: p.Survey, Level: p.Level, Holds: p.visible}, names)
	p.Undecided = p.conditions.Undecidable
	for i := range p.answers {
		p.answers[i].asked = p.conditions.Of(names[i])
	}
}

// visible reports whether the answers to an item are at hand when a row of the
// plan's level is read.
func (p *Plan) visible(name string) bool {
	item, ok := p.Survey.Index(name)
	if ok && p.Survey.Items[item].Level == p.Level {
		return slices.ContainsFunc(p.answers, func(a answer) bool { return a.index == item && a.present() })
	}
	return ok && slices.Contains(p.above, item)
}

// NeededBelow returns the items of a level that conditions in the repeats below
// it speak of, by index in Survey.Items, as far as the header has them.
func NeededBelow(s *survey.Survey, level int, h Header) []int {
	var out []int
	for i := range s.Items {
		if !under(s, s.Items[i].Level, level) {
			continue
		}
		for _, source := range s.Items[i].Relevant {
			parsed, err := expr.Parse(source)
			if err != nil {
				continue
			}
			for _, name := range parsed.Items() {
				for k := range s.Items {
					if item := &s.Items[k]; item.Name == name && item.Level == level && h.Has(k) && !slices.Contains(out, k) {
						out = append(out, k)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// under reports whether a level is one of the repeats below another.
func under(s *survey.Survey, level, above int) bool {
	for level != above {
		if level <= 0 || level >= len(s.Levels) {
			return false
		}
		level = s.Levels[level].Parent
		if level == above {
			return true
		}
	}
	return false
}

// said is what a row and those above it said, for the conditions.
type said struct {
	plan   *Plan
	values []Value
	above  map[int]Value
}

// Answer implements asked.Row.
func (s *said) Answer(item int) asked.Answer {
	it := &s.plan.Survey.Items[item]
	if it.Level == s.plan.Level {
		return s.values[item].answer(it.Type)
	}
	v, ok := s.above[item]
	if !ok {
		return asked.Answer{Reason: survey.NotAnswered, Code: dataset.NoCode}
	}
	return v.answer(it.Type)
}

// answer gives a value as expressions read it.
func (v *Value) answer(t survey.Type) asked.Answer {
	a := asked.Answer{Reason: v.Reason, Code: dataset.NoCode}
	if v.Reason == survey.NotAsked || v.Reason == survey.NotAnswered || v.Reason == survey.Invalid {
		return a
	}
	switch {
	case t == survey.SelectOne:
		a.Code = v.Code
	case t.HasChoices():
		a.Set = v.Set
	case t == survey.Decimal:
		a.Number = v.Float
	case t == survey.OpenText || t == survey.Calculated:
		a.Text = string(v.Text)
	default:
		a.Whole = v.Int
	}
	return a
}
