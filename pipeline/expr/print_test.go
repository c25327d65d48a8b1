package expr

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// show writes a tree as an expression, with brackets wherever they could matter.
func show(n node) string {
	switch n := n.(type) {
	case literal:
		if n.v.kind == KindNumber {
			return n.v.Str()
		}
		if strings.Contains(n.v.s, "'") {
			if strings.Contains(n.v.s, `"`) { // only typographic marks can hold both
				if strings.ContainsAny(n.v.s, "”“") {
					return "«" + n.v.s + "»"
				}
				return "“" + n.v.s + "”"
			}
			return `"` + n.v.s + `"`
		}
		return "'" + n.v.s + "'"
	case item:
		return "${" + n.name + "}"
	case self:
		return "."
	case unary:
		return "-(" + show(n.x) + ")"
	case binary:
		return "(" + show(n.a) + ") " + n.op + " (" + show(n.b) + ")"
	case call:
		args := make([]string, len(n.args))
		for i, a := range n.args {
			args[i] = show(a)
		}
		return n.name + "(" + strings.Join(args, ", ") + ")"
	}
	return "?"
}

// same reports whether two trees are the same.
func same(a, b node) bool {
	switch a := a.(type) {
	case literal:
		b, is := b.(literal)
		return is && a.v.kind == b.v.kind && a.v.s == b.v.s && a.v.n == b.v.n
	case unary:
		b, is := b.(unary)
		return is && same(a.x, b.x)
	case binary:
		b, is := b.(binary)
		return is && a.op == b.op && same(a.a, b.a) && same(a.b, b.b)
	case call:
		b, is := b.(call)
		return is && a.name == b.name && slices.EqualFunc(a.args, b.args, same)
	}
	return a == b
}

// tree draws a tree of every kind of node and of functions of every family.
func tree(depth int) *rapid.Generator[node] {
	return rapid.Custom(func(t *rapid.T) node {
		leaf := func() node {
			return rapid.OneOf(
				rapid.Map(rapid.SampledFrom([]string{"a", "b"}), func(s string) node { return item{s} }),
				rapid.Just[node](self{}),
				rapid.Map(rapid.SampledFrom([]string{"", "yes", "a b", "it's", `"`, "2020-02-29", "12", "%Y", "[a-c]+", "(?", "Ünï"}), func(s string) node { return literal{Text(s)} }),
				rapid.Map(rapid.Float64Range(0, 1e9), func(n float64) node { return literal{Number(n)} }),
				rapid.Map(rapid.IntRange(0, 5), func(n int) node { return literal{Number(float64(n))} }),
			).Draw(t, "leaf")
		}
		if depth == 0 {
			return leaf()
		}
		below := tree(depth - 1)
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0, 1:
			return leaf()
		case 2:
			return unary{below.Draw(t, "x")}
		case 3, 4, 5, 6:
			op := rapid.SampledFrom([]string{"or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"}).Draw(t, "op")
			return binary{op, below.Draw(t, "a"), below.Draw(t, "b")}
		}
		name := rapid.SampledFrom([]string{
			"true", "not", "boolean", "boolean-from-string", "if", "coalesce", "once", "checklist", "weighted-checklist",
			"selected", "count-selected", "selected-at", "number", "int", "round", "abs", "pow", "exp", "log", "log10", "sqrt", "sin", "cos", "tan",
			"asin", "acos", "atan", "atan2", "pi", "min", "max", "string", "string-length", "concat", "join", "substr", "contains",
			"starts-with", "ends-with", "substring-before", "substring-after", "translate", "normalize-space", "upper-case", "lower-case",
			"date", "date-time", "decimal-date-time", "decimal-time", "today", "now", "sum", "count", "count-non-empty", "indexed-repeat", "position",
		}).Draw(t, "function")
		f, ok := find(name)
		if !ok {
			t.Fatalf("there is no function %s", name)
		}
		most := f.most
		if most < 0 {
			most = f.least + 3
		}
		args := make([]node, rapid.IntRange(f.least, most).Draw(t, "arguments"))
		for i := range args {
			args[i] = below.Draw(t, "argument")
		}
		switch name {
		case "weighted-checklist":
			args = args[:len(args)/2*2]
		case "sum", "count", "count-non-empty":
			args = []node{item{"a"}}
		case "indexed-repeat":
			args = []node{item{"a"}, item{"b"}, args[2]}
		case "string-length", "normalize-space":
			if len(args) == 0 {
				args = []node{self{}}
			}
		}
		return call{name, f, args}
	})
}

// drawn binds an expression that was drawn.
func drawn(t *rapid.T, source string) *Bound {
	e, err := Parse(source)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	b, err := e.Bind(pairSlot)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return b
}

func TestWhatIsWrittenIsReadAsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := tree(4).Draw(t, "tree")
		source := show(n)
		read, err := Parse(source)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		if !same(read.root, n) {
			t.Errorf("%s is read as %s", source, show(read.root))
		}
	})
}

// TestEvaluationNeverFails evaluates random trees on random answers, in every
// form: as a value, as a truth, and for what is lacking.
func TestEvaluationNeverFails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawn(t, show(tree(4).Draw(t, "tree")))
		p := pair{anyValue().Draw(t, "a"), anyValue().Draw(t, "b")}
		v := b.Eval(p)
		if b.True(p) != v.Truth() {
			t.Errorf("%s holds otherwise than its value %#v", b, v)
		}
		if again := b.Eval(p); again.Kind() != v.Kind() || again.Str() != v.Str() {
			t.Errorf("%s comes to %q and to %q", b, v.Str(), again.Str())
		}
		if n := v.Num(); math.IsNaN(n) && v.Kind() == KindBool {
			t.Errorf("a truth is no number")
		}
	})
}

// TestWhatIsNotLackingIsNotNeeded puts other answers in the place of missing
// ones: unless the expression was said to be open, nothing may change.
func TestWhatIsNotLackingIsNotNeeded(t *testing.T) {
	logic := rapid.Custom(func(t *rapid.T) string {
		side := func() string {
			return rapid.SampledFrom([]string{"${a} = 'yes'", "${b} = 'yes'", "selected(${a}, 'x')", "${a} > 1", "${b} < 3", "not(${b} = 'no')", "true()", "false()", "if(${a} = 'yes', ${b} = 'x', true())"}).Draw(t, "side")
		}
		return "(" + side() + ") " + rapid.SampledFrom([]string{"and", "or"}).Draw(t, "op") + " ((" + side() + ") " + rapid.SampledFrom([]string{"and", "or"}).Draw(t, "op") + " (" + side() + "))"
	})
	other := rapid.SampledFrom([]Value{Text("yes"), Text("x"), Text("no"), Number(0), Number(2), Number(9), Choices([]string{"x"})})
	rapid.Check(t, func(t *rapid.T) {
		b := drawn(t, logic.Draw(t, "expression"))
		p := pair{Missing(), other.Draw(t, "b")}
		if rapid.Bool().Draw(t, "other way") {
			p.a, p.b = p.b, p.a
		}
		if len(b.Lacking()(p, nil)) > 0 {
			return
		}
		filled := p
		if p.a.IsMissing() {
			filled.a = other.Draw(t, "filled")
		} else {
			filled.b = other.Draw(t, "filled")
		}
		if b.True(p) != b.True(filled) {
			t.Errorf("%s hangs on a missing answer and is not said to lack it", b)
		}
	})
}

func TestPathsNameTheSameItem(t *testing.T) {
	for _, source := range []string{"../a = ../../g/b", "${a} = ../h/b", "../../../a=../b", "/form/a = /form/g/h/b", "${a}=/form/b"} {
		e, err := Parse(source)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if !slices.Equal(e.Items(), []string{"a", "b"}) || !same(e.root, binary{"=", item{"a"}, item{"b"}}) {
			t.Errorf("%s speaks of %v", source, e.Items())
		}
	}
}

func TestWhatAnExpressionSpeaksOf(t *testing.T) {
	e, err := Parse("${b} + sum(${a}) + indexed-repeat(${c}, ${r}, ${b}) + join(${d}, ${e}) + min(${f}, 1) > decimal-date-time(today()) + position(..)")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(e.Plain(), []string{"b", "d", "f"}) || !slices.Equal(e.Groups(), []string{"a", "c", "e", "r"}) || !e.UsesClock() || !e.UsesPosition() || !e.NeedsNested() {
		t.Errorf("plain %v, groups %v", e.Plain(), e.Groups())
	}
}

func TestRangesOfPatternsMatchTheirCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.RuneFrom([]rune("abcdefghi")).Draw(t, "from"), rapid.RuneFrom([]rune("jklmnopqr")).Draw(t, "to")
		least := rapid.IntRange(0, 3).Draw(t, "least")
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcdefghijklmnopqrstuvwxyz")), 0, 6, -1).Draw(t, "text")
		re, err := pattern("[" + string(from) + "-" + string(to) + "]{" + string(rune('0'+least)) + ",}")
		if err != nil {
			t.Fatal(err)
		}
		want := len(text) >= least && !strings.ContainsFunc(text, func(r rune) bool { return r < from || r > to })
		if re.MatchString(text) != want {
			t.Errorf("%s on %q: %v", re, text, !want)
		}
		quoted, err := pattern(`\Q` + text + `\E`)
		if err != nil || !quoted.MatchString(text) {
			t.Errorf("a quoted text does not match itself: %v", err)
		}
	})
}
