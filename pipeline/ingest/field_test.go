package ingest

import (
	"bytes"
	"encoding/csv"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/draft"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

func csvForm(t testing.TB, items, choices string) *survey.Survey {
	t.Helper()
	load := func(name string) xlsform.File {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return xlsform.File{Name: filepath.Base(name), Content: content}
	}
	s, findings, err := xlsform.Read(xlsform.Files{Survey: load(items), Choices: load(choices)})
	if err != nil || finding.Refused(findings) {
		t.Fatalf("form: %v %v", err, findings)
	}
	return s
}

// TestExportThroughR: an export that went through R has other names for its
// identifiers and dots for slashes, and lacks items; all of that is declared.
func TestExportThroughR(t *testing.T) {
	s := csvForm(t, shared(t, "data", "kobo-cleaning-log", "cleaningtools_survey.csv"), shared(t, "data", "kobo-cleaning-log", "cleaningtools_choices.csv"))
	source := Source{
		File:    shared(t, "data", "kobo-cleaning-log", "cleaningtools_raw_data.csv"),
		Columns: map[string]string{"X_uuid": "_uuid", "X_id": "_id", "X.U.FEFF.start": "start", "X_submission_time": "_submission_time", "X_notes": "_notes", "X_status": "_status", "X_submitted_by": "_submitted_by", "X_index": "_index"},
	}
	r := read(t, s, nil, 2, source)
	if r.dataset != nil {
		t.Fatal("a file that lacks items of the form must be refused until they are named")
	}
	if r.kinds(finding.Refusal) != "missing-columns" {
		t.Fatalf("refused for %s:\n%s", r.kinds(finding.Refusal), r.text())
	}
	for i := range s.Items { // what nobody was asked, or was taken out before the data were made public
		name := s.Items[i].Name
		if strings.HasSuffix(name, "_other") || strings.HasSuffix(name, "_quality") || strings.Contains(name, "_well") || strings.Contains(name, "_spring") || strings.Contains(name, "_rainwater") || strings.Contains(name, "_surface") {
			source.Absent = append(source.Absent, name)
		}
	}
	source.Absent = append(source.Absent, "gps_point_interview", "water_tank_w*", "water_tank_le*", "why_not_connected", "telephone_number")
	r = read(t, s, nil, 2, source)
	if r.dataset == nil {
		t.Fatalf("refused:\n%s", r.text())
	}
	if n := r.dataset.Respondents(); n != 632 {
		t.Errorf("%d responses, want 632", n)
	}
	f := r.report.Files[0]
	if f.ChoiceSeparator != "." || f.SelectMultiple != "both" || len(f.Unknown) > 0 || len(f.Undecided) > 0 {
		t.Errorf("choices %q, %s, unknown %v, undecided %v", f.ChoiceSeparator, f.SelectMultiple, f.Unknown, f.Undecided)
	}
	if got := r.kinds(finding.Warning) + r.kinds(finding.Note); got != "number-form" {
		t.Errorf("findings %s:\n%s", got, r.text())
	}
	_, livelihood := r.column(t, 0, "primary_livelihood")
	var names []string
	for _, code := range livelihood.Set(0) {
		names = append(names, s.Choices(livelihood.Item)[code].Name)
	}
	if strings.Join(names, " ") != "loans support" {
		t.Errorf("the first response chose %v", names)
	}
}

// TestBundledAnswers: all rows of the example are read; what was planted in it
// is found.
func TestBundledAnswers(t *testing.T) {
	data := filepath.Join("..", "..", "data")
	if _, err := os.Stat(filepath.Join(data, "answers.csv")); err != nil {
		t.Skip("the bundled answers are not there")
	}
	s := form(t, filepath.Join(data, "form.xlsx"))
	r := read(t, s, nil, 2, Source{File: filepath.Join(data, "answers.csv")})
	if r.dataset == nil {
		t.Fatalf("refused:\n%s", r.text())
	}
	f := r.report.Files[0]
	if f.Rows != 426 || f.Kept != 420 || f.Duplicates != 6 {
		t.Errorf("read %d, kept %d, duplicates %d; want 426, 420, 6", f.Rows, f.Kept, f.Duplicates)
	}
	if n := strings.Count(r.log, "remove_survey"); n != 6 {
		t.Errorf("the log has %d responses set aside, want 6", n)
	}
	if f.Format != "kobo-csv" || f.Delimiter != ";" || !f.BOM || f.GroupSeparator != "/" || f.SelectMultiple != "both" {
		t.Errorf("found %s %q BOM %v %q %s", f.Format, f.Delimiter, f.BOM, f.GroupSeparator, f.SelectMultiple)
	}
	if len(f.Unknown) > 0 || len(f.Absent) > 0 || len(f.Undecided) > 0 {
		t.Errorf("unknown %v, absent %v, undecided %v", f.Unknown, f.Absent, f.Undecided)
	}
	// Who was asked, told by hand for one item: whoever agreed to take part and
	// did not, or not quite, engage before.
	asked := 0
	for b, err := range r.dataset.Batches(0) {
		if err != nil {
			t.Fatal(err)
		}
		name := func(item string, i int) string {
			c := b.Column(item)
			if c.Codes[i] < 0 {
				return ""
			}
			return s.Choices(c.Item)[c.Codes[i]].Name
		}
		for i := range b.Len() {
			engaged := name("engaged_prev", i)
			want := name("consent", i) == "yes" && (engaged == "no" || engaged == "tried")
			if got := b.Column("why_not").Reasons[i] != survey.NotAsked; got != want {
				t.Errorf("row %d: asked %v, want %v", b.Origin(i).Row, got, want)
			}
			if want {
				asked++
			}
		}
	}
	if asked == 0 || asked == 420 {
		t.Errorf("%d were asked: the condition makes no difference", asked)
	}
}

// TestLabelsAsAnswers: a plain table with labels in its cells, of which the
// form knows a few columns by another name.
func TestLabelsAsAnswers(t *testing.T) {
	choices := func(labels ...string) []survey.Choice {
		var out []survey.Choice
		for i, label := range labels {
			out = append(out, survey.Choice{Name: "c" + string(rune('a'+i)), Label: survey.Text{"en": label}})
		}
		return out
	}
	s, _ := survey.New(survey.Survey{
		Default: "en",
		Items: []survey.Item{
			{Name: "status", Type: survey.SelectOne, List: "status", Path: "status", Label: survey.Text{"en": "STATUS"}},
			{Name: "gender", Type: survey.SelectOne, List: "gender", Path: "gender", Label: survey.Text{"en": "Gender"}},
			{Name: "follow", Type: survey.Integer, Path: "follow", Label: survey.Text{"en": "Follows"}},
		},
		Lists: []*survey.ChoiceList{
			survey.NewChoiceList("status", choices("Complete", "Partial")),
			survey.NewChoiceList("gender", choices("Man", "Woman", "Prefer not to say", "Non-binary  or Other")),
		},
	})
	r := read(t, s, nil, 2, Source{
		File:    shared(t, "data", "github-oss-survey-2017", "survey_data.csv"),
		Columns: map[string]string{"RESPONSE.ID": "_id", "GENDER": "gender", "PARTICIPATION.TYPE.FOLLOW": "follow"},
		Ignore:  []string{"OSS.*"},
	})
	if r.dataset == nil {
		t.Fatalf("refused:\n%s", r.text())
	}
	f := r.report.Files[0]
	if r.dataset.Respondents() != 6029 || f.Rows != 6029 || f.Duplicates != 0 {
		t.Errorf("kept %d of %d, want 6029", r.dataset.Respondents(), f.Rows)
	}
	if f.ByLabel["status"] != 6029 || f.ByLabel["gender"] != 6029-2305 || len(f.Unlisted) != 0 {
		t.Errorf("by label %v, unlisted %v", f.ByLabel, f.Unlisted)
	}
	if got := r.kinds(finding.Warning); got != "unknown-columns" || len(f.Bound) != 4 || len(f.Unknown)+len(f.Ignored)+len(f.SetAside) != 89 {
		t.Errorf("warnings %s; bound %v, %d unknown, %d ignored, set aside %v", got, f.Bound, len(f.Unknown), len(f.Ignored), f.SetAside)
	}
}

// TestDraftedForms: a form drafted from a file binds every column of the file.
func TestDraftedForms(t *testing.T) {
	for _, name := range []string{"comma-survey.csv", "flying-etiquette.csv"} {
		file := shared(t, "data", "messy-csv", name)
		c, rows := allRows(t, file)
		s, _, err := draft.Draft(c, rows, draft.Options{File: name})
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, s, nil, 2, Source{File: file})
		if r.dataset == nil {
			t.Errorf("%s: refused:\n%s", name, r.text())
			continue
		}
		f := r.report.Files[0]
		if len(f.Unlisted) > 0 || len(f.Unknown) > 0 || r.dataset.Respondents() != f.Rows {
			t.Errorf("%s: unlisted %v, unknown %v, kept %d of %d", name, f.Unlisted, f.Unknown, f.Kept, f.Rows)
		}
	}
}

func allRows(t *testing.T, file string) ([]string, iter.Seq2[[]string, error]) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(mustRead(t, file))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], func(yield func([]string, error) bool) {
		for _, row := range all[1:] {
			if !yield(row, nil) {
				return
			}
		}
	}
}
