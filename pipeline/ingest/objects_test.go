package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// formOf reads a form that is written as CSV.
func formOf(t testing.TB, items, choices string) *survey.Survey {
	t.Helper()
	s, findings, err := xlsform.Read(xlsform.Files{
		Survey: xlsform.File{Name: "survey.csv", Content: []byte(items)}, Choices: xlsform.File{Name: "choices.csv", Content: []byte(choices)},
		Settings: xlsform.File{Name: "settings.csv", Content: []byte("form_id,default_language\nf,English (en)\n")},
	})
	if err != nil || finding.Refused(findings) {
		t.Fatalf("form: %v %v", err, findings)
	}
	return s
}

const nestedItems = `type,name,label::English (en)
select_one yn,took_part,Took part?
begin_group,org,Organisation
text,story,Story
select_multiple yn,both,Which?
begin_repeat,rec,Recommendation
integer,n,Number
begin_repeat,deed,What was done
text,what,What?
end_repeat,,
end_repeat,,
end_group,,
`

const ynChoices = "list_name,name,label::English (en)\nyn,yes,Yes\nyn,no,No\n"

// rowsOf returns the rows of a sheet of a workbook as maps of what is filled in.
func rowsOf(t *testing.T, path string, sheet int) (rows []map[string]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	book, err := records.OpenBook(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	r, err := book.Sheets[sheet].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close(r)
	var header []string
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.Len() {
			if header == nil {
				header = c.Strings(i)
				continue
			}
			row := map[string]string{}
			for k, name := range header {
				if cell := c.Cell(i, k); len(cell) > 0 {
					row[name] = string(cell)
				}
			}
			rows = append(rows, row)
		}
	}
}

// TestJSONGivesTheAnswersOfTheWorkbook: what the API gives of the same
// responses is the same dataset as the workbook, at both levels.
func TestJSONGivesTheAnswersOfTheWorkbook(t *testing.T) {
	s := form(t, shared(t, "formats", "kobo-golden", "form.xlsx"))
	path := shared(t, "formats", "kobo-golden", "xml_groups_both.xlsx")
	want := read(t, s, nil, 2, Source{File: path})
	var results []map[string]any
	for _, row := range rowsOf(t, path, 0) {
		if row["_index"] == "" {
			continue // HXL
		}
		out := map[string]any{"_attachments": []any{}, "_geolocation": []any{nil, nil}, "_validation_status": map[string]any{"uid": row["_validation_status"]}}
		for name, cell := range row {
			if name != "_index" && name != "_validation_status" && !strings.HasPrefix(name, "_where") && strings.Count(name, "/") < 2 {
				out[name] = cell
			}
		}
		for _, below := range rowsOf(t, path, 1) {
			if below["_parent_index"] == row["_index"] {
				list, _ := out["recs"].([]any)
				out["recs"] = append(list, map[string]any{"recs/rec_text": below["recs/rec_text"], "recs/accepted": below["recs/accepted"]})
			}
		}
		results = append(results, out)
	}
	page, err := json.Marshal(map[string]any{"count": len(results), "next": nil, "previous": nil, "results": results})
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	for _, r := range results {
		line, _ := json.Marshal(r)
		lines.Write(append(line, '\n'))
	}
	list, _ := json.Marshal(results)
	for name, content := range map[string]string{"page.json": string(page), "list.json": string(list), "lines.ndjson": lines.String()} {
		got := read(t, s, map[string]string{name: content}, 2, Source{File: name})
		if got.dataset == nil {
			t.Fatalf("%s was refused:\n%s", name, got.text())
		}
		for level := range want.report.Levels {
			if got.report.Levels[level].Hash != want.report.Levels[level].Hash || got.report.Levels[level].Rows == 0 {
				t.Errorf("%s: level %d differs\n%s", name, level, got.text())
			}
		}
		if got.report.Files[0].Format != "kobo-json" {
			t.Errorf("%s: format %s", name, got.report.Files[0].Format)
		}
	}
}

func TestPagesBecomeOneDataset(t *testing.T) {
	s := formOf(t, nestedItems, ynChoices)
	one := `{"count":3,"next":"https://example.org/2","previous":null,"results":[
{"_id":1,"_uuid":"a","took_part":"yes","org/story":"first","org/both":"yes no","org/rec":[{"org/rec/n":1,"org/rec/deed":[{"org/rec/deed/what":"x"},{"org/rec/deed/what":"y"}]},{"org/rec/n":2}]},
{"_id":2,"_uuid":"b","took_part":"no"}]}`
	two := `{"count":3,"next":null,"previous":"https://example.org/1","results":[{"_id":3,"_uuid":"c","took_part":"no","org/story":"third","org/both":"","org/rec":[{"org/rec/n":3,"org/rec/deed":[{"org/rec/deed/what":"z"}]}]}]}`
	r := read(t, s, map[string]string{"1.json": one, "2.json": two}, 2, Source{File: "1.json"}, Source{File: "2.json"})
	if r.dataset == nil {
		t.Fatal(r.text())
	}
	if w := r.kinds(finding.Warning); w != "" {
		t.Errorf("warnings %s\n%s", w, r.text())
	}
	for level, rows := range []int64{3, 3, 3} {
		if r.report.Levels[level].Rows != rows {
			t.Errorf("level %d has %d rows", level, r.report.Levels[level].Rows)
		}
	}
	_, both := r.column(t, 0, "both")
	if len(both.Set(0)) != 2 || both.Reasons[1] != survey.NotAnswered {
		t.Errorf("both: %v", both.Reasons)
	}
	alone := read(t, s, map[string]string{"1.json": one}, 2, Source{File: "1.json"})
	if got := alone.kinds(finding.Warning); got != "pages-missing" || !strings.Contains(alone.text(), "1 are missing") {
		t.Errorf("%s\n%s", got, alone.text())
	}
}

func TestKeysThatNobodyHasAreNotAnswered(t *testing.T) {
	s := formOf(t, nestedItems, ynChoices)
	r := read(t, s, map[string]string{"a.json": `[{"took_part":"yes"},{"took_part":"no"}]`}, 1, Source{File: "a.json"})
	if r.dataset == nil || r.kinds(finding.Warning) != "never-answered" {
		t.Fatal(r.text())
	}
	if _, c := r.column(t, 0, "story"); c.Reasons[0] != survey.NotAnswered {
		t.Error(c.Reasons)
	}
	r = read(t, s, map[string]string{"a.json": `[{"took_part":"yes","org/story_":"x"}]`}, 1, Source{File: "a.json"})
	if r.dataset != nil || !strings.Contains(r.text(), "perhaps the column org/story_") {
		t.Error(r.text())
	}
}

func TestJSONOfOtherThingsIsRefused(t *testing.T) {
	s := formOf(t, nestedItems, ynChoices)
	for name, content := range map[string]string{
		"a form": `{"content":{"survey":[{"type":"text","name":"q"}]},"version":"v1"}`, "nothing": `[{}]`, "no results": `{"count":0,"next":null,"previous":null,"results":[]}`,
	} {
		r := read(t, s, map[string]string{"a.json": content}, 1, Source{File: "a.json"})
		if r.dataset != nil || !strings.Contains(r.text(), "unknown-header") && !strings.Contains(r.text(), "No key of the objects is of the form.") {
			t.Errorf("%s: %s", name, r.text())
		}
	}
}
