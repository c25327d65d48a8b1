package expr

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// answers is an Env for tests: items by name, in the order of names.
type answers struct {
	names  []string
	values map[string]Value
	self   Value
}

func (a answers) Answer(slot int) Value { return a.values[a.names[slot]] }
func (a answers) Self() Value           { return a.self }
func (a answers) Today() Value          { return Date(19000.5) } // 2022-01-08, noon

func (a answers) slot(name string) (int, bool) {
	for i, n := range a.names {
		if n == name {
			return i, true
		}
	}
	return 0, false
}

func env() answers {
	return answers{
		names: []string{"yes", "none", "many", "n", "text", "born", "empty"},
		values: map[string]Value{
			"yes": Text("yes"), "none": Missing(), "many": Choices([]string{"a", "b"}), "n": Number(7),
			"text": Text("Été à la mer"), "born": Date(11000), "empty": Choices(nil),
		},
		self: Number(18),
	}
}

func eval(t *testing.T, source string) Value {
	t.Helper()
	e, err := Parse(source)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	b, err := e.Bind(env().slot)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return b.Eval(env())
}

func TestValues(t *testing.T) {
	for source, want := range map[string]string{
		"${yes}='yes'":                               "true",
		`${yes} = "no"`:                              "false",
		"${yes} = ‘yes’":                             "true",
		"${none}=''":                                 "true",
		"${none}!=''":                                "false",
		"${n} != ''":                                 "true",
		"${none} > 3":                                "false",
		"${none} <= 3":                               "false",
		"not(${none} > 3)":                           "true",
		"selected(${many}, 'a')":                     "true",
		"selected(${many}, 'c')":                     "false",
		"selected(${yes},'yes')":                     "true",
		"selected(${none}, '')":                      "false",
		"selected('a b', 'b')":                       "true",
		"count-selected(${many})":                    "2",
		"count-selected(${none})":                    "0",
		"selected-at(${many}, 1)":                    "b",
		"selected-at(${many}, 5)":                    "",
		".> 17 and .< 120":                           "true",
		". > 17 and . < 18":                          "false",
		"1 + 2 * 3":                                  "7",
		"(1 + 2) * 3":                                "9",
		"7 - 2 - 1":                                  "4",
		"7 div 2":                                    "3.5",
		"-7 mod 3":                                   "-1",
		"--2":                                        "2",
		"2 = 2.0":                                    "true",
		"'2' = '2.0'":                                "false",
		"'2' = 2.0":                                  "true",
		"'10' < '9'":                                 "false",
		"1 or 0 and 0":                               "true",
		"true() and not(false())":                    "true",
		"if(${n} > 5, 'big', 'small')":               "big",
		"coalesce(${none}, ${yes})":                  "yes",
		"coalesce(${none}, ${empty})":                "",
		"string-length(${text})":                     "12",
		"substr('hello', 1, 3)":                      "el",
		"substr('hello', -3)":                        "llo",
		"concat('a', 1, true())":                     "a1true",
		"contains('abc', 'b')":                       "true",
		"starts-with('abc', 'ab')":                   "true",
		"ends-with('abc', 'bc')":                     "true",
		"normalize-space('  a   b ')":                "a b",
		"translate('abc', 'ab', 'x')":                "xc",
		"substring-before('a-b', '-')":               "a",
		"substring-after('a-b', '-')":                "b",
		"upper-case('é')":                            "É",
		"regex('A/HRC/47/6', 'A/HRC/[0-9]+/[0-9]+')": "true",
		"regex('xA', 'A')":                           "false",
		"number('abc')":                              "NaN",
		"number('1e5')":                              "NaN",
		"int(3.9)":                                   "3",
		"int(-3.9)":                                  "-3",
		"round(2.5)":                                 "3",
		"round(-2.5)":                                "-2",
		"round(3.14159, 2)":                          "3.14",
		"abs(-2)":                                    "2",
		"pow(2, 10)":                                 "1024",
		"min(3, ${none}, 1)":                         "1",
		"max(3, 5)":                                  "5",
		"boolean('')":                                "false",
		"boolean-from-string('1')":                   "true",
		"today()":                                    "2022-01-08",
		"${born} < today()":                          "true",
		"date('2022-01-08') = today()":               "true",
		"'2022-01-07' < today()":                     "true",
		"format-date('2022-03-05', '%Y-%n-%e')":      "2022-3-5",
		"format-date('nothing', '%Y')":               "",
		"decimal-date-time('1970-01-02')":            "1",
		"once(5)":                                    "5",
		"${n}\u00a0>\n5":                             "true",
		"${n} ≥ 7":                                   "true",
		"0.5 = .5":                                   "true",
		"count(${many})":                             "1",
		"position(..)":                               "1",
	} {
		if got := eval(t, source).Str(); got != want {
			t.Errorf("%s gives %q, want %q", source, got, want)
		}
	}
}

func TestWhatCannotBeReadIsRefusedWithItsPlace(t *testing.T) {
	for source, want := range map[string]string{
		"":                             "ends too early",
		"${a} AND ${b}":                "character 6: operators are written in small letters; write and",
		"${a} == 1":                    "character 6: there is no operator ==; write =",
		"${a":                          "character 1: the name of an item is not closed",
		"'open":                        "character 1: a quotation mark is not closed",
		"(1 + 2":                       "character 7: a bracket is not closed",
		"1 +":                          "ends too early",
		"yes = 1":                      "neither an item nor a text",
		"selected(${a})":               "selected() is given 1 arguments; it takes 2",
		"pulldata('x', 'y')":           "pulldata() is refused",
		"shout(1)":                     "character 1: there is no function shout()",
		"/data/x = 1":                  "paths",
		"1 2":                          "not expected",
		"regex(., '(?=x)')":            "pattern",
		"regex(., ${a})":               "written out",
		"1.2.3":                        "more than one point",
		"# 1":                          "does not belong",
		"..":                           "position(..)",
		strings.Repeat("(", 500):       "nested too deeply",
		strings.Repeat("-", 500) + "1": "nested too deeply",
	} {
		_, err := Parse(source)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %q", source, err, want)
		}
	}
}

func TestUnknownItemsAreAllNamed(t *testing.T) {
	e, err := Parse("${x} = 1 or ${yes} = ${y}")
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.Bind(env().slot)
	var unknown *UnknownItemError
	if !errors.As(err, &unknown) || strings.Join(unknown.Names, " ") != "x y" {
		t.Errorf("%v", err)
	}
	if got := strings.Join(e.Items(), " "); got != "x y yes" {
		t.Errorf("items %s", got)
	}
}

// nestedAnswers is an Env in a repeat of three responses.
type nestedAnswers struct{ answers }

func (nestedAnswers) Group(int) []Value { return []Value{Number(2), Missing(), Number(5)} }
func (nestedAnswers) Position() int     { return 2 }

func TestRepeatsAreCounted(t *testing.T) {
	for source, want := range map[string]string{
		"sum(${n})": "7", "count(${n})": "3", "count-non-empty(${n})": "2", "min(${n})": "2", "max(${n})": "5",
		"position(..)": "2", "join('-', ${n})": "2--5",
	} {
		e, err := Parse(source)
		if err != nil {
			t.Fatal(err)
		}
		b, err := e.Bind(env().slot)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Eval(nestedAnswers{env()}).Str(); got != want {
			t.Errorf("%s gives %q, want %q", source, got, want)
		}
	}
}

func TestProperties(t *testing.T) {
	value := rapid.Custom(func(t *rapid.T) Value {
		return rapid.OneOf(
			rapid.Just(Missing()), rapid.Map(rapid.String(), Text), rapid.Map(rapid.Float64(), Number),
			rapid.Map(rapid.Bool(), Bool), rapid.Map(rapid.SliceOf(rapid.StringMatching(`[a-z]{1,3}`)), Choices),
			rapid.Map(rapid.Float64Range(-1e6, 1e6), Date),
		).Draw(t, "value")
	})
	hold := func(source string) func(a, b Value) bool {
		e, err := Parse(source)
		if err != nil {
			t.Fatal(err)
		}
		bound, err := e.Bind(func(name string) (int, bool) { return int(name[0] - 'a'), true })
		if err != nil {
			t.Fatal(err)
		}
		return func(a, b Value) bool { return bound.True(pair{a, b}) }
	}
	for name, p := range map[string]struct{ left, right string }{
		"not (a and b) is not a or not b":     {"not(${a} and ${b})", "not(${a}) or not(${b})"},
		"not (a or b) is not a and not b":     {"not(${a} or ${b})", "not(${a}) and not(${b})"},
		"a = b is b = a":                      {"${a} = ${b}", "${b} = ${a}"},
		"a < b is b > a":                      {"${a} < ${b}", "${b} > ${a}"},
		"a <= b is a < b or equal as numbers": {"${a} <= ${b}", "${a} < ${b} or number(${a}) = number(${b})"},
		"a != b is not (a = b)":               {"${a} != ${b}", "not(${a} = ${b})"},
		"if(a, b, b) is b":                    {"boolean(if(${a}, ${b}, ${b}))", "boolean(${b})"},
		"coalesce(a, a) is a":                 {"string(coalesce(${a}, ${a})) = string(${a})", "true()"},
	} {
		left, right := hold(p.left), hold(p.right)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			a, b := value.Draw(t, "a"), value.Draw(t, "b")
			if left(a, b) != right(a, b) {
				t.Errorf("%v %v", a, b)
			}
		}))
	}
}

type pair struct{ a, b Value }

func (p pair) Answer(slot int) Value {
	if slot == 0 {
		return p.a
	}
	return p.b
}
func (p pair) Self() Value  { return p.a }
func (p pair) Today() Value { return Date(0) }

// TestFormsOfTheField reads every condition of real forms, where they are there.
func TestFormsOfTheField(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/*/*/*survey*.csv")
	if err != nil || len(paths) == 0 {
		t.Skip("the forms are not shipped with the project")
	}
	more, _ := filepath.Glob("../../../shared/domain/instrument_*_survey.csv")
	read := 0
	for _, path := range append(paths, more...) {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil || len(rows) == 0 || rows[0][0] != "type" {
			continue
		}
		for col, name := range rows[0] {
			if name != "relevant" && name != "constraint" && name != "calculation" {
				continue
			}
			for i, row := range rows[1:] {
				if strings.TrimSpace(row[col]) == "" {
					continue
				}
				read++
				if _, err := Parse(row[col]); err != nil {
					t.Logf("%s, row %d, column %s: %v", filepath.Base(path), i+2, name, err)
					var unknown *UnknownFunctionError
					if !errors.As(err, &unknown) {
						t.Errorf("not refused by the name of a function: %s", row[col])
					}
				}
			}
		}
	}
	if read < 100 {
		t.Errorf("only %d expressions were read", read)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"${a}='yes'", "selected(${a}, 'b') and . > 3", "if(a", "((((", "-.5 div 'x'", "count(${a})"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := Parse(source)
		if err != nil {
			return
		}
		if again, err := Parse(e.String()); err != nil || strings.Join(again.Items(), ",") != strings.Join(e.Items(), ",") {
			t.Errorf("read again: %v", err)
		}
		b, err := e.Bind(func(string) (int, bool) { return 0, true })
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []Value{Missing(), Text("a b"), Number(math.NaN()), Number(1e300), Choices([]string{"x"}), Date(math.Inf(1))} {
			b.Eval(pair{v, v})
			_ = b.Eval(pair{v, v}).Str()
		}
	})
}

func BenchmarkRelevant(b *testing.B) {
	e, err := Parse("${yes}='yes' and selected(${many}, 'b') and not(${n} > 9)")
	if err != nil {
		b.Fatal(err)
	}
	bound, err := e.Bind(env().slot)
	if err != nil {
		b.Fatal(err)
	}
	given := []Value{Text("yes"), Missing(), Choices([]string{"a", "b"}), Number(7)}
	b.ReportAllocs()
	for b.Loop() {
		if !bound.True(slots(given)) {
			b.Fatal("does not hold")
		}
	}
}

type slots []Value

func (s slots) Answer(slot int) Value { return s[slot] }
func (s slots) Self() Value           { return Missing() }
func (s slots) Today() Value          { return Missing() }
