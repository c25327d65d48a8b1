package chart

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// comparisons are the figures that set groups, stages or batteries side by side.
func comparisons(t testing.TB, w words, safe *protect.Safe, pen *protect.Pen, ts *typeset.Typesetter) map[string]*canvas.Figure {
	t.Helper()
	see := func(row table.Row) *protect.View {
		v, ok := safe.View(row)
		if !ok {
			t.Fatalf("no view of %s", row.Key())
		}
		return v
	}
	a, b := see(table.Row{Analysis: table.PropSelectOne, Item: "a"}), see(table.Row{Analysis: table.PropSelectOne, Item: "b"})
	by := see(table.Row{Analysis: table.PropSelectOne, Item: "a", By: []string{"region"}})
	none := see(table.Row{Analysis: table.PropSelectOne, Item: "c"})
	var groups, stages []Row
	var places []Place
	for d := range by.Domains() {
		groups = append(groups, Row{Label: w.regions[d], Value: by.Share(d, 3), Base: by.Base(d)})
	}
	groups[0].Over, groups[3].Over = w.neutral, w.items[1]
	for c := range b.Choices() {
		stages = append(stages, Row{Label: w.steps[c], Value: b.Share(0, c), Base: b.Base(0)})
		places = append(places, Place{Label: w.regions[c], Across: a.Share(0, c), Up: b.Share(0, c)})
	}
	stages = append(stages[:2:2], append([]Row{{Label: w.items[2], Value: none.Share(0, 0), Base: none.Base(0)}}, stages[2:]...)...)
	places = append(places, Place{Label: w.items[2], Across: a.Share(0, 0), Up: none.Share(0, 0)})
	words := PriorityWords{Across: w.items[0], Up: w.items[1], AcrossMore: w.steps[3], AcrossLess: w.steps[1], UpMore: w.steps[4], UpLess: w.steps[0], Beneath: w.neutral + ":"}
	out := map[string]*canvas.Figure{}
	var err error
	for name, draw := range map[string]func() (*canvas.Figure, error){
		"dots": func() (*canvas.Figure, error) {
			return Dots(w.head("dots"), groups, DotOptions{Overall: a.Share(0, 3), Base: a.Base(0), Label: w.neutral, Shares: true, Indicative: true}, pen, ts)
		},
		"funnel": func() (*canvas.Figure, error) {
			return Funnel(w.head("funnel"), stages, FunnelOptions{}, pen, ts)
		},
		"priority": func() (*canvas.Figure, error) { return Priority(w.head("priority"), places, words, pen, ts) },
	} {
		if out[name], err = draw(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestComparisonsReadWellInThreeScripts(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	for _, w := range demo {
		for name, fig := range comparisons(t, w, safe, safe.Pen("demo."+w.lang, western{}), ts) {
			inspected, err := canvas.Inspect(fig, ts)
			if err != nil || !inspected.OK() {
				t.Errorf("%s %s: %+v, %v", name, w.lang, inspected, err)
			}
			picture, err := canvas.PNG(fig, 144, ts)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+"-"+w.lang+".png", picture)
		}
	}
}

// TestComparisonsGiveWithheldFiguresNoPlace: two of the five groups
// are withheld, one of the six stages, and one of the six points.
func TestComparisonsGiveWithheldFiguresNoPlace(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	all := comparisons(t, demo[0], safe, safe.Pen("x", western{}), ts)
	count := func(name string, of func(canvas.Mark) bool) int {
		n := 0
		for _, m := range all[name].Marks {
			if of(m) {
				n++
			}
		}
		return n
	}
	dot := func(m canvas.Mark) bool { _, ok := m.(canvas.Dot); return ok }
	bar := func(m canvas.Mark) bool { r, ok := m.(canvas.Rect); return ok && r.Fill == canvas.Accent }
	lead := func(m canvas.Mark) bool { _, ok := m.(canvas.Path); return ok }
	if n := count("dots", dot); n != 3 {
		t.Errorf("%d dots for three published groups", n)
	}
	if n := count("priority", dot); n != 5 {
		t.Errorf("%d dots for five published points", n)
	}
	if bars, leads := count("funnel", bar), count("funnel", lead); bars != 5 || leads != 3 {
		t.Errorf("%d bars for five published stages, %d leads: none to or from the one that is withheld", bars, leads)
	}
	for name, want := range map[string]string{"dots": "c", "funnel": "c", "priority": "Oral statement at adoption (item 6) (\u20669\u2069 / \u2066c\u2069)"} {
		if count(name, func(m canvas.Mark) bool { x, ok := m.(canvas.Text); return ok && strings.Contains(x.Content, want) }) == 0 {
			t.Errorf("%s: nothing says %q", name, want)
		}
	}
}

// TestNamesInAMapNeverCollide: wherever the points lie, names stand on nothing,
// and one that finds no room is listed beneath.
func TestNamesInAMapNeverCollide(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := newSheet(demo[0].head("x"), nil, ts)
		m := &namer{s: s, area: s.page(), width: 300, height: 200, lines: []space{{150, 0, 154, 200}, {0, 100, 300, 104}}}
		var dots []placed
		for i := range rapid.IntRange(1, 25).Draw(rt, "points") {
			d := placed{x: rapid.Float64Range(0, 300).Draw(rt, "x"), y: rapid.Float64Range(0, 200).Draw(rt, "y")}
			d.place.Label = fmt.Sprintf("%d %s", i, rapid.SampledFrom(demo[0].items).Draw(rt, "name"))
			dots = append(dots, d)
			m.taken = append(m.taken, around(d.x, d.y, dotRadius))
		}
		named := 0
		for _, d := range dots {
			if m.name(d) {
				named++
			}
		}
		if named == 0 {
			rt.Fatal("no name found room")
		}
		names := m.taken[len(dots):]
		if len(names) != named {
			rt.Fatalf("%d names written, %d said to be", len(names), named)
		}
		for i, a := range names {
			a = space{a.left + 3, a.top + 1, a.right - 3, a.bottom - 1}
			for _, b := range m.taken[:len(dots)+i] {
				if a.meets(b) {
					rt.Fatalf("name %d stands on something", i)
				}
			}
		}
	})
}

func TestTheMiddleIsTheMedian(t *testing.T) {
	for _, c := range []struct {
		of   []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 2, 9}, 3}} {
		if got := Median(c.of); got != c.want {
			t.Errorf("median of %v is %v, want %v", c.of, got, c.want)
		}
	}
}

// TestMeansHaveAScaleOfRoundNumbers: that of a scaled item is its own; where
// nothing is published there is one all the same.
func TestMeansHaveAScaleOfRoundNumbers(t *testing.T) {
	safe, _ := release(t)
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	s := newSheet(demo[0].head("x"), safe.Pen("x", western{}), ts)
	if a := s.dotAxis(nil, DotOptions{Low: 1, High: 5}, 400); a.low != 1 || a.high != 5 || a.parts != 4 || a.at(5) != 400 {
		t.Errorf("a scale from 1 to 5: %+v", a)
	}
	if a := s.dotAxis(nil, DotOptions{}, 400); a.low != 0 || a.high != 1 {
		t.Errorf("nothing published: %+v", a)
	}
}
