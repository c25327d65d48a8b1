package protect

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

func TestTippingPointsAreMadeOfPublishedFigures(t *testing.T) {
	s := counted(t, kind{}, [][]int{{60, 40, 6}, {30, 70, 6}})
	all, by := table.Row{Analysis: table.PropSelectOne, Item: "x"}, table.Row{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}
	safe := s.protect(t, table.Plan{Rows: []table.Row{all, by}}, Config{Threshold: 5})
	v, _ := safe.View(all)
	pen := safe.Pen("page", nil)
	n, turn := safe.Tipping(v.Share(0, 1), v.Base(0), 424) // 52 % of 212
	if turn != Turns || pen.Text(n) != "48%" {
		t.Errorf("%v %s", turn, pen.Text(n))
	}
	if n, turn = safe.Tipping(v.Share(0, 1), v.Base(0), 208); turn != Unknown || n.Status() == Published {
		t.Error("nobody is silent")
	}
	if _, turn = safe.Tipping(v.Share(0, 0), v.Base(0), 215); turn != Never {
		t.Errorf("seven cannot turn it: %v", turn)
	}
	if _, turn = safe.Tipping(Number{}, v.Base(0), 500); turn != Unknown {
		t.Error("a withheld share has a tipping point")
	}
	g, _ := safe.View(by)
	gap, turn := safe.TippingGap(Group{g.Share(0, 0), g.Base(0), 212}, Group{g.Share(1, 0), g.Base(1), 212})
	if want := g.Share(0, 0).Status() == Published && g.Share(1, 0).Status() == Published; want != (turn == Turns) {
		t.Errorf("gap %v %s", turn, pen.Text(gap))
	}
}

func TestHowManyAreKnownIsAddedUpFromWhatIsShown(t *testing.T) {
	s := counted(t, kind{}, [][]int{{60, 40}})
	safe := s.protect(t, table.Plan{}, Config{Threshold: 5})
	q := safe.Account(quality.Account{Received: 100, Analysed: 100, Rates: []quality.Rate{{Group: "a", Invited: 100, Responded: 60}, {Group: "b", Invited: 50, Responded: 40}}})
	if n, ok := q.Known(); !ok || n != 150 {
		t.Errorf("known: %d %v", n, ok)
	}
	if n, ok := q.KnownOf("b"); !ok || n != 50 {
		t.Errorf("known of b: %d %v", n, ok)
	}
	if _, ok := q.KnownOf("c"); ok {
		t.Error("a group that is not there is known")
	}
	if _, ok := (Quality{}).Known(); ok {
		t.Error("nobody is known")
	}
}
