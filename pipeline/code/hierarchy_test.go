package code

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

func book(t *testing.T, yaml string) *Codebook {
	t.Helper()
	cb, findings := Read("book.yaml", []byte(yaml))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return cb
}

const nestedBook = `
families: [{id: F}, {id: G}]
codes:
  - {id: A, family: F, terms: {en: [apple]}}
  - {id: C, parent: B, terms: {en: [cherry]}}
  - {id: B, parent: A, terms: {en: [banana]}}
  - {id: D, family: F, terms: {en: [date]}}
  - {id: E, family: G, terms: {en: [elder]}}
  - {id: H, terms: {en: [hazel]}}
  - {id: I, parent: H, terms: {en: [iris]}}
`

func TestCodesUnderOthersHaveTheirFamily(t *testing.T) {
	cb := book(t, nestedBook)
	var got []string
	for _, c := range cb.Codes {
		got = append(got, c.ID+c.Family)
	}
	if want := []string{"AF", "CF", "BF", "DF", "EG", "H", "I"}; !slices.Equal(got, want) {
		t.Errorf("families %v, want %v", got, want)
	}
	if got := cb.Above("C"); !slices.Equal(got, []string{"B", "A"}) {
		t.Errorf("above C stand %v", got)
	}
}

func TestWhatIsGatheredHoldsAllBelow(t *testing.T) {
	var got []string
	for _, g := range book(t, nestedBook).Gatherings() {
		got = append(got, fmt.Sprint(g.ID, g.Depth, g.Family, g.Codes))
	}
	want := []string{"F0 true [A C B D]", "A1 false [A C B]", "B2 false [C B]", "H0 false [H I]"}
	if !slices.Equal(got, want) {
		t.Errorf("gathered:\n%q\nwant\n%q", got, want)
	}
}

func TestExclusionsTakeThePlaceOfTerms(t *testing.T) {
	cb := book(t, `codes:
  - {id: TEXT, terms: {es: [comunicación]}, not: {es: [medios de comunicación]}}
  - {id: PRESS, terms: {es: [los medios de comunicación locales, prensa]}}
`)
	s := NewMatcher(cb).Scanner()
	for text, want := range map[string][]int32{
		"enviamos la comunicación":                      {0},
		"los medios de comunicación callan":             nil,
		"los medios de comunicación locales":            {1},
		"la comunicación a los medios de comunicación":  {0},
		"medios de comunicación, prensa y comunicación": {0, 1},
	} {
		if got, _ := s.Codes(text, nil); !slices.Equal(got, want) {
			t.Errorf("%q: codes %v, want %v", text, got, want)
		}
	}
}

// Whatever stands under whatever: a book is either refused for a circle, or
// every code is gathered by all above it.
func TestEveryCodeIsGatheredByAllAboveIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "codes")
		yaml := "codes:\n"
		parent := make([]int, n)
		for i := range n {
			parent[i] = rapid.IntRange(-1, n-1).Draw(t, "parent")
			yaml += fmt.Sprintf("  - {id: C%d, terms: {en: [w%d]}", i, i)
			if parent[i] >= 0 {
				yaml += fmt.Sprintf(", parent: C%d", parent[i])
			}
			yaml += "}\n"
		}
		circle := false
		for i := range n {
			at := i
			for range n {
				if at >= 0 {
					at = parent[at]
				}
			}
			circle = circle || at >= 0
		}
		cb, findings := Read("book.yaml", []byte(yaml))
		if finding.Refused(findings) != circle {
			t.Fatalf("circle %v, but findings %v", circle, findings)
		}
		if circle {
			return
		}
		gathered := map[string][]string{}
		for _, g := range cb.Gatherings() {
			gathered[g.ID] = g.Codes
		}
		for _, c := range cb.Codes {
			for _, up := range cb.Above(c.ID) {
				if under(cb, up) == n-1 {
					continue // it would gather all
				}
				if !slices.Contains(gathered[up], c.ID) || !slices.Contains(gathered[up], up) {
					t.Fatalf("%s is not gathered by %s: %v", c.ID, up, gathered[up])
				}
			}
		}
	})
}

// under counts the codes under a code.
func under(cb *Codebook, id string) int {
	n := 0
	for _, c := range cb.Codes {
		if slices.Contains(cb.Above(c.ID), id) {
			n++
		}
	}
	return n
}
