// Package acceptance runs the whole pipeline on answers that nobody here wrote
// and holds what comes out against counts made without it. The data lie beside
// the checkout, in ../shared; where they are not, the tests say so and skip.
package acceptance

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// shared returns the absolute path of a file or folder of the shared data.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "..", "shared"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED, NOTHING WAS ACCEPTED: the shared data are not beside the checkout: %s is missing", filepath.Join(parts...))
	}
	return path
}

// quiet is told what a run is doing and keeps it to itself.
type quiet struct{}

func (quiet) Begin(string)            {}
func (quiet) End(pipeline.StepRecord) {}

func env(dir string) pipeline.Env {
	return pipeline.Env{Dir: dir, Now: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Seed: 1, Version: "acceptance", Progress: quiet{}}
}

// configFrom puts a config of testdata into a project. In it DATA stands for
// the folder of the data.
func configFrom(t *testing.T, dir, name, data string) {
	t.Helper()
	content := bytes.ReplaceAll(read(t, filepath.Join("testdata", name)), []byte("DATA"), []byte(filepath.ToSlash(data)))
	write(t, filepath.Join(dir, "config.yaml"), content)
}

// finished is a run that came to its end.
type finished struct {
	dir     string
	public  string
	outcome *pipeline.Outcome
	config  pipeline.Config
}

// run runs the project in a folder.
func run(t *testing.T, dir string) finished {
	t.Helper()
	config, findings := pipeline.ReadConfig("config.yaml", read(t, filepath.Join(dir, "config.yaml")))
	if finding.Refused(findings) {
		t.Fatalf("the config was refused: %v", findings)
	}
	start := time.Now()
	outcome, err := pipeline.Run(context.Background(), config, env(dir))
	if err != nil {
		var refused *pipeline.RefusedError
		if errors.As(err, &refused) {
			t.Fatalf("the run was refused: %v\n%v", err, refused.Findings)
		}
		t.Fatal(err)
	}
	for _, s := range outcome.Manifest.Steps {
		t.Logf("%-9s %6d -> %6d %-19s %3d findings %7.2f s", s.Stage, s.In, s.Out, s.Unit, s.Findings, s.Seconds)
	}
	t.Logf("the run took %.1f s", time.Since(start).Seconds())
	return finished{dir: dir, public: filepath.Dir(outcome.Default), outcome: outcome, config: config}
}

// restricted returns the path of a file for analysts.
func (f finished) restricted(name string) string { return filepath.Join(f.outcome.Restricted, name) }

// responses checks that every response that came in was analysed.
func (f finished) responses(t *testing.T, want int64) {
	t.Helper()
	for _, s := range f.outcome.Manifest.Steps {
		if s.Unit == "responses" && (s.In != want || s.Out != want) {
			t.Errorf("%s: %d responses in, %d out, want %d", s.Stage, s.In, s.Out, want)
		}
	}
}

// change is a kind of correction that cleaning made, and how often.
type change struct {
	Item, Issue string
	Count       int
}

// changes returns what cleaning changed.
func (f finished) changes(t *testing.T) map[string]int {
	t.Helper()
	var summary struct {
		Changes []change `json:"changes"`
	}
	if err := json.Unmarshal(read(t, f.restricted("cleaning.json")), &summary); err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, c := range summary.Changes {
		out[c.Item+": "+c.Issue] = c.Count
	}
	return out
}

// turned are figures of a chart whose interval right-to-left text would turn round.
var turned = regexp.MustCompile(`<text[^>]*>[^<]*\[[^<]*\x{2069}–[^<]*</text>`)

// says returns the findings of a kind.
func (f finished) says(kind string) []finding.Finding {
	var out []finding.Finding
	for _, x := range f.outcome.Findings {
		if x.Kind == kind {
			out = append(out, x)
		}
	}
	return out
}

// page checks a report for what would show that it was badly made.
func (f finished) page(t *testing.T, tag string, has ...string) {
	t.Helper()
	page := string(read(t, f.outcome.Reports[tag]))
	for _, want := range has {
		if !strings.Contains(page, want) {
			t.Errorf("report.%s.html lacks %q", tag, want)
		}
	}
	for _, bad := range []string{"NaN", "%!", "&lt;nil&gt;", "Source: .", "المصدر: .", "<h1></h1>", "<title></title>", "e+0"} {
		if strings.Contains(page, bad) {
			t.Errorf("report.%s.html has %q in it", tag, bad)
		}
	}
	if found := turned.FindString(page); found != "" {
		t.Errorf("report.%s.html: an interval will be turned round: %q", tag, found)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// records reads a CSV file as a map from column to cell for each row. Rows may
// end as on an old Macintosh.
func records(t *testing.T, path string) []map[string]string {
	t.Helper()
	content := bytes.TrimPrefix(read(t, path), []byte("\ufeff"))
	content = bytes.ReplaceAll(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	all, err := in.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	out := make([]map[string]string, 0, len(all))
	for _, row := range all[1:] {
		r := make(map[string]string, len(row))
		for i, cell := range row {
			r[all[0][i]] = cell
		}
		out = append(out, r)
	}
	return out
}
