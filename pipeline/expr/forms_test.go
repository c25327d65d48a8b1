package expr

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestFormsOfTheField reads every expression of real forms, where they are
// there. Nothing may be refused but functions that are refused by name.
func TestFormsOfTheField(t *testing.T) {
	read := 0
	for _, path := range []string{
		"domain/instrument_main_survey.csv", "domain/instrument_pilot_survey.csv",
		"data/kobo-cleaning-log/cleaningtools_survey.csv", "data/analysis-plan/analysistools_MSNA_template_survey.csv",
	} {
		f, err := os.Open(filepath.Join("../../../shared", path))
		if errors.Is(err, os.ErrNotExist) {
			t.Skip("the forms are not shipped with the project")
		}
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for col, name := range rows[0] {
			if !slices.Contains([]string{"relevant", "constraint", "calculation", "repeat_count"}, name) {
				continue
			}
			for i, row := range rows[1:] {
				if row[col] == "" {
					continue
				}
				read++
				_, err := Parse(row[col])
				if err == nil {
					continue
				}
				t.Logf("%s, row %d, %s: %v", filepath.Base(path), i+2, name, err)
				if refused, is := errors.AsType[*UnknownFunctionError](err); !is || refused.Why == "" {
					t.Errorf("%s cannot be read", row[col])
				}
			}
		}
	}
	t.Logf("%d expressions", read)
	if read < 400 {
		t.Errorf("only %d expressions were found", read)
	}
}
