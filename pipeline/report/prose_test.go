package report

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestProseIsWithoutMarksWhateverItIsMadeOf: texts of a form that hold the signs
// that figures are marked with change no text and no order of mentions.
func TestProseIsWithoutMarksWhateverItIsMadeOf(t *testing.T) {
	pieces := []string{figureBegin, figureText, figureEnd, "0", "1", "7", "-1", "43%", "words ", "\u206643%\u2069", "", "\ufffd", figureBegin + "1" + figureText + "43%" + figureEnd}
	rapid.Check(t, func(t *rapid.T) {
		c := &composer{keys: []string{"a", "b"}}
		sentence := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "sentence"), "")
		p := c.prose(sentence)
		if strings.ContainsAny(p.Text, figureBegin+figureText+figureEnd) {
			t.Fatalf("a mark is left in %q", p.Text)
		}
		at := 0
		for _, m := range p.Numbers {
			if m.Start < at || m.End <= m.Start || m.End > len(p.Text) || m.Key != "a" && m.Key != "b" {
				t.Fatalf("mentions of %q: %+v", p.Text, p.Numbers)
			}
			at = m.End
		}
	})
}

func TestFiguresAreFoundInAnyOrder(t *testing.T) {
	c := &composer{keys: []string{"first", "second"}}
	figure := func(at, text string) string { return figureBegin + at + figureText + text + figureEnd }
	got := c.prose("of " + figure("1", "200") + earlierMark + " only " + figure("0", "43%") + ".")
	want := []Span{{"of ", ""}, {"200", "second"}, {"† only ", ""}, {"43%", "first"}, {".", ""}}
	spans := got.Spans()
	if len(spans) != len(want) {
		t.Fatalf("%+v", spans)
	}
	for i := range want {
		if spans[i] != want[i] {
			t.Errorf("%+v, want %+v", spans[i], want[i])
		}
	}
}
