package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEachMistakeInAConfigIsNamed checks every testdata/config/*.bad.yaml in a
// copy of the small survey. The comments at its top are the messages that must
// appear, each on a line of its own, and nothing else may be refused.
func TestEachMistakeInAConfigIsNamed(t *testing.T) {
	files, err := filepath.Glob("testdata/config/*.bad.yaml")
	if err != nil || len(files) < 30 {
		t.Fatalf("only %d configs: %v", len(files), err)
	}
	dir := t.TempDir()
	for _, name := range []string{"survey.csv", "choices.csv", "settings.csv", "answers.csv"} {
		copyFile(t, filepath.Join(small, name), filepath.Join(dir, name))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".bad.yaml"), func(t *testing.T) {
			config := filepath.Join(dir, filepath.Base(file))
			copyFile(t, file, config)
			var want []string
			content, _ := os.ReadFile(file)
			for line := range strings.Lines(string(content)) {
				if w, ok := strings.CutPrefix(line, "#! "); ok {
					want = append(want, strings.TrimSpace(w))
				}
			}
			var out, errs bytes.Buffer
			status := Main(context.Background(), []string{"check", "--config", config}, &out, &errs)
			var got []string
			for line := range strings.Lines(errs.String()) {
				if g, ok := strings.CutPrefix(line, "refusal: "); ok {
					got = append(got, strings.TrimSpace(g))
				}
			}
			if status != exitUsage {
				t.Errorf("status %d, want %d:\n%s", status, exitUsage, &errs)
			}
			if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
		})
	}
	left, _ := filepath.Glob(filepath.Join(dir, "re[ps][ot]r*"))
	if len(left) > 0 {
		t.Errorf("a check left %v behind", left)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
