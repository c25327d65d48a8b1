package protect

import (
	"encoding/json"
	"errors"
	"math"
	"sync"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// counted is a study of one item x by one item b with the counts given:
// n[b][x], with region c1 first.
func counted(t *testing.T, x kind, n [][]int) *study {
	t.Helper()
	total := 0
	for _, row := range n {
		for _, c := range row {
			total += c
		}
	}
	x.name, x.choices = "x", len(n[0])
	s := newStudy(t, total, x, kind{name: "b", choices: len(n)})
	i := 0
	for d, row := range n {
		for c, count := range row {
			for range count {
				s.set("b", i, choiceNames(len(n))[d])
				s.set("x", i, choiceNames(len(row))[c])
				i++
			}
		}
	}
	return s
}

func TestSeededLeaksAreStopped(t *testing.T) {
	whole := table.Row{Analysis: table.PropSelectOne, Item: "x"}
	by := table.Row{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}
	sizes := table.Row{Analysis: table.PropSelectOne, Item: "b"}
	turned := table.Row{Analysis: table.PropSelectOne, Item: "b", By: []string{"x"}}
	mean := table.Row{Analysis: table.Mean, Item: "x", By: []string{"b"}}
	net := table.Row{Analysis: table.PropNet, Item: "x", Values: []string{"c1", "c2"}}
	scaled := kind{scaled: true}
	for name, c := range map[string]struct {
		x     kind
		n     [][]int
		rows  []table.Row
		least int // how many figures must be withheld at least
	}{
		"a complement of few":                   {n: [][]int{{97, 3}}, rows: []table.Row{whole}, least: 2},
		"a single respondent":                   {n: [][]int{{60, 39, 1}}, rows: []table.Row{whole}, least: 2},
		"a net less its parts":                  {n: [][]int{{60, 4, 30, 20}}, rows: []table.Row{whole, net}, least: 2},
		"a mean and the other cells":            {x: scaled, n: [][]int{{30, 3, 30, 30}, {40, 30, 40, 50}}, rows: []table.Row{whole, by, mean}, least: 4},
		"a margin less its rows":                {n: [][]int{{30, 4, 30}, {30, 30, 40}, {40, 30, 50}}, rows: []table.Row{whole, by, sizes}, least: 4},
		"two tables of one item":                {n: [][]int{{30, 4, 30}, {30, 30, 40}, {40, 30, 50}}, rows: []table.Row{whole, by, sizes, turned}, least: 8},
		"a zero of a sensitive item":            {x: kind{role: survey.Sensitive}, n: [][]int{{60, 0, 50, 40}}, rows: []table.Row{whole}, least: 2},
		"everybody alike on a sensitive item":   {x: kind{role: survey.Sensitive}, n: [][]int{{60, 0}, {40, 30}}, rows: []table.Row{by}, least: 2},
		"a mean at the end of the scale":        {x: scaled, n: [][]int{{60, 1}, {40, 40}}, rows: []table.Row{mean}, least: 1},
		"a domain of few among domains of many": {n: [][]int{{3, 1}, {60, 40}, {50, 50}}, rows: []table.Row{whole, by, sizes}, least: 6},
	} {
		s := counted(t, c.x, c.n)
		safe := s.protect(t, table.Plan{Rows: c.rows}, Default())
		_, primary, secondary := withheldShare(safe)
		if primary+secondary < c.least {
			t.Errorf("%s: only %d figures withheld\n%s", name, primary+secondary, describe(safe))
		}
		var found audited
		attackStudy(s, table.Plan{Rows: c.rows}, []string{"x", "b"}, safe, &found)
		if len(found.leaks) > 0 {
			t.Errorf("%s: %v\n%s", name, found.leaks, describe(safe))
		}
	}
}

func TestLargeCellsAreShown(t *testing.T) {
	s := counted(t, kind{scaled: true}, [][]int{{40, 50, 30}, {30, 60, 50}, {20, 70, 40}})
	plan := table.Guess(s.survey, []string{"b"})
	if _, primary, secondary := withheldShare(s.protect(t, plan, Default())); primary+secondary > 0 {
		t.Errorf("%d figures withheld without need\n%s", primary+secondary, describe(s.protect(t, plan, Default())))
	}
}

func TestSensitiveItemsAreNotCrossed(t *testing.T) {
	s := counted(t, kind{role: survey.Sensitive}, [][]int{{40, 50, 30}, {30, 60, 50}})
	for _, cfg := range []Config{{Threshold: 10, Country: []string{"b"}}, {Threshold: 10, Identity: []string{"b"}}} {
		for _, row := range []table.Row{{Analysis: table.PropSelectOne, Item: "x", By: []string{"b"}}, {Analysis: table.PropSelectOne, Item: "b", By: []string{"x"}}} {
			v, _ := s.protect(t, table.Plan{Rows: []table.Row{row}}, cfg).View(row)
			if _, whole := v.Whole(); !whole || v.Share(0, 0).Status() != Withheld || v.Base(0).Status() != Withheld {
				t.Errorf("%s is shown", row.Key())
			}
		}
	}
}

func TestThresholdCannotBeSwitchedOff(t *testing.T) {
	s := counted(t, kind{}, [][]int{{40, 50}})
	for _, k := range []int{-1, 0, 1, 4} {
		safe, _, err := Protect(s.survey, table.Plan{}, nil, nil, Public, Config{Threshold: k})
		var unsafe *NotSafe
		if safe != nil || !errors.As(err, &unsafe) || !finding.Refused(Config{Threshold: k}.Validate()) {
			t.Errorf("threshold %d is accepted", k)
		}
	}
	if finding.Refused(Default().Validate()) || finding.Refused(Config{Threshold: Least}.Validate()) {
		t.Error("a good threshold is refused")
	}
}

func TestContradictoryTablesAreRefused(t *testing.T) {
	s := counted(t, kind{}, [][]int{{40, 50}})
	rows := []table.Row{{Analysis: table.PropSelectOne, Item: "x"}, {Analysis: table.PropNet, Item: "x", Values: []string{"c1"}}}
	tables := s.tables(table.Plan{Rows: rows})
	tables[1].Cells[0][0].Count++
	_, _, err := Protect(s.survey, table.Plan{Rows: rows}, tables, nil, Public, Default())
	var unsafe *NotSafe
	if !errors.As(err, &unsafe) || len(unsafe.Tables) == 0 {
		t.Errorf("got %v", err)
	}
}

func TestNothingIsDecoded(t *testing.T) {
	for _, v := range []any{&Safe{}, &View{}, &Number{}} {
		if json.Unmarshal([]byte(`{}`), v) == nil {
			t.Errorf("%T is decoded", v)
		}
	}
	var n Number
	if n.Status() != Withheld || len((&Safe{}).Views()) > 0 {
		t.Error("zero values show something")
	}
}

func TestPenRoundsAndRecords(t *testing.T) {
	s := counted(t, kind{}, [][]int{{40, 50, 3}})
	row := table.Row{Analysis: table.PropSelectOne, Item: "x"}
	safe := s.protect(t, table.Plan{Rows: []table.Row{row}}, Default())
	v, _ := safe.View(row)
	pen := safe.Pen("page", nil)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { pen.Text(v.Base(0)); pen.Text(v.Share(0, 2)); pen.Length(v.Share(0, 2)) })
	}
	group.Wait()
	if pen.Text(v.Base(0)) != "93" || pen.Text(v.Share(0, 2)) != "c" || pen.Interval(v.Share(0, 2)) != "" {
		t.Errorf("wrong text: %s", describe(safe))
	}
	if n, _, shown := pen.Value(v.Base(0)); !shown || n != 93 {
		t.Errorf("the number of the base is %v, %v", n, shown)
	}
	if n, decimals, shown := pen.Value(v.Share(0, 2)); shown || n != 0 || decimals != 0 {
		t.Errorf("a withheld share has the number %v", n)
	}
	if n, _, shown := pen.Value(Number{published: true, stat: PStat, value: 0.001, decimals: 3, below: true}); shown || n != 0 {
		t.Errorf("a limit is taken for the number %v", n)
	}
	lines := 0
	for _, l := range safe.Ledger() {
		if l.Artifact != "page" || l.Key == "" {
			continue
		}
		lines++
		if (l.Status == Withheld) != (l.Marker == "c" && l.Value == "") {
			t.Errorf("ledger line %+v", l)
		}
	}
	if lines != 3 {
		t.Errorf("the ledger has %d lines for the page, want 3", lines)
	}
	for _, r := range safe.Results(pen) {
		if !math.IsNaN(r.NW) || !math.IsNaN(r.SE) || r.Status == string(Withheld) && (r.N != -1 || r.NTotal != -1 || !math.IsNaN(r.Stat)) {
			t.Errorf("result %+v tells too much", r)
		}
	}
}
