package expr

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind says what a Value is.
type Kind uint8

// The kinds of values.
const (
	KindMissing Kind = iota // no answer: the empty string
	KindText
	KindNumber
	KindBool
	KindChoices // names of choices, in order
	KindDate    // days since 1970-01-01; a fraction is the time of day in UTC
)

// Value is the value of an expression or an answer.
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

// Choices is a set of choices by name; it is not copied.
func Choices(names []string) Value { return Value{kind: KindChoices, set: names} }

// Date is a moment in days since 1970-01-01.
func Date(days float64) Value { return Value{kind: KindDate, n: days} }

// Kind returns what the value is.
func (v Value) Kind() Kind { return v.kind }

// IsMissing reports whether there is nothing: no answer, an empty text, no choice.
func (v Value) IsMissing() bool {
	switch v.kind {
	case KindMissing:
		return true
	case KindText:
		return v.s == ""
	case KindChoices:
		return len(v.set) == 0
	default:
		return false
	}
}

// Str returns the value as a text: choices joined by spaces, dates as ISO 8601,
// whole numbers without a point.
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

// Num returns the value as a number, NaN where it is none. A text that is an
// ISO 8601 date counts in days since 1970-01-01, as ODK has it.
func (v Value) Num() float64 {
	switch v.kind {
	case KindNumber, KindBool, KindDate:
		return v.n
	case KindText, KindChoices:
		return parseNumber(v.Str())
	default:
		return math.NaN()
	}
}

// Truth returns the value as true or false: a text that is not empty, a number
// that is neither 0 nor NaN, at least one choice.
func (v Value) Truth() bool {
	switch v.kind {
	case KindNumber, KindBool:
		return v.n != 0 && !math.IsNaN(v.n)
	case KindDate:
		return true
	default:
		return !v.IsMissing()
	}
}

// has reports whether a choice of that name was made.
func (v Value) has(name string) bool {
	switch v.kind {
	case KindChoices:
		return slices.Contains(v.set, name)
	case KindMissing:
		return false
	case KindText:
		if v.s == name {
			return name != ""
		}
		if !strings.Contains(v.s, " ") {
			return false
		}
	}
	return slices.Contains(strings.Fields(v.Str()), name)
}

// list returns the names of the choices made.
func (v Value) list() []string {
	if v.kind == KindChoices {
		return v.set
	}
	return strings.Fields(v.Str())
}

// equal compares as XPath does: as booleans when either is one, else as numbers
// when either is a number or a date, else as texts.
func equal(a, b Value) bool {
	switch {
	case a.kind == KindBool || b.kind == KindBool:
		return a.Truth() == b.Truth()
	case a.kind == KindNumber || b.kind == KindNumber || a.kind == KindDate || b.kind == KindDate:
		return a.Num() == b.Num()
	case a.kind == KindText && b.kind == KindText:
		return a.s == b.s
	default:
		return a.Str() == b.Str()
	}
}

// unequal is not the opposite of equal where a number is NaN: with NaN it holds.
func unequal(a, b Value) bool { return !equal(a, b) }

func formatNumber(n float64) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 1):
		return "Infinity"
	case math.IsInf(n, -1):
		return "-Infinity"
	case n == 0:
		return "0"
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// parseNumber reads a number as XPath writes it: digits, a point, a sign in
// front; no exponent, no other digits. Else a date.
func parseNumber(s string) float64 {
	s = strings.TrimSpace(s)
	if s == "" {
		return math.NaN()
	}
	for i := range len(s) {
		c := s[i]
		if c != '.' && (c < '0' || c > '9') && (i > 0 || c != '-') {
			return parseDate(s)
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(n, 0) {
		return math.NaN()
	}
	return n
}

var dateLayouts = [...]string{time.DateOnly, time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04"}

func parseDate(s string) float64 {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return math.NaN()
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return float64(t.UnixMilli()) / (24 * 60 * 60 * 1000)
		}
	}
	return math.NaN()
}

func formatDate(days float64) string {
	t, ok := moment(days)
	if !ok {
		return ""
	}
	if days == math.Trunc(days) {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05.000Z07:00")
}

// moment returns the time of a number of days, within the years 0 to 9999.
func moment(days float64) (time.Time, bool) {
	if math.IsNaN(days) || days < -719528 || days > 2932896 {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(math.Round(days * 24 * 60 * 60 * 1000))).UTC(), true
}
