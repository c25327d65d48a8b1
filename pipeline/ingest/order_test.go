package ingest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// TestARepeatThatIsSlowToReadIsNoted has a repeat in its parents' order, and out
// of it, with as many parents as fit into one batch, and with one more.
func TestARepeatThatIsSlowToReadIsNoted(t *testing.T) {
	for _, c := range []struct {
		parents  int
		of       []int
		row, all int
	}{
		{dataset.BatchRows, []int{5, 3}, 0, 2},
		{dataset.BatchRows + 1, []int{3, 3, 5, dataset.BatchRows + 1}, 0, 4},
		{dataset.BatchRows + 1, []int{3, dataset.BatchRows + 1, 5, 4}, 4, 4},
	} {
		main, repeat := []string{"main", "took_part|org/stages|why|org/staff|_index|_uuid"}, []string{"recs", "recs/rec|recs/accepted|_index|_parent_table_name|_parent_index"}
		for i := range c.parents {
			main = append(main, fmt.Sprintf("yes|||%d|%d|00000000-0000-4000-8000-%012d", i%50, i+1, i))
		}
		for i, of := range c.of {
			repeat = append(repeat, fmt.Sprintf("said|yes|%d|main|%d", i+1, of))
		}
		r := read(t, small(), map[string]string{"a.xlsx": book(t, main, repeat)}, 2, Source{File: "a.xlsx"})
		if finding.Refused(r.findings) || r.report.Levels[1].Rows != int64(c.all) {
			t.Fatalf("%s", r.text())
		}
		row := 0
		for _, f := range r.findings {
			if f.Kind == "repeat-order" {
				row = f.Place.Row
				if !strings.Contains(f.Problem, "recs") || !strings.HasPrefix(f.Remedy, "Sort") || f.Severity != finding.Note || f.Place.Sheet != "recs" {
					t.Errorf("%+v", f)
				}
			}
		}
		if row != c.row {
			t.Errorf("%d parents, rows of %v: noted at row %d, want %d", c.parents, c.of, row, c.row)
		}
	}
}
