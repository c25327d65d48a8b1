package lang

import (
	"fmt"
	"strconv"
	"strings"
)

// plural is the rule by which a language chooses the form of a message that
// holds a count: what the header Plural-Forms of a gettext catalogue says, in the
// part of C that it is written in.
type plural struct {
	forms int
	rule  func(n int64) int64
}

// germanic is the rule of English: one, and all others.
func germanic() plural {
	return plural{2, func(n int64) int64 { return truth(n != 1) }}
}

// form returns the place of the form for a count, among those of a message.
func (p plural) form(n int64) int {
	if n < 0 {
		n = -n
	}
	if at := p.rule(n); at >= 0 && at < int64(p.forms) {
		return int(at)
	}
	return p.forms - 1
}

// mostForms is how many forms a rule may have: Arabic, which has most, has six.
const mostForms = 6

// parsePlural reads "nplurals=2; plural=(n != 1);".
func parsePlural(header string) (plural, error) {
	bad := fmt.Errorf("%q is no rule of plural forms", header)
	count, rule, ok := strings.Cut(header, ";")
	number, isCount := strings.CutPrefix(strings.TrimSpace(count), "nplurals=")
	text, isRule := strings.CutPrefix(strings.TrimSpace(rule), "plural=")
	forms, err := strconv.Atoi(strings.TrimSpace(number))
	if !ok || !isCount || !isRule || err != nil || forms < 1 || forms > mostForms {
		return plural{}, bad
	}
	in := &reader{rest: strings.TrimSuffix(strings.TrimSpace(text), ";")}
	out := in.choice(0)
	in.space()
	if in.failed || in.rest != "" {
		return plural{}, bad
	}
	return plural{forms, out}, nil
}

// reader reads an expression from left to right.
type reader struct {
	rest   string
	failed bool
}

type expression = func(n int64) int64

func (r *reader) space() { r.rest = strings.TrimLeft(r.rest, " \t") }

// takes reports whether a sign comes next, and passes it.
func (r *reader) takes(sign string) bool {
	r.space()
	if !strings.HasPrefix(r.rest, sign) {
		return false
	}
	r.rest = r.rest[len(sign):]
	return true
}

func (r *reader) fail() expression {
	r.failed = true
	return func(int64) int64 { return 0 }
}

// deepest is how far expressions may be nested.
const deepest = 50

// choice is "a ? b : c", or what binds closer.
func (r *reader) choice(depth int) expression {
	if depth > deepest || r.failed {
		return r.fail()
	}
	test := r.operation(0, depth)
	if !r.takes("?") {
		return test
	}
	yes := r.choice(depth + 1)
	if !r.takes(":") {
		return r.fail()
	}
	no := r.choice(depth + 1)
	return func(n int64) int64 {
		if test(n) != 0 {
			return yes(n)
		}
		return no(n)
	}
}

// operator is a sign between two values; longer signs stand before those that
// they begin with.
type operator struct {
	sign string
	of   func(a, b int64) int64
}

// operators are those of each level, from the loosest.
func operators() [][]operator {
	return [][]operator{
		{{"||", func(a, b int64) int64 { return truth(a != 0 || b != 0) }}},
		{{"&&", func(a, b int64) int64 { return truth(a != 0 && b != 0) }}},
		{{"==", func(a, b int64) int64 { return truth(a == b) }}, {"!=", func(a, b int64) int64 { return truth(a != b) }}},
		{
			{"<=", func(a, b int64) int64 { return truth(a <= b) }}, {">=", func(a, b int64) int64 { return truth(a >= b) }},
			{"<", func(a, b int64) int64 { return truth(a < b) }}, {">", func(a, b int64) int64 { return truth(a > b) }},
		},
		{{"%", rest}},
	}
}

// rest is what is left when a is divided by b; of nothing, nothing.
func rest(a, b int64) int64 {
	if b == 0 {
		return 0
	}
	return a % b
}

func truth(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// operation is values with operators of a level or a closer one between them.
func (r *reader) operation(level, depth int) expression {
	levels := operators()
	if level == len(levels) {
		return r.value(depth)
	}
	left := r.operation(level+1, depth)
	for !r.failed {
		found := false
		for _, o := range levels[level] {
			if r.takes(o.sign) {
				first, second := left, r.operation(level+1, depth)
				left = func(n int64) int64 { return o.of(first(n), second(n)) }
				found = true
				break
			}
		}
		if !found {
			return left
		}
	}
	return left
}

// value is n, a number, or an expression in brackets.
func (r *reader) value(depth int) expression {
	switch {
	case r.takes("n"):
		return func(n int64) int64 { return n }
	case r.takes("("):
		inner := r.choice(depth + 1)
		if !r.takes(")") {
			return r.fail()
		}
		return inner
	}
	digits := len(r.rest) - len(strings.TrimLeft(r.rest, "0123456789"))
	number, err := strconv.ParseInt(r.rest[:digits], 10, 64)
	if err != nil {
		return r.fail()
	}
	r.rest = r.rest[digits:]
	return func(int64) int64 { return number }
}
