package strictyaml

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

func TestTextsThatActAreRefused(t *testing.T) {
	for content, kind := range map[string]string{
		"a: plain\n":                                  "",
		"a: \"tab\\tand\\nline\"\n":                   "",
		"a: \u0645\u200f\u2067x\u2069\n":              "",
		"a: \"\\e[2J\"\n":                             "control",
		"a: \"\\0\"\n":                                "control",
		"a: \"\\x9b\"\n":                              "control",
		"a: \"\\u202e\"\n":                            "turned-text",
		"a: x\u202ey\n":                               "turned-text",
		"a: \"\\u2067\"\n":                            "turned-text",
		"a: \"\\u2069\\u2067\"\n":                     "turned-text",
		"l: [{m: {\"\\u202e\": x}}]\n":                "turned-text",
		"l: [{m: {x: \"\\e\"}}]\n":                    "control",
		"a: |\n  x\x1b[2J\n":                          "control",
		"l:\n " + strings.Repeat("- ", 200) + "x\n":   "too-deep",
		"a: '" + strings.Repeat("a, ", 250_000) + "'": "too-much",
	} {
		var to struct {
			A string                         `yaml:"a"`
			L []map[string]map[string]string `yaml:"l"`
		}
		found := Decode("x.yaml", []byte(content), &to)
		got := ""
		for _, f := range found {
			if f.Severity == finding.Refusal {
				got = f.Kind
				break
			}
		}
		if got != kind {
			t.Errorf("%.40q: %q, want %q: %v", content, got, kind, found)
		}
	}
}
