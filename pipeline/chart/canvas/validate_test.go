package canvas

import (
	"math"
	"strings"
	"testing"
)

func TestMistakesAreAllReportedWithoutQuotingWords(t *testing.T) {
	f := &Figure{ID: "1 x", Width: -1, Height: 10, Marks: []Mark{
		Rect{X: math.NaN()},
		Group{Marks: []Mark{Text{Content: "secret", Size: -1}, Dot{R: math.Inf(1)}}},
		Line{Colour: "red"},
		Path{Points: []Point{{1, 1}}},
		Text{Content: "secret"},
		nil,
	}}
	err := f.Validate()
	if err == nil {
		t.Fatal("a figure full of mistakes is valid")
	}
	for _, want := range []string{"id must be", "no title", "no description", "no language", "width and height", "mark 0: rect", "mark 2: text has a negative", "mark 3: dot", `mark 4: line has a colour "red"`, "mark 5: path has fewer", "mark 6: text has no size", "mark 7: mark is of no known kind"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not reported in:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "secret") {
		t.Error("the error quotes a text")
	}
}

func TestSinksRefuseAnInvalidFigure(t *testing.T) {
	ts := newTypesetter(t)
	bad := figure(LTR)
	bad.Title = " "
	if _, err := SVG(bad, SVGOptions{}); err == nil {
		t.Error("SVG was written")
	}
	if _, err := PNG(bad, 72, ts); err == nil {
		t.Error("PNG was written")
	}
	if _, err := Inspect(bad, ts); err == nil {
		t.Error("it was inspected")
	}
	if _, err := SVG(figure(LTR), SVGOptions{Prefix: `"><script>`}); err == nil {
		t.Error("a prefix that breaks out of its attribute was taken")
	}
	for _, dpi := range []int{0, -1, 1 << 30} {
		if _, err := PNG(figure(LTR), dpi, ts); err == nil {
			t.Errorf("%d dots an inch were taken", dpi)
		}
	}
}

func TestWordsCannotBreakOutOfTheSVG(t *testing.T) {
	f := figure(LTR)
	f.Title = `"</title><script>alert(1)</script>`
	f.Marks = []Mark{Group{Role: `x" onload="y`, Title: "<&>\x00\uFFFF", Marks: []Mark{Text{Content: "]]></text><b>", Size: 9}}}}
	svg, err := SVG(f, SVGOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range attributes(t, svg) {
		if e[""] == "script" || e[""] == "b" || e["onload"] != "" {
			t.Errorf("words became markup: %v", e)
		}
	}
}

func TestLengthsAreShort(t *testing.T) {
	for in, want := range map[float64]string{0: "0", -0.001: "0", 1.0 / 3: "0.33", 12.5: "12.5", -2.346: "-2.35", 1e6: "1000000"} {
		if got := num(in); got != want {
			t.Errorf("num(%v) = %s, want %s", in, got, want)
		}
	}
}
