package lang

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// oneSpace makes all no-break spaces one, and takes out marks of direction: CLDR
// has changed its mind on the former, and the latter are isolates here.
func oneSpace(s string) string {
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ", "\u200e", "", "\u200f", "", "\u061c", "", "\u2066", "", "\u2069", "").Replace(s)
}

// TestNumbersAreThoseOfCLDR compares with CLDR, with Western digits in Arabic,
// which UN documents have. In Spanish a space stands between thousands.
func TestNumbersAreThoseOfCLDR(t *testing.T) {
	for tag, l := range all(t) {
		locale := language.Make(tag)
		if tag == "ar" {
			locale = language.Make("ar-u-nu-latn")
		}
		p := message.NewPrinter(locale)
		for _, v := range []float64{0, 7, 12.5, 999, 12345, 1234567.25} {
			want := p.Sprint(number.Decimal(v, number.MinFractionDigits(1), number.MaxFractionDigits(1)))
			if tag == "es" {
				want = strings.ReplaceAll(want, ".", " ")
			}
			if got := l.Numbers.Decimal(v, 1); oneSpace(got) != oneSpace(want) {
				t.Errorf("%s: %v is %q, CLDR has %q", tag, v, got, want)
			}
		}
		for _, v := range []float64{0, 0.43, 1} {
			want := p.Sprint(number.Percent(v, number.MaxFractionDigits(0)))
			if got := l.Numbers.Percent(v, 0); oneSpace(got) != oneSpace(want) {
				t.Errorf("%s: %v is %q per cent, CLDR has %q", tag, v, got, want)
			}
		}
	}
}
