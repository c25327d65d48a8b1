package readback

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// plant is a number put into a file past the ledger.
type plant struct {
	file   string
	number string
	put    func(t *testing.T, content []byte) []byte
}

// plants are wrong numbers, one for each kind of place. That of a sentence is
// right elsewhere on the page.
func plants() map[string]plant {
	return map[string]plant{
		"a sentence":               {"report.en.html", "76", replaced(`(<data value="prop_select_multiple[^"]*specific[^"]*">)75%`, "${1}76%")},
		"a paragraph":              {"report.en.html", "873", replaced(`(<section class="chapter" aria-labelledby="methods">)`, "${1}<p>873 of them</p>")},
		"a table":                  {"report.en.html", "873", replaced(`(<table id="f-stages-table">[\s\S]*?<td><bdi>)\d+%`, "${1}873%")},
		"a chart":                  {"report.en.html", "37.5", replaced(`(<svg[^>]* id="svg-f-stages"[\s\S]*?font-size="9"[^>]*>)\d+`, "${1}37.5")},
		"a text of the explorer":   {"report.en.html", "873", replaced(`("86%)(")`, "${1} or 873$2")},
		"a length of the explorer": {"report.en.html", "=0.123", replaced(`(\[11,12,)0\.86,`, "${1}0.123,")},
		"a banner table":           {"tables.en.html", "873", replaced(`(<td><bdi dir="ltr">)\d+`, "${1}873")},
		"a document":               {"report.en.docx", "873", inDocument(`(<w:tbl>[\s\S]*?<w:t[^>]*>)\d+%`, "${1}873%")},
		"a workbook":               {"tables.en.xlsx", "=0.8731", inWorkbook(0.8731)},
		"a workbook, as text":      {"tables.en.xlsx", "873", inWorkbook("873%")},
		"a summary":                {"report.en.md", "873", func(_ *testing.T, c []byte) []byte { return append(c, "873 of them\n"...) }},
	}
}

// replaced replaces the first match of an expression.
func replaced(expression, with string) func(*testing.T, []byte) []byte {
	return func(t *testing.T, content []byte) []byte {
		t.Helper()
		e := regexp.MustCompile(expression)
		at := e.FindSubmatchIndex(content)
		if at == nil {
			t.Fatalf("nothing matches %s", expression)
		}
		out := append([]byte{}, content[:at[0]]...)
		out = e.Expand(out, []byte(with), content, at)
		return append(out, content[at[1]:]...)
	}
}

func inDocument(expression, with string) func(*testing.T, []byte) []byte {
	return func(t *testing.T, content []byte) []byte {
		t.Helper()
		in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		out := zip.NewWriter(&b)
		for _, f := range in.File {
			from, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			part, err := io.ReadAll(from)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(f.Name, "word/document.xml") {
				part = replaced(expression, with)(t, part)
			}
			to, err := out.Create(f.Name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := to.Write(part); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}

// inWorkbook puts a value into a cell of the first table.
func inWorkbook(value any) func(*testing.T, []byte) []byte {
	return func(t *testing.T, content []byte) []byte {
		t.Helper()
		book, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		for _, name := range book.GetDefinedName() {
			if !strings.HasPrefix(name.Name, "table_") {
				continue
			}
			sheet, a, ok := areaOf(name.RefersTo)
			cell, err := excelize.CoordinatesToCellName(a.left+1, a.bottom)
			if !ok || err != nil || book.SetCellValue(sheet, cell, value) != nil {
				t.Fatalf("nothing can be put into %s", name.RefersTo)
			}
			break
		}
		b, err := book.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}
