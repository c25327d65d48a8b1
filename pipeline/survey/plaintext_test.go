package survey_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestMarkupIsTakenOffAndTextIsKept(t *testing.T) {
	for in, want := range map[string]string{
		"  How many\n staff? \u00a0":                         "How many staff?",
		"How <b>many</b> <span style=\"color:red\">x</span>": "How many x",
		"one<br/>two<BR>three":                               "one two three",
		"under <18 or >65, a<b":                              "under <18 or >65, a<b",
		"R&amp;D &lt;b&gt;":                                  "R&D <b>",
		"**bold** and *slanted* and __both__ and _one_":      "bold and slanted and both and one",
		"my name is __ and snake_case_name, 2*3*4":           "my name is __ and snake_case_name, 2*3*4",
		"# Title":   "Title",
		"#1 choice": "#1 choice",
		"see [the guide](https://example.org/a_b_c).": "see the guide.",
		"[a] (b)":                    "[a] (b)",
		"Dear ${name}, in ${ town }": "Dear …, in …",
		`\*not slanted\*`:            "*not slanted*",
		"":                           "",
		"هل <i>شاركتم</i>؟":          "هل شاركتم؟",
		"**您**参加了吗":                  "您参加了吗",
	} {
		if got := survey.PlainText(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestTextWithoutMarkupStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`([A-Za-zé中ن0-9.,;:?!()%+=/-]+ ){0,6}[a-z]+`).Draw(t, "text")
		if got := survey.PlainText(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	})
}

func TestSignsThatActAreLeftOut(t *testing.T) {
	for label, want := range map[string]string{
		"a\x1b[31mb":                 "a[31mb",
		"a\u202eb\u202cc":            "abc",
		"&#x202e;a&#27;b":            "ab",
		"\u2067a\u2069":              "\u2067a\u2069",
		"a\u2069\u2069b":             "ab",
		"\u2067a\u2066b":             "\u2067a\u2066b\u2069\u2069",
		"\u0645\u200f\u061c.":        "\u0645\u200f\u061c.",
		"a\u009bb\u2028c\x00d\ufffe": "ab cd",
	} {
		got := survey.PlainText(label)
		if got != want {
			t.Errorf("%q became %q, want %q", label, got, want)
		}
		if again := survey.PlainText(got); again != got {
			t.Errorf("%q became %q, and then %q", label, got, again)
		}
	}
}
