package xlsform_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

var update = flag.Bool("update", false, "write what is read into the golden files")

// Every testdata/*.txtar is a form and what is read from it: of a form whose
// name ends in .bad, the findings alone.
func TestFormsReadAsTheirGoldenFilesSay(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) < 25 {
		t.Fatalf("found %d forms: %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := xlsform.Files{}
			want := -1
			for i, part := range archive.Files {
				file := xlsform.File{Name: part.Name, Content: part.Data}
				switch part.Name {
				case "survey.csv":
					files.Survey = file
				case "choices.csv":
					files.Choices = file
				case "settings.csv":
					files.Settings = file
				case "want":
					want = i
				}
			}
			s, findings, err := xlsform.Read(files)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(path, ".bad.txtar") {
				if len(findings) == 0 {
					t.Error("a bad form was read without a finding")
				}
				s = nil
			} else if s == nil {
				t.Fatal("a good form was not read")
			}
			got := dump(s, findings)
			if *update {
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if expected := string(archive.Files[want].Data); got != expected {
				t.Errorf("got:\n%s\nwant:\n%s", got, expected)
			}
		})
	}
}

// parts makes a form of its sheets as CSV.
func parts(survey, choices, settings string) xlsform.Files {
	return xlsform.Files{
		Survey:   xlsform.File{Name: "s.csv", Content: []byte(survey)},
		Choices:  xlsform.File{Name: "c.csv", Content: []byte(choices)},
		Settings: xlsform.File{Name: "t.csv", Content: []byte(settings)},
	}
}
