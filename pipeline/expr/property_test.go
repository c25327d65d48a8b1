package expr

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pair is an Env of two answers.
type pair struct{ a, b Value }

func (p pair) Answer(slot int) Value {
	if slot == 0 {
		return p.a
	}
	return p.b
}
func (p pair) Self() Value       { return p.a }
func (p pair) Today() Value      { return Date(19000) }
func (p pair) Group(int) []Value { return []Value{p.a, p.b, p.a} }
func (p pair) Position() int     { return 2 }

func pairSlot(name string) (int, bool) {
	if name == "a" {
		return 0, true
	}
	return 1, true
}

func anyValue() *rapid.Generator[Value] {
	return rapid.OneOf(
		rapid.Just(Missing()),
		rapid.Map(rapid.String(), Text),
		rapid.Map(rapid.SampledFrom([]string{"", "0", "1", "2.0", "-3", "yes", "a b", "2020-02-29", "true"}), Text),
		rapid.Map(rapid.Float64(), Number),
		rapid.Map(rapid.IntRange(-3, 3), func(n int) Value { return Number(float64(n)) }),
		rapid.Just(Number(math.NaN())),
		rapid.Map(rapid.Bool(), Bool),
		rapid.Map(rapid.SliceOfDistinct(rapid.StringMatching(`[a-z0-9]{1,2}`), rapid.ID), Choices),
		rapid.Map(rapid.Float64Range(-1e6, 3e6), Date),
		rapid.Map(rapid.IntRange(-3, 3), func(n int) Value { return Date(float64(n)) }),
	)
}

// TestLaws checks that two expressions hold for the same answers.
func TestLaws(t *testing.T) {
	for name, sides := range map[string][2]string{
		"not (a and b) is not a or not b":         {"not(${a} and ${b})", "not(${a}) or not(${b})"},
		"not (a or b) is not a and not b":         {"not(${a} or ${b})", "not(${a}) and not(${b})"},
		"and does not mind the order":             {"${a} and ${b}", "${b} and ${a}"},
		"a = b is b = a":                          {"${a} = ${b}", "${b} = ${a}"},
		"a != b is not (a = b)":                   {"${a} != ${b}", "not(${a} = ${b})"},
		"a < b is b > a":                          {"${a} < ${b}", "${b} > ${a}"},
		"a <= b is b >= a":                        {"${a} <= ${b}", "${b} >= ${a}"},
		"not both a < b and b < a":                {"${a} < ${b} and ${b} < ${a}", "false()"},
		"a < b excludes a >= b":                   {"${a} < ${b} and ${a} >= ${b}", "false()"},
		"comparisons are of numbers":              {"${a} <= ${b}", "number(${a}) <= number(${b})"},
		"what is no number is never less or more": {"${a} < ${b} or ${a} >= ${b}", "number(${a}) <= 1 div 0 and number(${b}) <= 1 div 0"},
		"boolean is not not":                      {"boolean(${a})", "not(not(${a}))"},
		"if(a, b, b) is b":                        {"boolean(if(${a}, ${b}, ${b}))", "boolean(${b})"},
		"if(a, b, not b) is both or none":         {"if(${a}, boolean(${b}), not(${b}))", "boolean(${a}) = boolean(${b})"},
		"string is idempotent":                    {"string(string(${a})) = string(${a})", "true()"},
		"a text equals itself":                    {"string(${a}) = string(${a})", "true()"},
		"a number minus itself is 0 or NaN":       {"number(${a}) - number(${a}) = 0", "number(${a}) < 1 div 0 and number(${a}) > -1 div 0"},
		"selected of the empty name is missing":   {"selected(string(${a}), '')", "string(${a}) = ''"},
		"a choice among them is at a place":       {"count-selected(${a}) > 0", "selected-at(${a}, 0) != ''"},
		"what starts with b contains b":           {"starts-with(${a}, ${b}) and not(contains(${a}, ${b}))", "false()"},
		"cutting at b leaves a":                   {"contains(${a}, ${b})", "contains(${a}, ${b}) and concat(substring-before(${a}, ${b}), ${b}, substring-after(${a}, ${b})) = string(${a})"},
		"substr parts a text":                     {"concat(substr(${a}, 0, 2), substr(${a}, 2)) = string(${a})", "true()"},
		"the length counts both parts":            {"string-length(concat(${a}, ${b})) = string-length(${a}) + string-length(${b})", "true()"},
		"min is at most max":                      {"min(${a}, ${b}) > max(${a}, ${b})", "false()"},
		"a sum over the repeat does not fail":     {"count(${a})", "3"},
	} {
		left, right := bind(t, sides[0], pairSlot), bind(t, sides[1], pairSlot)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			p := pair{anyValue().Draw(t, "a"), anyValue().Draw(t, "b")}
			if left.True(p) != right.True(p) {
				t.Errorf("%#v %#v: %v and %v", p.a, p.b, left.True(p), right.True(p))
			}
		}))
	}
}

func TestChoicesAreTheSameAsTheirTextAndSet(t *testing.T) {
	selected, count, same := bind(t, "selected(${a}, ${b})", pairSlot), bind(t, "count-selected(${a})", pairSlot), bind(t, "${a} = ${b}", pairSlot)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c_]{1,2}`), 0, 5, rapid.ID).Draw(t, "names")
		name := rapid.StringMatching(`[a-c_]{1,2}`).Draw(t, "name")
		set, text := Choices(names), Text(strings.Join(names, " "))
		for _, v := range []Value{set, text} {
			if got := selected.True(pair{v, Text(name)}); got != slices.Contains(names, name) {
				t.Errorf("selected(%q, %q) is %v", names, name, got)
			}
			if got := count.Eval(pair{v, Missing()}).Num(); got != float64(len(names)) {
				t.Errorf("count-selected(%q) is %v", names, got)
			}
		}
		if !same.True(pair{set, text}) || same.True(pair{set, Text(text.Str() + " x")}) || same.True(pair{set, Text(text.Str() + "x")}) {
			t.Errorf("%q does not equal its text alone", names)
		}
	})
}

func TestNumbersAndDatesSurviveBeingWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Float64().Draw(t, "number")
		if got := Text(Number(n).Str()).Num(); got != n {
			t.Errorf("%v becomes %v", n, got)
		}
		d := float64(rapid.IntRange(-719528, 2932896).Draw(t, "day"))
		if got := Text(Date(d).Str()).Num(); got != d {
			t.Errorf("day %v becomes %v", d, got)
		}
		moment := d + float64(rapid.IntRange(1, day-1).Draw(t, "milliseconds"))/day
		if got := Text(Date(moment).Str()).Num(); math.Abs(got-moment) > 1e-8 {
			t.Errorf("moment %v becomes %v", moment, got)
		}
	})
}

func TestRoundingIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, places := rapid.Float64Range(-1e6, 1e6).Draw(t, "x"), rapid.IntRange(-6, 6).Draw(t, "places")
		got, unit := roundTo(x, float64(places)), math.Pow(10, -float64(places))
		if math.Abs(got-x) > unit/2*(1+1e-9)+1e-9 || roundTo(got, float64(places)) != got {
			t.Errorf("round(%v, %d) = %v", x, places, got)
		}
	})
}

func TestCoalesceIsTheFirstUnlessItIsMissing(t *testing.T) {
	coalesce := bind(t, "coalesce(${a}, ${b})", pairSlot)
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyValue().Draw(t, "a"), anyValue().Draw(t, "b")
		want := a
		if a.IsMissing() {
			want = b
		}
		if got := coalesce.Eval(pair{a, b}); got.Kind() != want.Kind() || got.Str() != want.Str() {
			t.Errorf("%#v, want %#v", got, want)
		}
	})
}
