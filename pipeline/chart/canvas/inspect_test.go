package canvas

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"pgregory.net/rapid"
)

func TestInspectFindsWhatDoesNotReadWell(t *testing.T) {
	ts := newTypesetter(t)
	text := func(x, y float64, s string, a Anchor) Text { return Text{X: x, Y: y, Content: s, Size: 10, Anchor: a} }
	for _, tt := range []struct {
		name  string
		marks []Mark
		want  Inspection
	}{
		{"all well", []Mark{text(0, 20, "left", Start), text(200, 20, "right", End), text(100, 20, "middle", Middle)}, Inspection{}},
		{"a text leaves the figure", []Mark{text(10, 20, "in", Start), text(190, 20, "outside", Start)}, Inspection{Outside: []int{1}}},
		{"a text hangs below", []Mark{text(10, 100, "gap", Start)}, Inspection{Outside: []int{0}}},
		{"texts overlap, across groups", []Mark{text(10, 20, "one", Start), Group{Marks: []Mark{text(20, 22, "two", Start)}}}, Inspection{Overlapping: [][2]int{{0, 1}}}},
		{"a character no font has", []Mark{text(10, 20, "aกก", Start)}, Inspection{Missing: []rune{'ก'}}},
		{"nothing to read", []Mark{text(10, 20, " ", Start), Rect{X: 500, W: 10, H: 10}}, Inspection{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := figure(LTR)
			f.Marks = tt.marks
			got, err := Inspect(f, ts)
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%+v, %v; want %+v", got, err, tt.want)
			}
			if got.OK() != reflect.DeepEqual(tt.want, Inspection{}) {
				t.Errorf("OK is %v", got.OK())
			}
		})
	}
}

func TestHatchingStaysInItsRectangle(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.Float64Range(1, 80)
		r := Rect{X: size.Draw(rt, "x"), Y: size.Draw(rt, "y"), W: size.Draw(rt, "w"), H: size.Draw(rt, "h"), Hatch: Missing}
		for _, l := range hatch(r) {
			for _, p := range []Point{{l.X1, l.Y1}, {l.X2, l.Y2}} {
				if p.X < r.X-1e-9 || p.X > r.X+r.W+1e-9 || p.Y < r.Y-1e-9 || p.Y > r.Y+r.H+1e-9 {
					rt.Fatalf("%+v leaves %+v", l, r)
				}
			}
			if math.Abs((l.X1+l.Y1)-(l.X2+l.Y2)) > 1e-9 {
				rt.Fatalf("%+v is not diagonal", l)
			}
		}
	})
}

func TestFitHoldsTextsToTheirWidth(t *testing.T) {
	ts := newTypesetter(t)
	f := figure(RTL)
	f.Lang = "ar"
	f.Draw(f.Frame(), Text{X: 10, Y: 20, Content: "نعم", Size: 10})
	svg, err := SVG(f, SVGOptions{Fit: ts})
	if err != nil {
		t.Fatal(err)
	}
	if want := `textLength="` + num(ts.Width("نعم", f.Style(10, false))) + `" lengthAdjust="spacingAndGlyphs"`; !strings.Contains(string(svg), want) {
		t.Errorf("no %s in %s", want, svg)
	}
}

func TestParagraphIsCentredInItsBlock(t *testing.T) {
	lines := []typeset.Line{{Text: "a"}, {Text: "b"}}
	marks := Paragraph(lines, Text{X: 3, Y: 50, Size: 10, Content: "ignored"})
	middle := (marks[0].(Text).Y + marks[1].(Text).Y - typeset.CapHeight(10)) / 2
	if len(marks) != 2 || marks[1].(Text).Content != "b" || math.Abs(middle-(50+LineHeight(10))) > 1e-9 {
		t.Errorf("%+v", marks)
	}
}
