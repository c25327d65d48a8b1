package chart

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// combined is a figure of combinations made of the shares of the first item: only
// how they are drawn is looked at.
func combined(t *testing.T, w words) (*canvas.Figure, *typeset.Typesetter) {
	t.Helper()
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	v := view(t, safe, table.Row{Analysis: table.PropSelectOne, Item: "a"}) // 31, 48, 70, 120, 64
	withheld := view(t, safe, table.Row{Analysis: table.PropSelectOne, Item: "c"})
	var rows []Row
	for c := range v.Choices() {
		rows = append(rows, Row{Label: w.regions[c], Value: v.Share(0, c)})
	}
	combinations := []Combination{
		{v.Share(0, 3), []bool{true, false, true, false, false}},
		{v.Share(0, 2), []bool{false, true, false, false, false}},
		{v.Share(0, 4), []bool{true, true, true, false, true}},
		{v.Share(0, 1), []bool{false, false, false, true, false}},
		{withheld.Share(0, 1), []bool{false, false, false, true, true}},
	}
	fig, err := UpSet(w.head("upset"), rows, combinations, safe.Pen("upset."+w.lang, western{}), ts)
	if err != nil {
		t.Fatal(err)
	}
	return fig, ts
}

func TestCombinationsReadWellInThreeScripts(t *testing.T) {
	for _, w := range demo {
		fig, ts := combined(t, w)
		inspected, err := canvas.Inspect(fig, ts)
		if err != nil {
			t.Fatal(err)
		}
		if !inspected.OK() {
			t.Errorf("%s: %+v", w.lang, inspected)
		}
		picture, err := canvas.PNG(fig, 144, ts)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "upset-"+w.lang+".png", picture)
	}
}

func TestACombinationHasADotForEachChoiceThatItHolds(t *testing.T) {
	fig, _ := combined(t, demo[0])
	filled, bars := 0, 0
	for _, m := range fig.Marks {
		switch m := m.(type) {
		case canvas.Dot:
			if m.Fill == canvas.Accent {
				filled++
			}
		case canvas.Rect:
			if m.Fill == canvas.Accent {
				bars++
			}
		}
	}
	if filled != 2+1+4+1+2 || bars != 4 { // the last one is withheld, and has no bar
		t.Errorf("%d dots and %d bars", filled, bars)
	}
}
