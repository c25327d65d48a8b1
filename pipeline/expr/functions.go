package expr

import (
	"fmt"
	"math"
	"strings"
)

// function is one function of the language. One of lazy, value and group says
// how it is computed: from its arguments unevaluated, from their values, or
// over the responses of a repeat.
type function struct {
	least, most int // arguments; most is -1 where there is no bound
	lazy        func(args []func(Env) Value) func(Env) Value
	value       func(args []Value) Value
	group       func(args []node, slots map[string]int) func(Env) Value
	check       func(args []node) error
	nested      bool
}

func (f *function) takes() string {
	switch {
	case f.most < 0:
		return fmt.Sprintf("at least %d", f.least)
	case f.least == f.most:
		return fmt.Sprintf("%d", f.least)
	default:
		return fmt.Sprintf("%d to %d", f.least, f.most)
	}
}

// refused names functions that a form may use and that cannot be had here.
var refused = map[string]string{
	"pulldata":           "it looks values up in a file that is not here; have the form keep the value in a calculated item",
	"jr:choice-name":     "it gives labels, which depend on the language; use the name of the choice",
	"jr:itext":           "it gives labels, which depend on the language; use the name of the choice",
	"instance":           "it looks values up in a file that is not here",
	"uuid":               "it gives another value at each call",
	"random":             "it gives another value at each call",
	"property":           "it asks the device",
	"version":            "it asks the device",
	"area":               "places are set aside and not computed with",
	"distance":           "places are set aside and not computed with",
	"geofence":           "places are set aside and not computed with",
	"digest":             "it is not needed for conditions",
	"base64-decode":      "it is not needed for conditions",
	"thousandsep":        "it writes numbers for display",
	"indexed-repeat":     "it picks single responses of a repeat; compute on the level of the repeat",
	"randomize":          "it gives another order at each call",
	"weighted-checklist": "write the sum out",
	"checklist":          "write the conditions out",
}

func text(f func(a []string) string) func([]Value) Value {
	return func(args []Value) Value { return Text(f(strs(args))) }
}

func truth(f func(a []string) bool) func([]Value) Value {
	return func(args []Value) Value { return Bool(f(strs(args))) }
}

func strs(args []Value) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a.Str()
	}
	return out
}

func math1(f func(float64) float64) *function {
	return &function{least: 1, most: 1, lazy: func(a []func(Env) Value) func(Env) Value {
		return func(e Env) Value { return Number(f(a[0](e).Num())) }
	}}
}

func math2(f func(a, b float64) float64) *function {
	return &function{least: 2, most: 2, lazy: func(a []func(Env) Value) func(Env) Value {
		return func(e Env) Value { return Number(f(a[0](e).Num(), a[1](e).Num())) }
	}}
}

var functions = map[string]*function{
	"not": {least: 1, most: 1, lazy: func(a []func(Env) Value) func(Env) Value {
		return func(e Env) Value { return Bool(!a[0](e).Truth()) }
	}},
	"selected": {least: 2, most: 2, lazy: func(a []func(Env) Value) func(Env) Value {
		return func(e Env) Value { return Bool(a[0](e).has(strings.TrimSpace(a[1](e).Str()))) }
	}},
	"count-selected": {least: 1, most: 1, lazy: func(a []func(Env) Value) func(Env) Value {
		return func(e Env) Value { return Number(float64(len(a[0](e).list()))) }
	}},
	"selected-at": {least: 2, most: 2, value: func(a []Value) Value {
		list, at := a[0].list(), a[1].Num()
		if !(at >= 0 && at < float64(len(list))) {
			return Missing()
		}
		return Text(list[int(at)])
	}},
	"if": {least: 3, most: 3, lazy: func(a []func(Env) Value) func(Env) Value {
		return func(e Env) Value {
			if a[0](e).Truth() {
				return a[1](e)
			}
			return a[2](e)
		}
	}},
	"coalesce": {least: 1, most: -1, lazy: func(a []func(Env) Value) func(Env) Value {
		return func(e Env) Value {
			for _, x := range a {
				if v := x(e); !v.IsMissing() {
					return v
				}
			}
			return Missing()
		}
	}},
	"once":                {least: 1, most: 1, value: func(a []Value) Value { return a[0] }},
	"true":                {value: func([]Value) Value { return Bool(true) }},
	"false":               {value: func([]Value) Value { return Bool(false) }},
	"boolean":             {least: 1, most: 1, value: func(a []Value) Value { return Bool(a[0].Truth()) }},
	"boolean-from-string": {least: 1, most: 1, value: truth(func(a []string) bool { return a[0] == "1" || a[0] == "true" })},

	"number":  math1(func(x float64) float64 { return x }),
	"int":     math1(math.Trunc),
	"round":   {least: 1, most: 2, value: round},
	"floor":   math1(math.Floor),
	"ceiling": math1(math.Ceil),
	"abs":     math1(math.Abs),
	"sqrt":    math1(math.Sqrt),
	"exp":     math1(math.Exp),
	"exp10":   math1(func(x float64) float64 { return math.Pow(10, x) }),
	"log":     math1(math.Log),
	"log10":   math1(math.Log10),
	"sin":     math1(math.Sin),
	"cos":     math1(math.Cos),
	"tan":     math1(math.Tan),
	"asin":    math1(math.Asin),
	"acos":    math1(math.Acos),
	"atan":    math1(math.Atan),
	"atan2":   math2(math.Atan2),
	"pow":     math2(math.Pow),
	"pi":      {value: func([]Value) Value { return Number(math.Pi) }},

	"string":           {most: 1, least: 1, value: text(func(a []string) string { return a[0] })},
	"string-length":    {least: 1, most: 1, value: func(a []Value) Value { return Number(float64(len([]rune(a[0].Str())))) }},
	"concat":           {least: 1, most: -1, value: text(func(a []string) string { return strings.Join(a, "") })},
	"contains":         {least: 2, most: 2, value: truth(func(a []string) bool { return strings.Contains(a[0], a[1]) })},
	"starts-with":      {least: 2, most: 2, value: truth(func(a []string) bool { return strings.HasPrefix(a[0], a[1]) })},
	"ends-with":        {least: 2, most: 2, value: truth(func(a []string) bool { return strings.HasSuffix(a[0], a[1]) })},
	"normalize-space":  {least: 1, most: 1, value: text(func(a []string) string { return strings.Join(strings.Fields(a[0]), " ") })},
	"translate":        {least: 3, most: 3, value: text(translate)},
	"uppercase":        {least: 1, most: 1, value: text(func(a []string) string { return strings.ToUpper(a[0]) })},
	"lowercase":        {least: 1, most: 1, value: text(func(a []string) string { return strings.ToLower(a[0]) })},
	"upper-case":       {least: 1, most: 1, value: text(func(a []string) string { return strings.ToUpper(a[0]) })},
	"lower-case":       {least: 1, most: 1, value: text(func(a []string) string { return strings.ToLower(a[0]) })},
	"substr":           {least: 2, most: 3, value: substr},
	"substring-before": {least: 2, most: 2, value: text(func(a []string) string { before, _, found := strings.Cut(a[0], a[1]); return when(found, before) })},
	"substring-after":  {least: 2, most: 2, value: text(func(a []string) string { _, after, _ := strings.Cut(a[0], a[1]); return after })},
	"regex":            {least: 2, most: 2, group: regex, check: checkRegex},

	"today": {lazy: func([]func(Env) Value) func(Env) Value {
		return func(e Env) Value { return Date(math.Floor(e.Today().Num())) }
	}},
	"now":               {lazy: func([]func(Env) Value) func(Env) Value { return func(e Env) Value { return e.Today() } }},
	"date":              {least: 1, most: 1, value: toDate},
	"date-time":         {least: 1, most: 1, value: toDate},
	"decimal-date-time": math1(func(x float64) float64 { return x }),
	"decimal-time":      {least: 1, most: 1, value: decimalTime},
	"format-date":       {least: 2, most: 2, value: formatDateAs},
	"format-date-time":  {least: 2, most: 2, value: formatDateAs},

	"min":             {least: 1, most: -1, nested: false, group: aggregate(math.Min)},
	"max":             {least: 1, most: -1, group: aggregate(math.Max)},
	"sum":             {least: 1, most: 1, nested: true, group: overGroup(sum)},
	"count":           {least: 1, most: 1, nested: true, group: overGroup(func(v []Value) Value { return Number(float64(len(v))) })},
	"count-non-empty": {least: 1, most: 1, nested: true, group: overGroup(countAnswered)},
	"join":            {least: 2, most: 2, nested: true, group: join},
	"position":        {most: 0, nested: true, group: position},
}

func when(b bool, s string) string {
	if b {
		return s
	}
	return ""
}
