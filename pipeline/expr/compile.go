package expr

import (
	"math"
	"strings"
)

// compiled is a part of an expression as a function of a response's answers, in
// the one of three forms that is natural to it. Conditions and arithmetic thus
// pass bare truths and numbers, and do not allocate.
type compiled struct {
	value  func(Env) Value
	truth  func(Env) bool
	number func(Env) float64
}

func (c compiled) asValue() func(Env) Value {
	switch {
	case c.truth != nil:
		return func(e Env) Value { return Bool(c.truth(e)) }
	case c.number != nil:
		return func(e Env) Value { return Number(c.number(e)) }
	}
	return c.value
}

func (c compiled) asTruth() func(Env) bool {
	switch {
	case c.truth != nil:
		return c.truth
	case c.number != nil:
		return func(e Env) bool { return Number(c.number(e)).Truth() }
	}
	return func(e Env) bool { return c.value(e).Truth() }
}

func (c compiled) asNumber() func(Env) float64 {
	switch {
	case c.truth != nil:
		return func(e Env) float64 { return Bool(c.truth(e)).n }
	case c.number != nil:
		return c.number
	}
	return func(e Env) float64 { return c.value(e).Num() }
}

func (c compiled) asText() func(Env) string {
	value := c.asValue()
	return func(e Env) string { return value(e).Str() }
}

// compiler knows in which slots the answers are.
type compiler struct{ slots map[string]int }

func (c compiler) compile(n node) compiled {
	switch n := n.(type) {
	case literal:
		return compiled{value: func(Env) Value { return n.v }}
	case item:
		slot := c.slots[n.name]
		return compiled{value: func(e Env) Value { return e.Answer(slot) }}
	case self:
		return compiled{value: func(e Env) Value { return e.Self() }}
	case unary:
		x := c.compile(n.x).asNumber()
		return compiled{number: func(e Env) float64 { return -x(e) }}
	case binary:
		return c.binary(n)
	case call:
		args := make([]compiled, len(n.args))
		for i, arg := range n.args {
			args[i] = c.compile(arg)
		}
		return n.f.compile(c, n.args, args)
	}
	return compiled{value: func(Env) Value { return Missing() }}
}

func (c compiler) binary(n binary) compiled {
	switch n.op {
	case "or":
		return compiled{truth: anyOf(c.terms(n, "or", nil))}
	case "and":
		return compiled{truth: allOf(c.terms(n, "and", nil))}
	case "=":
		return compiled{truth: c.equality(n)}
	case "!=":
		same := c.equality(n)
		return compiled{truth: func(e Env) bool { return !same(e) }}
	}
	a, b := c.compile(n.a).asNumber(), c.compile(n.b).asNumber()
	switch n.op {
	case "<":
		return compiled{truth: func(e Env) bool { return a(e) < b(e) }}
	case "<=":
		return compiled{truth: func(e Env) bool { return a(e) <= b(e) }}
	case ">":
		return compiled{truth: func(e Env) bool { return a(e) > b(e) }}
	case ">=":
		return compiled{truth: func(e Env) bool { return a(e) >= b(e) }}
	case "+":
		return compiled{number: func(e Env) float64 { return a(e) + b(e) }}
	case "-":
		return compiled{number: func(e Env) float64 { return a(e) - b(e) }}
	case "*":
		return compiled{number: func(e Env) float64 { return float64(a(e) * b(e)) }}
	case "div":
		return compiled{number: func(e Env) float64 { return a(e) / b(e) }}
	default: // mod, with the sign of the left side
		return compiled{number: func(e Env) float64 { return math.Mod(a(e), b(e)) }}
	}
}

// terms returns the sides of a chain of one operator, in their order.
func (c compiler) terms(n node, op string, into []func(Env) bool) []func(Env) bool {
	if b, is := n.(binary); is && b.op == op {
		return c.terms(b.b, op, c.terms(b.a, op, into))
	}
	return append(into, c.compile(n).asTruth())
}

func anyOf(terms []func(Env) bool) func(Env) bool {
	if len(terms) == 2 {
		a, b := terms[0], terms[1]
		return func(e Env) bool { return a(e) || b(e) }
	}
	return func(e Env) bool {
		for _, holds := range terms {
			if holds(e) {
				return true
			}
		}
		return false
	}
}

func allOf(terms []func(Env) bool) func(Env) bool {
	if len(terms) == 2 {
		a, b := terms[0], terms[1]
		return func(e Env) bool { return a(e) && b(e) }
	}
	return func(e Env) bool {
		for _, holds := range terms {
			if !holds(e) {
				return false
			}
		}
		return true
	}
}

// equality compiles a comparison with =. The usual shape, an answer and a text
// written out, looks at nothing but the two texts.
func (c compiler) equality(n binary) func(Env) bool {
	if _, is := n.a.(literal); is {
		n.a, n.b = n.b, n.a
	}
	a, b := c.compile(n.a), c.compile(n.b)
	if a.number != nil && b.number != nil {
		x, y := a.number, b.number
		return func(e Env) bool { return near(x(e), y(e)) }
	}
	x := a.asValue()
	lit, written := n.b.(literal)
	if !written {
		y := b.asValue()
		return func(e Env) bool { return equal(x(e), y(e)) }
	}
	if it, is := n.a.(item); is && lit.v.kind == KindText {
		slot := c.slots[it.name]
		return func(e Env) bool {
			v := e.Answer(slot)
			if v.kind == KindText {
				return v.s == lit.v.s
			}
			return equal(v, lit.v)
		}
	}
	return func(e Env) bool { return equal(x(e), lit.v) }
}

// selected compiles the test for a choice.
func selected(c compiler, nodes []node, args []compiled) compiled {
	value := args[0].asValue()
	if lit, is := nodes[1].(literal); is {
		name := strings.TrimSpace(lit.v.Str())
		if it, is := nodes[0].(item); is {
			slot := c.slots[it.name]
			return compiled{truth: func(e Env) bool { return e.Answer(slot).has(name) }}
		}
		return compiled{truth: func(e Env) bool { return value(e).has(name) }}
	}
	name := args[1].asText()
	return compiled{truth: func(e Env) bool { return value(e).has(strings.TrimSpace(name(e))) }}
}
