package canvas

import (
	"math"
	"testing"
)

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, tt := range []struct {
		a, b Colour
		want float64
	}{{"#000000", White, 21}, {White, White, 1}, {Ink, White, 17.4}, {Muted, White, 5.9}, {Accent, White, 5.7}, {Highlight, White, 4.9}, {"#767676", White, 4.54}} {
		if got := Contrast(tt.a, tt.b); math.Abs(got-tt.want) > 0.1 || got != Contrast(tt.b, tt.a) {
			t.Errorf("%s on %s: %.2f, want %.1f", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestEveryPaletteHasAsManyColoursAsAskedFor(t *testing.T) {
	for _, p := range []struct {
		name     string
		of       func(int) []Colour
		from, to int
	}{{"diverging", Diverging, 2, 7}, {"sequential", Sequential, 1, 5}, {"categorical", Categorical, 1, 5}} {
		for n := -1; n < 10; n++ {
			got := p.of(n)
			if want := n; n < p.from || n > p.to {
				if got != nil {
					t.Errorf("%s(%d) = %v, want none", p.name, n, got)
				}
			} else if len(got) != want {
				t.Errorf("%s(%d) has %d", p.name, n, len(got))
			}
			seen := map[Colour]bool{}
			for _, c := range got {
				if _, err := c.rgb(); err != nil || seen[c] {
					t.Errorf("%s(%d): %s is malformed or twice there", p.name, n, c)
				}
				seen[c] = true
				if ratio := Contrast(LabelInk(c), c); ratio < 4.45 { // #D55E00 has the least, 4.49
					t.Errorf("%s(%d): label on %s has %.2f:1", p.name, n, c, ratio)
				}
			}
		}
	}
}

func TestDivergingLabelsReadBest(t *testing.T) {
	want := []Colour{White, Ink, Ink, Ink, White}
	for i, c := range Diverging(5) {
		if got := LabelInk(c); got != want[i] || Contrast(got, c) < 6.2 {
			t.Errorf("%s: label %s, %.2f:1", c, got, Contrast(got, c))
		}
	}
	if LabelInk("") != Ink || LabelInk(Suppressed) != Ink {
		t.Error("labels on white ground are not in ink")
	}
}

func TestMarksStandOutFromTheGround(t *testing.T) {
	marks := []Colour{Accent, Highlight, Missing, Ink, Muted}
	for n := 1; n <= 5; n++ {
		marks = append(marks, Categorical(n)...)
	}
	for _, c := range marks {
		if Contrast(c, White) < 3 {
			t.Errorf("%s has %.2f:1", c, Contrast(c, White))
		}
	}
}
