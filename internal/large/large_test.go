package large

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const benchResponses, benchItems = 100_000, 150

// answersFile writes answers to a file and returns its name and size.
func answersFile(t testing.TB, s *survey.Survey, responses int, faults bool) (string, int64) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "answers.csv")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(WriteAnswers(f, s, responses, 1, faults), f.Close())
	info, statErr := os.Stat(name)
	if err := errors.Join(err, statErr); err != nil {
		t.Fatal(err)
	}
	return name, info.Size()
}

func large(t testing.TB) *survey.Survey {
	t.Helper()
	s, err := Survey(benchItems)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t testing.TB, e engine.Engine, s *survey.Survey, name string) *dataset.Dataset {
	t.Helper()
	d, _, findings, err := ingest.Ingest(context.Background(), e, ingest.Request{
		Survey: s, Config: ingest.Config{Input: []ingest.Source{{File: name}}}, Key: []byte("a key for benchmarks"),
		Open: func(name string) (ingest.File, error) { return os.Open(name) },
	})
	if err != nil || d == nil {
		t.Fatal(err, findings)
	}
	return d
}

func TestTheSameSeedGivesTheSameAnswers(t *testing.T) {
	s := large(t)
	var a, b, c bytes.Buffer
	for _, to := range []*bytes.Buffer{&a, &b} {
		if err := WriteAnswers(to, s, 50, 1, true); err != nil {
			t.Fatal(err)
		}
	}
	if err := WriteAnswers(&c, s, 50, 2, true); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) || bytes.Equal(a.Bytes(), c.Bytes()) {
		t.Error("the answers hang on something other than the seed")
	}
}

// TestFaultsArePlantedAndMended: the faults are what the benchmarks of cleaning
// measure, so they must be there.
func TestFaultsArePlantedAndMended(t *testing.T) {
	s := large(t)
	name, _ := answersFile(t, s, 2000, true)
	e := engine.Engine{Dir: t.TempDir()}
	d := read(t, e, s, name)
	if d.Respondents() != 2000 {
		t.Errorf("%d respondents, want 2000 once the duplicates are out", d.Respondents())
	}
	_, summary, findings, err := clean.Clean(t.Context(), e, d, clean.Config{}, nil)
	if err != nil || finding.Refused(findings) {
		t.Fatal(err, findings)
	}
	kinds := map[string]bool{}
	for _, c := range summary.Changes {
		kinds[c.Issue] = true
	}
	for _, want := range []string{"white space", "unknown choice", "not readable"} {
		if !kinds[want] {
			t.Errorf("no fault of the kind %q among %v", want, kinds)
		}
	}
}

func TestAProjectHasAllItsFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	if err := Project(dir, 20, 10, 1, false); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"form.xlsx", "answers.csv", "config.yaml"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	name, size := answersFile(b, large(b), benchResponses, false)
	b.SetBytes(size)
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		s, rows := records.NewScanner(f, ';', 1), 0
		for {
			c, err := s.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			rows += c.Len()
		}
		f.Close()
		if rows != benchResponses+1 {
			b.Fatalf("%d rows", rows)
		}
	}
}

// BenchmarkScanStandardLibrary reads the same file with encoding/csv, to compare.
func BenchmarkScanStandardLibrary(b *testing.B) {
	name, size := answersFile(b, large(b), benchResponses, false)
	b.SetBytes(size)
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		r, rows := csv.NewReader(f), 0
		r.Comma, r.ReuseRecord = ';', true
		for {
			if _, err := r.Read(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
			rows++
		}
		f.Close()
		if rows != benchResponses+1 {
			b.Fatalf("%d rows", rows)
		}
	}
}

func BenchmarkIngest(b *testing.B) {
	s := large(b)
	name, size := answersFile(b, s, benchResponses, true)
	e := engine.Engine{Dir: b.TempDir()}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if d := read(b, e, s, name); d.Respondents() != benchResponses {
			b.Fatalf("%d respondents", d.Respondents())
		}
	}
}

func BenchmarkClean(b *testing.B) {
	s := large(b)
	name, size := answersFile(b, s, benchResponses, true)
	e := engine.Engine{Dir: b.TempDir()}
	d := read(b, e, s, name)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, findings, err := clean.Clean(context.Background(), e, d, clean.Config{}, nil); err != nil || finding.Refused(findings) {
			b.Fatal(err, findings)
		}
	}
}
