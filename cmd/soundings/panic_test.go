package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// breaking is where a run writes what it is doing: it breaks when a stage
// begins, with an answer in what it says of it.
type breaking struct {
	bytes.Buffer
	at     string
	broken bool
}

const planted = "planted@example.org"

func (b *breaking) Write(p []byte) (int, error) {
	if !b.broken && strings.Contains(b.String()+string(p), `"stage begins","stage":"`+b.at+`"`) {
		b.broken = true
		panic("cannot write " + planted)
	}
	return b.Buffer.Write(p)
}

// WriteString writes as Write does.
func (b *breaking) WriteString(s string) (int, error) { return b.Write([]byte(s)) }

func TestAFaultOfTheProgramTellsItsPlaceAndNoAnswer(t *testing.T) {
	for _, stage := range []string{"clean", "report"} {
		dir := t.TempDir()
		for _, name := range []string{"survey.csv", "choices.csv", "settings.csv", "answers.csv", "config.yaml"} {
			copyFile(t, filepath.Join(small, name), filepath.Join(dir, name))
		}
		var out bytes.Buffer
		errs := &breaking{at: stage}
		status := Main(context.Background(), []string{"run", "--log", "json", "--config", filepath.Join(dir, "config.yaml")}, &out, errs)
		if !errs.broken || status != exitOther {
			t.Errorf("%s: status %d, want %d", stage, status, exitOther)
		}
		if told := out.String() + errs.String(); strings.Contains(told, planted) || !strings.Contains(told, "a fault in the program") || !strings.Contains(told, "pipeline.Run") {
			t.Errorf("%s: told\n%s", stage, told)
		}
		for _, folder := range []string{"reports", "restricted"} {
			entries, err := os.ReadDir(filepath.Join(dir, folder))
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if strings.HasPrefix(e.Name(), ".s") || e.IsDir() {
					t.Errorf("%s: %s is left in %s", stage, e.Name(), folder)
				}
			}
		}
	}
}
