package lang

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// A key that stands twice would give one text the words of another.
func TestEachKeyStandsOnceInACatalogue(t *testing.T) {
	files, err := filepath.Glob("catalogue/*.po*")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d catalogues, %v", len(files), err)
	}
	key := regexp.MustCompile(`(?m)^msgctxt "([^"]*)"$`)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, m := range key.FindAllSubmatch(content, -1) {
			if seen[string(m[1])] {
				t.Errorf("%s: %s stands twice", filepath.Base(file), m[1])
			}
			seen[string(m[1])] = true
		}
		if len(seen) < 100 {
			t.Errorf("%s: only %d keys", filepath.Base(file), len(seen))
		}
	}
}
