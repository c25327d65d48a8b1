package expr

import "testing"

// answers is an Env for tests, with items by name.
type answers struct {
	names  []string
	values []Value
	self   Value
	today  Value
}

func (a *answers) Answer(slot int) Value { return a.values[slot] }
func (a *answers) Self() Value           { return a.self }
func (a *answers) Today() Value          { return a.today }

func (a *answers) set(name string, v Value) {
	a.names, a.values = append(a.names, name), append(a.values, v)
}

func (a *answers) slot(name string) (int, bool) {
	for i, n := range a.names {
		if n == name {
			return i, true
		}
	}
	return 0, false
}

// one returns a response with an answer of each kind.
func one() *answers {
	a := &answers{self: Number(18), today: Date(19000.5)} // 2022-01-08, noon
	a.set("yes", Text("yes"))
	a.set("missing", Missing())
	a.set("many", Choices([]string{"a", "b"}))
	a.set("nothing", Choices(nil))
	a.set("three", Choices([]string{"3"}))
	a.set("n", Number(7))
	a.set("nan", Text("abc"))
	a.set("text", Text("Été à la mer"))
	a.set("born", Date(11000)) // 2000-02-13
	a.set("start", Text("2024-03-05T23:30:15.250+03:00"))
	a.set("holds", Bool(true))
	return a
}

// repeat is a response in a repeat of several.
type repeat struct {
	*answers
	groups [][]Value
	at     int
}

func (r repeat) Group(slot int) []Value { return r.groups[slot] }
func (r repeat) Position() int          { return r.at }

func bind(t testing.TB, source string, slot func(string) (int, bool)) *Bound {
	t.Helper()
	e, err := Parse(source)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	b, err := e.Bind(slot)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return b
}

// give checks what expressions give, as texts.
func give(t *testing.T, env Env, slot func(string) (int, bool), cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		b := bind(t, c[0], slot)
		if got := b.Eval(env).Str(); got != c[1] {
			t.Errorf("%s gives %q, want %q", c[0], got, c[1])
		}
		if b.True(env) != b.Eval(env).Truth() {
			t.Errorf("%s: True and the truth of Eval differ", c[0])
		}
	}
}
