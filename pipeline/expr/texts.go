package expr

import (
	"math"
	"strings"
	"unicode/utf8"
)

// texts returns functions of texts.
func texts(name string) (function, bool) {
	switch name {
	case "string":
		return ofText(func(s string) string { return s }), true
	case "normalize-space":
		f := ofText(func(s string) string { return strings.Join(strings.Fields(s), " ") })
		f.least, f.orSelf = 0, true
		return f, true
	case "upper-case", "uppercase":
		return ofText(strings.ToUpper), true
	case "lower-case", "lowercase":
		return ofText(strings.ToLower), true
	case "string-length":
		return function{most: 1, orSelf: true, compile: func(_ compiler, _ []node, args []compiled) compiled {
			x := args[0].asText()
			return compiled{number: func(e Env) float64 { return float64(utf8.RuneCountInString(x(e))) }}
		}}, true
	case "contains":
		return ofTwoTexts(strings.Contains), true
	case "starts-with":
		return ofTwoTexts(strings.HasPrefix), true
	case "ends-with":
		return ofTwoTexts(strings.HasSuffix), true
	case "substring-before":
		return cut(func(before, _ string) string { return before }), true
	case "substring-after":
		return cut(func(_, after string) string { return after }), true
	case "concat":
		return function{most: -1, nested: loneItem, compile: func(c compiler, nodes []node, args []compiled) compiled {
			if loneItem(nodes) {
				return joinGroup(c, nodes[0].(item), func(Env) string { return "" })
			}
			return compiled{value: func(e Env) Value { return Text(concat(e, args)) }}
		}}, true
	case "translate":
		return function{least: 3, most: 3, compile: func(_ compiler, _ []node, args []compiled) compiled {
			x, from, to := args[0].asText(), args[1].asText(), args[2].asText()
			return compiled{value: func(e Env) Value { return Text(translate(x(e), from(e), to(e))) }}
		}}, true
	case "substr":
		return function{least: 2, most: 3, compile: compileSubstr}, true
	case "regex":
		return function{least: 2, most: 2, compile: regex, check: checkRegex}, true
	}
	return function{}, false
}

func ofText(f func(string) string) function {
	return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
		x := args[0].asText()
		return compiled{value: func(e Env) Value { return Text(f(x(e))) }}
	}}
}

func ofTwoTexts(f func(a, b string) bool) function {
	return function{least: 2, most: 2, compile: func(_ compiler, _ []node, args []compiled) compiled {
		a, b := args[0].asText(), args[1].asText()
		return compiled{truth: func(e Env) bool { return f(a(e), b(e)) }}
	}}
}

// cut is a function of a text parted at the first place where another stands in
// it; the result is empty where there is none.
func cut(part func(before, after string) string) function {
	return function{least: 2, most: 2, compile: func(_ compiler, _ []node, args []compiled) compiled {
		a, b := args[0].asText(), args[1].asText()
		return compiled{value: func(e Env) Value {
			before, after, found := strings.Cut(a(e), b(e))
			if !found {
				return Text("")
			}
			return Text(part(before, after))
		}}
	}}
}

func concat(e Env, args []compiled) string {
	var b strings.Builder
	for _, a := range args {
		switch {
		case a.value != nil:
			b.WriteString(a.value(e).Str())
		default:
			b.WriteString(a.asText()(e))
		}
	}
	return b.String()
}

// translate replaces the characters that stand in from by those at the same
// place in to, and drops those that have none there.
func translate(s, from, to string) string {
	old, replacement := []rune(from), []rune(to)
	return strings.Map(func(c rune) rune {
		for i, o := range old {
			switch {
			case o != c:
			case i < len(replacement):
				return replacement[i]
			default:
				return -1
			}
		}
		return c
	}, s)
}

func compileSubstr(_ compiler, _ []node, args []compiled) compiled {
	x, from := args[0].asText(), args[1].asNumber()
	to := func(Env) float64 { return math.Inf(1) }
	if len(args) == 3 {
		to = args[2].asNumber()
	}
	return compiled{value: func(e Env) Value { return Text(substr(x(e), from(e), to(e))) }}
}

// substr takes characters from a place, counted from 0, up to another and
// without it; places below 0 count from the end, NaN is 0.
func substr(s string, from, to float64) string {
	r := []rune(s)
	length := float64(len(r))
	place := func(n float64) int {
		switch {
		case math.IsNaN(n):
			return 0
		case n <= -1:
			n += length
		}
		return int(min(max(n, 0), length))
	}
	a, b := place(from), place(to)
	if a >= b {
		return ""
	}
	return string(r[a:b])
}
