package strictyaml

import (
	"strings"
	"testing"
)

type settings struct {
	Version    int `yaml:"version"`
	Disclosure struct {
		Threshold int `yaml:"threshold"`
	} `yaml:"disclosure"`
	Input []struct {
		File    string            `yaml:"file"`
		Columns map[string]string `yaml:"columns"`
	} `yaml:"input"`
}

func TestMistakesAreNamedWithLineAndSuggestion(t *testing.T) {
	for name, c := range map[string]struct {
		yaml string
		want []string // parts of the messages, in order
	}{
		"a misspelt key":        {"version: 1\ndisclosure:\n  treshold: 3\n", []string{`row 3: There is no key "treshold" under "disclosure". Did you mean "threshold"?`}},
		"two mistakes at once":  {"versoin: 1\ninput:\n  - fiel: a\n", []string{"row 1", "row 3"}},
		"a repeated key":        {"version: 1\nversion: 2\n", []string{"row 2"}},
		"a wrong kind of value": {"version: many\n", []string{"row 1"}},
		"a number in quotes":    {"disclosure: {threshold: '10'}\n", []string{`row 1: The value of "disclosure.threshold" is not of the kind`}},
		"a fraction":            {"disclosure: {threshold: 10.5}\n", []string{"whole number"}},
		"no value":              {"disclosure:\n  threshold:\n", []string{`row 2: There is no value for "disclosure.threshold"`}},
		"null for keys":         {"disclosure: null\n", []string{`row 1: There is no value for "disclosure"`}},
		"a number for keys":     {"disclosure: 10\n", []string{"keys of its own"}},
		"a list for a number":   {"disclosure: {threshold: [10]}\n", []string{"whole number"}},
		"keys for a text":       {"input: [{file: {a: b}}]\n", []string{"one text"}},
		"a text for a list":     {"input: a.csv\n", []string{"a list"}},
		"an alias":              {"version: 1\ninput: &a\n  - file: x\n", []string{"anchors"}},
		"a tag":                 {"version: !!int 1\n", []string{"tags"}},
		"a misplaced tag":       {"input: [!x y]\n", []string{"tags"}},
		"a second document":     {"version: 1\n---\nversion: 2\n", []string{"more than one"}},
		"nothing":               {"", []string{"empty"}},
		"a NUL byte":            {"version: 1\x00\n", []string{"NUL"}},
		"an unclosed bracket":   {"input: [\n", []string{"not what is expected"}},
		"a key in another case": {"Version: 1\n", []string{`Did you mean "version"?`}},
		"free keys under a map": {"input:\n  - file: a\n    columns: {Any.Key: item}\n", nil},
	} {
		var s settings
		got := Decode("config.yaml", []byte(c.yaml), &s)
		if len(got) != len(c.want) {
			t.Errorf("%s: %d findings, want %d: %v", name, len(got), len(c.want), got)
			continue
		}
		for i, w := range c.want {
			if !strings.Contains(got[i].String(), w) {
				t.Errorf("%s: %q lacks %q", name, got[i], w)
			}
		}
	}
}

func TestGoodFileIsRead(t *testing.T) {
	var s settings
	if f := Decode("c", []byte("version: 1\ndisclosure: {threshold: 12}\ninput:\n  - file: a.csv\n    columns: {X.Y: z}\n"), &s); len(f) > 0 {
		t.Fatal(f)
	}
	if s.Version != 1 || s.Disclosure.Threshold != 12 || s.Input[0].Columns["X.Y"] != "z" {
		t.Errorf("read %+v", s)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("version: 1\n")
	f.Add("a: &x [*x]\n")
	f.Add("disclosure: {threshold: 9")
	f.Fuzz(func(t *testing.T, content string) {
		var s settings
		Decode("f", []byte(content), &s)
	})
}

func TestLineIsThatOfTheKeyOrOfTheNearestAbove(t *testing.T) {
	content := []byte("version: 1\n\ndisclosure:\n  threshold: 10\n")
	for key, want := range map[string]int{"disclosure.threshold": 4, "version": 1, "version.x": 1, "items.a": 0} {
		if got := Line(content, key); got != want {
			t.Errorf("%s: line %d, want %d", key, got, want)
		}
	}
}
