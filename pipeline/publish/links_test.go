package publish

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestNothingIsWrittenThroughALink(t *testing.T) {
	for name, c := range map[string]struct {
		link, to string // within the project
		refused  bool
	}{
		"the lock's record":                {"restricted/.lock.json", "elsewhere/file", true},
		"the lock":                         {"restricted/.lock", "elsewhere/file", true},
		"the key":                          {"restricted/respondents.key", "elsewhere/file", true},
		"conflicts":                        {"restricted/conflicts.csv", "elsewhere/file", true},
		"the mark of the latest":           {"reports/latest.txt.next", "elsewhere/file", true},
		"the latest":                       {"reports/latest", "0001", false},
		"an earlier run, kept elsewhere":   {"restricted/0001", "elsewhere", false},
		"restricted among reports":         {"restricted", "reports/x", true},
		"reports among what is restricted": {"reports", "restricted", true},
		"reports elsewhere":                {"reports", "elsewhere", false},
		"a link to nowhere":                {"reports", "nowhere", true},
	} {
		dir := t.TempDir()
		for _, d := range []string{"reports/x", "restricted", "elsewhere"} {
			if filepath.Dir(c.link) != "." || d != c.link && filepath.Dir(d) != c.link {
				if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
					t.Fatal(err)
				}
			}
		}
		write(t, filepath.Join(dir, "elsewhere"), "file", "untouched")
		if err := os.Symlink(filepath.Join(dir, c.to), filepath.Join(dir, c.link)); err != nil {
			t.Skip("this system makes no links")
		}
		s, err := Begin(Places{filepath.Join(dir, "reports"), filepath.Join(dir, "restricted")})
		var bad *PlaceError
		if errors.As(err, &bad) != c.refused || !c.refused && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			if _, err := s.Commit(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if content, err := os.ReadFile(filepath.Join(dir, "elsewhere", "file")); err != nil || string(content) != "untouched" {
			t.Errorf("%s: a file elsewhere was changed: %q %v", name, content, err)
		}
	}
}

func TestFoldersThatAreNotThereYetAreFine(t *testing.T) {
	dir := t.TempDir()
	if err := (Places{filepath.Join(dir, "a", "reports"), filepath.Join(dir, "a", "restricted")}).Check(); err != nil {
		t.Error(err)
	}
	if err := (Places{filepath.Join(dir, "a"), filepath.Join(dir, "a", "restricted")}).Check(); err == nil {
		t.Error("one in the other")
	}
}
