package code

import (
	"os"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

func TestMistakesInACodebookAreAllNamed(t *testing.T) {
	for name, c := range map[string]struct {
		yaml string
		want []string // parts of the findings, in order
	}{
		"an unknown key":        {"codes:\n  - id: A\n    terms: {en: [a]}\n    sensitiv: true\n", []string{`row 4: There is no key "sensitiv" under "codes". Did you mean "sensitive"?`}},
		"two codes with one id": {"codes:\n  - id: A\n    terms: {en: [a]}\n  - id: A\n    terms: {en: [b]}\n", []string{"row 4: The code A stands twice."}},
		"an unknown family":     {"families: [{id: BAR}]\ncodes:\n  - id: A\n    family: BAT\n    terms: {en: [a]}\n", []string{`row 3: The code A belongs to the family BAT, which is not there. Did you mean "BAR"?`}},
		"several at once": {"families: [{id: B}, {id: B}]\ncodes:\n  - {id: A, family: X, terms: {en: ['']}}\n  - {id: 'a b', terms: {en: [x*y, '*', '!']}}\n  - {id: C}\n", []string{
			"row 1: The family B stands twice.", "row 3: The code A belongs", "row 3: Term 1 of the code A under \"en\" is empty", "row 4: The id \"a b\"",
			"Term 1 of the code a b", "Term 2 of the code a b", "Term 3 of the code a b", "row 5: The code C has no terms",
		}},
		"an empty list of terms":           {"codes:\n  - {id: A, terms: {en: [], fr: [x]}}\n", []string{`row 2: The code A lists no terms under "en".`}},
		"a wrong meaning of denial":        {"codes:\n  - {id: A, negation: never, terms: {fr: [x]}}\n", []string{`row 2: The code A has negation "never".`}},
		"no codes":                         {"version: 2\n", []string{"has no codes"}},
		"a misplaced tag":                  {"codes:\n  - {id: A, terms: {en: !x y}}\n", []string{"YAML tags"}},
		"a term given twice":               {"codes:\n  - {id: A, terms: {fr: [réseau, Reseau]}}\n", []string{"Term 2 of the code A under \"fr\" stands twice there."}},
		"an unknown parent":                {"codes:\n  - {id: AB, terms: {en: [a]}}\n  - {id: B, parent: AC, terms: {en: [b]}}\n", []string{`row 3: The code B stands under AC, which is not there. Did you mean "AB"?`}},
		"a code under itself":              {"codes:\n  - {id: A, parent: A, terms: {en: [a]}}\n", []string{"row 2: The code A stands under itself."}},
		"codes in a circle":                {"codes:\n  - {id: A, parent: B, terms: {en: [a]}}\n  - {id: B, parent: C, terms: {en: [b]}}\n  - {id: C, parent: B, terms: {en: [c]}}\n", []string{"row 3: The code B stands under itself.", "row 4: The code C stands under itself."}},
		"another family":                   {"families: [{id: F}, {id: G}]\ncodes:\n  - {id: A, family: F, terms: {en: [a]}}\n  - {id: B, parent: A, family: G, terms: {en: [b]}}\n", []string{"row 4: The code B belongs to the family G, but stands under A, which does not."}},
		"an exclusion of nothing":          {"codes:\n  - {id: A, terms: {en: [deadline*]}, not: {en: [without any date]}}\n", []string{`row 2: Exclusion 1 of the code A under "en" holds none of its terms`}},
		"an exclusion in another language": {"codes:\n  - {id: A, terms: {en: [plan]}, not: {fr: [le plan]}}\n", []string{`row 2: Exclusion 1 of the code A under "fr" holds none of its terms`}},
		"an exclusion that is a term":      {"codes:\n  - {id: A, terms: {en: [Plan]}, not: {en: [plan]}}\n", []string{`row 2: Exclusion 1 of the code A under "en" is one of its terms as well.`}},
		"an exclusion with a star inside":  {"codes:\n  - {id: A, terms: {en: [plan]}, not: {en: [pl*n b]}}\n", []string{`row 2: Exclusion 1 of the code A under "en" has a star inside a word`}},
	} {
		_, got := Read("book.yaml", []byte(c.yaml))
		var lines []string
		for _, f := range got {
			lines = append(lines, f.String())
		}
		all := strings.Join(lines, "\n")
		if len(got) != len(c.want) {
			t.Errorf("%s: %d findings, want %d:\n%s", name, len(got), len(c.want), all)
		}
		for _, w := range c.want {
			if !strings.Contains(all, w) {
				t.Errorf("%s: no finding has %q:\n%s", name, w, all)
			}
		}
	}
}

func TestARefusedCodebookIsNotGiven(t *testing.T) {
	if cb, f := Read("b", []byte("codes: [{id: A, family: X, terms: {en: [a]}}]")); cb != nil || !finding.Refused(f) {
		t.Error("a codebook with an unknown family was given")
	}
	if cb, f := Read("b", []byte("codes: [{id: A, terms: {en: [réseau, reseau]}}]")); cb == nil || finding.Refused(f) {
		t.Error("a warning took the codebook away")
	}
}

func FuzzRead(f *testing.F) {
	content, err := os.ReadFile("testdata/codebook.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte("codes:\n  - id: A\n    terms: {en: ['a* b*', 'ال', '-', 签*]}\n"))
	f.Add([]byte("codes: [{}]\nfamilies: [{}]"))
	f.Add([]byte("codes: {a: [}"))
	f.Add([]byte("codes:\n  - id: 0\n    terms: {08:!00 0000}"))
	f.Fuzz(func(t *testing.T, content []byte) {
		cb, findings := Read("book.yaml", content)
		if (cb == nil) != finding.Refused(findings) {
			t.Fatalf("codebook %v with findings %v", cb != nil, findings)
		}
		if cb != nil {
			checkHits(t, NewMatcher(cb).Scanner(), "no visa, تأشيرة 签证 "+string(content[:min(len(content), 2000)]))
		}
	})
}
