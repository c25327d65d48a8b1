package records

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// scan reads all records of a text.
func scan(t interface{ Fatal(...any) }, in io.Reader, delim byte) (cells [][]string, rows []int64, problems []Problem, lines Lines) {
	return scanBlocks(t, in, delim, blockSize)
}

// scanBlocks does so with blocks of another size.
func scanBlocks(t interface{ Fatal(...any) }, in io.Reader, delim byte, block int) (cells [][]string, rows []int64, problems []Problem, lines Lines) {
	s := NewScanner(in, delim, 1)
	s.block = block
	for {
		c, err := s.Next()
		if errors.Is(err, io.EOF) {
			return cells, rows, problems, s.Lines()
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.Len() {
			cells = append(cells, c.Strings(i))
			rows = append(rows, c.Row(i))
		}
		problems = append(problems, c.Problems...)
	}
}

func TestScanner(t *testing.T) {
	for _, test := range []struct {
		name, text string
		cells      string
		rows       []int64
	}{
		{"plain cells", "a,b\n1,2\n", "[[a b] [1 2]]", []int64{1, 2}},
		{"the last line may lack its end", "a,b\n1,2", "[[a b] [1 2]]", []int64{1, 2}},
		{"doubled quotes become one", "\"a \"\"b\"\" c\",d\n", `[[a "b" c d]]`, []int64{1}},
		{"a quoted cell may hold delimiters and lines", "\"x,\ny\",z\n1,2\n", "[[x,\ny z] [1 2]]", []int64{1, 3}},
		{"lines inside quotes count as rows, however they end", "\"x\r\ny\rz\nw\",b\nc,d\n", "[[x\r\ny\rz\nw b] [c d]]", []int64{1, 5}},
		{"lines with nothing are passed over and counted", "a\n\n\r\nb\n", "[[a] [b]]", []int64{1, 4}},
		{"LF, CRLF and CR each end a row", "a\rb\r\nc\nd", "[[a] [b] [c] [d]]", []int64{1, 2, 3, 4}},
		{"empty cells stay", ",,\n\"\",\"\",\n", "[[  ] [  ]]", []int64{1, 2}},
		{"a quoted empty cell alone is a record", "\"\"\n", "[[]]", []int64{1}},
		{"an escaped quote at the end", "\"a\"\"\"\n", `[[a"]]`, []int64{1}},
		{"nothing", "", "[]", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, block := range []int{1, 2, 3, 5, 8, blockSize} {
				cells, rows, problems, _ := scanBlocks(t, strings.NewReader(test.text), ',', block)
				if got := fmt.Sprint(cells); got != test.cells || !slices.Equal(rows, test.rows) || len(problems) > 0 {
					t.Errorf("got %s at rows %v with %v, want %s at %v", got, rows, problems, test.cells, test.rows)
				}
			}
		})
	}
}

func TestScannerReportsQuotesOutOfPlaceAndGoesOn(t *testing.T) {
	cells, _, problems, _ := scan(t, strings.NewReader("a,b\n1,x \"y\" z\n\"q\"r,2\n3,4\n5,\"open\n6,7\n"), ',')
	want := []Problem{{Kind: QuoteInside, Row: 2, Column: 1}, {Kind: QuoteAfter, Row: 3, Column: 0}, {Kind: QuoteOpen, Row: 5, Column: 1}}
	if fmt.Sprint(problems) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", problems, want)
	}
	if len(cells) != 5 || cells[3][1] != "4" {
		t.Errorf("the rows after it must be read: %q", cells)
	}
}

// TestScannerAgreesWithTheStandardLibrary: whatever a writer can write is read
// back, wherever the blocks end.
func TestScannerAgreesWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 5).Draw(t, "width")
		cell := rapid.StringOfN(rapid.RuneFrom([]rune("ab,;\"\n é名 ")), 0, 12, -1)
		want := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 0, 30).Draw(t, "rows")
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		for _, row := range want {
			if width == 1 && row[0] == "" {
				row[0] = "x" // a line with nothing in it is no record
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		got, _, problems, _ := scanBlocks(t, iotest.HalfReader(&text), ',', rapid.IntRange(1, 40).Draw(t, "block"))
		if len(problems) > 0 || len(got) != len(want) {
			t.Fatalf("%d rows with %v, want %d", len(got), problems, len(want))
		}
		for i := range want {
			if !slices.Equal(got[i], want[i]) {
				t.Fatalf("row %d: got %q, want %q", i, got[i], want[i])
			}
		}
	})
}

// TestScannerIsTheSameWhateverTheBlocks reads more than a block, with records
// across its end and in chunks of every size.
func TestScannerIsTheSameWhateverTheBlocks(t *testing.T) {
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "%d,\"%s\",\"x\"\"y\ny\"\r\n", i, strings.Repeat("é", i%97))
	}
	cells, rows, problems, lines := scan(t, strings.NewReader(text.String()), ',')
	if len(cells) != 20_000 || len(problems) > 0 || lines.CRLF != 20_000 {
		t.Fatalf("%d records, %v, %+v", len(cells), problems, lines)
	}
	for i, c := range cells {
		if c[0] != fmt.Sprint(i) || c[1] != strings.Repeat("é", i%97) || c[2] != "x\"y\ny" || rows[i] != int64(2*i+1) {
			t.Fatalf("record %d at row %d: %q", i, rows[i], c)
		}
	}
}

func TestScannerLimits(t *testing.T) {
	big := "a,b\n1," + strings.Repeat("x", MaxCell+1) + "\n2,3\n"
	cells, _, problems, _ := scan(t, strings.NewReader(big), ',')
	if len(cells) != 3 || fmt.Sprint(problems) != fmt.Sprint([]Problem{{Kind: CellTooLong, Row: 2, Column: 1}}) {
		t.Errorf("%d records, %v", len(cells), problems)
	}
	_, _, problems, _ = scan(t, strings.NewReader("a,b\n\""+strings.Repeat("x,\n", MaxRecord/2)), ',')
	if len(problems) != 1 || problems[0].Kind != RecordTooLong || problems[0].Row != 2 {
		t.Errorf("a quote that swallows the file: %v", problems)
	}
	_, _, problems, _ = scan(t, strings.NewReader(strings.Repeat(",", MaxColumns+1)), ',')
	if len(problems) != 1 || problems[0].Kind != RecordTooLong {
		t.Errorf("too many cells: %v", problems)
	}
}

func TestCheckFindsTheCell(t *testing.T) {
	text := "a,b\nok,\xe9\nn\x00l,\"q\"\"\xff\"\nx,\ufffd\ny,\x1b[2J\nz,\u0085\nlong," + strings.Repeat("é", LongCellChars+1) + "\n"
	s := NewScanner(strings.NewReader(text), ',', 1)
	c, err := s.Next()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range c.Check() {
		got = append(got, fmt.Sprint(p.Kind, " ", p.Cell()))
	}
	want := "[not-utf-8 B2 nul A3 not-utf-8 B3 replacement B4 control B5 control B6 long-cell B7]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func FuzzScanner(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\"\"b\",c\r\n", "\"", "\r", "a\"b,c\n", "\xff,\x00\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		whole, rows, problems, _ := scan(t, bytes.NewReader(text), ',')
		blocked, rows2, problems2, _ := scanBlocks(t, bytes.NewReader(text), ',', 3)
		if fmt.Sprint(whole, rows, problems) != fmt.Sprint(blocked, rows2, problems2) {
			t.Fatal("where the blocks end must not matter")
		}
		if !slices.IsSorted(rows) {
			t.Fatal("rows must ascend")
		}
	})
}

func TestContentIsToldByTheFirstBytes(t *testing.T) {
	for head, want := range map[string]Content{
		"a,b\n": Text, "PK\x03\x04": Zip, "PKW,b\n": Text, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1": Legacy, "$FL2@(#)": SPSS, "$FL3@(#)": SPSS, "$FLAT,b\n": Text,
		"PAR1\x15": Parquet, "ARROW1\x00\x00": Arrow, "\xFF\xFF\xFF\xFF\x98\x00": Arrow, "\xFF\xFEa\x00": Text, "{\"a\":1}": JSON, "%PDF-1.7": PDF, "": Nothing,
	} {
		if got := ContentOf([]byte(head)); got != want {
			t.Errorf("%q is %s, want %s", head, got, want)
		}
	}
}
