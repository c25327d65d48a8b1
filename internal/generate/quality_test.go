package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

type unwatched struct{}

func (unwatched) Begin(string)            {}
func (unwatched) End(pipeline.StepRecord) {}

// reported makes the report of the bundled survey in English, and returns the
// folders of what is published and what is not.
func reported(t *testing.T) (public, restricted string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(bundled)); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("../../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	config, findings := pipeline.ReadConfig("config.yaml", append(content, "\nlanguages: [en]\n"...))
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	made, err := pipeline.Run(context.Background(), config, pipeline.Env{Dir: dir, Now: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Seed: 1, Version: "test", Progress: unwatched{}})
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(made.Reports["en"]), made.Restricted
}

func decoded[T any](t *testing.T, path string) (out T) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// What the report says of the quality of the bundled answers is what was
// planted in them, counted here from the file itself.
func TestTheReportFindsWhatWasPlanted(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole run takes a while")
	}
	w, err := readWorld()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	plants, err := w.answers(&b, 2022, 420, true)
	if err != nil {
		t.Fatal(err)
	}
	rows := table(t, b.Bytes())
	duplicates, refused := 0, 0
	for _, p := range plants {
		if p.Fault == "duplicate" {
			duplicates++
		}
	}
	seen, blank, asked := map[string]bool{}, map[string]int{}, 0
	var always []string // items that everybody is asked
	for _, name := range []string{"bar_money", "bar_fear", "pilot"} {
		if w.Form.byName[name] == nil || w.Form.byName[name].Relevant != "" {
			t.Fatalf("%s is not asked of everybody", name)
		}
		always = append(always, w.Form.byName[name].Header())
	}
	for _, row := range rows {
		if seen[row["_uuid"]] {
			continue
		}
		seen[row["_uuid"]] = true
		if row["g_consent/consent"] != "yes" {
			refused++
			continue
		}
		asked++
		for _, head := range always {
			if strings.TrimSpace(row[head]) == "" {
				blank[head]++
			}
		}
	}

	public, restricted := reported(t)
	account := decoded[struct {
		Received, Analysed int
		Aside              []struct {
			Reason string
			Count  int
		}
	}](t, filepath.Join(restricted, "quality.json"))
	want := fmt.Sprintf("%d %d [{duplicate %d} {noconsent %d} {blank 0}]", len(rows), asked, duplicates, refused)
	if got := fmt.Sprint(account.Received, account.Analysed, account.Aside); got != want {
		t.Errorf("the account says %s, want %s", got, want)
	}

	text, err := os.ReadFile(filepath.Join(public, "report.en.html"))
	if err != nil {
		t.Fatal(err)
	}
	if title := fmt.Sprintf("Responses analysed: %d of %d received", asked, len(rows)); !bytes.Contains(text, []byte(title)) {
		t.Errorf("the page does not say %q", title)
	}
	if n := bytes.Count(text, []byte(`class="quoted"`)); n != 6 {
		t.Errorf("the page has %d quotes; data/quotes.csv has six: see the findings of a run", n)
	}
	shares := map[string]float64{}
	for _, l := range decoded[struct {
		Lines []struct {
			Artifact, Key, Stat string
			Value               json.Number
		}
	}](t, filepath.Join(restricted, "ledger.json")).Lines {
		if l.Artifact == "report.en" && l.Stat == "share not answered" && l.Value != "" {
			_, item, _ := strings.Cut(l.Key, " @/@ ")
			item, _, _ = strings.Cut(item, " %/% ")
			if shares[item], err = l.Value.Float64(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, head := range always {
		item := head[strings.LastIndex(head, "/")+1:]
		got, ok := shares[item]
		if want := math.Round(100*float64(blank[head])/float64(asked)) / 100; !ok || got != want || blank[head] == 0 {
			t.Errorf("%s: %v not answered, want %v", item, got, want)
		}
	}
}
