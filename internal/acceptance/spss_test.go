package acceptance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	scan "github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/ingest/records/spss"
)

// TestSPSSFilesAreWhatTheirTextsSay compares data files of SPSS with the texts
// that were made of them elsewhere. Those write times with microseconds, and the
// system-missing value as #NULL!; nothing else is let pass.
func TestSPSSFilesAreWhatTheirTextsSay(t *testing.T) {
	for _, test := range []struct {
		file, text string
		gone       bool // values that are declared to be no answer are blank in the text
		repeats    bool // the file repeats the rows of the text
	}{
		{"sample.sav", "sample.csv", false, false},
		{"sample.zsav", "sample.csv", false, false},
		{"sample_large.sav", "sample.csv", false, true},
		{"sample_missing.sav", "sample_missing_user.csv", false, false},
		{"sample_missing.sav", "sample_missing.csv", true, false},
	} {
		t.Run(test.file+" "+test.text, func(t *testing.T) {
			sheet := spssSheet(t, shared(t, "data", "readers", "spss", test.file))
			r, err := sheet.Open()
			if err != nil {
				t.Fatal(err)
			}
			got := rowsOf(t, r)
			want := textRows(t, shared(t, "data", "readers", "spss", test.text), "")
			if len(got) != len(want) && !test.repeats {
				t.Fatalf("%d rows, want %d", len(got), len(want))
			}
			for i := range got {
				row := i
				if test.repeats && i > 0 {
					row = (i-1)%(len(want)-1) + 1
				}
				for k, cell := range got[i] {
					if test.gone && i > 0 && sheet.Variables[k].IsMissing(cell) {
						cell = ""
					}
					if w := plainly(want[row][k]); cell != w {
						t.Errorf("row %d, column %d: %q, want %q", i+1, k+1, cell, w)
					}
				}
			}
		})
	}
}

// plainly writes a cell of the texts without digits that say nothing.
func plainly(cell string) string {
	if cell == "#NULL!" {
		return ""
	}
	cell = strings.TrimSuffix(cell, ".000000")
	if strings.HasPrefix(cell, "0:") {
		cell = "0" + cell
	}
	if before, ok := strings.CutSuffix(cell, ".00"); ok {
		return before
	}
	if strings.Contains(cell, ".") && !strings.Contains(cell, ":") {
		return strings.TrimRight(cell, "0")
	}
	return cell
}

// TestSPSSFilesOfOtherKinds reads what has no text beside it: letters of other
// scripts, texts of some width, a scale, and a text that was cut inside a character.
func TestSPSSFilesOfOtherKinds(t *testing.T) {
	for _, test := range []struct {
		file, header string
		rows         int
		problems     int
	}{
		{"hebrews.sav", "ותק_ב", 100, 0},
		{"tegulu.sav", "record|Q16br9oe_Q24br9oe", 2, 1},
		{"test_width.sav", "ResponseId|StartDate|Duration__in_seconds_|Finished", 6, 0},
		{"ordered_category.sav", "Col1", 5, 0},
	} {
		path := shared(t, "data", "readers", "spss", test.file)
		r, err := spssSheet(t, path).Open()
		if err != nil {
			t.Fatal(err)
		}
		c, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(c.Strings(0), "|"); got != test.header || c.Len() != test.rows || len(c.Problems) != test.problems || len(c.Check()) > 0 {
			t.Errorf("%s: %q, %d rows, problems %v %v", filepath.Base(path), got, c.Len(), c.Problems, c.Check())
		}
	}
	v := spssSheet(t, shared(t, "data", "readers", "spss", "ordered_category.sav")).Variables[0]
	if !v.Ordered || len(v.Values) != 3 || v.Values[2] != (scan.ValueLabel{Value: "3", Label: "medium"}) {
		t.Errorf("the scale is %+v", v)
	}
}

func spssSheet(t *testing.T, path string) scan.Sheet {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := spss.Open(f, info.Size(), "")
	if err != nil {
		t.Fatal(err)
	}
	return sheets[0]
}
