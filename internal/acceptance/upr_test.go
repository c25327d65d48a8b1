package acceptance

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"

	scan "github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/ingest/records/xls"
)

// TestRecommendationsAreAlikeInBothFormats reads recommendations of the UPR as
// an old workbook and as text in the encoding and with the line ends of an old
// Macintosh, and compares every cell.
func TestRecommendationsAreAlikeInBothFormats(t *testing.T) {
	for _, name := range []string{"1-5", "6-9"} {
		t.Run(name, func(t *testing.T) {
			book := bookRows(t, shared(t, "data", "upr-info", name+".xls"))
			text := textRows(t, shared(t, "data", "upr-info", name+".csv"), "macintosh")
			t.Log(len(book), len(text))
			n := 0
			for i := range min(len(book), len(text)) {
				for k := range max(len(book[i]), len(text[i])) {
					a, b := at(book[i], k), at(text[i], k)
					if a != b {
						if n++; n < 40 {
							t.Logf("row %d column %d: %q %q", i+1, k, a, b)
						}
					}
				}
			}
			t.Log(n)
		})
	}
	_ = fmt.Sprint
	_ = runtime.GC
	_ = bytes.Clone
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
