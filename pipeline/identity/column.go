package identity

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Column gathers what the values of one column look like. Its memory does not
// grow, and the order of values makes no difference. The zero Column is ready.
type Column struct {
	filled int64 // values that are not empty
	wholly map[Class]int64
}

// beginning is how much of a value is looked at, in bytes.
const beginning = 400

// Add looks at a value.
func (c *Column) Add(value string) {
	if len(value) > beginning {
		value = value[:beginning]
		for len(value) > 0 && !utf8.RuneStart(value[len(value)-1]) {
			value = value[:len(value)-1]
		}
	}
	signs := 0
	for _, r := range value {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			signs++
		}
	}
	if signs == 0 {
		return
	}
	c.filled++
	if class, ok := mostly(value, signs); ok {
		if c.wholly == nil {
			c.wholly = map[Class]int64{}
		}
		c.wholly[class]++
	}
}

// mostly says that two thirds of the letters and digits of a value are in
// identities, and which class takes most of them.
func mostly(value string, signs int) (Class, bool) {
	taken := map[Class]int{}
	all := 0
	for _, m := range Find(value) {
		for _, r := range value[m.Start:m.End] {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				taken[m.Class]++
				all++
			}
		}
	}
	if all == 0 && abroad(value) {
		return Phone, true
	}
	if 3*all < 2*signs || all == 0 {
		return "", false
	}
	var most Class
	for _, class := range Classes() {
		if taken[class] > taken[most] {
			most = class
		}
	}
	return most, true
}

// Merge adds what another Column gathered.
func (c *Column) Merge(o *Column) {
	c.filled += o.filled
	for class, n := range o.wholly {
		if c.wholly == nil {
			c.wholly = map[Class]int64{}
		}
		c.wholly[class] += n
	}
}

// Looks says that the column looks as if it identified, and by what. It does
// when half of its values that are not empty are identities wholly or mostly;
// or when five or more are, and a tenth, of a class that does not come about
// by chance.
func (c *Column) Looks() (Class, bool) {
	var all, telling int64
	var most Class
	for _, class := range Classes() {
		n := c.wholly[class]
		all += n
		if slices.Contains([]Class{Email, Handle, GPS, IBAN, Passport}, class) {
			telling += n
		}
		if n > c.wholly[most] {
			most = class
		}
	}
	if all > 0 && 2*all >= c.filled || telling >= 5 && 10*telling >= c.filled {
		return most, true
	}
	return "", false
}
