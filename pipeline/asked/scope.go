package asked

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Scope says what expressions about the responses of one level can see. It is
// not changed once expressions have been bound in it, and may be shared.
type Scope struct {
	Survey *survey.Survey
	Level  int
	// Holds reports whether the answers to an item of this level, or of one
	// above, are at hand.
	Holds func(item string) bool
	// Below reports whether the answers to an item of a repeat below are at
	// hand, all those of one response together. Nil is none.
	Below func(item string) bool
	// Placed says that rows are Placed, so that position(..) can be told.
	Placed bool
	// Today is what today() and now() read. Missing: nothing that asks for the
	// day can be decided, so that no result hangs on the day of a run unawares.
	Today expr.Value
	// Counting makes answers that stand for don't know, refused and not
	// applicable missing, as they are in figures, and so those that are invalid.
	// Without it they are what was said, as the device saw it, and what hangs on
	// an invalid answer is not known.
	Counting bool
}

// ScopeOf returns the scope of the responses in batches of a layout. A layout
// widened by items of the levels above sees those too.
func ScopeOf(l dataset.Layout) *Scope {
	return &Scope{Survey: l.Survey, Level: l.Level, Holds: l.Has}
}

// OutOfReachError names what an expression speaks of and cannot see from where
// it stands.
type OutOfReachError struct {
	Names []string // as written, sorted
}

// Error implements error.
func (e *OutOfReachError) Error() string {
	return "it speaks of what is not at hand here: " + strings.Join(e.Names, ", ")
}

// Expression is an expression bound in a scope. It may be shared.
type Expression struct {
	scope  *Scope
	bound  *expr.Bound
	plain  []int // items that stand for one answer, in the order of the expression
	groups []int // items and, behind all items, levels that stand for a repeat
	self   int   // the item that "." stands for, or -1

	lacking func(expr.Env, []int) []int // of a Counting scope
}

// Bind reads an expression and binds it. Self names the item that "." stands
// for, or is empty. Its errors are those of expr.Parse, *expr.UnknownItemError
// for names that the survey does not have, and *OutOfReachError.
func (s *Scope) Bind(source, self string) (*Expression, error) {
	parsed, err := expr.Parse(source)
	if err != nil {
		return nil, err
	}
	return s.bind(parsed, self)
}

func (s *Scope) bind(parsed *expr.Expr, self string) (*Expression, error) {
	x := &Expression{scope: s, self: -1}
	bound, err := parsed.Bind(s.slot)
	if err != nil {
		return nil, err
	}
	x.bound = bound
	if s.Counting {
		x.lacking = bound.Lacking()
	}
	var far []string
	for _, name := range parsed.Plain() {
		slot, _ := s.slot(name)
		if slot >= len(s.Survey.Items) || !s.within(s.Survey.Items[slot].Level) || !s.Holds(name) {
			far = append(far, "${"+name+"}")
			continue
		}
		x.plain = append(x.plain, slot)
	}
	for _, name := range parsed.Groups() {
		slot, _ := s.slot(name)
		if !s.grouped(slot) {
			far = append(far, "${"+name+"}")
			continue
		}
		x.groups = append(x.groups, slot)
	}
	if parsed.UsesPosition() && !s.Placed && s.Level > 0 {
		far = append(far, "position(..)")
	}
	if parsed.UsesSelf() {
		at, known := s.Survey.Index(self)
		if !known || !s.Holds(self) {
			far = append(far, ".")
		}
		x.self = at
	}
	if len(far) > 0 {
		slices.Sort(far)
		return nil, &OutOfReachError{Names: slices.Compact(far)}
	}
	return x, nil
}

// slot gives an item its place among items, a repeat one behind all items.
func (s *Scope) slot(name string) (int, bool) {
	if at, ok := s.Survey.Index(name); ok {
		return at, true
	}
	level, ok := s.Survey.LevelIndex(name)
	return len(s.Survey.Items) + level, ok && level > 0
}

// within reports whether a level is that of the scope or one above it.
func (s *Scope) within(level int) bool {
	for at := s.Level; at >= 0; at = s.Survey.Levels[at].Parent {
		if at == level {
			return true
		}
	}
	return false
}

// grouped reports whether all answers of a repeat can be seen. An item of the
// response's own level, or of one above, is its own only answer: within a repeat
// a form means the row's own.
func (s *Scope) grouped(slot int) bool {
	if slot >= len(s.Survey.Items) {
		level := slot - len(s.Survey.Items)
		return s.Below != nil && slices.ContainsFunc(s.Survey.Items, func(i survey.Item) bool { return i.Level == level && s.Below(i.Name) })
	}
	item := &s.Survey.Items[slot]
	if s.within(item.Level) {
		return s.Holds(item.Name)
	}
	return s.Below != nil && s.Below(item.Name)
}

// Plain returns the items that stand for one answer, as places in
// Survey.Items, in the order of the expression. The list is not to be changed.
func (x *Expression) Plain() []int { return x.plain }

// Items returns the names of the items that the expression speaks of, sorted.
func (x *Expression) Items() []string {
	var names []string
	for _, name := range x.bound.Items() {
		if _, is := x.scope.Survey.Index(name); is {
			names = append(names, name)
		}
	}
	return names
}
