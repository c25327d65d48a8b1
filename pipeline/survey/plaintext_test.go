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
