package expr

import "math"

// compile turns a node into a function of a response's answers. The usual
// shapes, ${x} = 'yes' and selected(${x}, 'a'), do not allocate.
func compile(n node, slots map[string]int) func(Env) Value {
	switch n := n.(type) {
	case literal:
		return func(Env) Value { return n.v }
	case item:
		slot := slots[n.name]
		return func(e Env) Value { return e.Answer(slot) }
	case self:
		return Env.Self
	case unary:
		x := compile(n.x, slots)
		return func(e Env) Value { return Number(-x(e).Num()) }
	case binary:
		return compileBinary(n.op, compile(n.a, slots), compile(n.b, slots))
	case call:
		if n.f.group != nil {
			return n.f.group(n.args, slots)
		}
		return compileCall(n, slots)
	default:
		return func(Env) Value { return Missing() }
	}
}

func compileBinary(op string, a, b func(Env) Value) func(Env) Value {
	switch op {
	case "or":
		return func(e Env) Value { return Bool(a(e).Truth() || b(e).Truth()) }
	case "and":
		return func(e Env) Value { return Bool(a(e).Truth() && b(e).Truth()) }
	case "=":
		return func(e Env) Value { return Bool(equal(a(e), b(e))) }
	case "!=":
		return func(e Env) Value { return Bool(unequal(a(e), b(e))) }
	case "<":
		return func(e Env) Value { return Bool(a(e).Num() < b(e).Num()) }
	case "<=":
		return func(e Env) Value { return Bool(a(e).Num() <= b(e).Num()) }
	case ">":
		return func(e Env) Value { return Bool(a(e).Num() > b(e).Num()) }
	case ">=":
		return func(e Env) Value { return Bool(a(e).Num() >= b(e).Num()) }
	case "+":
		return func(e Env) Value { return Number(a(e).Num() + b(e).Num()) }
	case "-":
		return func(e Env) Value { return Number(a(e).Num() - b(e).Num()) }
	case "*":
		return func(e Env) Value { return Number(a(e).Num() * b(e).Num()) }
	case "div":
		return func(e Env) Value { return Number(a(e).Num() / b(e).Num()) }
	default: // mod
		return func(e Env) Value { return Number(math.Mod(a(e).Num(), b(e).Num())) }
	}
}

func compileCall(n call, slots map[string]int) func(Env) Value {
	args := make([]func(Env) Value, len(n.args))
	for i, a := range n.args {
		args[i] = compile(a, slots)
	}
	if n.f.lazy != nil {
		return n.f.lazy(args)
	}
	f := n.f.value
	switch len(args) {
	case 1:
		x := args[0]
		return func(e Env) Value { return f([]Value{x(e)}) }
	case 2:
		x, y := args[0], args[1]
		return func(e Env) Value { return f([]Value{x(e), y(e)}) }
	default:
		return func(e Env) Value {
			values := make([]Value, len(args))
			for i, a := range args {
				values[i] = a(e)
			}
			return f(values)
		}
	}
}
