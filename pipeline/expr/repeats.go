package expr

import (
	"math"
	"strings"
)

// answersOf returns the answers that an argument stands for: those of every
// response of the repeat when it is an item and the Env knows repeats, else the
// value itself, unless it is missing.
func answersOf(arg node, slots map[string]int) func(Env) []Value {
	value := compile(arg, slots)
	it, isItem := arg.(item)
	return func(e Env) []Value {
		if n, ok := e.(Nested); ok && isItem {
			return n.Group(slots[it.name])
		}
		if v := value(e); !v.IsMissing() {
			return []Value{v}
		}
		return nil
	}
}

func overGroup(f func([]Value) Value) func([]node, map[string]int) func(Env) Value {
	return func(args []node, slots map[string]int) func(Env) Value {
		values := answersOf(args[0], slots)
		return func(e Env) Value { return f(values(e)) }
	}
}

func sum(values []Value) Value {
	total := 0.0
	for _, v := range values {
		if !v.IsMissing() {
			total += v.Num()
		}
	}
	return Number(total)
}

func countAnswered(values []Value) Value {
	n := 0
	for _, v := range values {
		if !v.IsMissing() {
			n++
		}
	}
	return Number(float64(n))
}

// aggregate is min and max: over the responses of a repeat when there is one
// argument, else over the arguments. Missing values are left out; nothing gives NaN.
func aggregate(pick func(a, b float64) float64) func([]node, map[string]int) func(Env) Value {
	return func(args []node, slots map[string]int) func(Env) Value {
		all := make([]func(Env) []Value, len(args))
		for i, a := range args {
			all[i] = answersOf(a, slots)
		}
		return func(e Env) Value {
			best, any := math.NaN(), false
			for _, values := range all {
				for _, v := range values(e) {
					if v.IsMissing() {
						continue
					}
					if !any {
						best, any = v.Num(), true
					} else {
						best = pick(best, v.Num())
					}
				}
			}
			return Number(best)
		}
	}
}

func join(args []node, slots map[string]int) func(Env) Value {
	separator, values := compile(args[0], slots), answersOf(args[1], slots)
	return func(e Env) Value { return Text(strings.Join(strs(values(e)), separator(e).Str())) }
}

func position([]node, map[string]int) func(Env) Value {
	return func(e Env) Value {
		if n, ok := e.(Nested); ok {
			return Number(float64(n.Position()))
		}
		return Number(1)
	}
}
