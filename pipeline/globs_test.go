package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
)

func TestTheFolderOfAProjectIsNoPattern(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "survey [2024]")
	for _, name := range []string{"survey [2024]/in/b.csv", "survey [2024]/in/a.csv", "survey [2024]/in/.a.csv", "survey [2024]/in/~$a.csv", "survey [2024]/in/d.csv/x", "beside/c.csv"} {
		path := filepath.Join(top, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for pattern, want := range map[string][]string{
		"in/*.csv":                               {"in/a.csv", "in/b.csv"},
		"./in/[ab].csv":                          {"in/a.csv", "in/b.csv"},
		"../beside/*.csv":                        {"../beside/c.csv"},
		filepath.Join(top, "beside", "*.csv"):    {filepath.Join(top, "beside", "c.csv")},
		filepath.Join(top, "elsewhere", "*.csv"): nil,
		"out/*.csv":                              nil,
	} {
		r := &run{env: Env{Dir: dir}, config: Config{Input: []ingest.Source{{File: pattern}}}}
		r.config.Coding.Files = []string{pattern}
		var found finding.List
		coded, err := r.codedFiles(at{&StepRecord{}, &found})
		if err != nil || !slices.Equal(coded, want) || (found.Len() > 0) != (want == nil) {
			t.Errorf("coding.files %s: %v, %v", pattern, coded, err)
		}
		var read []string
		refused := r.expandInputs()
		for _, in := range r.config.Input {
			read = append(read, in.File)
		}
		if (len(refused) > 0) != (want == nil) || want != nil && !slices.Equal(read, want) {
			t.Errorf("input.file %s: %v, %v", pattern, read, refused)
		}
	}
}

func TestAFileWhoseNameLooksLikeAPatternIsOne(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "ana [2].csv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := &run{env: Env{Dir: dir}}
	r.config.Coding.Files = []string{"ana [2].csv"}
	if got, err := r.codedFiles(at{&StepRecord{}, &finding.List{}}); err != nil || !slices.Equal(got, r.config.Coding.Files) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestFilesInAFolderAreFoundWhateverItIsCalled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "runs [old]*")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	want := filepath.Join(dir, "clean-answers.parquet")
	if err := os.WriteFile(want, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := inFolder(dir, "clean-answers*.parquet"); err != nil || !slices.Equal(got, []string{want}) {
		t.Errorf("%v, %v", got, err)
	}
}
