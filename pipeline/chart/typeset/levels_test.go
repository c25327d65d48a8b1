package typeset

import (
	"fmt"
	"strings"
	"testing"

	reference "github.com/go-text/typesetting/bidi"
	"golang.org/x/text/unicode/bidi"
	"pgregory.net/rapid"
)

// Cases written from the examples and rules of UAX #9; "א" stands for any
// right-to-left letter, "ا" for an Arabic one.
func TestLevels(t *testing.T) {
	tests := []struct {
		name, text string
		rtl        bool
		want       string
	}{
		{"Latin in a left-to-right paragraph", "ab 1", false, "0000"},
		{"digits after Arabic letters (W2)", "a ا1", false, "0012"},
		{"digits at the end do not merge with what follows", "اا 1 b", false, "111200"},
		{"Latin and digits in a right-to-left paragraph", "א b1", true, "1122"},
		{"brackets follow what they hold (N0)", "א(b)א", true, "11211"},
		{"a percent sign joins a European number (W5)", "א1%", true, "122"},
		{"but not one behind Arabic letters", "ا1%", true, "121"},
		{"an isolate is neutral outside and fresh inside", "ا\u20661–2\u2069", true, "112221"},
		{"Arabic inside an isolate inside Arabic", "א\u2066bא\u2069א", true, "112311"},
		{"an override rules its letters", "\u202eab\u202c", false, "0110"},
		{"white space at the end takes the base level (L1)", "aא ", true, "211"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got strings.Builder
			for _, l := range levels([]rune(tt.text), tt.rtl) {
				fmt.Fprint(&got, l)
			}
			if got.String() != tt.want {
				t.Errorf("levels %s, want %s", got.String(), tt.want)
			}
		})
	}
}

// The direction of every rune agrees with another implementation, which tells
// the directions of runes but not their levels and leaves rule L1 out.
func TestDirectionsAgreeWithAnotherImplementation(t *testing.T) {
	sample := rapid.SampledFrom([]rune("abאבاب12٣٤+-.,:%$()[]<>«» \u064b\u2066\u2067\u2068\u2069\u202a\u202b\u202d\u202e\u202c\u200f\u200e\u00ad–"))
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SliceOfN(sample, 1, 20).Draw(rt, "text")
		rtl := rapid.Bool().Draw(rt, "rtl")
		base := reference.LeftToRight
		if rtl {
			base = reference.RightToLeft
		}
		var p reference.Paragraph
		runs := p.Segment(text, base)
		got := levels(text, rtl)
		for k := 0; k < runs.NumRuns(); k++ {
			run := runs.Run(k)
			for i := run.Start; i < run.End; i++ {
				props, _ := bidi.LookupRune(text[i])
				switch c := props.Class(); {
				case isRemoved(c), c == bidi.WS, c == bidi.PDI, isInitiator(c):
					continue
				}
				if (got[i]%2 == 0) != run.IsLeftToRight() {
					rt.Fatalf("rune %d of %q: level %d, want the other direction", i, string(text), got[i])
				}
			}
		}
	})
}

func TestVisualOrderOfNestedRuns(t *testing.T) {
	for _, tt := range []struct {
		level []uint8
		want  string
	}{
		{[]uint8{0, 1, 2, 1, 0}, "[0 3 2 1 4]"},
		{[]uint8{0, 1, 2, 0}, "[0 2 1 3]"},
		{[]uint8{1, 2, 3, 2, 1}, "[4 1 2 3 0]"},
		{[]uint8{1, 1, 2, 2}, "[2 3 1 0]"},
		{nil, "[]"},
	} {
		if got := fmt.Sprint(visual(tt.level)); got != tt.want {
			t.Errorf("levels %v stand as %s, want %s", tt.level, got, tt.want)
		}
	}
}
