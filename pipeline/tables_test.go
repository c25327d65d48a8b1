package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline"
)

// nobody watches.
type nobody struct{}

func (nobody) Begin(string)            {}
func (nobody) End(pipeline.StepRecord) {}

// apart makes the small survey say that barriers differ by region: in its first
// region four in five name time and the rest money, in the others it is the other
// way about.
func apart(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, "answers.csv")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	first, seen := rows[1][at["region"]], map[string]int{}
	for _, row := range rows[1:] {
		region := row[at["region"]]
		seen[region]++
		row[at["barriers"]] = "money"
		if (seen[region]%5 > 0) == (region == first) {
			row[at["barriers"]] = "time"
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestGroupsThatDifferHaveLetters(t *testing.T) {
	for _, test := range []string{"design", "effective-base"} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "small"))); err != nil {
			t.Fatal(err)
		}
		apart(t, dir)
		config, findings := pipeline.ReadConfig("config.yaml", []byte(`version: 1
survey: {items: survey.csv, choices: choices.csv, settings: settings.csv}
input: [{file: answers.csv}]
languages: [en]
design: {kind: stratified, strata: stratum}
tables: {banner: [region], items: [barriers], test: `+test+`, adjust: holm}
`))
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		made, err := pipeline.Run(t.Context(), config, pipeline.Env{Dir: dir, Now: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Seed: 1, Version: "test", Progress: nobody{}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range made.Findings {
			if f.Kind == "plan-analysis" && strings.Contains(f.Problem, "compare") {
				t.Skip("groups cannot be compared yet: letters are not tested from answers to the page")
			}
		}
		page, err := os.ReadFile(filepath.Join(filepath.Dir(made.Default), "tables.en.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`<bdi class="letter" dir="ltr">A</bdi>`, `<bdi class="letter" dir="ltr">B</bdi>`, `<small><span class="unseen">higher than</span> <bdi dir="ltr">B</bdi></small>`, `<small><span class="unseen">higher than</span> <bdi dir="ltr">A</bdi></small>`,
			"capital at 95% confidence, small at 90%", "adjusted for the comparisons in a row (Holm)", "minimum base 30"} {
			if !bytes.Contains(page, []byte(want)) {
				t.Errorf("%s: the page lacks %q", test, want)
			}
		}
	}
}
