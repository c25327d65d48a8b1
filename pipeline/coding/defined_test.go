package coding

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

func TestCodersReadDefinitionsInTheirLanguage(t *testing.T) {
	codes := []Code{{ID: "A", Definition: "No visa.", Definitions: survey.Text{"fr": "Pas de visa."}}, {ID: "B", Definition: "No money."}}
	for language, want := range map[string][2]string{"fr": {"Pas de visa.", "No money."}, "ar": {"No visa.", "No money."}} {
		var b bytes.Buffer
		if err := (Workbook{Language: language, Coder: "a", Codes: codes}).Write(&b); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, name := range book.GetSheetList() {
			rows, err := book.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, cell := range row {
					found[cell] = true
				}
			}
		}
		if !found[want[0]] || !found[want[1]] || language == "fr" && found["No visa."] {
			t.Errorf("%s: the workbook has not %q alone", language, want)
		}
	}
}
