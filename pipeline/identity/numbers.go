package identity

import "strings"

// chain is a row of groups of digits as telephone numbers, cards and papers are
// written: digits, and few signs between them.
type chain struct {
	plus   bool
	open   bool // begins with a bracket
	groups []group
}

// group is a run of digits and what stands before it.
type group struct {
	before     string // between the group before and this one
	start, end int
}

const (
	mostGroups = 12
	mostDigits = 20
)

// number finds what is written in digits alone and begins at i. The longest row
// of groups is taken, unless digits follow that make an identity with the last
// of them: two numbers side by side are not parted in the wrong place.
func (f *folded) number(i int) (span, bool) {
	if !f.begins(i) {
		return span{}, false
	}
	c := f.chain(i)
	n := f.longest(i, c, len(c.groups))
	if n == 0 {
		return span{}, false
	}
	end := c.groups[n-1].end
	if isDigit(f.look(f.spaces(end))) && f.look(end) == ' ' {
		for fewer := f.longest(i, c, n-1); fewer > 0; fewer = f.longest(i, c, fewer-1) {
			start := c.groups[fewer].start
			rest := f.chain(start)
			if k := f.longest(start, rest, len(rest.groups)); k > 0 && rest.groups[k-1].end > end {
				n = fewer
				break
			}
		}
	}
	class, _ := f.read(i, c, n)
	return span{class, i, c.groups[n-1].end}, true
}

// longest gives the most groups, up to a number of them, that are an identity.
func (f *folded) longest(i int, c chain, most int) int {
	if f.begins(i) {
		for n := most; n > 0; n-- {
			if _, ok := f.read(i, c, n); ok {
				return n
			}
		}
	}
	return 0
}

// read says what the first n groups of a chain at i are.
func (f *folded) read(i int, c chain, n int) (Class, bool) {
	end := c.groups[n-1].end
	if f.goesOn(end) {
		return "", false
	}
	digits, signs := f.joined(c.groups[:n])
	class, ok := c.class(digits, signs, n)
	return class, ok && !(n == 3 && f.money(end))
}

// begins says that a number can begin at i: it is not the rest of a word, a
// symbol of a document, or another number.
func (f *folded) begins(i int) bool {
	before := f.look(i - 1)
	if joins(before) && before != hidden || before == '#' {
		return false
	}
	if strings.ContainsRune("./-,:", before) {
		return i-1 == f.done || !wordly(f.look(i-2)) && f.look(i-2) != hidden
	}
	return true
}

// goesOn says that a number does not end here but goes on as a decimal, a
// symbol, or a word.
func (f *folded) goesOn(end int) bool {
	next, after := f.look(end), f.look(end+1)
	return joins(next) && next != hidden || strings.ContainsRune(".,-", next) && isDigit(after) || strings.ContainsRune("-:", next) && joins(after) && after != hidden || next == '%'
}

func (f *folded) chain(i int) chain {
	var c chain
	if f.look(i) == '(' {
		c.open = true
		i++
	}
	if f.look(i) == '+' {
		c.plus = true
		i = f.spaces(i + 1)
		if f.look(i) == '(' {
			i++
		}
	}
	start, digits := i, 0
	for len(c.groups) < mostGroups {
		j := start
		for isDigit(f.look(j)) {
			j++
		}
		digits += j - start
		if j == start || digits > mostDigits {
			break
		}
		c.groups = append(c.groups, group{f.text(i, start), start, j})
		open := strings.HasSuffix(c.groups[len(c.groups)-1].before, "(") || c.open && len(c.groups) == 1
		i, start = j, f.between(j, open)
	}
	return c
}

// between passes over what may stand between two groups of digits.
func (f *folded) between(i int, open bool) int {
	if open && f.look(i) == ')' {
		i++
	}
	i = f.spaces(i)
	if r := f.look(i); r == '-' || r == '.' || r == '/' || r == '·' {
		i = f.spaces(i + 1)
	}
	if f.look(i) == '(' {
		i++
	}
	return i
}

// joined gives the digits of groups, and how they are written: "000-00-0000".
func (f *folded) joined(groups []group) (digits, signs string) {
	var d, s strings.Builder
	for k, g := range groups {
		if k > 0 {
			s.WriteString(g.before)
		}
		d.WriteString(f.text(g.start, g.end))
		s.WriteString(strings.Repeat("0", g.end-g.start))
	}
	return d.String(), s.String()
}

// class says what the first n groups are.
func (c chain) class(digits, signs string, n int) (Class, bool) {
	if strings.Count(signs, "(") > strings.Count(signs, ")") {
		return "", false
	}
	if c.plus {
		most := 15
		if strings.Contains(signs, "(0)") { // which is not dialled from abroad
			most = 16
		}
		return Phone, len(digits) >= 8 && len(digits) <= most
	}
	loose := strings.ContainsAny(signs, "/()") || strings.Contains(signs, ".") && strings.Contains(signs, " ")
	switch {
	case loose && c.telephone(digits, signs, n):
		return Phone, true
	case loose || strings.Count(signs, ".") == 1: // or a decimal
		return Phone, !loose && c.telephone(digits, signs, n)
	case len(digits) == 15 && france(digits):
		return NationalID, true
	case card(digits):
		return Card, true
	case national(digits, signs):
		return NationalID, true
	case len(digits) == 15 && luhn(digits) && digits[0] != '0':
		return Device, true
	}
	return Phone, c.telephone(digits, signs, n)
}

// money says that a sign or word for money or a measure follows, so that groups
// of three digits are an amount.
func (f *folded) money(end int) bool {
	i := f.spaces(end)
	if strings.ContainsRune("$€£¥₽₹%", f.look(i)) {
		return true
	}
	for _, w := range units {
		if f.has(i, w) && (!wordly(f.look(i+len([]rune(w)))) || unspaced([]rune(w)[0])) {
			return true
		}
	}
	return false
}

var units = [...]string{"euro", "euros", "eur", "usd", "dollars", "dollar", "people", "persons", "francs", "cfa", "fcfa", "руб", "рублей", "долларов", "евро", "человек", "pesos", "dólares", "personas", "personnes", "habitants", "habitantes", "inhabitants", "元", "人", "美元", "欧元", "دولار", "يورو", "شخص", "نسمة", "جنيه", "км", "km"}

// announced says that the word before tells that a number is public: of a book
// or a document.
func (f *folded) announced(i int) bool {
	end := i
	for f.look(end-1) == ' ' || f.look(end-1) == ':' || f.look(end-1) == '-' {
		end--
	}
	for _, w := range [...]string{"isbn", "issn", "doi", "isbn-13", "isbn-10", "orcid"} {
		if f.has(end-len(w), w) {
			return true
		}
	}
	return false
}
