package asked

import (
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Row gives the answers of one response to expressions.
type Row interface {
	// Answer returns the answer to an item of the response's level or of one
	// above, by its place in Survey.Items.
	Answer(item int) Answer
}

// Grouped is a Row that sees the repeats below it.
type Grouped interface {
	Row
	// Group returns the answers to an item of a repeat below, in their order.
	Group(item int) []Answer
	// Responses returns how many responses a repeat below has.
	Responses(level int) int
}

// Placed is a Row that knows which response of its repeat it is.
type Placed interface {
	Row
	// Position returns the place of the response in its repeat, from 1.
	Position() int
}

// Evaluator evaluates expressions of one scope for one response after the
// other. It is for one goroutine.
type Evaluator struct {
	scope *Scope
	row   Row
	self  int
	asked bool // for a day that is not known
	names []string
}

// Evaluator returns an evaluator.
func (s *Scope) Evaluator() *Evaluator { return &Evaluator{scope: s} }

// Begin turns to a response. Values got before may be overwritten.
func (v *Evaluator) Begin(row Row) { v.row, v.names = row, v.names[:0] }

// Value returns the value of an expression. It is not known, and the second
// result false, when it hangs on an answer that is invalid, and may yet be
// corrected, or on the day.
func (v *Evaluator) Value(x *Expression) (expr.Value, bool) {
	if v.unreadable(x) {
		return expr.Missing(), false
	}
	v.self, v.asked = x.self, false
	value := x.bound.Eval(env{v})
	return value, !v.asked
}

// Decide reports whether an expression holds: Asked where it does, NotAsked
// where it does not.
func (v *Evaluator) Decide(x *Expression) Verdict {
	if v.unreadable(x) {
		return Unknown
	}
	v.self, v.asked = x.self, false
	holds := x.bound.True(env{v})
	switch {
	case v.asked:
		return Unknown
	case holds:
		return Asked
	}
	return NotAsked
}

// Lacking appends the items, as places in Survey.Items, whose missing answers
// leave open what the expression comes to. Its scope must be Counting.
func (v *Evaluator) Lacking(x *Expression, into []int) []int {
	v.self = x.self
	return x.lacking(env{v}, into)
}

func (v *Evaluator) unreadable(x *Expression) bool {
	if v.scope.Counting {
		return false
	}
	for _, item := range x.plain {
		if v.row.Answer(item).Reason == survey.Invalid {
			return true
		}
	}
	if x.self >= 0 && v.row.Answer(x.self).Reason == survey.Invalid {
		return true
	}
	for _, item := range x.groups {
		if item >= len(v.scope.Survey.Items) {
			continue
		}
		for _, a := range v.group(item) {
			if a.Reason == survey.Invalid {
				return true
			}
		}
	}
	return false
}

// group returns the answers to an item of a repeat below; the one answer to an
// item of the respondent.
func (v *Evaluator) group(item int) []Answer {
	if v.scope.within(v.scope.Survey.Items[item].Level) {
		return []Answer{v.row.Answer(item)}
	}
	if g, ok := v.row.(Grouped); ok {
		return g.Group(item)
	}
	return nil
}

func (v *Evaluator) value(item int, a Answer) expr.Value {
	it := &v.scope.Survey.Items[item]
	out, names := value(it, v.scope.Survey.Choices(it), a, v.scope.Counting, v.names)
	v.names = names
	return out
}

// env shows an evaluator's response to the expression language.
type env struct{ *Evaluator }

// Answer implements expr.Env; a slot is a place in Survey.Items.
func (e env) Answer(slot int) expr.Value { return e.value(slot, e.row.Answer(slot)) }

// Self implements expr.Env.
func (e env) Self() expr.Value {
	if e.self < 0 {
		return expr.Missing()
	}
	return e.Answer(e.self)
}

// Today implements expr.Env.
func (e env) Today() expr.Value {
	if e.scope.Today.IsMissing() {
		e.asked = true
	}
	return e.scope.Today
}

// Group implements expr.Nested.
func (e env) Group(slot int) []expr.Value {
	if level := slot - len(e.scope.Survey.Items); level >= 0 {
		n := 0
		if g, ok := e.row.(Grouped); ok {
			n = g.Responses(level)
		}
		out := make([]expr.Value, n)
		for i := range out {
			out[i] = expr.Bool(true)
		}
		return out
	}
	var out []expr.Value
	for _, a := range e.group(slot) {
		value := e.value(slot, a)
		if e.scope.within(e.scope.Survey.Items[slot].Level) && value.IsMissing() {
			continue // outside a repeat there is no response to count without an answer
		}
		out = append(out, value)
	}
	return out
}

// Position implements expr.Nested; only in a Placed scope is it asked for.
func (e env) Position() int {
	if p, ok := e.row.(Placed); ok {
		return p.Position()
	}
	return 1
}

// Response is response I of a batch as a Row.
type Response struct {
	Batch *dataset.Batch
	I     int
}

// Answer implements Row.
func (r Response) Answer(item int) Answer {
	c := r.Batch.Column(r.Batch.Layout.Survey.Items[item].Name)
	if c == nil {
		return Answer{Reason: survey.NotAnswered, Code: dataset.NoCode}
	}
	return Read(c, r.I)
}
