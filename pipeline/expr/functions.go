package expr

import (
	"fmt"
	"math"
	"strings"
)

// function is one function of the language.
type function struct {
	least, most int  // arguments; most is -1 where there is no bound
	orSelf      bool // without arguments it takes "."
	compile     func(c compiler, nodes []node, args []compiled) compiled
	check       func(args []node) (problem, remedy string) // of what is written out
	nested      func(args []node) bool                     // whether it looks at a repeat
}

// takes says how many arguments there should be.
func (f function) takes() string {
	switch {
	case f.most < 0:
		return fmt.Sprintf("at least %d", f.least)
	case f.least == f.most:
		return fmt.Sprint(f.least)
	default:
		return fmt.Sprintf("%d to %d", f.least, f.most)
	}
}

// find returns the function of a name.
func find(name string) (function, bool) {
	for _, among := range [...]func(string) (function, bool){logic, choices, numbers, texts, dates, repeats} {
		if f, ok := among(name); ok {
			return f, true
		}
	}
	return function{}, false
}

// logic returns functions that decide.
func logic(name string) (function, bool) {
	switch name {
	case "true":
		return constant(compiled{truth: func(Env) bool { return true }}), true
	case "false":
		return constant(compiled{truth: func(Env) bool { return false }}), true
	case "not":
		return ofTruth(func(b bool) bool { return !b }), true
	case "boolean":
		return ofTruth(func(b bool) bool { return b }), true
	case "boolean-from-string":
		return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
			x := args[0].asText()
			return compiled{truth: func(e Env) bool { s := x(e); return s == "1" || strings.EqualFold(s, "true") }}
		}}, true
	case "if":
		return function{least: 3, most: 3, compile: choose}, true
	case "coalesce":
		return function{least: 1, most: -1, compile: coalesce}, true
	case "once":
		return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled { return args[0] }}, true
	case "checklist":
		return function{least: 2, most: -1, compile: checklist}, true
	case "weighted-checklist":
		return function{least: 2, most: -1, compile: weightedChecklist, check: func(args []node) (string, string) {
			if len(args)%2 != 0 {
				return "weighted-checklist() is given a condition without a weight", "write each condition with its weight"
			}
			return "", ""
		}}, true
	}
	return function{}, false
}

// choices returns functions of selections.
func choices(name string) (function, bool) {
	switch name {
	case "selected", "is-selected":
		return function{least: 2, most: 2, compile: selected}, true
	case "count-selected":
		return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
			x := args[0].asValue()
			return compiled{number: func(e Env) float64 { return float64(x(e).count()) }}
		}}, true
	case "selected-at":
		return function{least: 2, most: 2, compile: func(_ compiler, _ []node, args []compiled) compiled {
			x, place := args[0].asValue(), args[1].asNumber()
			return compiled{value: func(e Env) Value {
				names, at := x(e).names(), math.Trunc(place(e))
				if !(at >= 0 && at < float64(len(names))) {
					return Missing()
				}
				return Text(names[int(at)])
			}}
		}}, true
	}
	return function{}, false
}

func constant(c compiled) function {
	return function{compile: func(compiler, []node, []compiled) compiled { return c }}
}

func ofTruth(f func(bool) bool) function {
	return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
		x := args[0].asTruth()
		return compiled{truth: func(e Env) bool { return f(x(e)) }}
	}}
}

func choose(_ compiler, _ []node, args []compiled) compiled {
	holds := args[0].asTruth()
	if a, b := args[1].number, args[2].number; a != nil && b != nil {
		return compiled{number: func(e Env) float64 {
			if holds(e) {
				return a(e)
			}
			return b(e)
		}}
	}
	a, b := args[1].asValue(), args[2].asValue()
	return compiled{value: func(e Env) Value {
		if holds(e) {
			return a(e)
		}
		return b(e)
	}}
}

// coalesce returns the first value that is not missing, else the last.
func coalesce(_ compiler, _ []node, args []compiled) compiled {
	values := asValues(args)
	last := len(values) - 1
	return compiled{value: func(e Env) Value {
		for _, value := range values[:last] {
			if v := value(e); !v.IsMissing() {
				return v
			}
		}
		return values[last](e)
	}}
}

// checklist holds when the number of conditions that hold lies between the
// first two arguments; -1 is no bound.
func checklist(_ compiler, _ []node, args []compiled) compiled {
	least, most := args[0].asNumber(), args[1].asNumber()
	conditions := make([]func(Env) bool, len(args)-2)
	for i, a := range args[2:] {
		conditions[i] = a.asTruth()
	}
	return compiled{truth: func(e Env) bool {
		n := 0.0
		for _, holds := range conditions {
			if holds(e) {
				n++
			}
		}
		low, high := least(e), most(e)
		return (low < 0 || n >= low) && (high < 0 || n <= high)
	}}
}

// weightedChecklist holds when the weights of the conditions that hold add up to
// something between the first two arguments.
func weightedChecklist(_ compiler, _ []node, args []compiled) compiled {
	least, most := args[0].asNumber(), args[1].asNumber()
	pairs := args[2:]
	conditions, weights := make([]func(Env) bool, len(pairs)/2), make([]func(Env) float64, len(pairs)/2)
	for i := range conditions {
		conditions[i], weights[i] = pairs[2*i].asTruth(), pairs[2*i+1].asNumber()
	}
	return compiled{truth: func(e Env) bool {
		sum := 0.0
		for i, holds := range conditions {
			if holds(e) {
				sum += weights[i](e)
			}
		}
		return sum >= least(e) && sum <= most(e)
	}}
}

func asValues(args []compiled) []func(Env) Value {
	values := make([]func(Env) Value, len(args))
	for i, a := range args {
		values[i] = a.asValue()
	}
	return values
}
