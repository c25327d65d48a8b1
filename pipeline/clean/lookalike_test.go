package clean

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestLookAlikesAreNamedByTheirForeignSigns(t *testing.T) {
	list := survey.NewChoiceList("l", []survey.Choice{
		{Name: "africa"}, {Name: "s1", Label: survey.Text{"en": "1–4 people"}}, {Name: "low-income"},
		{Name: "кто", Label: survey.Text{"ru": "кто"}}, {Name: "k", Label: survey.Text{"ar": "كتاب", "zh": "カタカナ"}},
	})
	for name, c := range map[string]struct{ word, choice, letters string }{
		"a Cyrillic letter":              {"\u0430frica", "africa", "U+0430"},
		"two of them, in capitals":       {"\u0410FR\u0406CA", "africa", "U+0430, U+0456"},
		"a Greek letter":                 {"afric\u03b1", "africa", "U+03B1"},
		"full width":                     {"ａfrica", "africa", "U+FF41"},
		"a Latin letter among Cyrillic":  {"ктo", "кто", "U+006F"},
		"an Arabic-Indic digit":          {"s\u0661", "s1", "U+0661"},
		"a Persian digit":                {"s\u06f1", "s1", "U+06F1"},
		"a Devanagari digit":             {"s\u0967", "s1", "U+0967"},
		"another dash in a name":         {"low\u2013income", "low-income", "U+2013"},
		"another dash in a label":        {"1-4 people", "s1", "U+002D"},
		"tatweel in a label":             {"كتـاب", "k", "U+0640"},
		"Persian kaf in a label":         {"\u06a9تاب", "k", "U+06A9"},
		"half-width katakana in a label": {"ｶﾀｶﾅ", "k", "U+FF76, U+FF80, U+FF85"},
		"no look-alike":                  {"afrika", "", ""},
		"another word":                   {"мир", "", ""},
		"nothing":                        {"", "", ""},
		"another letter case alone":      {"AFRICA", "", ""},
	} {
		if choice, letters := lookAlike(c.word, list); choice != c.choice || letters != c.letters {
			t.Errorf("%s: choice %q, signs %q; want %q, %q", name, choice, letters, c.choice, c.letters)
		}
	}
	sensitive := unboundFinding(finding.Place{}, &survey.Item{Name: "i", Role: survey.Sensitive}, list, "\u0430frica")
	if s := sensitive.String(); strings.Contains(s, "africa") || strings.Contains(s, "U+") {
		t.Errorf("the finding on a sensitive item gives the answer away: %s", s)
	}
}
