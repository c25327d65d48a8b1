package chart

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/table"
	"pgregory.net/rapid"
)

// waves draws three of the groups as if they were waves.
func waves(t *testing.T, w words, safe *protect.Safe, ts *typeset.Typesetter, o SlopeOptions) *canvas.Figure {
	t.Helper()
	v, ok := safe.View(table.Row{Analysis: table.PropSelectOne, Item: "a", By: []string{"region"}})
	if !ok {
		t.Fatal("no view")
	}
	var columns []Column
	rows := make([]HeatRow, min(4, len(v.Choices())))
	for d := range 3 {
		columns = append(columns, Column{Label: w.regions[d], Base: v.Base(d)})
		for k := range rows {
			rows[k].Label = w.items[k%len(w.items)]
			rows[k].Cells = append(rows[k].Cells, v.Share(d, k))
		}
	}
	fig, err := Slopes(w.head("slopes"), columns, rows, o, safe.Pen("slopes."+w.lang, western{}), ts)
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func TestSlopesReadWellInThreeScripts(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	for _, w := range demo {
		fig := waves(t, w, safe, ts, SlopeOptions{})
		if inspected, err := canvas.Inspect(fig, ts); err != nil || !inspected.OK() {
			t.Errorf("%s: %+v, %v", w.lang, inspected, err)
		}
		picture, err := canvas.PNG(fig, 144, ts)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "slopes-"+w.lang+".png", picture)
	}
}

// TestTimeRunsAsItIsTold: in Arabic time runs from the right, unless the project
// asks for the western way; elsewhere from the left.
func TestTimeRunsAsItIsTold(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	for _, w := range demo {
		for _, o := range []SlopeOptions{{}, {Western: true}} {
			fig := waves(t, w, safe, ts, o)
			var heads []float64
			for _, m := range fig.Marks {
				if x, ok := m.(canvas.Text); ok && x.Bold && x.Anchor == canvas.Middle {
					heads = append(heads, x.X)
				}
			}
			if len(heads) < 3 {
				t.Fatalf("%s: %d lines head the waves", w.lang, len(heads))
			}
			if fromRight := heads[0] > heads[len(heads)-1]; fromRight != (fig.RTL() && !o.Western) {
				t.Errorf("%s, %+v: time runs from the right: %v", w.lang, o, fromRight)
			}
		}
	}
}

// TestWithheldFiguresHaveNoDot: as many dots as figures that are shown.
func TestWithheldFiguresHaveNoDot(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	v, _ := safe.View(table.Row{Analysis: table.PropSelectOne, Item: "a", By: []string{"region"}})
	shown := 0
	for d := range 3 {
		for k := range min(4, len(v.Choices())) {
			if v.Share(d, k).Status() == protect.Published {
				shown++
			}
		}
	}
	dots := 0
	for _, m := range waves(t, demo[0], safe, ts, SlopeOptions{}).Marks {
		if _, ok := m.(canvas.Dot); ok {
			dots++
		}
	}
	if dots != shown || shown == 0 || shown == 12 {
		t.Errorf("%d dots for %d of 12 figures", dots, shown)
	}
}

func TestEndingsDoNotCollide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []ending
		sum := 0.0
		for i := range rapid.IntRange(1, 8).Draw(t, "n") {
			e := ending{i, rapid.Float64Range(0, 240).Draw(t, "y"), rapid.SampledFrom([]float64{12, 24}).Draw(t, "height")}
			sum += e.height
			all = append(all, e)
		}
		out := apart(all, 240)
		for i, e := range out {
			if e.y-e.height/2 < -1e-9 || e.y+e.height/2 > 240+1e-9 {
				t.Fatalf("%+v stands outside", e)
			}
			if i > 0 && out[i-1].y+out[i-1].height/2 > e.y-e.height/2+1e-9 {
				t.Fatalf("%+v and %+v collide", out[i-1], e)
			}
		}
	})
}
