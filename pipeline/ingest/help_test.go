package ingest

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// inMemory is a File in memory.
type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// result is what a reading came to.
type result struct {
	dataset  *dataset.Dataset
	report   Report
	findings []finding.Finding
	log      string
}

// kinds returns the kinds of the findings of a severity, in order, each once.
func (r result) kinds(severity finding.Severity) string {
	var out []string
	seen := map[string]bool{}
	for _, f := range r.findings {
		if f.Severity == severity && !seen[f.Kind] {
			seen[f.Kind] = true
			out = append(out, f.Kind)
		}
	}
	return strings.Join(out, " ")
}

func (r result) text() string {
	var b strings.Builder
	for _, f := range r.findings {
		b.WriteString(string(f.Severity) + ": " + f.String() + "\n")
	}
	return b.String()
}

// column returns the answers to an item in the first batch of a level.
func (r result) column(t *testing.T, level int, item string) (*dataset.Batch, *dataset.Column) {
	t.Helper()
	if r.dataset == nil {
		t.Fatalf("no dataset:\n%s", r.text())
	}
	for b, err := range r.dataset.Batches(level) {
		if err != nil {
			t.Fatal(err)
		}
		return b, b.Column(item)
	}
	t.Fatal("the level is empty")
	return nil, nil
}

var testKey = []byte("a key for tests")

// read ingests files, which are taken from content or, when absent, from disk.
func read(t testing.TB, s *survey.Survey, content map[string]string, workers int, sources ...Source) result {
	t.Helper()
	var logged bytes.Buffer
	log, err := cleaninglog.NewWriter(&logged)
	if err != nil {
		t.Fatal(err)
	}
	d, report, findings, err := Ingest(context.Background(), engine.Engine{Workers: workers, Dir: t.TempDir()}, Request{
		Survey: s, Config: Config{Input: sources}, Key: testKey, Log: log,
		Open: func(name string) (File, error) {
			if text, ok := content[name]; ok {
				return inMemory{bytes.NewReader([]byte(text))}, nil
			}
			return os.Open(name)
		},
	})
	if err != nil {
		t.Fatalf("ingest: %v", err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if (d == nil) != finding.Refused(findings) {
		t.Fatalf("dataset %v and refusal %v must exclude each other", d != nil, finding.Refused(findings))
	}
	return result{d, report, findings, logged.String()}
}

// readText ingests one text.
func readText(t testing.TB, s *survey.Survey, text string, source Source) result {
	t.Helper()
	if source.File == "" {
		source.File = "answers.csv"
	}
	return read(t, s, map[string]string{source.File: text}, 2, source)
}

// shared returns the path of a file of the material beside the checkout; the
// test is skipped where it is absent.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is absent", path)
	}
	return path
}

func form(t testing.TB, path string) *survey.Survey {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: filepath.Base(path), Content: content}})
	if err != nil || finding.Refused(findings) {
		t.Fatalf("form: %v %v", err, findings)
	}
	return s
}

func mustRead(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
