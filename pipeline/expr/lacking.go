package expr

import "math"

// Lacking returns a function that tells which missing answers leave the value of
// the expression open for a response: it appends their slots to into, in the
// order of the expression, and appends none where the value holds all the same.
//
//   - and and or are open only where what is known does not decide them;
//     if() hangs on its condition and on the branch that is taken.
//   - coalesce() is open where all its arguments are; checklist() where the
//     conditions that are open could change it.
//   - A comparison with the empty text, selected() of the empty name,
//     count-non-empty() and all that looks at a repeat ask about missing answers,
//     or leave them out: they are never open. Nor are min(), max(), concat() and
//     join(), which make do with what is there.
//   - All else is open where a part of it is. Choices of which none was made are
//     an answer.
func (b *Bound) Lacking() func(e Env, into []int) []int {
	f := lacks(compiler{b.slots}, b.root)
	if f == nil {
		return func(_ Env, into []int) []int { return into }
	}
	return f
}

// lack is nil where nothing can be lacking.
type lack func(e Env, into []int) []int

func lacks(c compiler, n node) lack {
	switch n := n.(type) {
	case item:
		slot := c.slots[n.name]
		return func(e Env, into []int) []int {
			if v := e.Answer(slot); v.IsMissing() && v.kind != KindChoices {
				return append(into, slot)
			}
			return into
		}
	case unary:
		return lacks(c, n.x)
	case binary:
		switch n.op {
		case "and", "or":
			return logicLacks(c, c.nodes(n, n.op, nil), n.op == "or")
		case "=", "!=":
			if emptyText(n.a) || emptyText(n.b) {
				return nil
			}
		}
		return any2(lacks(c, n.a), lacks(c, n.b))
	case call:
		return callLacks(c, n)
	}
	return nil
}

// nodes returns the sides of a chain of one operator.
func (c compiler) nodes(n node, op string, into []node) []node {
	if b, is := n.(binary); is && b.op == op {
		return c.nodes(b.b, op, c.nodes(b.a, op, into))
	}
	return append(into, n)
}

func emptyText(n node) bool {
	l, is := n.(literal)
	return is && l.v.kind == KindText && l.v.s == ""
}

func any2(a, b lack) lack {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func(e Env, into []int) []int { return b(e, a(e, into)) }
}

// logicLacks is the lack of a chain of and, or of or: a side that is known and
// equals decided decides it.
func logicLacks(c compiler, sides []node, decided bool) lack {
	truths, parts := make([]func(Env) bool, len(sides)), make([]lack, len(sides))
	for i, n := range sides {
		truths[i], parts[i] = c.compile(n).asTruth(), lacks(c, n)
	}
	return func(e Env, into []int) []int {
		start := len(into)
		for i, part := range parts {
			before := len(into)
			if part != nil {
				into = part(e, into)
			}
			if len(into) == before && truths[i](e) == decided {
				return into[:start]
			}
		}
		return into
	}
}

func callLacks(c compiler, n call) lack {
	switch n.name {
	case "count", "sum", "count-non-empty", "min", "max", "join", "concat", "indexed-repeat", "position":
		return nil
	case "selected", "is-selected":
		if emptyText(n.args[1]) {
			return nil
		}
	case "if":
		holds := c.compile(n.args[0]).asTruth()
		condition, yes, no := lacks(c, n.args[0]), lacks(c, n.args[1]), lacks(c, n.args[2])
		return func(e Env, into []int) []int {
			before := len(into)
			if condition != nil {
				if into = condition(e, into); len(into) > before {
					return into
				}
			}
			branch := no
			if holds(e) {
				branch = yes
			}
			if branch != nil {
				into = branch(e, into)
			}
			return into
		}
	case "coalesce":
		return coalesceLacks(c, n.args)
	case "checklist":
		return checklistLacks(c, n)
	}
	var out lack
	for _, arg := range n.args {
		out = any2(out, lacks(c, arg))
	}
	return out
}

func coalesceLacks(c compiler, args []node) lack {
	values, parts := make([]func(Env) Value, len(args)), make([]lack, len(args))
	for i, n := range args {
		values[i], parts[i] = c.compile(n).asValue(), lacks(c, n)
	}
	return func(e Env, into []int) []int {
		start := len(into)
		for i, part := range parts {
			before := len(into)
			if part != nil {
				into = part(e, into)
			}
			if len(into) == before && (i == len(parts)-1 || !values[i](e).IsMissing()) {
				return into[:start]
			}
		}
		return into
	}
}

func checklistLacks(c compiler, n call) lack {
	least, most := c.compile(n.args[0]).asNumber(), c.compile(n.args[1]).asNumber()
	sides := n.args[2:]
	truths, parts := make([]func(Env) bool, len(sides)), make([]lack, len(sides))
	for i, s := range sides {
		truths[i], parts[i] = c.compile(s).asTruth(), lacks(c, s)
	}
	return func(e Env, into []int) []int {
		start, sure, open := len(into), 0.0, 0.0
		for i, part := range parts {
			before := len(into)
			if part != nil {
				into = part(e, into)
			}
			switch {
			case len(into) > before:
				open++
			case truths[i](e):
				sure++
			}
		}
		low, high := least(e), most(e)
		if high < 0 {
			high = math.Inf(1)
		}
		if low < 0 {
			low = 0
		}
		if sure > high || sure+open < low || sure >= low && sure+open <= high {
			return into[:start]
		}
		return into
	}
}
