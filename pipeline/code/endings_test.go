package code

import (
	"slices"
	"testing"
)

// All that can be made of letters, as long as an ending may be, is tried.
func TestEndingsAreAllThatAreTaken(t *testing.T) {
	for sign, letters := range map[rune]string{
		englishEnding: "esxa", frenchEnding: "esxa", spanishEnding: "esxa",
		russianCase: "аяоеыиуюьмхвгйтп", russianShort: "аяоеыиуюьмхвгйтп", russianVerb: "аяиеуютьлвнмсоы",
		arabicEnding: "هامنكتي", arabicSpoken: "هامنكتي",
	} {
		var want []string
		var try func(rest []rune)
		try = func(rest []rune) {
			if takes(sign, rest) {
				want = append(want, string(rest))
			}
			if len(rest) < longestEnding {
				for _, l := range letters {
					try(append(rest, l))
				}
			}
		}
		try(nil)
		got := endings(sign)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("sign %d: endings %q, want %q", sign, got, want)
		}
	}
}
