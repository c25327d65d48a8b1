package expr

import (
	"fmt"
	"math"
	"regexp"
	"strings"
)

// round rounds half away from zero, to a number of places when one is given.
func round(a []Value) Value {
	x := a[0].Num()
	if len(a) == 1 {
		return Number(math.Floor(x + 0.5))
	}
	places := a[1].Num()
	if math.IsNaN(places) || math.Abs(places) > 15 {
		return Number(math.NaN())
	}
	unit := math.Pow(10, math.Trunc(places))
	return Number(math.Round(x*unit) / unit)
}

// translate replaces the characters of the second text by those at the same
// place in the third, and drops those that have none there.
func translate(a []string) string {
	from, to := []rune(a[1]), []rune(a[2])
	table := map[rune]rune{}
	for i, r := range from {
		if _, twice := table[r]; twice {
			continue
		}
		table[r] = -1
		if i < len(to) {
			table[r] = to[i]
		}
	}
	return strings.Map(func(r rune) rune {
		if t, ok := table[r]; ok {
			return t
		}
		return r
	}, a[0])
}

// substr takes characters from a place (counted from 0) up to, not including,
// another; places below 0 count from the end.
func substr(a []Value) Value {
	r := []rune(a[0].Str())
	place := func(v Value) (int, bool) {
		n := v.Num()
		if math.IsNaN(n) {
			return 0, false
		}
		if n < 0 {
			n += float64(len(r))
		}
		return int(min(max(n, 0), float64(len(r)))), true
	}
	from, ok := place(a[1])
	to := len(r)
	if ok && len(a) == 3 {
		to, ok = place(a[2])
	}
	if !ok || from >= to {
		return Text("")
	}
	return Text(string(r[from:to]))
}

// pattern compiles a regular expression as ODK applies it, to the whole text.
// It must be written out in the form, so that it can be refused when it is read.
func pattern(arg node) (*regexp.Regexp, error) {
	lit, ok := arg.(literal)
	if !ok {
		return nil, fmt.Errorf("its pattern must be written out in quotation marks")
	}
	re, err := regexp.Compile(`^(?:` + lit.v.Str() + `)$`)
	if err != nil {
		return nil, fmt.Errorf("its pattern is not one that can be applied here")
	}
	return re, nil
}

func checkRegex(args []node) error {
	_, err := pattern(args[1])
	return err
}

// regex matches a text with a pattern, which is compiled once.
func regex(args []node, slots map[string]int) func(Env) Value {
	value := compile(args[0], slots)
	re, err := pattern(args[1])
	if err != nil {
		return func(Env) Value { return Bool(false) } // Parse has refused it
	}
	return func(e Env) Value { return Bool(re.MatchString(value(e).Str())) }
}
