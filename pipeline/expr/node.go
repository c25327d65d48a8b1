package expr

import "slices"

// node is a part of a parsed expression: literal, item, self, unary, binary or
// call.
type node any

type (
	literal struct{ v Value }
	item    struct{ name string }
	self    struct{}
	unary   struct{ x node } // minus
	binary  struct {
		op   string
		a, b node
	}
	call struct {
		name string
		f    function
		args []node
	}
)

// walk notes what an expression speaks of.
func walk(n node, e *Expr) {
	switch n := n.(type) {
	case item:
		if !slices.Contains(e.plain, n.name) {
			e.plain = append(e.plain, n.name)
		}
	case unary:
		walk(n.x, e)
	case binary:
		walk(n.a, e)
		walk(n.b, e)
	case call:
		e.clock = e.clock || n.name == "today" || n.name == "now"
		e.once = e.once || n.name == "once"
		e.placed = e.placed || n.name == "position"
		for i, arg := range n.args {
			if it, is := arg.(item); is && n.group(i) {
				e.groups = append(e.groups, it.name)
				continue
			}
			walk(arg, e)
		}
	}
}

// group reports whether an argument, when it is an item, stands for the answers
// of its repeat.
func (c call) group(arg int) bool {
	if c.f.nested == nil || !c.f.nested(c.args) {
		return false
	}
	switch c.name {
	case "indexed-repeat":
		return arg < 2
	case "join":
		return arg == 1
	}
	return arg == 0
}

// precedence returns how tightly an operator binds, from 1, or 0 for none.
func precedence(t token) int {
	switch t.kind {
	case tName:
		switch t.text {
		case "or":
			return 1
		case "and":
			return 2
		case "div", "mod":
			return 6
		}
	case tSign:
		switch t.text {
		case "=", "!=":
			return 3
		case "<", "<=", ">", ">=":
			return 4
		case "+", "-":
			return 5
		case "*":
			return 6
		}
	}
	return 0
}
