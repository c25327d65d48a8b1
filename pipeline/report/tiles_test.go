package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/report"
)

func TestAMapShowsWhereResponsesAreFromAndAnswersByRegion(t *testing.T) {
	in := sample(t, "en")
	in.Tiles = report.Tiles{Item: "region", Rows: [][]string{{"south"}}, Show: []report.Mapped{{Item: "tools", Choice: "guide"}, {Item: "threat", Choice: "yes"}}}
	all := figures(compose(t, in))
	own, ok := all["f-region-tiles"]
	if !ok || !slices.Equal(heads(own.Table), []string{"North", "South"}) || own.Table.Rows[0].Cells[0].Value.Key == "" {
		t.Fatalf("where responses are from: %v, %+v", ok, own.Table)
	}
	if drawn := strings.Join(texts(own.Canvas.Marks), "|"); !strings.Contains(drawn, "North – 50 (n = 90)") || !strings.Contains(drawn, "South|50|n = 90") {
		t.Errorf("the group without a tile is not beneath the map, or the other not on it: %s", drawn)
	}
	guide := all["f-tools-guide-tiles"]
	if got := heads(guide.Table); !slices.Equal(got, []string{"North", "South"}) || guide.Table.Rows[0].Cells[0].Text != "50%" {
		t.Errorf("an answer by region: %+v", guide.Table)
	}
	if _, ok := all["f-threat-yes-tiles"]; ok {
		t.Error("a sensitive item has a map")
	}
	in.Hidden = map[string]bool{"region": true}
	if all = figures(compose(t, in)); all["f-region-tiles"].Canvas != nil || all["f-tools-guide-tiles"].Canvas != nil {
		t.Error("a hidden item has a map")
	}
}

// TestAWithheldTileHasTheMark: four in the north gave the answer.
func TestAWithheldTileHasTheMark(t *testing.T) {
	in := sample(t, "en")
	in.Tiles = report.Tiles{Item: "region", Rows: [][]string{{"north", "south"}}, Show: []report.Mapped{{Item: "tools", Choice: "rare"}}}
	f := figures(compose(t, in))["f-tools-rare-tiles"]
	if drawn := strings.Join(texts(f.Canvas.Marks), "|"); !strings.Contains(drawn, "North|c|n = 90") || titleOf(f) != f.Label {
		t.Errorf("title %q, drawn %s", titleOf(f), drawn)
	}
}

func TestMapsMustFitTheSurvey(t *testing.T) {
	s := sampleSurvey(t)
	two := [][]string{{"north", "", "south"}}
	for name, c := range map[string]struct {
		of   report.Tiles
		want string
	}{
		"nothing asked for":  {report.Tiles{}, ""},
		"a map":              {report.Tiles{Item: "region", Rows: two, Show: []report.Mapped{{Item: "tools", Choice: "guide"}}}, ""},
		"no item":            {report.Tiles{Item: "tools", Rows: two}, "called tools"},
		"a sensitive map":    {report.Tiles{Item: "threat", Rows: [][]string{{"yes", "no"}}}, "called threat"},
		"no answer":          {report.Tiles{Item: "region", Rows: [][]string{{"north", "east", "south"}}}, "no answer east"},
		"a tile twice":       {report.Tiles{Item: "region", Rows: [][]string{{"north", "north", "south"}}}, "two tiles"},
		"one tile":           {report.Tiles{Item: "region", Rows: [][]string{{"north"}}}, "two tiles at least"},
		"too many":           {report.Tiles{Item: "region", Rows: [][]string{{"north", "south", "", "", "", "", "", "", ""}}}, "more than eight"},
		"a sensitive answer": {report.Tiles{Item: "region", Rows: two, Show: []report.Mapped{{Item: "threat", Choice: "yes"}}}, "sensitive"},
		"no such choice":     {report.Tiles{Item: "region", Rows: two, Show: []report.Mapped{{Item: "tools", Choice: "car"}}}, "no answer car"},
		"not to be reported": {report.Tiles{Item: "region", Rows: two, Show: []report.Mapped{{Item: "email", Choice: "yes"}}}, "called email"},
	} {
		got := strings.Join(c.of.Wrong(s), " ")
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
