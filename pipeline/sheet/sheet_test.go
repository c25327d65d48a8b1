package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-zé="',;| =+-]{0,6}[a-z]`)
		width := rapid.IntRange(2, 5).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 6).Draw(t, "rows")
		rows[0] = []string{"a", "b"} // a header without signs
		for name, write := range map[string]func(io.Writer) error{
			"csv":      func(w io.Writer) error { return WriteCSV(w, rows) },
			"workbook": func(w io.Writer) error { return WriteBook(w, "plan", rows) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			got, err := Read(b.Bytes())
			if err != nil || len(got) != len(rows) {
				t.Fatalf("%s: %d rows, want %d: %v", name, len(got), len(rows), err)
			}
			for i, row := range got {
				for k, cell := range row.Cells {
					if row.Cells[k] = Bare(cell); Guard(row.Cells[k]) != cell {
						t.Fatalf("%s: the cell %q was written without its guard", name, cell)
					}
				}
				if strings.Join(row.Cells, "\x00") != strings.Join(rows[i], "\x00") || name == "workbook" && row.Number != i+1 {
					t.Fatalf("%s: row %d is %q, want %q", name, row.Number, row.Cells, rows[i])
				}
			}
		}
	})
}

func TestSheetsAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		rows    int
		problem string
		row     int
	}{
		"with semicolons":        {"a;b\n1;2\n", 2, "", 0},
		"without empty rows":     {"\ufeffa,b\n,\n\n1,2\n", 2, "", 0},
		"nothing":                {"", 0, "", 0},
		"quotation marks":        {"a,b\n1,2\n\"x,3\n", 0, "quotation marks", 3},
		"another encoding":       {"a,b\n\xe9,2\n", 0, "UTF-8", 0},
		"a damaged workbook":     {"PK\x03\x04 and no more", 0, "workbook", 0},
		"a row that is too long": {strings.Repeat(",", MaxCells) + "x\n", 0, "larger", 1},
		"too many rows":          {strings.Repeat("x\n", MaxRows+1), 0, "larger", MaxRows + 1},
	} {
		rows, err := Read([]byte(c.content))
		var bad *Error
		if c.problem == "" && (err != nil || len(rows) != c.rows) {
			t.Errorf("%s: %d rows, want %d: %v", name, len(rows), c.rows, err)
		}
		if c.problem != "" && (!errors.As(err, &bad) || !strings.Contains(bad.Problem, c.problem) || bad.Row != c.row) {
			t.Errorf("%s: %v, want %q in row %d", name, err, c.problem, c.row)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		rows, err := Read(content)
		var bad *Error
		if err != nil && (rows != nil || !errors.As(err, &bad)) {
			t.Fatalf("rows and an error: %v", err)
		}
	})
}
