// Package asked decides from the conditions of the form whether a respondent
// was asked an item. A blank answer to an item that was not asked is another
// thing than one that was not given, and after an answer has been corrected it
// may be the other.
package asked

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Verdict says whether an item was asked.
type Verdict uint8

// The verdicts. An item is Unknown when a condition cannot be decided from the
// answers: it hangs on an answer that is invalid or of another level, or on the
// clock.
const (
	Unknown Verdict = iota
	Asked
	NotAsked
)

// Conditions decide for the items of one layout. They may be shared.
type Conditions struct {
	layout     dataset.Layout
	items      []*survey.Item
	bound      []condition
	of         map[string][]int    // item -> its conditions, as indexes into bound
	dependents map[string][]string // item -> the items whose conditions speak of it
}

// condition is one condition, with the items it speaks of. Without an expression
// the answers of the layout do not decide it.
type condition struct {
	expr  *expr.Bound
	items []string
}

// New returns the conditions of the items of a layout. A condition that cannot
// be read decides nothing: readers of forms report it.
func New(l dataset.Layout) *Conditions {
	c := &Conditions{layout: l, of: map[string][]int{}, dependents: map[string][]string{}}
	slots := make(map[string]int, len(l.Items))
	for i, name := range l.Items {
		item, _ := l.Survey.Item(name)
		c.items = append(c.items, item)
		slots[name] = i
	}
	seen := map[string]int{}
	for _, item := range c.items {
		for _, source := range item.Relevant {
			at, ok := seen[source]
			if !ok {
				at = len(c.bound)
				seen[source] = at
				c.bound = append(c.bound, bind(source, slots))
			}
			c.of[item.Name] = append(c.of[item.Name], at)
			c.depend(item.Name, c.bound[at])
		}
	}
	return c
}

func bind(source string, slots map[string]int) condition {
	parsed, err := expr.Parse(source)
	if err != nil {
		return condition{}
	}
	bound, err := parsed.Bind(func(name string) (int, bool) {
		at, ok := slots[name]
		return at, ok
	})
	if err != nil || parsed.UsesSelf() || parsed.NeedsNested() || strings.Contains(source, "today(") || strings.Contains(source, "now(") {
		return condition{}
	}
	return condition{bound, bound.Items()}
}

func (c *Conditions) depend(item string, on condition) {
	for _, name := range on.items {
		if !slices.Contains(c.dependents[name], item) {
			c.dependents[name] = append(c.dependents[name], item)
		}
	}
}

// Dependents returns the items whose conditions speak of an item, in the order
// of the layout. The list is not to be changed.
func (c *Conditions) Dependents(item string) []string { return c.dependents[item] }

// Of decides whether an item was asked: all its conditions must hold. answers
// gives the answer to an item of the layout.
func (c *Conditions) Of(item string, answers func(item string) Answer) Verdict {
	out := Asked
	env := env{c, answers}
	for _, k := range c.of[item] {
		switch c.bound[k].decide(env) {
		case NotAsked:
			return NotAsked
		case Unknown:
			out = Unknown
		}
	}
	return out
}

func (c condition) decide(e env) Verdict {
	if c.expr == nil {
		return Unknown
	}
	for _, name := range c.items {
		if e.answers(name).Reason == survey.Invalid {
			return Unknown
		}
	}
	if c.expr.True(e) {
		return Asked
	}
	return NotAsked
}
