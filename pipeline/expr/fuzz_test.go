package expr

import (
	"math"
	"slices"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, source := range []string{
		"${a}='yes'", "selected(${a}, 'b') and . > 3", "if(a", "((((", "-.5 div 'x'", "count(${a}) * sum(${b})", "“x” != ‘y’",
		"regex(., '^[0]{1}[0-9]{10}$')", "regex(${a}, ${b})", "format-date(today() + ., '%Y %W%%')", "substr(${a}, -1, ${b}) mod round(., ${b})",
		"indexed-repeat(${a}, ${b}, position(..))", "translate(${a}, ${b}, .)", "selected-at(., ${a})", "decimal-time(date-time(now()))", "join(., ${a})", `regex(., '[\u0621&&[x]]\Q(\E')`,
		"../a != ../../g/b", "../", "../x/..", "coalesce(checklist(1, -1, ${a}, ../b), concat(${a} = '', .))",
		"weighted-checklist(1, 2, ., ${a})", "min(${a}) = max(${a}, ${b}) or coalesce(., once(${a}))",
	} {
		f.Add(source)
	}
	values := []Value{Missing(), Text("a b"), Text("(?"), Number(math.NaN()), Number(-1e300), Number(2), Choices([]string{"x", "3"}), Bool(true), Date(math.Inf(1)), Date(-0.3)}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := Parse(source)
		if err != nil {
			if e != nil || err.Error() == "" {
				t.Errorf("an expression beside an error")
			}
			return
		}
		again, err := Parse(e.String())
		if err != nil || !slices.Equal(again.Items(), e.Items()) || again.UsesSelf() != e.UsesSelf() || again.NeedsNested() != e.NeedsNested() {
			t.Fatalf("read again: %v", err)
		}
		printed := show(e.root)
		if third, err := Parse(printed); err != nil || show(third.root) != printed {
			t.Fatalf("written anew it is not the same: %v", err)
		}
		one, two := bind(t, e.String(), pairSlot), bind(t, again.String(), pairSlot)
		for _, a := range values {
			for _, b := range values[:4] {
				v, w := one.Eval(pair{a, b}), two.Eval(pair{a, b})
				if v.Kind() != w.Kind() || v.Str() != w.Str() || one.True(pair{a, b}) != v.Truth() {
					t.Fatalf("evaluates differently")
				}
				if lacking := one.Lacking()(pair{a, b}, nil); len(lacking) > 0 && !a.IsMissing() && !b.IsMissing() {
					t.Fatalf("lacks what is there")
				}
			}
		}
	})
}
