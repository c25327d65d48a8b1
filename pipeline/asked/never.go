package asked

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Never says that nobody with some answers was asked an item.
type Never struct {
	Item string
	When []Given // all of them; one or two
}

// Given is an answer to an item: one of some choices, or missing for one of some
// reasons. Of an item of several choices it is about one option, and the choices
// are "yes" or "no".
type Given struct {
	Item    string
	Option  string
	Choices []string
	Reasons []survey.Reason
}

// most bounds how many combinations of answers are looked at for a condition.
const most = 20_000

// Nevers returns for each item what answers its conditions rule out, as far as
// these ask no more than which choices were made on the same level. It tries
// every combination of answers, so that it means what conditions mean.
func Nevers(s *survey.Survey) []Never {
	var out []Never
	byCondition := map[string][][]Given{}
	for i := range s.Items {
		item := &s.Items[i]
		if !item.Type.HasChoices() && !item.Type.Numeric() {
			continue
		}
		for _, source := range item.Relevant {
			found, seen := byCondition[source]
			if !seen {
				found = ruledOut(s, item.Level, source)
				byCondition[source] = found
			}
			for _, when := range found {
				if !slices.ContainsFunc(when, func(g Given) bool { return g.Item == item.Name }) {
					out = append(out, Never{item.Name, when})
				}
			}
		}
	}
	return out
}

// factor is one thing that a condition asks of an answer: a single choice, or
// whether an option was chosen.
type factor struct {
	item   int
	option int32 // of several choices; dataset.NoCode of a single one
	states []state
}

type state struct {
	code   int32 // of a single choice; 1 and 0 for an option that was and was not chosen
	reason survey.Reason
}

func ruledOut(s *survey.Survey, level int, source string) [][]Given {
	factors, ok := factorsOf(s, level, source)
	if !ok {
		return nil
	}
	scope := &Scope{Survey: s, Level: level, Holds: func(string) bool { return true }}
	bound, err := scope.Bind(source, "")
	if err != nil {
		return nil
	}
	v := scope.Evaluator()
	not := newVerdicts(factors)
	given := combination{factors: factors, chosen: make([]int, len(factors))}
	for {
		if given.possible() {
			v.Begin(given)
			not.see(given.chosen, v.Decide(bound) == NotAsked)
		}
		if !given.next() {
			return not.told(s)
		}
	}
}

// factorsOf returns what a condition asks; false where it asks anything else, or
// too much.
func factorsOf(s *survey.Survey, level int, source string) ([]factor, bool) {
	asked, whole, ok := compared(source)
	if !ok {
		return nil, false
	}
	var out []factor
	n := 1
	for i := range s.Items {
		item := &s.Items[i]
		options, named := asked[item.Name]
		if !named && !whole[item.Name] {
			continue
		}
		if item.Level != level || item.Type != survey.SelectOne && (item.Type != survey.SelectMultiple || whole[item.Name]) {
			return nil, false
		}
		choices := s.Choices(item)
		var reasons []state
		for r := survey.NotAsked; r < survey.Invalid; r++ { // an invalid answer was another one on the device
			reasons = append(reasons, state{dataset.NoCode, r})
		}
		if item.Type == survey.SelectOne {
			f := factor{item: i, option: dataset.NoCode}
			for code, c := range choices {
				if c.Missing == survey.Answered {
					f.states = append(f.states, state{int32(code), survey.Answered})
				}
			}
			f.states = append(f.states, reasons...)
			out = append(out, f)
			n *= len(f.states)
		} else {
			for _, option := range options {
				code := slices.IndexFunc(choices, func(c survey.Choice) bool { return c.Name == option })
				if code < 0 || choices[code].Missing != survey.Answered {
					return nil, false
				}
				out = append(out, factor{i, int32(code), append([]state{{1, survey.Answered}, {0, survey.Answered}}, reasons...)})
				n *= 2 + len(reasons)
			}
		}
		delete(asked, item.Name)
		delete(whole, item.Name)
		if n > most {
			return nil, false
		}
	}
	return out, len(out) > 0 && len(asked) == 0 && len(whole) == 0
}
