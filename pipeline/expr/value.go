package expr

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Kind says what a Value is.
type Kind uint8

// The kinds of values.
const (
	KindMissing Kind = iota // no answer: the empty text
	KindText                // a text, or the name of a single choice
	KindNumber
	KindBool
	KindChoices // names of choices, in order
	KindDate    // days since 1970-01-01; a fraction is the time of day
)

// Value is an answer, or the value of an expression. The zero Value is missing.
type Value struct {
	kind Kind
	n    float64
	s    string
	set  []string
}

// Missing is no answer.
func Missing() Value { return Value{} }

// Text is a text. The name of a single choice is a text.
func Text(s string) Value { return Value{kind: KindText, s: s} }

// Number is a number.
func Number(n float64) Value { return Value{kind: KindNumber, n: n} }

// Bool is true or false.
func Bool(b bool) Value {
	if b {
		return Value{kind: KindBool, n: 1}
	}
	return Value{kind: KindBool}
}

// Choices is a set, or an ordered list, of choices by name. The names are not
// copied and must not change while the value is in use.
func Choices(names []string) Value { return Value{kind: KindChoices, set: names} }

// Date is a moment in days since 1970-01-01. NaN is missing.
func Date(days float64) Value {
	if math.IsNaN(days) {
		return Missing()
	}
	return Value{kind: KindDate, n: days}
}

// Kind returns what the value is.
func (v Value) Kind() Kind { return v.kind }

// IsMissing reports whether there is nothing: no answer, an empty text, no
// choice, or a number that is none (NaN).
func (v Value) IsMissing() bool {
	switch v.kind {
	case KindText:
		return v.s == ""
	case KindNumber:
		return math.IsNaN(v.n)
	case KindChoices:
		return len(v.set) == 0
	default:
		return v.kind == KindMissing
	}
}

// Str returns the value as a text: choices with a space between, dates as ISO
// 8601, numbers without an exponent and whole numbers without a point.
func (v Value) Str() string {
	switch v.kind {
	case KindText:
		return v.s
	case KindNumber:
		return formatNumber(v.n)
	case KindBool:
		return strconv.FormatBool(v.n != 0)
	case KindChoices:
		return strings.Join(v.set, " ")
	case KindDate:
		return formatDate(v.n)
	default:
		return ""
	}
}

// Num returns the value as a number, NaN where it is none; truths count 0 and
// 1, dates and texts that are ISO 8601 dates in days since 1970-01-01.
func (v Value) Num() float64 {
	switch v.kind {
	case KindNumber, KindBool, KindDate:
		return v.n
	case KindText:
		return parseNumber(v.s)
	case KindChoices:
		if len(v.set) == 1 {
			return parseNumber(v.set[0])
		}
	}
	return math.NaN()
}

// Truth returns the value as true or false: false are a missing answer, an
// empty text, no choice, 0 and NaN.
func (v Value) Truth() bool {
	switch v.kind {
	case KindNumber:
		return math.Abs(v.n) >= alike // with NaN this does not hold
	case KindBool:
		return v.n != 0
	case KindDate:
		return true
	default:
		return !v.IsMissing()
	}
}

// has reports whether a choice of that name was made. The empty name stands for
// none.
func (v Value) has(name string) bool {
	switch {
	case name == "":
		return v.IsMissing()
	case v.kind == KindChoices:
		return slices.Contains(v.set, name)
	case v.kind == KindText:
		return hasWord(v.s, name)
	case v.kind == KindMissing:
		return false
	default:
		return v.Str() == name
	}
}

// hasWord reports whether a word stands in a text, between spaces or its ends.
func hasWord(s, word string) bool {
	if s == word {
		return true
	}
	for w := range strings.FieldsSeq(s) {
		if w == word {
			return true
		}
	}
	return false
}

// Names returns the names of the choices made; of a text, its words. The list is
// not to be changed.
func (v Value) Names() []string { return v.names() }

func (v Value) names() []string {
	if v.kind == KindChoices {
		return v.set
	}
	return strings.Fields(v.Str())
}

// count returns how many choices were made.
func (v Value) count() int {
	if v.kind == KindChoices {
		return len(v.set)
	}
	n := 0
	for range strings.FieldsSeq(v.Str()) {
		n++
	}
	return n
}
