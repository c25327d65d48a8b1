package check

import (
	"strings"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// conditions finds answers that break what the form itself asks for: a
// constraint, an answer where one is required, none where none is asked for.
// A device sees to that when answers are given; what was changed, typed in or
// merged since has not been through it.
func (w *work) conditions(level int) ([]looker, error) {
	if !w.cfg.Conditions {
		return nil, nil
	}
	scope := w.scope(level)
	c := conditional{scope: scope}
	var names []string
	for _, item := range w.held(level) {
		if item.Derived != "" || item.Type == survey.Calculated {
			continue
		}
		one := conditionsOf{item: item, required: item.Required}
		if item.Constraint != "" {
			bound, err := scope.Bind(item.Constraint, item.Name)
			if err == nil {
				w.needs[level].Add(bound)
			} else {
				w.found.Add(finding.Finding{Stage: stage, Kind: "constraint-unread", Severity: finding.Note, Place: item.Place,
					Problem: "The constraint of " + item.Name + " cannot be checked: " + err.Error() + ".", Remedy: "Look at the item by hand, or write a rule for it."})
			}
			one.constraint = bound
			w.tally.day[subject{Constraint, item.Name}] = ofTheDay(item.Constraint)
		}
		for _, source := range item.Relevant {
			if bound, err := scope.Bind(source, ""); err == nil {
				w.needs[level].Add(bound)
			} // else it was told when answers were read
			if ofTheDay(source) {
				w.tally.day[subject{Relevant, item.Name}], w.tally.day[subject{Required, item.Name}] = true, true
			}
		}
		if one.constraint != nil || one.required || len(item.Relevant) > 0 {
			names = append(names, item.Name)
			c.items = append(c.items, one)
		}
	}
	if len(c.items) == 0 {
		return nil, nil
	}
	c.asked = asked.New(scope, names)
	for k := range c.items {
		c.items[k].relevant = c.asked.Of(c.items[k].item.Name)
	}
	return []looker{c}, nil
}

// ofTheDay reports whether an expression asks for the day.
func ofTheDay(source string) bool {
	return strings.Contains(source, "today(") || strings.Contains(source, "now(")
}

// scope returns what expressions about the responses of a level can see: all
// that is read of its own level, of those above and of the repeats below. What
// they do see must be added to the needs of the level.
func (w *work) scope(level int) *asked.Scope {
	held := func(name string) bool {
		item, ok := w.d.Survey.Item(name)
		return ok && w.d.Holds(item)
	}
	s := &asked.Scope{Survey: w.d.Survey, Level: level, Holds: held, Placed: true, Below: func(name string) bool {
		item, ok := w.d.Survey.Item(name)
		return ok && w.below(item.Level, level) && held(name)
	}}
	if !w.request.Now.IsZero() {
		s.Today = expr.Date(float64(w.today()))
	}
	return s
}

// below reports whether a level is one of the repeats below another.
func (w *work) below(level, above int) bool {
	for level > 0 {
		if level = w.d.Survey.Levels[level].Parent; level == above {
			return true
		}
	}
	return false
}

type conditional struct {
	scope *asked.Scope
	asked *asked.Conditions
	items []conditionsOf
}

type conditionsOf struct {
	item       *survey.Item
	constraint *asked.Expression
	required   bool
	relevant   []int
}

func (c conditional) look(s *sheet) {
	judge, evaluator := c.asked.Judge(), c.scope.Evaluator()
	columns := make([][]survey.Reason, len(c.items))
	seen := make([][3]int64, len(c.items))
	for k := range c.items {
		columns[k] = s.b.Column(c.items[k].item.Name).Reasons
	}
	for i := range s.b.Len() {
		row := s.row(i)
		begun, measured := false, false
		verdict := func(k int) asked.Verdict {
			if !begun {
				judge.Begin(row)
				begun = true
			}
			return judge.Of(c.items[k].relevant)
		}
		for k := range c.items {
			one := &c.items[k]
			switch reason := columns[k][i]; {
			case reason == survey.NotAsked:
			case reason == survey.NotAnswered:
				if !one.required || verdict(k) != asked.Asked {
					continue
				}
				seen[k][1]++
				s.tell(i, remark{check: Required, item: one.item.Name, issue: "required", comment: "The form requires an answer; there is none."})
			default:
				if one.required {
					seen[k][1]++
				}
				if len(one.relevant) > 0 {
					seen[k][2]++
					if verdict(k) == asked.NotAsked {
						s.tell(i, remark{check: Relevant, item: one.item.Name, issue: "not to be asked", comment: "By its condition in the form, the item was not to be asked."})
					}
				}
				if one.constraint == nil || reason == survey.Invalid {
					continue
				}
				if !measured {
					evaluator.Begin(row)
					measured = true
				}
				seen[k][0]++
				if evaluator.Decide(one.constraint) == asked.NotAsked {
					s.tell(i, remark{check: Constraint, item: one.item.Name, issue: "constraint", comment: "The answer does not satisfy the form's constraint: " + one.item.Constraint})
				}
			}
		}
	}
	for k, n := range seen {
		for at, check := range [...]string{Constraint, Required, Relevant} {
			if n[at] > 0 {
				s.looked(check, c.items[k].item.Name, n[at])
			}
		}
	}
}
