package expr

import "slices"

// Compared returns the items of a condition that does no more than ask which
// choices were made: selected(${x}, 'a'), ${x} = 'a' and ${x} != 'a', joined by
// and, or and not(). With each stand the texts that selected() asks of it; whole
// holds those that are compared as a whole. It is false for other conditions.
func (e *Expr) Compared() (asked map[string][]string, whole map[string]bool, ok bool) {
	asked, whole = map[string][]string{}, map[string]bool{}
	return asked, whole, compared(e.root, asked, whole)
}

func compared(n node, asked map[string][]string, whole map[string]bool) bool {
	switch n := n.(type) {
	case binary:
		switch n.op {
		case "and", "or":
			return compared(n.a, asked, whole) && compared(n.b, asked, whole)
		case "=", "!=":
			a, b := n.a, n.b
			if _, first := a.(literal); first {
				a, b = b, a
			}
			it, isItem := a.(item)
			_, isText := b.(literal)
			if !isItem || !isText {
				return false
			}
			whole[it.name] = true
			return true
		}
	case call:
		switch {
		case n.name == "not":
			return compared(n.args[0], asked, whole)
		case n.name == "selected":
			it, isItem := n.args[0].(item)
			text, isText := n.args[1].(literal)
			if !isItem || !isText {
				return false
			}
			name := text.v.Str()
			if !slices.Contains(asked[it.name], name) {
				asked[it.name] = append(asked[it.name], name)
			}
			return true
		}
	}
	return false
}
