package expr

import (
	"math"
	"slices"
	"strings"
)

// repeats returns functions that look at the responses of a repeat. min(), max(),
// join() and concat() do where they are given one item; else they take their arguments.
func repeats(name string) (function, bool) {
	switch name {
	case "count":
		return ofGroup("count", func(answers []Value) float64 { return float64(len(answers)) }), true
	case "count-non-empty":
		return ofGroup("count-non-empty", countAnswered), true
	case "sum":
		return ofGroup("sum", sum), true
	case "min":
		return extreme(math.Min), true
	case "max":
		return extreme(math.Max), true
	case "join":
		return function{least: 1, most: -1, compile: join, nested: func(args []node) bool { return loneItem(args[1:]) }}, true
	case "position":
		return function{nested: always, compile: func(compiler, []node, []compiled) compiled {
			return compiled{number: position}
		}}, true
	case "indexed-repeat":
		return function{least: 3, most: 7, compile: indexedRepeat, check: checkIndexedRepeat, nested: always}, true
	}
	return function{}, false
}

func always([]node) bool { return true }

// loneItem reports whether arguments are one item, and so stand for its repeat.
func loneItem(args []node) bool {
	if len(args) != 1 {
		return false
	}
	_, is := args[0].(item)
	return is
}

// ofGroup is a function of the answers to an item in a repeat.
func ofGroup(name string, f func([]Value) float64) function {
	return function{least: 1, most: 1, nested: always,
		check: func(args []node) (string, string) {
			if !loneItem(args) {
				return name + "() takes an item of a repeat, or a repeat", "write " + name + "(${name}); calculate the rest in an item of the repeat"
			}
			return "", ""
		},
		compile: func(c compiler, nodes []node, _ []compiled) compiled {
			slot := c.slots[nodes[0].(item).name]
			return compiled{number: func(e Env) float64 { return f(group(e, slot)) }}
		},
	}
}

// sum adds up numbers in their own order, not in that of the responses, on
// which its last digit must not hang.
func sum(answers []Value) float64 {
	numbers := make([]float64, 0, len(answers))
	for _, v := range answers {
		if n := v.Num(); !math.IsNaN(n) {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	total := 0.0
	for _, n := range numbers {
		total += n
	}
	return total
}

func countAnswered(answers []Value) float64 {
	n := 0.0
	for _, v := range answers {
		if !v.IsMissing() {
			n++
		}
	}
	return n
}

// extreme is min or max, of what is a number; of nothing it is NaN.
func extreme(pick func(a, b float64) float64) function {
	best := func(so, n float64) float64 {
		switch {
		case math.IsNaN(n):
			return so
		case math.IsNaN(so):
			return n
		}
		return pick(so, n)
	}
	return function{least: 1, most: -1, nested: loneItem, compile: func(c compiler, nodes []node, args []compiled) compiled {
		if loneItem(nodes) {
			slot := c.slots[nodes[0].(item).name]
			return compiled{number: func(e Env) float64 {
				so := math.NaN()
				for _, v := range group(e, slot) {
					so = best(so, v.Num())
				}
				return so
			}}
		}
		sides := make([]func(Env) float64, len(args))
		for i, a := range args {
			sides[i] = a.asNumber()
		}
		return compiled{number: func(e Env) float64 {
			so := math.NaN()
			for _, side := range sides {
				so = best(so, side(e))
			}
			return so
		}}
	}}
}

// join joins texts with the first argument between them.
func join(c compiler, nodes []node, args []compiled) compiled {
	between := args[0].asText()
	if loneItem(nodes[1:]) {
		return joinGroup(c, nodes[1].(item), between)
	}
	values := asValues(args[1:])
	return compiled{value: func(e Env) Value {
		parts := make([]string, len(values))
		for i, value := range values {
			parts[i] = value(e).Str()
		}
		return Text(strings.Join(parts, between(e)))
	}}
}

// joinGroup joins the answers to an item of a repeat.
func joinGroup(c compiler, of item, between func(Env) string) compiled {
	slot := c.slots[of.name]
	return compiled{value: func(e Env) Value {
		answers := group(e, slot)
		parts := make([]string, len(answers))
		for i, v := range answers {
			parts[i] = v.Str()
		}
		return Text(strings.Join(parts, between(e)))
	}}
}

func position(e Env) float64 {
	if n, ok := e.(Nested); ok {
		return float64(n.Position())
	}
	return 1
}

// indexedRepeat picks the answer to an item in one response of a repeat, by its
// position. As in ODK, positions below 1 and such as are no number are 1.
func indexedRepeat(c compiler, nodes []node, args []compiled) compiled {
	slot, place := c.slots[nodes[0].(item).name], args[2].asNumber()
	return compiled{value: func(e Env) Value {
		answers, at := group(e, slot), math.Trunc(place(e))
		if !(at >= 1) {
			at = 1
		}
		if at > float64(len(answers)) {
			return Missing()
		}
		return answers[int(at)-1]
	}}
}

func checkIndexedRepeat(args []node) (problem, remedy string) {
	switch _, isItem := args[0].(item); {
	case !isItem || !loneItem(args[1:2]):
		return "indexed-repeat() takes an item, its repeat and a position", "write indexed-repeat(${item}, ${repeat}, position)"
	case len(args) != 3:
		return "indexed-repeat() is read for one repeat, not for repeats within repeats", "calculate on the level of the inner repeat"
	}
	return "", ""
}
