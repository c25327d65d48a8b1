// Package asked decides from the conditions of the form whether a respondent
// was asked an item. A blank answer to an item that was not asked is another
// thing than one that was not given, and after an answer has been corrected it
// may be the other.
//
// Beneath that it binds any expression to what can be seen from a response, its
// Scope, and evaluates it: conditions, constraints, checks and derived items all
// read answers here, so that they mean the same to all.
package asked

import "slices"

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

// Conditions decide for the items of one scope which of them were asked. They
// may be shared.
type Conditions struct {
	Undecidable []string // items under a condition that the answers at hand do not decide, in the order given

	scope      *Scope
	bound      []*Expression       // nil where the answers at hand do not decide it
	of         map[string][]int    // item -> its conditions, as places in bound
	dependents map[string][]string // item -> the items whose conditions speak of it
}

// New returns the conditions of items, each bound once however many items share
// it. A condition that cannot be read decides nothing: readers of forms report it.
func New(s *Scope, items []string) *Conditions {
	c := &Conditions{scope: s, of: map[string][]int{}, dependents: map[string][]string{}}
	seen := map[string]int{}
	for _, name := range items {
		item, _ := s.Survey.Item(name)
		for _, source := range item.Relevant {
			at, ok := seen[source]
			if !ok {
				at = len(c.bound)
				seen[source] = at
				bound, err := s.Bind(source, "")
				if err != nil {
					bound = nil
				}
				c.bound = append(c.bound, bound)
			}
			c.of[name] = append(c.of[name], at)
			c.depend(name, c.bound[at])
		}
	}
	return c
}

func (c *Conditions) depend(item string, on *Expression) {
	if on == nil {
		if !slices.Contains(c.Undecidable, item) {
			c.Undecidable = append(c.Undecidable, item)
		}
		return
	}
	for _, name := range on.Items() {
		if !slices.Contains(c.dependents[name], item) {
			c.dependents[name] = append(c.dependents[name], item)
		}
	}
}

// Dependents returns the items whose conditions speak of an item, in the order
// given to New. The list is not to be changed.
func (c *Conditions) Dependents(item string) []string { return c.dependents[item] }

// Of returns the conditions of an item, to be decided by a Judge.
func (c *Conditions) Of(item string) []int { return c.of[item] }

// Judge decides for one response after the other. Items share most of their
// conditions, so each is decided once a response. It is for one goroutine.
type Judge struct {
	c       *Conditions
	v       *Evaluator
	decided []Verdict
	done    []bool
}

// Judge returns a judge.
func (c *Conditions) Judge() *Judge {
	return &Judge{c: c, v: c.scope.Evaluator(), decided: make([]Verdict, len(c.bound)), done: make([]bool, len(c.bound))}
}

// Begin turns to a response.
func (j *Judge) Begin(row Row) {
	clear(j.done)
	j.v.Begin(row)
}

// Of decides whether an item was asked, given what Conditions.Of returned for
// it: all its conditions must hold.
func (j *Judge) Of(conditions []int) Verdict {
	out := Asked
	for _, k := range conditions {
		if !j.done[k] {
			j.decided[k], j.done[k] = Unknown, true
			if x := j.c.bound[k]; x != nil {
				j.decided[k] = j.v.Decide(x)
			}
		}
		switch j.decided[k] {
		case NotAsked:
			return NotAsked
		case Unknown:
			out = Unknown
		}
	}
	return out
}
