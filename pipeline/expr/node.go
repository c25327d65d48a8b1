package expr

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
		f    function
		args []node
	}
)

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
