package chart

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func panels(t *testing.T, w words, safe *protect.Safe, ts *typeset.Typesetter) (*canvas.Figure, int) {
	t.Helper()
	v, ok := safe.View(table.Row{Analysis: table.PropSelectOne, Item: "a", By: []string{"region"}})
	if !ok {
		t.Fatal("no view")
	}
	all, ok := safe.View(table.Row{Analysis: table.PropSelectOne, Item: "a"})
	if !ok {
		t.Fatal("no view of everybody")
	}
	var groups []Column
	rows := make([]HeatRow, min(4, len(v.Choices())))
	o := MultiplesOptions{Label: w.neutral}
	shown := 0
	for k := range rows {
		rows[k].Label = w.items[k%len(w.items)]
		o.Everybody = append(o.Everybody, all.Share(0, k))
	}
	for d := range v.Domains() {
		groups = append(groups, Column{Label: w.regions[d], Base: v.Base(d)})
		for k := range rows {
			rows[k].Cells = append(rows[k].Cells, v.Share(d, k))
			if v.Share(d, k).Status() == protect.Published {
				shown++
			}
		}
	}
	fig, err := Multiples(w.head("multiples"), groups, rows, o, safe.Pen("multiples."+w.lang, western{}), ts)
	if err != nil {
		t.Fatal(err)
	}
	return fig, shown
}

// TestPanelsReadWellInThreeScripts: and a bar stands for each figure that is
// shown, none for what is withheld.
func TestPanelsReadWellInThreeScripts(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	for _, w := range demo {
		fig, shown := panels(t, w, safe, ts)
		if inspected, err := canvas.Inspect(fig, ts); err != nil || !inspected.OK() {
			t.Errorf("%s: %+v, %v", w.lang, inspected, err)
		}
		bars := 0
		for _, m := range fig.Marks {
			if r, ok := m.(canvas.Rect); ok && r.Fill == canvas.Accent {
				bars++
			}
		}
		if bars != shown || shown == 0 {
			t.Errorf("%s: %d bars for %d figures", w.lang, bars, shown)
		}
		picture, err := canvas.PNG(fig, 144, ts)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "multiples-"+w.lang+".png", picture)
	}
}
