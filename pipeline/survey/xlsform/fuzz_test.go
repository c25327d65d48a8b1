package xlsform_test

import (
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// sound fails when a survey that was not refused does not hold together.
func sound(t *testing.T, s *survey.Survey, findings []finding.Finding) {
	t.Helper()
	if s == nil {
		if !finding.Refused(findings) {
			t.Fatal("no survey and no refusal")
		}
		return
	}
	if finding.Refused(findings) {
		return
	}
	for i := range s.Items {
		item := &s.Items[i]
		if found, ok := s.Item(item.Name); !ok || found != item {
			t.Errorf("the item in row %d is not found by its name", item.Place.Row)
		}
		if item.Level < 0 || item.Level >= len(s.Levels) {
			t.Errorf("the item in row %d has no level", item.Place.Row)
		}
		if item.Type.HasChoices() && len(s.Choices(item)) == 0 {
			t.Errorf("the item in row %d has no choices", item.Place.Row)
		}
	}
	if _, err := xlsform.Write(s); err != nil {
		t.Error(err)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("type,name,label\nselect_one yn,a,A\nbegin_group,g,G\nend_group,,\n", "list_name,name,label,score\nyn,yes,Yes,1\n", "form_id,default_language\nf,en\n")
	f.Add(nested, "list name;name;label::English\nyn;yes;Yes\n", "")
	f.Add("type\tname\tlabel:fr\trelevant\nselect_multiple l or_other\ta\t**b**\t${a} > (\n", "list_name,name\nl,a\nl,a\n", "a,b\n")
	f.Fuzz(func(t *testing.T, survey, choices, settings string) {
		s, findings, err := xlsform.Read(parts(survey, choices, settings))
		if err != nil {
			t.Fatal(err)
		}
		sound(t, s, findings)
	})
}

func FuzzReadWorkbook(f *testing.F) {
	f.Add(workbook(f, map[string][][]string{"survey": {{"type", "name", "label"}, {"select_one yn", "a", "A"}}, "choices": {{"list_name", "name", "label"}, {"yn", "yes", "Yes"}}}))
	f.Add(zipped(f, "xl/workbook.xml", []byte("<workbook/>")))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		s, findings := readBytes(t, content)
		sound(t, s, findings)
	})
}
