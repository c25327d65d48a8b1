package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// untidy holds a response without trouble, one whose cells do not bind, one that
// chose none of the choices, and one that answered hardly anything.
const untidy = `_uuid,consent,several,several/a,several/b,count,share,day,at,words
u-1,yes,a b,1,1,4,0.25,2022-04-02,2022-04-02T10:00:00.000+02:00,a guide
u-2,maybe,a x,1,0,four,"0,5",02/04/2022,soon,"two
lines"
u-3,yes,,0,0,-1,1e-7,1899-01-01,2022-04-02T10:00:00.250Z, blank before
u-4,no,,,,,,,,
`

// TestAnswersThatWereWrittenReadBack: the Parquet file that ingest writes holds
// all that the answers were, whoever reads it, whether they have identifiers or not.
func TestAnswersThatWereWrittenReadBack(t *testing.T) {
	form := survey.Survey{
		ID: "readback", Default: "en", Languages: []survey.Language{{Name: "English (en)", Tag: "en"}}, Levels: []survey.Level{{Name: survey.RespondentLevel, Parent: -1}},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("yesno", []survey.Choice{{Name: "yes", Label: survey.Text{"en": "Yes"}}, {Name: "no", Label: survey.Text{"en": "No"}}}),
			survey.NewChoiceList("ab", []survey.Choice{{Name: "a", Label: survey.Text{"en": "A"}}, {Name: "b", Label: survey.Text{"en": "B"}}}),
		},
	}
	for _, i := range []struct {
		name, list string
		kind       survey.Type
	}{{"consent", "yesno", survey.SelectOne}, {"several", "ab", survey.SelectMultiple}, {"count", "", survey.Integer}, {"share", "", survey.Decimal}, {"day", "", survey.Date}, {"at", "", survey.DateTime}, {"words", "", survey.OpenText}} {
		form.Items = append(form.Items, survey.Item{Name: i.name, Path: i.name, Type: i.kind, List: i.list, Label: survey.Text{"en": i.name}})
	}
	made, findings := survey.New(form)
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	workbook, err := xlsform.Write(made)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	formFile := put("form.xlsx", string(workbook))
	read := func(answers, out string) ingest.Report {
		t.Helper()
		report, _, err := Ingest(context.Background(), IngestRequest{Form: formFile, Answers: answers, Out: filepath.Join(dir, out)}, Env{Workers: 2})
		if err != nil {
			t.Fatalf("%s: %v", answers, err)
		}
		return report
	}
	nameless := strings.NewReplacer("_uuid,", "", "u-1,", "", "u-2,", "", "u-3,", "", "u-4,", "").Replace(untidy)
	for name, content := range map[string]string{"named": untidy, "nameless": nameless} {
		first := read(put(name+".csv", content), name)
		again := read(filepath.Join(dir, name, "answers.parquet"), name+"-again")
		if first.Levels[0].Rows != 4 || again.Levels[0] != first.Levels[0] {
			t.Errorf("%s: %+v, read back %+v", name, first.Levels, again.Levels)
		}
		if f := again.Files[0]; f.Format != "parquet" || len(f.Unknown) > 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestValuesDeclaredMissingAreNoAnswers reads a file of SPSS in which 9 is
// declared to be no answer, with a form drafted from it: without a word in the
// form they are not answered, with one they have its reason.
func TestValuesDeclaredMissingAreNoAnswers(t *testing.T) {
	file := filepath.Join("testdata", "satisfaction.sav")
	dir := t.TempDir()
	_, findings, err := Ingest(context.Background(), IngestRequest{Answers: file, Out: dir}, Env{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for _, f := range findings {
		if f.Kind == "user-missing" {
			notes = append(notes, f.String())
		}
	}
	if len(notes) != 2 || !strings.Contains(notes[0], "3 cell(s)") || !strings.Contains(notes[0], "missing: {refused: [9]}") || !strings.Contains(notes[1], "-99") {
		t.Errorf("notes: %q", notes)
	}
	s, more, err := ReadForm(Form{Form: filepath.Join(dir, DraftedForm)}, os.ReadFile)
	if err != nil || finding.Refused(more) {
		t.Fatal(err, more)
	}
	item, _ := s.Item("satisfaction")
	if item.Type != survey.SelectOne || item.Label["en"] != "How satisfied are you?" {
		t.Errorf("the item is %v %q", item.Type, item.Label)
	}
	var choices []string
	for _, c := range s.Choices(item) {
		choices = append(choices, c.Name+"="+c.Label["en"])
	}
	if got := strings.Join(choices, " "); got != "1=low 2=medium 3=high 9=prefer not to say" {
		t.Errorf("the choices are %s", got)
	}
	if !s.Scaled(item) || s.Choices(item)[3].Score != nil {
		t.Error("an ordinal variable must be a scale, and what is no answer no step of it")
	}
	if staff, _ := s.Item("staff"); staff.Type != survey.Integer {
		t.Errorf("a number with declared values is %v", staff.Type)
	}

	for _, test := range []struct {
		item    string
		refused []string
		want    string // answered, not answered, refused
		notes   int
	}{
		{"satisfaction", nil, "4 3 0", 2},
		{"satisfaction", []string{"9"}, "4 0 3", 1},
		{"staff", nil, "5 2 0", 2},
		{"staff", []string{"-99"}, "5 1 1", 1},
	} {
		asked, _ := s.WithMissing(test.refused, nil, nil)
		reasons, told := reasonsOf(t, asked, file, test.item)
		if got := fmt.Sprint(reasons[survey.Answered], reasons[survey.NotAnswered], reasons[survey.Refused]); got != test.want || told != test.notes {
			t.Errorf("%s, refused %v: %s with %d notes, want %s with %d", test.item, test.refused, got, told, test.want, test.notes)
		}
	}
}

// reasonsOf reads a file and counts why there are answers to an item or not, and
// the notes on values that are no answer.
func reasonsOf(t *testing.T, s *survey.Survey, file, item string) (map[survey.Reason]int, int) {
	t.Helper()
	d, _, findings, err := ingest.Ingest(context.Background(), engine.Engine{Workers: 1, Dir: t.TempDir()}, ingest.Request{
		Survey: s, Config: ingest.Config{Input: []ingest.Source{{File: file}}}, Key: []byte("a key for tests"), Open: openPlain,
	})
	if err != nil || d == nil {
		t.Fatal(err, findings)
	}
	reasons, told := map[survey.Reason]int{}, 0
	for b, err := range d.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range b.Column(item).Reasons {
			reasons[r]++
		}
	}
	for _, f := range findings {
		if f.Kind == "user-missing" {
			told++
		}
	}
	return reasons, told
}
