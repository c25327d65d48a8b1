package readback

import (
	"slices"
	"testing"
)

func TestNumbersAreReadInEveryScriptAndLanguage(t *testing.T) {
	for _, test := range []struct {
		tag, text string
		want      []string
	}{
		{"en", "43% of 1,234 (0.39 [0.36–0.42])", []string{"43", "1234", "0.39", "0.36", "0.42"}},
		{"en", "in 2022, 10 of 20, p <0.001.", []string{"2022", "10", "20", "0.001"}},
		{"fr", "43\u202f% de 12\u202f345, soit 0,39", []string{"43", "12345", "0.39"}},
		{"ru", "1\u00a0234 и 5,5", []string{"1234", "5.5"}},
		{"ar", "\u206643%\u2069 و٤٣ و۷۸", []string{"43", "43", "78"}},
		{"zh", "４３％和12", []string{"43", "12"}},
		{"en", "1,23 and 1,2345", []string{"1", "23", "1", "2345"}},
		{"en", "no number", nil},
	} {
		if got := SignOf(test.tag).Numbers(test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s %q: %q, want %q", test.tag, test.text, got, test.want)
		}
	}
}
