package cleaninglog

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

func readText(t testing.TB, text string, words Aliases) ([]Line, []finding.Finding) {
	t.Helper()
	lines, findings, err := Read("log.csv", strings.NewReader(text), int64(len(text)), words)
	if err != nil {
		t.Fatal(err)
	}
	return lines, findings
}

func refused(findings []finding.Finding) []string {
	var out []string
	for _, f := range findings {
		if f.Severity == finding.Refusal {
			out = append(out, fmt.Sprint(f.Kind, " ", f.Place.Row, " ", f.Place.Column))
		}
	}
	return out
}

func TestLogsAreReadByTheNamesOfTheirColumns(t *testing.T) {
	for name, text := range map[string]string{
		"the usual names":   "uuid,question,issue,old_value,change_type,new_value,check_id,comment\nu1,q,odd,1,change_response,2,c1,why\n",
		"names that R made": "X.U.FEFF.reported_date,X_uuid,questions,issue,old.value,change_type,new.value,check_id,reason\nd,u1,q,odd,1,Change Response,2,c1,why\n",
		"semicolons, a BOM": "\ufeffKEY;question.name;Issue;Old Value;TYPE;New-Value;check id;feedback\r\nuuid:u1;q;odd;1;CHANGE-RESPONSE;2;c1;why\r\n",
		"tabs":              "_uuid\tvariable\tissue\told_value\tchange_type\tnew_value\tcheck_id\texplanation\nu1\tq\todd\t1\tchange_response\t2\tc1\twhy\n",
	} {
		lines, findings := readText(t, text, Aliases{})
		if len(refused(findings)) > 0 || len(lines) != 1 {
			t.Errorf("%s: %d lines, %v", name, len(lines), findings)
			continue
		}
		want := Change{UUID: "u1", Question: "q", Issue: "odd", Old: "1", Type: ChangeResponse, New: "2", CheckID: "c1", Comment: "why", Source: "log.csv, row 2"}
		if lines[0].Change != want {
			t.Errorf("%s: %+v", name, lines[0].Change)
		}
	}
}

func TestWordsOfTheProjectAreRead(t *testing.T) {
	words := Aliases{ChangeType: map[string]string{"Corriger": "change_response"}, Columns: map[string]string{"identifiant": "uuid", "avant": "old_value"}}
	if bad := words.Validate(); len(bad) > 0 {
		t.Fatal(bad)
	}
	lines, findings := readText(t, "identifiant,variable,avant,change_type,new_value,agent\nu1,q,1,corriger,2,7\n,,,,,\nu2,q,1,,,7\nall_data,q,1,BLANK response,NA,7\nu3,r,1,no_action,,8\n", words)
	if len(refused(findings)) > 0 || len(lines) != 4 || lines[0].Type != ChangeResponse || lines[0].Old != "1" || lines[1].Type != "" || lines[2].UUID != Everybody || lines[3].Row != 6 {
		t.Errorf("lines %+v, findings %v", lines, findings)
	}
	if len(findings) != 1 || !strings.Contains(findings[0].Problem, "agent") {
		t.Errorf("columns that are not read are named once: %v", findings)
	}
	if bad := (Aliases{ChangeType: map[string]string{"a": "b"}, Columns: map[string]string{"c": "d"}}).Validate(); len(bad) != 2 {
		t.Errorf("aliases for nothing: %v", bad)
	}
}

func TestMistakesInALogAreToldAllAtOnce(t *testing.T) {
	_, findings := readText(t, `uuid,question,old_value,change_type,new_value,index
u1,q,1,mend,2,
,q,1,change_response,2,
u1,,1,change_response,2,
all,,,remove_survey,,
u1,q,1,variable_removed,,
u1,q,1,change_response,,
u1,q,1,blank_response,2,
u1,q,1,change_response,2,0
u1,q,1,change_response,"a""b"x,1
`, Aliases{})
	want := []string{"log-type 2 change_type", "log-no-uuid 3 uuid", "log-no-question 4 question", "log-remove-all 5 uuid", "log-variable-removed 6 uuid", "log-no-new-value 7 new_value", "log-new-value 8 new_value", "log-index 9 index", "log-damaged 10 new_value"}
	if got := refused(findings); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	for text, want := range map[string]string{"": "log-empty 0 ", "a,b\n1,2\n": "log-columns 1 ", "\x00\x01\x02": "log-columns 1 ", "%PDF-1.4": "log-format 0 ", "PK\x03\x04rubbish": "log-format 0 "} {
		if _, findings := readText(t, text, Aliases{}); !slices.Contains(refused(findings), want) {
			t.Errorf("%q: %v, want %s", text, refused(findings), want)
		}
	}
}

func bookOf(t testing.TB, sheets map[string][][]string, order ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, name := range order {
		if i == 0 {
			_ = f.SetSheetName("Sheet1", name)
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range sheets[name] {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", r+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheSheetOfTheLogIsFound(t *testing.T) {
	log := [][]string{{"uuid", "question", "old_value", "change_type", "new_value"}, {"u1", "q", "007", "change_response", "=cmd"}}
	sheets := map[string][][]string{"cleaning_log": log, "Sheet A": log, "readme": {{"x"}}}
	for _, c := range []struct {
		order []string
		good  bool
	}{{[]string{"cleaning_log"}, true}, {[]string{"readme", "cleaning_log"}, true}, {[]string{"Sheet A"}, true}, {[]string{"readme", "Sheet A"}, false}} {
		content := bookOf(t, sheets, c.order...)
		lines, findings, err := Read("log.xlsx", bytes.NewReader(content), int64(len(content)), Aliases{})
		if err != nil || (len(refused(findings)) == 0) != c.good || c.good && (len(lines) != 1 || lines[0].Old != "007" || lines[0].New != "=cmd") {
			t.Errorf("%v: %v %v %v", c.order, lines, findings, err)
		}
	}
}

func sample() Book {
	rows := func(yield func(DataRow, error) bool) {
		_ = yield(DataRow{UUID: "u1", Cells: []string{"007", "=1+1"}}, nil) && yield(DataRow{UUID: "u2", Cells: []string{"", strings.Repeat("é", 40_000)}}, nil)
	}
	return Book{
		Language: "ar", RightToLeft: true, Data: []DataSheet{{Columns: []string{"q", "r"}, Rows: rows}, {Name: "a/very long name of a repeat, longer than sheets may have", Columns: []string{"s"}, Rows: rows}},
		Lines: []Line{
			{Change: Change{UUID: "u2", Question: "q", Issue: "odd", Old: "x\ny", CheckID: "c2"}, Description: "look"},
			{Change: Change{UUID: "u1", Question: "q", Issue: "odd", Old: "007", Type: ChangeResponse, New: "a", CheckID: "c1", Comment: "why"}},
			{Change: Change{UUID: "u1", Question: "s", Level: "rep", Index: 2, Old: "=cmd", CheckID: "c1"}},
		},
		Choices: func(q string) ([]string, bool) {
			if q == "q" {
				return []string{"a", "b"}, false
			}
			return nil, true
		},
	}
}

func TestWhatAWorkbookHoldsIsReadBack(t *testing.T) {
	var one, two bytes.Buffer
	book := sample()
	book.Dir = t.TempDir()
	if err := book.Write(&one); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(book.Lines)
	if err := book.Write(&two); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the order of the lines changes the bytes")
	}
	lines, findings, err := Read("w.xlsx", bytes.NewReader(one.Bytes()), int64(one.Len()), Aliases{})
	if err != nil || len(findings) > 0 || len(lines) != 3 {
		t.Fatalf("%d lines, %v, %v", len(lines), findings, err)
	}
	for _, want := range sample().Lines {
		want.Source = ""
		found := slices.ContainsFunc(lines, func(l Line) bool {
			l.Source = ""
			return l.Change == want.Change && l.Description == want.Description && l.Binding == want.binding()
		})
		if !found {
			t.Errorf("a line was lost or changed: %+v", want)
		}
	}
	f, err := excelize.OpenReader(&one)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range []string{"checked_dataset", "cleaning_log", "readme"} {
		if view, err := f.GetSheetView(sheet, -1); err != nil || view.RightToLeft == nil || !*view.RightToLeft {
			t.Errorf("the sheet %s is not from right to left: %v", sheet, err)
		}
	}
	if rows, err := f.GetRows("readme"); err != nil || !strings.Contains(fmt.Sprint(rows), "الإجابة") {
		t.Errorf("the readme is not in the language of the form: %v", err)
	}
	rules, err := f.GetDataValidations("cleaning_log")
	if err != nil || len(rules) != 2 || rules[0].Sqref != "E2:E504" || rules[1].Sqref != "F2 F4" && rules[1].Sqref != "F2:F2 F4:F4" {
		t.Errorf("drop-downs: %v %+v", err, rules)
	}
	if a, _ := f.GetCellStyle("checked_dataset", "A2"); a == 0 {
		t.Error("a row that a check binds has no style")
	}
}

func TestEveryLanguageOfTheReadmeSaysEverything(t *testing.T) {
	for tag, w := range readmes() {
		if len(w.types) != len(Types()) || len(w.steps) != len(readmes()["en"].steps) {
			t.Errorf("%s: %d types, %d steps", tag, len(w.types), len(w.steps))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("uuid,question,old_value,change_type,new_value\nu,q,1,change_response,2\n"))
	f.Add([]byte("\xff\xfeu\x00u\x00i\x00d\x00"))
	f.Add(bookOf(f, map[string][][]string{"cleaning_log": {{"uuid", "change_type"}, {"u", "x"}}}, "cleaning_log"))
	f.Fuzz(func(t *testing.T, content []byte) {
		lines, findings, err := Read("f", bytes.NewReader(content), int64(len(content)), Aliases{})
		if err == nil && len(lines) == 0 && len(findings) == 0 && bytes.Count(content, []byte("\n")) > 1 && !bytes.Contains(content, []byte("uuid")) {
			t.Skip("a header alone")
		}
		for _, l := range lines {
			if l.Row < 1 || l.Type != "" && !slices.Contains(Types(), l.Type) {
				t.Fatalf("a line that cannot be: %+v", l)
			}
		}
	})
}

func TestAProposalIsTouchedByADecisionANewValueOrAComment(t *testing.T) {
	proposal := Proposal(Change{UUID: "u1", Question: "q", CheckID: "c1", New: "a", Comment: "The nearest choice is proposed."})
	for what, c := range map[string]struct {
		touch func(*Line)
		want  bool
	}{
		"as it was made":           {func(*Line) {}, true},
		"decided":                  {func(l *Line) { l.Type = NoAction }, false},
		"another new value":        {func(l *Line) { l.New = "b" }, false},
		"the new value taken out":  {func(l *Line) { l.New = "" }, false},
		"commented by the analyst": {func(l *Line) { l.Comment = "ask" }, false},
		"a line of the analyst's":  {func(l *Line) { l.CheckID = "" }, false},
	} {
		t.Run(what, func(t *testing.T) {
			l := proposal
			c.touch(&l)
			var out bytes.Buffer
			if err := (Book{Dir: t.TempDir(), Lines: []Line{l}, Data: []DataSheet{{Columns: []string{"q"}, Rows: func(func(DataRow, error) bool) {}}}}).Write(&out); err != nil {
				t.Fatal(err)
			}
			lines, _, err := Read("w.xlsx", bytes.NewReader(out.Bytes()), int64(out.Len()), Aliases{})
			if err != nil || len(lines) != 1 || lines[0].Untouched() != c.want {
				t.Errorf("read back as %+v, %v; untouched should be %v", lines, err, c.want)
			}
		})
	}
}
