package records

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook makes an XLSX file with the parts given over those of an empty one.
func workbook(t testing.TB, sheet string, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + sheet + `</sheetData></worksheet>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="[Red]&quot;day&quot; 0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
	}
	for name, content := range parts {
		all[name] = content
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetOf reads the first sheet of a workbook.
func sheetOf(content []byte) (cells [][]string, rows []int64, problems []Problem, err error) {
	book, err := OpenBook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, nil, nil, err
	}
	r, err := book.Sheets[0].Open()
	if err != nil {
		return nil, nil, nil, err
	}
	defer Close(r)
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return cells, rows, problems, nil
		}
		if err != nil {
			return nil, nil, nil, err
		}
		for i := range c.Len() {
			cells = append(cells, c.Strings(i))
			rows = append(rows, c.Row(i))
		}
		problems = append(problems, c.Problems...)
	}
}

func TestNumbersOfCells(t *testing.T) {
	for _, test := range []struct{ name, cell, want string }{
		{"whole", `<c r="A1"><v>4</v></c>`, "4"},
		{"fifteen digits are kept, not seventeen", `<c r="A1"><v>4.0000000000000009</v></c>`, "4"},
		{"an exponent is written out", `<c r="A1"><v>1.2E3</v></c>`, "1200"},
		{"a decimal", `<c r="A1"><v>0.10000000000000001</v></c>`, "0.1"},
		{"a date", `<c r="A1" s="1"><v>38061</v></c>`, "2004-03-15"},
		{"the first of March 1900 is day 61", `<c r="A1" s="1"><v>61</v></c>`, "1900-03-01"},
		{"the last of February 1900 is day 59", `<c r="A1" s="1"><v>59</v></c>`, "1900-02-28"},
		{"day 60 does not exist", `<c r="A1" s="1"><v>60</v></c>`, "60"},
		{"a moment", `<c r="A1" s="2"><v>38061.5</v></c>`, "2004-03-15T12:00:00"},
		{"a date with a time of day shows it", `<c r="A1" s="1"><v>38061.5</v></c>`, "2004-03-15T12:00:00"},
		{"a time", `<c r="A1" s="3"><v>0.75</v></c>`, "18:00:00"},
		{"a format with words in quotes and colours is a number", `<c r="A1" s="4"><v>61</v></c>`, "61"},
		{"a truth is what the sheet shows", `<c r="A1" t="b"><v>1</v></c>`, "TRUE"},
		{"an inline text", `<c r="A1" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c>`, "a b"},
		{"an escaped character", `<c r="A1" t="inlineStr"><is><t>a_x000D_b_xyz_x005F_</t></is></c>`, "a\rb_xyz_"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cells, _, problems, err := sheetOf(workbook(t, `<row r="1">`+test.cell+`</row>`, nil))
			if err != nil || len(cells) != 1 || cells[0][0] != test.want || len(problems) > 0 {
				t.Errorf("got %q, %v, %v; want %q", cells, problems, err, test.want)
			}
		})
	}
}

func TestCellsStandWhereTheirReferenceSays(t *testing.T) {
	cells, rows, _, err := sheetOf(workbook(t, `<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="3"/><row r="7"><c><v>3</v></c></row>`, nil))
	if err != nil || fmt.Sprintf("%q %v", cells, rows) != `[["" "1" "" "2"] ["3"]] [2 7]` {
		t.Errorf("got %q %v %v", cells, rows, err)
	}
}

func TestFormulasAndLongNumbersAreReported(t *testing.T) {
	_, _, problems, err := sheetOf(workbook(t, `<row r="1"><c r="A1"><f>2+2</f><v>4</v></c><c r="B1"><f>X</f></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1"><v>1.23456789012346E+20</v></c></row>`, nil))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, string(p.Kind)+" "+p.Cell())
	}
	if want := "formula A1, formula-empty B1, formula-error C1, number-as-text D1"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestWorkbooksThatMustNotBeRead(t *testing.T) {
	for _, test := range []struct {
		name, kind string
		content    []byte
	}{
		{"no archive", "damaged-workbook", []byte("PK\x03\x04 and then nothing")},
		{"no workbook", "damaged-workbook", workbook(t, "", map[string]string{"xl/workbook.xml": "<workbook/>"})},
		{"cut off", "damaged-workbook", workbook(t, `<row><c><v>1`, nil)},
		{"a document type", "dtd", workbook(t, "", map[string]string{"xl/styles.xml": `<!DOCTYPE x [<!ENTITY a "b">]><styleSheet/>`})},
		{"a way out", "unsafe-archive", workbook(t, "", map[string]string{"../out": "x"})},
		{"two parts of one name", "duplicate-part", workbook(t, "", map[string]string{"XL/workbook.xml": "x"})},
		{"too much in too little", "too-large", workbook(t, "", map[string]string{"xl/x.xml": strings.Repeat(" ", 8<<20)})},
		{"a shared text that is not there", "damaged-workbook", workbook(t, `<row><c t="s"><v>3</v></c></row>`, nil)},
		{"a cell outside all sheets", "damaged-workbook", workbook(t, `<row><c r="ZZZZ1"><v>3</v></c></row>`, nil)},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, _, err := sheetOf(test.content)
			var f *Fault
			if !errors.As(err, &f) || f.Kind != test.kind {
				t.Errorf("got %v, want a fault of kind %s", err, test.kind)
			}
		})
	}
}

// TestReaderAgreesWithASpreadsheetLibrary: what a library writes is read back.
func TestReaderAgreesWithASpreadsheetLibrary(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	want := [][]any{{"_uuid", "naïve <tag> & \"q\"", "العربية"}, {"a\nb", 1200.5, true}, {"", nil, "x"}}
	for i, row := range want {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	cells, _, _, err := sheetOf(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%q", cells); got != `[["_uuid" "naïve <tag> & \"q\"" "العربية"] ["a\nb" "1200.5" "TRUE"] ["" "" "x"]]` {
		t.Errorf("got %s", got)
	}
}

func FuzzSheet(f *testing.F) {
	for _, seed := range []string{`<row r="1"><c r="A1"><v>1</v></c></row>`, `<row><c t="s"><v>0</v></c>`, `<row r="9999999999999999999"><c r="A0" s="99"><f/></c></row>`, `<c/>`, `</row>`, `<row><is>`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		cells, _, _, err := sheetOf(workbook(t, sheet, nil))
		var fault *Fault
		if err != nil && !errors.As(err, &fault) {
			t.Fatalf("an error that is no fault of the file: %v", err)
		}
		_ = cells
	})
}

func FuzzWorkbook(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add(workbook(f, `<row r="1"><c r="A1"><v>1</v></c></row>`, nil))
	f.Fuzz(func(t *testing.T, content []byte) {
		_, _, _, err := sheetOf(content)
		var fault *Fault
		if err != nil && !errors.As(err, &fault) {
			t.Fatalf("an error that is no fault of the file: %v", err)
		}
	})
}
