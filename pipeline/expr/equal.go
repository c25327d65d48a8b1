package expr

import "math"

// alike is how little numbers must differ to be equal.
const alike = 1e-12

// near reports whether two numbers are equal. NaN equals nothing.
func near(a, b float64) bool { return a == b || math.Abs(a-b) < alike }

// equal compares as truths when either is one, else as numbers when either is a
// number or a date, else as texts.
func equal(a, b Value) bool {
	switch {
	case a.kind == KindBool || b.kind == KindBool:
		return a.Truth() == b.Truth()
	case a.numeric() || b.numeric():
		return near(a.Num(), b.Num())
	case a.kind == KindChoices && b.kind != KindChoices:
		return joined(a.set, b.s)
	case b.kind == KindChoices && a.kind != KindChoices:
		return joined(b.set, a.s)
	case a.kind == KindChoices:
		return a.Str() == b.Str()
	default:
		return a.s == b.s // texts; a missing answer has an empty one
	}
}

// numeric reports whether a comparison with the value compares numbers.
func (v Value) numeric() bool { return v.kind == KindNumber || v.kind == KindDate }

// joined reports whether s is names with a space between, without joining them.
func joined(names []string, s string) bool {
	for i, name := range names {
		if i > 0 {
			if s == "" || s[0] != ' ' {
				return false
			}
			s = s[1:]
		}
		if len(s) < len(name) || s[:len(name)] != name {
			return false
		}
		s = s[len(name):]
	}
	return s == ""
}
