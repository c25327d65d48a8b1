package identity

import "strings"

// telephone says that the first n groups can be a telephone number as it is
// dialled within a State, or abroad with 00. Numbers that start with a plus are
// told elsewhere.
func (c chain) telephone(digits, signs string, n int) bool {
	if !c.parted(signs, n) || c.dated(digits, n) || repeated(digits) {
		return false
	}
	sizes := c.sizes(n)
	bracket := c.open || strings.Contains(signs, "(")
	switch {
	case strings.HasPrefix(digits, "00"):
		return len(digits) >= 10 && len(digits) <= 17 && digits[2] != '0' && len(sizes) > 0 && sizes[0] != 1
	case bracket:
		return c.bracketed(digits, signs, sizes)
	case digits[0] == '0':
		return len(digits) >= 9 && (len(digits) <= 11 || len(digits) == 12 && n == 2) && sizes[0] >= 2
	case strings.Contains(signs, "/"):
		return false
	case len(digits) == 11 && digits[0] == '8' && strings.ContainsRune("3489", rune(digits[1])):
		return n == 1 || sizes[0] == 1 && sizes[1] == 3 && n > 2 // Russia, Kazakhstan
	case len(digits) == 11 && digits[0] == '7' && n > 2 && sizes[0] == 1 && strings.ContainsRune("3479", rune(digits[1])):
		return true // the same without its plus
	case len(digits) == 11 && digits[0] == '1' && digits[1] >= '3':
		return n == 1 || same(sizes, 3, 4, 4) || same(sizes, 3, 8) // China, mobile
	case same(sizes, 1, 3, 3, 4):
		return digits[0] == '1' && digits[1] >= '2' // North America
	case same(sizes, 3, 3, 4):
		return digits[0] >= '2'
	case same(sizes, 3, 2, 2, 2), same(sizes, 3, 3, 3) && !strings.Contains(signs, "."):
		return digits[0] >= '6' // Spain, Peru
	case same(sizes, 2, 4, 4), same(sizes, 2, 5, 4):
		return !year(digits[2:6]) || !year(digits[len(digits)-4:]) // Mexico, Brazil
	case same(sizes, 1, 4, 4):
		return digits[0] == '9' // Chile
	case same(sizes, 5, 5):
		return digits[0] >= '6' // India
	}
	return false
}

// bracketed says that a number with an area code in brackets is one.
func (c chain) bracketed(digits, signs string, sizes []int) bool {
	area := 0
	if !c.open { // 8 (495) 123-45-67
		before := strings.IndexByte(signs, '(')
		if area = 1; before > 3 || len(sizes) < 2 || !strings.HasSuffix(strings.TrimSpace(signs[:before]), "0") {
			return false
		}
	}
	if !strings.Contains(signs, ")") || len(sizes) < area+2 {
		return false
	}
	rest := len(digits)
	for _, s := range sizes[:area+1] {
		rest -= s
	}
	if area == 0 && sizes[0] == 4 && year(digits[:4]) {
		return false
	}
	return sizes[area] >= 2 && sizes[area] <= 5 && rest >= 5 && rest <= 9 && len(digits) >= 8 && len(digits) <= 12
}

// parted says that the groups are parted as in a number that is dialled: dots
// with nothing else, a slash at most once.
func (c chain) parted(signs string, n int) bool {
	if strings.Contains(signs, "·") || strings.Count(signs, "/") > 1 {
		return false
	}
	if dots := strings.Count(signs, "."); dots == 1 || dots > 1 && dots != n-1 {
		return false // a decimal, or something else
	}
	for k, g := range c.groups[1:n] {
		if len(g.before) > 3 || k > 0 && strings.Contains(g.before, "/") { // a slash parts the area code
			return false
		}
	}
	return true
}

// dated says that the groups begin as a date does, such as 2017-04-01 or 01.04.2017.
func (c chain) dated(digits string, n int) bool {
	if n < 3 || c.open {
		return false
	}
	s := c.sizes(n)
	if same(s[:3], 4, 2, 2) {
		return year(digits[:4]) && digits[4:6] <= "12" && digits[6:8] <= "31"
	}
	if s[0] <= 2 && s[1] <= 2 && s[2] == 4 {
		at := s[0] + s[1]
		return year(digits[at:at+4]) && len(digits) <= at+8
	}
	return false
}

func (c chain) sizes(n int) []int {
	out := make([]int, n)
	for k, g := range c.groups[:n] {
		out[k] = g.end - g.start
	}
	return out
}

func same(sizes []int, want ...int) bool {
	if len(sizes) != len(want) {
		return false
	}
	for k, s := range sizes {
		if s != want[k] {
			return false
		}
	}
	return true
}

// year says that four digits are a year of our time.
func year(s string) bool { return s >= "1900" && s <= "2099" }
