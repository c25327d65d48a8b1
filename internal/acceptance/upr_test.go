package acceptance

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"

	scan "github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/ingest/records/xls"
)

// TestRecommendationsAreAlikeInBothFormats reads recommendations of the UPR as
// an old workbook and as text in the encoding and with the line ends of an old
// Macintosh, and compares every cell. They differ in seven names of columns,
// which whoever made the texts wrote anew, and in nothing else.
func TestRecommendationsAreAlikeInBothFormats(t *testing.T) {
	renamed := [][2]string{{"SuR", "To"}, {"Rgrp", "To-Rgrp"}, {"Org", "To-Org"}, {"Recommendation", "Text"}, {"RS", "From"}, {"Rgrp", "From-Rgrp"}, {"Org", "From-Org"}}
	for _, test := range []struct {
		name string
		rows int
	}{{"1-5", 6095}, {"6-9", 8344}} {
		t.Run(test.name, func(t *testing.T) {
			book := bookRows(t, shared(t, "data", "upr-info", test.name+".xls"))
			text := textRows(t, shared(t, "data", "upr-info", test.name+".csv"), "macintosh")
			if len(book) != test.rows || len(text) != test.rows {
				t.Fatalf("%d rows in the workbook, %d in the text, want %d", len(book), len(text), test.rows)
			}
			for k, names := range renamed {
				if book[0][k] != names[0] || text[0][k] != names[1] {
					t.Errorf("column %d is called %q and %q, want %q and %q", k+1, book[0][k], text[0][k], names[0], names[1])
				}
			}
			for i := range book {
				for k := range max(len(book[i]), len(text[i])) {
					if renames := i == 0 && k < len(renamed); !renames && at(book[i], k) != at(text[i], k) {
						t.Errorf("row %d, column %d: %q in the workbook, %q in the text", i+1, k+1, at(book[i], k), at(text[i], k))
					}
				}
			}
		})
	}
}

func at(row []string, k int) string {
	if k < len(row) {
		return row[k]
	}
	return ""
}

// rowsOf reads all records.
func rowsOf(t *testing.T, r scan.Reader) (rows [][]string) {
	t.Helper()
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.Len() {
			rows = append(rows, c.Strings(i))
		}
	}
}

func bookRows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := xls.Open(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 1 {
		t.Fatalf("%d sheets, want 1", len(sheets))
	}
	r, err := sheets[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	return rowsOf(t, r)
}

func textRows(t *testing.T, path, encoding string) [][]string {
	t.Helper()
	content := read(t, path)
	encoded, err := scan.EncodingOf(content, encoding)
	if err != nil {
		t.Fatal(err)
	}
	return rowsOf(t, scan.NewScanner(encoded.Reader(bytes.NewReader(content)), ',', 1))
}
