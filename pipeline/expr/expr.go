// Package expr is the expression language of XLSForm: the part of XPath 1.0
// with ODK's functions in which a form says when an item is asked (relevant),
// what an answer must satisfy (constraint) and how an item is calculated.
//
// An expression is parsed once, bound once to the slots in which its items'
// answers are found, and evaluated for each response. Evaluation never fails:
// as in XPath, a missing answer is the empty string, a text that is no number
// is NaN, and a comparison with NaN does not hold. What the language does not
// have here is refused by name when it is parsed.
package expr

import (
	"fmt"
	"slices"
	"strings"
)

// Expr is a parsed expression. It is immutable and safe for concurrent use.
type Expr struct {
	source string
	root   node
	items  []string
	self   bool
	nested bool
}

// Parse reads an expression. Errors are *SyntaxError and *UnknownFunctionError.
func Parse(source string) (*Expr, error) {
	tokens, err := scan(source)
	if err != nil {
		return nil, err
	}
	p := parser{tokens: tokens}
	root, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tEnd {
		return nil, p.unexpected(t)
	}
	slices.Sort(p.items)
	return &Expr{source: source, root: root, items: slices.Compact(p.items), self: p.self, nested: p.nested}, nil
}

// String returns the source of the expression.
func (e *Expr) String() string { return e.source }

// Items returns the names of the items it refers to, sorted, each once.
func (e *Expr) Items() []string { return slices.Clone(e.items) }

// UsesSelf reports whether it refers to the answer it stands beside, as ".".
func (e *Expr) UsesSelf() bool { return e.self }

// NeedsNested reports whether it counts or picks responses of a repeat, so that
// its Env must be a Nested too.
func (e *Expr) NeedsNested() bool { return e.nested }

// Env gives the answers of one response.
type Env interface {
	Answer(slot int) Value // by the slot that Bind was given for its item
	Self() Value           // the answer that "." stands for
	Today() Value          // a Date; the clock is the caller's
}

// Nested is an Env that knows the responses of a repeat.
type Nested interface {
	Env
	Group(slot int) []Value // the answers to an item, one for each response of the repeat
	Position() int          // of the response in its repeat, from 1
}

// Bound is an expression whose items have slots.
type Bound struct {
	*Expr
	eval func(Env) Value
}

// Bind gives each item its slot. Items that slot does not know are all named
// in an *UnknownItemError.
func (e *Expr) Bind(slot func(name string) (int, bool)) (*Bound, error) {
	slots := make(map[string]int, len(e.items))
	var unknown []string
	for _, name := range e.items {
		at, ok := slot(name)
		if !ok {
			unknown = append(unknown, name)
			continue
		}
		slots[name] = at
	}
	if len(unknown) > 0 {
		return nil, &UnknownItemError{Names: unknown}
	}
	return &Bound{Expr: e, eval: compile(e.root, slots)}, nil
}

// Eval returns the value of the expression for a response.
func (b *Bound) Eval(env Env) Value { return b.eval(env) }

// True reports whether the expression holds for a response.
func (b *Bound) True(env Env) bool { return b.eval(env).Truth() }

// SyntaxError says where an expression cannot be read, and what to do.
type SyntaxError struct {
	Offset  int // in characters, from 0
	Problem string
	Remedy  string
}

// Error implements error.
func (e *SyntaxError) Error() string {
	s := fmt.Sprintf("at character %d: %s", e.Offset+1, e.Problem)
	if e.Remedy != "" {
		s += "; " + e.Remedy
	}
	return s
}

// UnknownFunctionError names a function that is not had here.
type UnknownFunctionError struct {
	Name   string
	Offset int
	Why    string // why it is refused, when it is known
}

// Error implements error.
func (e *UnknownFunctionError) Error() string {
	if e.Why != "" {
		return fmt.Sprintf("at character %d: the function %s() is refused: %s", e.Offset+1, e.Name, e.Why)
	}
	return fmt.Sprintf("at character %d: there is no function %s()", e.Offset+1, e.Name)
}

// UnknownItemError names the items that the survey does not have.
type UnknownItemError struct{ Names []string }

// Error implements error.
func (e *UnknownItemError) Error() string {
	return "it refers to what the survey does not have: " + strings.Join(e.Names, ", ")
}
