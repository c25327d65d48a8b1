package finding

import (
	"fmt"
	"strings"
	"testing"
)

func TestFindingSaysPlaceProblemAndRemedy(t *testing.T) {
	f := Finding{Place: Place{File: "a.csv", Sheet: "main", Row: 7, Column: "region", Item: "region"}, Problem: "The cell is odd.", Remedy: "Mend it.", Count: 3}
	if got, want := f.String(), "a.csv, sheet main, row 7, column region: The cell is odd. (3 times) Mend it."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := (Finding{Problem: "P."}).String(); got != "P." {
		t.Errorf("without a place: %q", got)
	}
}

func TestListIsBoundedAndCountsTheRest(t *testing.T) {
	var l List
	for i := range 10_000 {
		l.Add(Finding{Kind: "k", Place: Place{File: "f", Row: i + 2, Column: "a"}, Problem: "Odd."})
	}
	l.Add(Finding{Kind: "other", Place: Place{File: "f", Row: 1}, Problem: "Once."})
	all := l.All()
	if len(all) != placesEach+2 || l.Len() != 10_001 {
		t.Fatalf("%d listed, %d counted", len(all), l.Len())
	}
	summary := 0
	for _, f := range all {
		if strings.Contains(f.Problem, "in all") && f.Count == 10_000 {
			summary++
		}
	}
	if summary != 1 {
		t.Errorf("%d summaries, want 1:\n%v", summary, all)
	}
}

// TestAListOfListsSaysItOnce: a stage keeps a list and the run one of its own.
func TestAListOfListsSaysItOnce(t *testing.T) {
	var stage, run List
	for i := range 100 {
		stage.Add(Finding{Kind: "k", Place: Place{File: "f", Row: i + 2}, Problem: "Odd."})
	}
	run.AddAll(stage.All())
	if got, want := fmt.Sprint(run.All()), fmt.Sprint(stage.All()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSortDoesNotDependOnTheOrderMet(t *testing.T) {
	var a, b []Finding
	for i := range 50 {
		f := Finding{Kind: fmt.Sprint(i % 3), Place: Place{File: fmt.Sprint(i % 2), Row: (i * 7) % 50}}
		a = append(a, f)
		b = append([]Finding{f}, b...)
	}
	Sort(a)
	Sort(b)
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("two orders")
	}
}
