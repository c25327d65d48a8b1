package canvas

import (
	"reflect"
	"testing"
)

func figure(dir Direction) *Figure {
	return &Figure{ID: "f", Width: 200, Height: 100, Dir: dir, Lang: "en", Title: "t", Description: "d"}
}

func TestAFrameMirrorsEveryMark(t *testing.T) {
	tests := []struct {
		name       string
		mark       Mark
		ltr, rtl   Mark
		unmirrored Mark // in a right-to-left figure
	}{
		{"rect", Rect{X: 10, Y: 1, W: 30, H: 5}, Rect{X: 30, Y: 3, W: 30, H: 5}, Rect{X: 140, Y: 3, W: 30, H: 5}, Rect{X: 90, Y: 3, W: 30, H: 5}},
		{"line", Line{X1: 0, Y1: 1, X2: 10, Y2: 2}, Line{X1: 20, Y1: 3, X2: 30, Y2: 4}, Line{X1: 180, Y1: 3, X2: 170, Y2: 4}, Line{X1: 80, Y1: 3, X2: 90, Y2: 4}},
		{"dot", Dot{X: 10, Y: 1, R: 3}, Dot{X: 30, Y: 3, R: 3}, Dot{X: 170, Y: 3, R: 3}, Dot{X: 90, Y: 3, R: 3}},
		{"path", Path{Points: []Point{{0, 0}, {10, 1}}}, Path{Points: []Point{{20, 2}, {30, 3}}}, Path{Points: []Point{{180, 2}, {170, 3}}}, Path{Points: []Point{{80, 2}, {90, 3}}}},
		{"text", Text{X: 10, Y: 1, Content: "a", Anchor: End}, Text{X: 30, Y: 3, Content: "a", Anchor: End}, Text{X: 170, Y: 3, Content: "a", Anchor: End}, Text{X: 90, Y: 3, Content: "a", Anchor: Start}},
		{"group", Group{Title: "g", Marks: []Mark{Dot{X: 10}}}, Group{Title: "g", Marks: []Mark{Dot{X: 30, Y: 2}}}, Group{Title: "g", Marks: []Mark{Dot{X: 170, Y: 2}}}, Group{Title: "g", Marks: []Mark{Dot{X: 90, Y: 2}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, way := range []struct {
				dir        Direction
				unmirrored bool
				want       Mark
			}{{LTR, false, tt.ltr}, {RTL, false, tt.rtl}, {LTR, true, tt.ltr}, {RTL, true, tt.unmirrored}} {
				f := figure(way.dir)
				in := f.Frame().Inset(20, 2, 100, 50)
				if way.unmirrored {
					in = in.Unmirrored()
				}
				f.Draw(in, tt.mark)
				if !reflect.DeepEqual(f.Marks[0], way.want) {
					t.Errorf("direction %v unmirrored %v: %+v, want %+v", way.dir, way.unmirrored, f.Marks[0], way.want)
				}
			}
		})
	}
}

func TestDrawingLeavesTheGivenMarksAlone(t *testing.T) {
	points := []Point{{1, 1}, {2, 2}}
	group := Group{Marks: []Mark{Dot{X: 1}}}
	f := figure(RTL)
	f.Draw(f.Frame(), Path{Points: points}, group)
	if points[0] != (Point{1, 1}) || group.Marks[0] != (Dot{X: 1}) {
		t.Error("the caller's marks were moved")
	}
}

func TestTheSideOfATextFollowsTheFigure(t *testing.T) {
	for _, tt := range []struct {
		dir    Direction
		anchor Anchor
		own    Direction
		side   Side
		svg    string // text-anchor as SVG counts it, from where the text begins
	}{
		{LTR, Start, Inherit, Left, ""},
		{LTR, End, Inherit, Right, "end"},
		{LTR, Start, RTL, Left, "end"},
		{RTL, Start, Inherit, Right, ""},
		{RTL, End, Inherit, Left, "end"},
		{RTL, Start, LTR, Right, "end"},
		{RTL, Middle, LTR, Centre, "middle"},
	} {
		f := figure(tt.dir)
		f.Marks = []Mark{Text{X: 50, Y: 50, Content: "a", Size: 9, Anchor: tt.anchor, Dir: tt.own}}
		if got := f.resolve(f.Marks[0].(Text), 0).Side; got != tt.side {
			t.Errorf("%+v: side %v", tt, got)
		}
		svg, err := SVG(f, SVGOptions{})
		if err != nil {
			t.Fatal(err)
		}
		elements := attributes(t, svg)
		if got := elements[len(elements)-1]["text-anchor"]; got != tt.svg {
			t.Errorf("%+v: text-anchor %q", tt, got)
		}
	}
}

func TestNumbersAreIsolatedInRightToLeftFiguresOnly(t *testing.T) {
	for _, tt := range []struct {
		dir  Direction
		want string
	}{{LTR, "نعم 52–63"}, {RTL, "نعم \u206652–63\u2069"}} {
		f := figure(tt.dir)
		f.Draw(f.Frame(), Text{Content: "نعم 52–63", Size: 9})
		if got := f.Marks[0].(Text).Content; got != tt.want {
			t.Errorf("direction %v: %q", tt.dir, got)
		}
	}
}

func TestIsolateNumbers(t *testing.T) {
	// In the wanted texts "<" and ">" stand for the two isolates.
	for in, want := range map[string]string{
		"":                      "",
		"312":                   "312",
		"66 [56–75]":            "<66 [56–75]>",
		"58%":                   "<58%>",
		"نعم 312 منظمة":         "نعم 312 منظمة",
		"نعم 52–63.":            "نعم <52–63>.",
		"نعم 58%، لا":           "نعم <58%>، لا",
		"نعم -5":                "نعم <-5>",
		"نعم 1,234.5 لا":        "نعم <1,234.5> لا",
		"نعم \u206652–63\u2069": "نعم <52–63>",
		"ن1-2":                  "ن1-2",
		"سنة 2021/2022":         "سنة <2021/2022>",
		"(UPR)":                 "(UPR)",
	} {
		got := IsolateNumbers(in)
		if show := visible(got); show != want {
			t.Errorf("%q became %q, want %q", in, show, want)
		}
		if again := IsolateNumbers(got); again != got {
			t.Errorf("%q is isolated twice", in)
		}
	}
}

func visible(s string) string {
	out := ""
	for _, r := range s {
		switch r {
		case '\u2066':
			out += "<"
		case '\u2069':
			out += ">"
		default:
			out += string(r)
		}
	}
	return out
}
