package xlsform_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// workbook builds an XLSX file from rows of cells by sheet.
func workbook(t testing.TB, sheets map[string][][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for _, name := range []string{"survey", "choices", "settings", "notes", "SURVEY ", "Choices", "indicator"} {
		rows, ok := sheets[name]
		if !ok {
			continue
		}
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, cells := range rows {
			for j, cell := range cells {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if err := f.SetCellStr(name, at, cell); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readBytes(t testing.TB, content []byte) (*survey.Survey, []finding.Finding) {
	t.Helper()
	s, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: "form.xlsx", Content: content}})
	if err != nil {
		t.Fatal(err)
	}
	return s, findings
}

func kinds(findings []finding.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Kind)
	}
	return strings.Join(out, " ")
}

func TestSheetsAreFoundWhateverTheirCaseAndBlankRowsAreLeftOut(t *testing.T) {
	s, findings := readBytes(t, workbook(t, map[string][][]string{
		"SURVEY ": {{"type", "name", "label::English (en)"}, {}, {" select_one  yn ", " a ", " Do you? "}},
		"Choices": {{"list_name", "name", "label::English (en)"}, {"yn", "1", "Yes"}, {"yn", "0", "No"}},
		"notes":   {{"type", "name"}, {"nonsense", "x"}},
	}))
	if len(findings) != 0 {
		t.Fatal(findings)
	}
	item, ok := s.Item("a")
	if !ok || item.Place.Row != 3 || item.Label["en"] != "Do you?" || len(s.Choices(item)) != 2 {
		t.Errorf("read %+v", item)
	}
}

func TestCellsOfNumbersAndTruthAreReadAsTheyAreShown(t *testing.T) {
	f := excelize.NewFile()
	for at, value := range map[string]any{"A1": "type", "B1": "name", "C1": "label", "D1": "required", "A2": "select_one n", "B2": "a", "C2": 12, "D2": true} {
		if err := f.SetCellValue("Sheet1", at, value); err != nil {
			t.Fatal(err)
		}
	}
	f.SetSheetName("Sheet1", "survey")
	f.NewSheet("choices")
	for at, value := range map[string]any{"A1": "list_name", "B1": "name", "C1": "label", "D1": "score", "A2": "n", "B2": 1, "C2": "one", "D2": 0.5, "A3": "n", "B3": 2, "C3": "two", "D3": 2} {
		if err := f.SetCellValue("choices", at, value); err != nil {
			t.Fatal(err)
		}
	}
	content, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	s, findings := readBytes(t, content.Bytes())
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	item, _ := s.Item("a")
	choices := s.Choices(item)
	if !item.Required || item.Label["en"] != "12" || choices[0].Name != "1" || *choices[0].Score != 0.5 || *choices[1].Score != 2 {
		t.Errorf("read %+v and %+v", item, choices)
	}
}

func TestWhatIsNoFormIsRefused(t *testing.T) {
	rows := func(n, width int) [][]string {
		out := [][]string{{"type", "name", "label"}}
		for len(out) < n {
			out = append(out, make([]string, width))
		}
		out[n-1][width-1] = "x"
		return out
	}
	huge := workbook(t, map[string][][]string{"survey": {{"type", "name", "label"}}})
	for _, c := range []struct {
		name, kind string
		content    []byte
	}{
		{"an empty file", "unreadable-form", nil},
		{"a text", "unreadable-form", []byte("type,name\ntext,a\n")},
		{"an archive of something else", "unreadable-form", zipped(t, "a.txt", []byte("a"))},
		{"a workbook cut short", "unreadable-form", huge[:len(huge)/2]},
		{"a workbook without a survey sheet", "no-survey-sheet", workbook(t, map[string][][]string{"notes": {{"type"}}})},
		{"a workbook that unpacks to very much", "form-too-large", zipped(t, "xl/worksheets/sheet1.xml", make([]byte, 80<<20))},
		{"a sheet with too many rows", "form-too-large", workbook(t, map[string][][]string{"survey": rows(100_001, 1)})},
		{"a sheet with too many columns", "form-too-large", workbook(t, map[string][][]string{"survey": rows(2, 2001)})},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, findings := readBytes(t, c.content)
			if s != nil || !finding.Refused(findings) || kinds(findings) != c.kind {
				t.Errorf("got a survey %v and %v", s != nil, findings)
			}
		})
	}
}

func zipped(t testing.TB, name string, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(content)
	z.Close()
	return out.Bytes()
}

func TestNoFormIsAnError(t *testing.T) {
	if s, _, err := xlsform.Read(xlsform.Files{}); err == nil || s != nil {
		t.Errorf("got %v, %v", s, err)
	}
}

func TestAFileThatIsTooLargeIsRefused(t *testing.T) {
	for _, files := range []xlsform.Files{{Workbook: xlsform.File{Name: "f.xlsx", Content: make([]byte, 65<<20)}}, {Survey: xlsform.File{Name: "f.csv", Content: make([]byte, 65<<20)}}} {
		if s, findings, err := xlsform.Read(files); err != nil || s != nil || kinds(findings) != "form-too-large" {
			t.Errorf("got %v, %v", findings, err)
		}
	}
}

func TestAFileInAnotherEncodingIsRefused(t *testing.T) {
	for name, content := range map[string]string{"latin1": "type,name,label\ntext,a,Caf\xe9\n", "utf16": "\xff\xfet\x00y\x00p\x00e\x00"} {
		_, findings, err := xlsform.Read(xlsform.Files{Survey: xlsform.File{Name: "s.csv", Content: []byte(content)}})
		if err != nil || kinds(findings) != "form-encoding" {
			t.Errorf("%s: got %v, %v", name, findings, err)
		}
	}
}

func TestTheLanguageOfLabelsThatNameNoneMayBeGiven(t *testing.T) {
	s, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: "s.csv", Content: []byte("\ufefftype,name,label\ntext,a,Bonjour\n")}, Language: "fr"})
	if err != nil || len(findings) != 0 || s.Default != "fr" || s.Items[0].Label["fr"] != "Bonjour" {
		t.Errorf("got %v, %v", findings, err)
	}
}

func TestTheBundledFormReadsWithoutAFinding(t *testing.T) {
	s, findings, err := xlsform.Read(xlsform.Files{Workbook: onDisk(t, "../../../data/form.xlsx")})
	if err != nil || len(findings) != 0 {
		t.Fatal(findings, err)
	}
	var tags []string
	for _, l := range s.Languages {
		tags = append(tags, l.Tag)
	}
	slices.Sort(tags)
	if got := strings.Join(tags, " "); got != "ar en es fr ru zh" || s.Default != "en" {
		t.Errorf("languages %s, default %s", got, s.Default)
	}
	for i := range s.Items {
		for _, l := range s.Languages {
			if item := &s.Items[i]; item.Type.HasAnswer() && item.Type != survey.Calculated && item.Short[l.Tag] == "" && item.Label[l.Tag] == "" {
				t.Errorf("%s has no label in %s", item.Name, l.Name)
			}
		}
	}
}

func onDisk(t *testing.T, name string) xlsform.File {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return xlsform.File{Name: filepath.Base(name), Content: content}
}

// Forms and damaged files that are kept outside the repository.
const shared = "../../../../shared/"

func TestFormsOfCollectingToolsAreRead(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the collection of foreign forms is not here")
	}
	for _, c := range []struct {
		files         []string // a workbook, or a survey and a choices sheet
		items, groups int
		kinds         string
	}{
		{[]string{"formats/kobo-golden/form.xlsx"}, 9, 1, ""},
		{[]string{"badinput/open/form.xlsx"}, 10, 0, ""},
		{[]string{"badinput/open/form_swapped_codes_v2.xlsx"}, 10, 0, ""},
		{[]string{"badinput/open/form_duplicate_choice.xlsx"}, 10, 0, "duplicate-choice"},
		{[]string{"badinput/open/form_duplicate_question.xlsx"}, 2, 0, "duplicate-item"},
		{[]string{"badinput/open/zip_bomb.xlsx"}, -1, 0, "form-too-large"},
		{[]string{"badinput/open/billion_laughs.xlsx"}, -1, 0, "damaged-form"},
		{[]string{"domain/instrument_main_survey.csv", "domain/instrument_main_choices.csv"}, 87, 12, "unnamed-language"},
		{[]string{"data/kobo-cleaning-log/cleaningtools_survey.csv", "data/kobo-cleaning-log/cleaningtools_choices.csv"}, 223, 6, ""},
		{[]string{"data/analysis-plan/analysistools_MSNA_template_survey.csv", "data/analysis-plan/analysistools_MSNA_template_choices.csv"}, 265, 20,
			"duplicate-choice-label duplicate-choice-label duplicate-choice-label duplicate-choice-label duplicate-choice-label"},
	} {
		files := xlsform.Files{Workbook: onDisk(t, shared+c.files[0])}
		if len(c.files) > 1 {
			files.Choices = onDisk(t, shared+c.files[1])
		}
		s, findings, err := xlsform.Read(files)
		if err != nil {
			t.Error(err)
			continue
		}
		items, groups := -1, 0
		if s != nil {
			items, groups = len(s.Items), len(s.Groups)
		}
		if items != c.items || groups != c.groups || kinds(findings) != c.kinds {
			t.Errorf("%s: %d items, %d groups, findings %v", c.files[0], items, groups, findings)
		}
	}
}
