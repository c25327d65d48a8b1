package ingest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// TestOneAnswerInEightExports: the same two responses, exported with four
// settings as CSV and as XLSX, are the same dataset.
func TestOneAnswerInEightExports(t *testing.T) {
	s := form(t, shared(t, "formats", "kobo-golden", "form.xlsx"))
	names := []string{"xml_default", "xml_groups_both", "xml_summary", "xml_details_dot"}
	respondents, repeats := map[string]string{}, map[string]string{}
	for _, name := range names {
		for _, ending := range []string{".csv", ".xlsx"} {
			file := shared(t, "formats", "kobo-golden", name+ending)
			r := read(t, s, nil, 2, Source{File: file})
			if r.dataset == nil {
				t.Fatalf("%s was refused:\n%s", file, r.text())
			}
			if r.dataset.Respondents() != 2 {
				t.Errorf("%s: %d responses, want 2", file, r.dataset.Respondents())
			}
			b, stages := r.column(t, 0, "stages")
			_, staff := r.column(t, 0, "staff")
			_, region := r.column(t, 0, "region")
			_, obstacles := r.column(t, 0, "obstacles")
			if got := fmt.Sprint(b.UUID(0)[:8], stages.Set(0), stages.Reasons, staff.Ints, region.Codes); got != "11111111[0 2] [answered not answered] [4 12] [0 1]" || !strings.HasSuffix(obstacles.Text(0), "\"لا رد\"\nسطر ثان") {
				t.Errorf("%s: %s", file, got)
			}
			respondents[r.report.Levels[0].Hash] += " " + filepath.Base(file)
			if ending == ".xlsx" {
				repeats[r.report.Levels[1].Hash] += " " + filepath.Base(file)
				if r.report.Levels[1].Rows != 2 {
					t.Errorf("%s: %d rows of the repeat, want 2", file, r.report.Levels[1].Rows)
				}
			} else if r.report.Levels[1].Rows != 0 || r.report.Levels[1].Note == "" {
				t.Errorf("%s: the repeat must be empty and said to be: %+v", file, r.report.Levels[1])
			}
			f := r.report.Files[0]
			t.Logf("%-20s %s groups %q choices %q %s HXL %v; %s", filepath.Base(file), f.Format, f.GroupSeparator, f.ChoiceSeparator, f.SelectMultiple, f.HXL, strings.ReplaceAll(r.text(), "\n", " "))
			if w := r.kinds(finding.Warning); w != "" {
				t.Errorf("%s: warnings %s", file, w)
			}
		}
	}
	if len(respondents) != 1 {
		t.Errorf("the exports differ at the respondent level: %v", respondents)
	}
	if len(repeats) != 1 {
		t.Errorf("the workbooks differ at the repeat: %v", repeats)
	}
}

// TestLabelExports: exports with labels in place of names give the same
// answers, in each language of the form.
func TestLabelExports(t *testing.T) {
	s := form(t, shared(t, "formats", "kobo-golden", "form.xlsx"))
	want := read(t, s, nil, 2, Source{File: shared(t, "formats", "kobo-golden", "xml_default.xlsx")})
	for _, tag := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		for _, ending := range []string{".csv", ".xlsx"} {
			r := read(t, s, nil, 2, Source{File: shared(t, "formats", "kobo-golden", "label_"+tag+ending)})
			if r.dataset == nil {
				t.Errorf("%s%s: refused:\n%s", tag, ending, r.text())
				continue
			}
			if r.report.Levels[0].Hash != want.report.Levels[0].Hash || ending == ".xlsx" && r.report.Levels[1].Hash != want.report.Levels[1].Hash {
				t.Errorf("%s%s: other answers: %+v\n%s", tag, ending, r.report.Files[0], r.text())
			}
		}
	}
}
