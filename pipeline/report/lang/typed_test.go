package lang

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTypedNumbersAreReadAsTheLanguageWritesThem(t *testing.T) {
	langs := all(t)
	for _, c := range []struct {
		tag, text string
		want      []string
	}{
		{"en", "In 2022, 1,234.5 of 17% (3–4).", []string{"2022", "1234.5", "17", "3", "4"}},
		{"fr", "12\u202f345 et 43,5\u202f%, puis 2, 3", []string{"12345", "43.5", "2", "3"}},
		{"es", "12\u00a0345 y 3,2.", []string{"12345", "3.2"}},
		{"ar", "\u206638–47\u2069 و٤٣٪", []string{"38", "47", "43"}},
		{"zh", "共１２３人，007", []string{"123", "7"}},
		{"en", "no number, at all.", nil},
	} {
		if got := langs[c.tag].Numbers.Typed(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %q, want %q", c.tag, c.text, got, c.want)
		}
	}
}

// What a language writes is read back as what it was.
func TestWrittenNumbersAreReadBack(t *testing.T) {
	langs := all(t)
	rapid.Check(t, func(t *rapid.T) {
		n := langs[rapid.SampledFrom([]string{"en", "fr", "es", "ru", "ar", "zh"}).Draw(t, "language")].Numbers
		v := rapid.Int64Range(0, 99_999_999).Draw(t, "tenths")
		want := Plain().Typed(Numbers{decimal: "."}.plainDecimal(float64(v)/10, 1))
		if got := n.Typed("x " + n.Decimal(float64(v)/10, 1) + " y"); !slices.Equal(got, want) {
			t.Fatalf("%q was read as %q", n.Decimal(float64(v)/10, 1), got)
		}
	})
}
