package xlsx

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/report"
)

func share(text string, v float64, mark string) report.BannerCell {
	return report.BannerCell{Text: text, Value: report.Value{Kind: report.Share, Number: v, Mark: mark, Key: "k"}}
}

func count(text string, v float64, mark string) report.BannerCell {
	return report.BannerCell{Text: text, Value: report.Value{Kind: report.Count, Number: v, Mark: mark, Key: "k"}}
}

func withheld() report.BannerCell { return report.BannerCell{Text: "c", Value: report.Value{Key: "k"}} }

// sample is a report with two banner tables, of which the second lacks the
// question of the banner that it is about, and a figure.
func sample(tag, dir string) (*report.Report, *report.Tables) {
	region := report.BannerHead{Label: "Region", Columns: []report.BannerColumn{{Label: "North", Letter: "A"}, {Label: "South", Letter: "B"}}}
	kind := report.BannerHead{Label: "Kind", Columns: []report.BannerColumn{{Label: "Local"}, {Label: "National"}}}
	lettered := share("53%", 0.53, "")
	lettered.Letters = "B"
	t := &report.Tables{Lang: tag, Dir: dir, Words: report.TableWords{Total: "Total"},
		Reading: report.Chapter{ID: "reading", Title: "How to read", Blocks: []report.Block{report.List{Items: []report.Prose{report.Plain("=so")}}}},
		Chapters: []report.TableChapter{{ID: "chapter-1", Title: "Who: all/any [a very long title of a chapter]", Tables: []report.BannerTable{
			{ID: "f-region", Label: "=Region", Caption: "Where?", Heads: []report.BannerHead{kind}, Rows: []report.BannerRow{
				{Head: "Base", Base: true, Cells: []report.BannerCell{count("1,204", 1204, ""), count("29†", 29, "†"), count("61", 61, "")}},
				{Head: "+North", Cells: []report.BannerCell{share("7%", 0.07, ""), withheld(), {}}}}, Notes: []string{"A note."}},
			{ID: "f-other", Label: "Other", Heads: []report.BannerHead{region, kind}, Rows: []report.BannerRow{
				{Head: "Yes", Cells: []report.BannerCell{share("40%", 0.4, "†"), lettered, withheld(), share("1%", 0.01, ""), share("2%", 0.02, "")}}}},
		}}}}
	of := report.Value{Kind: report.Decimal, Number: 1.25, Decimals: 2, Key: "k"}
	low, high := of, of
	low.Number, high.Number = -0.5, 3
	r := &report.Report{Lang: tag, Dir: dir, Title: "A title", Notice: "A notice", Words: report.Words{Contents: "Contents", Top: "Back", Notice: "Note", Interval: "Interval", Base: "n"},
		Chapters: []report.Chapter{{ID: "chapter-1", Title: "Who", Figures: "Figures: Who", Blocks: []report.Block{
			report.Figure{ID: "f-mean", Label: "Mean", Canvas: &canvas.Figure{Title: "The mean is 1.25"}, Table: report.Table{ID: "f-mean-table", Header: []string{"Answer", "Mean", "Interval"}, Rows: []report.TableRow{
				{Head: "All", Cells: []report.Cell{{Text: "1.25", Value: of}, {Text: "-0.50 – 3.00", Low: low, High: high}}},
				{Head: "North", Cells: []report.Cell{{Text: "c", Value: report.Value{Key: "k"}}, {Text: "c", Value: report.Value{Key: "k"}}}}}}}}}}}
	return r, t
}

func open(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func written(t *testing.T, tag, dir string) []byte {
	t.Helper()
	content, err := Write(sample(tag, dir))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestNumbersAreNumbersAndShownAsPublished(t *testing.T) {
	f := open(t, written(t, "en", "ltr"))
	sheets := f.GetSheetList()
	if len(sheets) != 4 {
		t.Fatalf("sheets %q", sheets)
	}
	for _, c := range []struct {
		sheet      int
		cell       string
		shown, raw string
	}{
		{2, "B3", "Total", "Total"}, {2, "C2", "Region", "Region"}, {2, "C3", "North", "North"}, {2, "E3", "South", "South"}, {2, "G2", "Kind", "Kind"},
		{2, "B6", "1,204", "1204"}, {2, "G6", "29†", "29"}, {2, "C6", "", ""},
		{2, "A7", "'+North", "'+North"}, {2, "B7", "7%", "0.07"}, {2, "G7", "c", "c"}, {2, "I7", "", ""}, {2, "A8", "A note.", "A note."},
		{2, "C11", "A", "A"}, {2, "E11", "B", "B"}, {2, "B12", "40%†", "0.4"}, {2, "C12", "53%", "0.53"}, {2, "D12", "B", "B"}, {2, "E12", "c", "c"}, {2, "I12", "2%", "0.02"},
		{3, "B7", "1.25", "1.25"}, {3, "C7", "-0.50", "-0.5"}, {3, "D7", "3.00", "3"}, {3, "B8", "c", "c"}, {3, "C8", "c", "c"}, {3, "D8", "c", "c"},
	} {
		shown, err := f.GetCellValue(sheets[c.sheet], c.cell)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := f.GetCellValue(sheets[c.sheet], c.cell, excelize.Options{RawCellValue: true})
		if err != nil || shown != c.shown || raw != c.raw {
			t.Errorf("%s of %q is %q (%q), want %q (%q); %v", c.cell, sheets[c.sheet], shown, raw, c.shown, c.raw, err)
		}
		kind, err := f.GetCellType(sheets[c.sheet], c.cell)
		if number := strings.Trim(c.raw, "-.0123456789") == "" && c.raw != ""; c.raw != "" && (err != nil || number == (kind == excelize.CellTypeSharedString)) {
			t.Errorf("%s of %q is of type %v", c.cell, sheets[c.sheet], kind)
		}
	}
}

func TestEveryTableIsLedToAndNamedAndNothingIsAFormula(t *testing.T) {
	f := open(t, written(t, "en", "ltr"))
	sheets := f.GetSheetList()
	var led []string
	for row := 1; row < 20; row++ {
		if is, to, err := f.GetCellHyperLink(sheets[0], fmt.Sprintf("A%d", row)); err == nil && is {
			led = append(led, to)
		}
	}
	if want := []string{quoted(sheets[2]) + "!A1", quoted(sheets[2]) + "!A4", quoted(sheets[2]) + "!A10", "'Figures Who'!A1", "'Figures Who'!A4"}; fmt.Sprint(led) != fmt.Sprint(want) {
		t.Errorf("links %q, want %q", led, want)
	}
	defined := map[string]string{}
	for _, n := range f.GetDefinedName() {
		defined[n.Name] = n.RefersTo
	}
	if got := defined["table_region"]; got != quoted(sheets[2])+"!$A$4:$J$8" {
		t.Errorf("the table of the region is %q of %v", got, defined)
	}
	for _, name := range sheets {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				if formula, err := f.GetCellFormula(name, at(x+1, y+1)); err != nil || formula != "" {
					t.Errorf("%s: %q %v", at(x+1, y+1), formula, err)
				}
			}
		}
	}
}

func TestSheetsOfArabicGoFromRightToLeft(t *testing.T) {
	for tag, dir := range map[string]string{"en": "ltr", "ar": "rtl"} {
		f := open(t, written(t, tag, dir))
		for _, name := range f.GetSheetList() {
			view, err := f.GetSheetView(name, 0)
			if err != nil || *view.RightToLeft != (dir == "rtl") {
				t.Errorf("%s: %v %v", tag, view.RightToLeft, err)
			}
		}
		if props, err := f.GetDocProps(); err != nil || props.Language != tag || props.Title != "A title" {
			t.Errorf("%s: %+v %v", tag, props, err)
		}
	}
}

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, "en", "ltr"), written(t, "en", "ltr")) {
		t.Error("other bytes")
	}
}

func TestNamesOfSheetsAreLegalAndUnlikeEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		taken := names{}
		seen := map[string]bool{}
		for _, title := range rapid.SliceOfN(rapid.String(), 1, 6).Draw(t, "titles") {
			for range 3 {
				name := taken.sheet(title)
				if n := len(utf16.Encode([]rune(name))); n == 0 || n > maxSheetName || strings.ContainsAny(name, `[]:*?/\`) || strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'") || seen[strings.ToLower(name)] {
					t.Fatalf("%q became %q", title, name)
				}
				seen[strings.ToLower(name)] = true
			}
		}
	})
}

func TestBannersOfTablesAreOneInAnOrderThatFitsAll(t *testing.T) {
	got := merged(merged(merged(nil, []string{"b", "c"}), []string{"a", "c"}), []string{"a", "b", "d"})
	if fmt.Sprint(got) != "[b a c d]" && fmt.Sprint(got) != "[a b c d]" {
		t.Errorf("%v", got)
	}
}

func TestAShareIsTheNumberThatIsPublished(t *testing.T) {
	for n := range 1001 {
		v := report.Value{Kind: report.Share, Number: float64(n) * 0.001, Decimals: 1}
		if got := exactly(v); math.Abs(got-float64(n)/1000) > 0 {
			t.Errorf("%d is %v", n, got)
		}
	}
}

// LibreOffice opens the workbook and finds numbers where numbers are.
func TestLibreOfficeOpensIt(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("LibreOffice is not here, or the test is to be short")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "t.xlsx"), written(t, "ar", "rtl"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3`, "--outdir", dir, filepath.Join(dir, "t.xlsx")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	found, err := filepath.Glob(filepath.Join(dir, "t*.csv"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%q %v: %s", found, err, out)
	}
	text, err := os.ReadFile(found[0])
	if err != nil || !strings.Contains(string(text), "Base,1204,") || !strings.Contains(string(text), "Yes,40%,53%,B,c,") {
		t.Errorf("%v: %s", err, text)
	}
}
