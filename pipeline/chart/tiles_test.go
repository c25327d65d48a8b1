package chart

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/chart/typeset"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// mapOf is a map of the five groups, of which two are withheld; one more is shown
// as part of another and one has no tile.
func mapOf(t *testing.T, w words, safe *protect.Safe, ts *typeset.Typesetter) *canvas.Figure {
	t.Helper()
	v, ok := safe.View(table.Row{Analysis: table.PropSelectOne, Item: "a", By: []string{"region"}})
	if !ok {
		t.Fatal("no view")
	}
	tile := func(d int) Tile { return Tile{Label: w.regions[d], Value: v.Share(d, 3), Base: v.Base(d)} }
	rows := [][]Tile{{{}, tile(3), tile(1), {}}, {tile(2), {Label: w.items[0], Folded: true}, tile(4)}}
	off := []Row{{Label: w.regions[0], Value: v.Share(0, 3), Base: v.Base(0)}}
	fig, err := Tiles(w.head("tiles"), rows, TilesOptions{Beneath: w.neutral + ":", Off: off}, safe.Pen("tiles."+w.lang, western{}), ts)
	if err != nil {
		t.Fatal(err)
	}
	return fig
}

func TestMapsOfTilesReadWellInThreeScripts(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	for _, w := range demo {
		fig := mapOf(t, w, safe, ts)
		if inspected, err := canvas.Inspect(fig, ts); err != nil || !inspected.OK() {
			t.Errorf("%s: %+v, %v", w.lang, inspected, err)
		}
		picture, err := canvas.PNG(fig, 144, ts)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "tiles-"+w.lang+".png", picture)
	}
}

// TestMapsOfTilesLieAlikeInAllLanguages: the tiles of the languages have the same
// places and grounds, and those that are withheld have one ground.
func TestMapsOfTilesLieAlikeInAllLanguages(t *testing.T) {
	ts, err := typeset.New()
	if err != nil {
		t.Fatal(err)
	}
	safe, _ := release(t)
	type place struct {
		x    float64
		fill canvas.Colour
	}
	var first []place
	for _, w := range demo {
		var places []place
		light := 0
		for _, m := range mapOf(t, w, safe, ts).Marks {
			r, ok := m.(canvas.Rect)
			if !ok || r.Edge != "" { // of the legend
				continue
			}
			places = append(places, place{r.X, r.Fill})
			if r.Fill == canvas.Suppressed {
				light++
			}
		}
		if len(places) != 5 || light != 3 {
			t.Errorf("%s: %d tiles, of which %d without a colour; want 5 and 3", w.lang, len(places), light)
		}
		if first == nil {
			first = places
		}
		for k := range min(len(first), len(places)) {
			if first[k] != places[k] {
				t.Errorf("%s: tile %d lies at %v, in the first language at %v", w.lang, k, places[k], first[k])
			}
		}
	}
}

func TestStepsOfColourHoldTheGreatestShare(t *testing.T) {
	for greatest, want := range map[float64]float64{0: 0.01, 0.05: 0.01, 0.06: 0.02, 0.25: 0.05, 0.41: 0.1, 0.51: 0.2, 1: 0.2} {
		if got := tileStep(greatest); got != want {
			t.Errorf("steps to %v are %v wide, want %v", greatest, got, want)
		}
	}
}
