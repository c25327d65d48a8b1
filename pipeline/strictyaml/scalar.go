package strictyaml

import (
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// scalar refuses a value of another kind than its key takes. The YAML reader
// would read '10' and 10.5 as the number 10 and skip null: what was meant
// must not be guessed.
func (d *decoder) scalar(n ast.Node, t reflect.Type, path string) {
	what, ok := "", true
	if _, null := n.(*ast.NullNode); null {
		d.refuse(line(n), "no-value", "There is no value for "+name(path)+".", "Give one, or remove the line.")
		return
	}
	_, many := n.(*ast.SequenceNode)
	_, keys := n.(*ast.MappingNode)
	switch t.Kind() {
	case reflect.String:
		ok, what = !many && !keys, "one text"
	case reflect.Int, reflect.Int64, reflect.Uint64:
		ok, what = plainInteger(n), "a whole number, without quotes"
		if _, integer := n.(*ast.IntegerNode); integer {
			what = "a whole number in the digits 0 to 9 alone, without a zero before it"
		}
	case reflect.Float64:
		_, ok = n.(*ast.FloatNode)
		ok, what = ok || plainInteger(n), "a number, without quotes"
	case reflect.Bool:
		_, ok = n.(*ast.BoolNode)
		what = "true or false, without quotes"
	case reflect.Slice:
		ok, what = readsItself(t), "a list, such as [a, b]"
	case reflect.Struct, reflect.Map:
		ok, what = readsItself(t), "keys of its own, such as {key: value}"
	}
	if !ok {
		d.refuse(line(n), "wrong-kind", "The value of "+name(path)+" is not of the kind that is expected.", "Write "+what+".")
	}
}

// plainInteger reports whether a node is a whole number as everybody reads it:
// YAML also has 0o12, 012, 0x1, 1_0 and +10, of which each means something else
// to some reader.
func plainInteger(n ast.Node) bool {
	whole, ok := n.(*ast.IntegerNode)
	if !ok {
		return false
	}
	digits := strings.TrimPrefix(whole.GetToken().Value, "-")
	for _, d := range digits {
		if d < '0' || d > '9' {
			return false
		}
	}
	return digits == "0" || digits != "" && digits[0] != '0'
}

// readsItself reports whether a type has a short form that it reads on its own.
func readsItself(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[yaml.InterfaceUnmarshaler]())
}

func name(path string) string { return "\"" + strings.TrimPrefix(path, ".") + "\"" }
