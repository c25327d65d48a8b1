package identity

import "strings"

// What makes a number one of a scheme: its length, its parts, and digits that
// follow from the others. All take digits and capitals without signs between.

// luhn is the check of payment cards and devices (ISO/IEC 7812-1, annex B).
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// verhoeff is the check of the dihedral group of ten (Verhoeff 1969).
func verhoeff(s string) bool {
	step := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	c := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		for range i % 8 {
			d = step[d]
		}
		c = dihedral(c, d)
	}
	return c == 0
}

func dihedral(a, b int) int {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return 5 + (a+b-5)%5
	case b < 5:
		return 5 + (a-5-b+5)%5
	}
	return (a - b + 10) % 5
}

// mod97 says that an account number passes the check of ISO 13616.
func mod97(s string) bool {
	if len(s) < 15 || len(s) > 34 || s[0] < 'A' || s[1] < 'A' || s[2] > '9' || s[3] > '9' {
		return false
	}
	rest := 0
	for _, r := range s[4:] + s[:4] {
		if r >= 'A' {
			rest = (rest*100 + int(r-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(r-'0')) % 97
		}
	}
	return rest == 1
}

// weighted sums digits times weights.
func weighted(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum
}

// isDate says that six digits are a year without its century, a month and a day.
func isDate(yymmdd string) bool {
	m, d := two(yymmdd[2:]), two(yymmdd[4:])
	return m >= 1 && m <= 12 && d >= 1 && d <= 31
}

func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// moment says that digits are a year, month, day, hour, minute and second.
func moment(s string) bool {
	return len(s) == 14 && (s[:2] == "19" || s[:2] == "20") && isDate(s[2:8]) && two(s[8:]) < 24 && two(s[10:]) < 60 && two(s[12:]) < 60
}

// allDigits says that a text is digits alone.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// shaped says that a text has a letter (A), digit (0) or either (*) where the shape has one.
func shaped(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		digit := s[i] >= '0' && s[i] <= '9'
		if shape[i] == '0' && !digit || shape[i] == 'A' && digit {
			return false
		}
	}
	return true
}

// card says that digits can be the number of a payment card: a known beginning
// and the check of Luhn.
func card(s string) bool {
	if len(s) < 13 || len(s) > 19 || !luhn(s) {
		return false
	}
	two, four := s[:2], s[:4]
	switch {
	case s[0] == '4':
		return len(s) == 13 || len(s) == 16 || len(s) == 19
	case two >= "51" && two <= "55", four >= "2221" && four <= "2720", four == "6011", two == "65", two == "35":
		return len(s) == 16
	case two == "34", two == "37":
		return len(s) == 15
	case four >= "2200" && four <= "2204", two == "62":
		return len(s) >= 16
	case two == "36", two == "38", two == "39":
		return len(s) == 14
	}
	return false
}

// repeated says that a text is one sign again and again.
func repeated(s string) bool { return strings.Count(s, s[:1]) == len(s) }
