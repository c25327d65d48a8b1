package expr

import (
	"math"
	"testing"
)

func TestValuesCoerce(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		v       Value
		text    string
		number  float64
		truth   bool
		missing bool
	}{
		"missing":             {Missing(), "", nan, false, true},
		"zero value":          {Value{}, "", nan, false, true},
		"empty text":          {Text(""), "", nan, false, true},
		"text":                {Text("yes"), "yes", nan, true, false},
		"text of a number":    {Text(" -3.50 "), " -3.50 ", -3.5, true, false},
		"text 0":              {Text("0"), "0", 0, true, false},
		"text false":          {Text("false"), "false", nan, true, false},
		"only a point":        {Text("."), ".", nan, true, false},
		"only a minus":        {Text("-"), "-", nan, true, false},
		"two points":          {Text("1.2.3"), "1.2.3", nan, true, false},
		"exponent":            {Text("1e3"), "1e3", nan, true, false},
		"plus":                {Text("+1"), "+1", nan, true, false},
		"decimal comma":       {Text("1,5"), "1,5", nan, true, false},
		"hexadecimal":         {Text("0x10"), "0x10", nan, true, false},
		"infinity in words":   {Text("Infinity"), "Infinity", nan, true, false},
		"text of a date":      {Text("1970-01-11"), "1970-01-11", 10, true, false},
		"text of a moment":    {Text("1970-01-02T12:00:00.000Z"), "1970-01-02T12:00:00.000Z", 1.5, true, false},
		"no such day":         {Text("2023-02-30"), "2023-02-30", nan, true, false},
		"date and more":       {Text("2023-02-20x"), "2023-02-20x", nan, true, false},
		"number":              {Number(0.30000000000000004), "0.30000000000000004", 0.30000000000000004, true, false},
		"whole number":        {Number(7), "7", 7, true, false},
		"large number":        {Number(1e21), "1000000000000000000000", 1e21, true, false},
		"zero":                {Number(0), "0", 0, false, false},
		"minus zero":          {Number(math.Copysign(0, -1)), "0", 0, false, false},
		"NaN":                 {Number(nan), "NaN", nan, false, true},
		"infinity":            {Number(math.Inf(-1)), "-Infinity", math.Inf(-1), true, false},
		"true":                {Bool(true), "true", 1, true, false},
		"false":               {Bool(false), "false", 0, false, false},
		"choices":             {Choices([]string{"a", "b"}), "a b", nan, true, false},
		"choice of a number":  {Choices([]string{"3"}), "3", 3, true, false},
		"no choices":          {Choices(nil), "", nan, false, true},
		"date":                {Date(1), "1970-01-02", 1, true, false},
		"date before 1970":    {Date(-1), "1969-12-31", -1, true, false},
		"moment":              {Date(0.25), "1970-01-01T06:00:00.000", 0.25, true, false},
		"day 0":               {Date(0), "1970-01-01", 0, true, false},
		"date that is none":   {Date(nan), "", nan, false, true},
		"date beyond history": {Date(math.Inf(1)), "", math.Inf(1), true, false},
	} {
		if got := c.v.Str(); got != c.text {
			t.Errorf("%s: text %q, want %q", name, got, c.text)
		}
		if got := c.v.Num(); got != c.number && !(math.IsNaN(got) && math.IsNaN(c.number)) {
			t.Errorf("%s: number %v, want %v", name, got, c.number)
		}
		if got := c.v.Truth(); got != c.truth {
			t.Errorf("%s: truth %v", name, got)
		}
		if got := c.v.IsMissing(); got != c.missing {
			t.Errorf("%s: missing %v", name, got)
		}
	}
}

func TestKinds(t *testing.T) {
	for want, v := range map[Kind]Value{
		KindMissing: Missing(), KindText: Text("x"), KindNumber: Number(1), KindBool: Bool(false), KindChoices: Choices(nil), KindDate: Date(1),
	} {
		if v.Kind() != want {
			t.Errorf("kind %d, want %d", v.Kind(), want)
		}
	}
}

func TestNumbersRoundAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct{ x, places, want float64 }{
		{2.5, 0, 3}, {-2.5, 0, -2}, {-2.51, 0, -3}, {0.5, 0, 1}, {-0.5, 0, 0}, {0.49999999999999994, 0, 0},
		{1.005, 2, 1.01}, {-1.005, 2, -1}, {2.675, 2, 2.68}, {3.14159, 2, 3.14}, {9.99, 1, 10}, {99.5, 0, 100},
		{1234, -2, 1200}, {1250, -2, 1300}, {-1250, -2, -1200}, {-1251, -2, -1300}, {50, -2, 100}, {-50, -2, 0}, {49, -2, 0}, {4, -3, 0},
		{1e300, 0, 1e300}, {1e-300, 5, 0}, {7, 30, 7}, {1.5, 1.9, 1.5},
	} {
		if got := roundTo(c.x, c.places); got != c.want || math.Signbit(got) && got == 0 {
			t.Errorf("round(%v, %v) = %v, want %v", c.x, c.places, got, c.want)
		}
	}
	for _, c := range [][2]float64{{1, math.NaN()}, {1, 31}, {1, -31}, {math.NaN(), 0}} {
		if got := roundTo(c[0], c[1]); !math.IsNaN(got) {
			t.Errorf("round(%v, %v) = %v, want NaN", c[0], c[1], got)
		}
	}
}
