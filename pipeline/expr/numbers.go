package expr

import "math"

// numbers returns functions of arithmetic. Angles are in radians.
func numbers(name string) (function, bool) {
	if f := unaryMath(name); f != nil {
		return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
			x := args[0].asNumber()
			return compiled{number: func(e Env) float64 { return f(x(e)) }}
		}}, true
	}
	switch name {
	case "number":
		return function{least: 1, most: 1, compile: func(_ compiler, _ []node, args []compiled) compiled {
			return compiled{number: args[0].asNumber()}
		}}, true
	case "pow":
		return ofTwoNumbers(2, math.Pow), true
	case "atan2":
		return ofTwoNumbers(2, math.Atan2), true
	case "round":
		return ofTwoNumbers(1, roundTo), true
	case "pi":
		return constant(compiled{number: func(Env) float64 { return math.Pi }}), true
	}
	return function{}, false
}

func unaryMath(name string) func(float64) float64 {
	switch name {
	case "int":
		return math.Trunc
	case "floor":
		return math.Floor
	case "ceiling":
		return math.Ceil
	case "abs":
		return math.Abs
	case "sqrt":
		return math.Sqrt
	case "exp":
		return math.Exp
	case "exp10":
		return func(x float64) float64 { return math.Pow(10, x) }
	case "log":
		return math.Log
	case "log10":
		return math.Log10
	case "sin":
		return math.Sin
	case "cos":
		return math.Cos
	case "tan":
		return math.Tan
	case "asin":
		return math.Asin
	case "acos":
		return math.Acos
	case "atan":
		return math.Atan
	}
	return nil
}

// ofTwoNumbers is a function of two numbers, the second of which is 0 when it
// may be left out and is.
func ofTwoNumbers(least int, f func(a, b float64) float64) function {
	return function{least: least, most: 2, compile: func(_ compiler, _ []node, args []compiled) compiled {
		a := args[0].asNumber()
		if len(args) == 1 {
			return compiled{number: func(e Env) float64 { return f(a(e), 0) }}
		}
		b := args[1].asNumber()
		return compiled{number: func(e Env) float64 { return f(a(e), b(e)) }}
	}}
}
