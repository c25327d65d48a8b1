package pipeline

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestWhatStandsBesideTheirPlaceIsNeitherFollowedNorKept(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and modes are other things on this system")
	}
	write := func(w io.Writer) error { _, err := w.Write([]byte("answers")); return err }
	for name, plant := range map[string]func(next, other string) error{
		"a link":               func(next, other string) error { return os.Symlink(other, next) },
		"a hard link":          func(next, other string) error { return os.Link(other, next) },
		"a file that all read": func(next, _ string) error { return os.WriteFile(next, []byte("old"), 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path, other := filepath.Join(dir, "pack.xlsx"), filepath.Join(dir, "other")
			if err := os.WriteFile(other, []byte("other"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := plant(path+".next", other); err != nil {
				t.Fatal(err)
			}
			if err := placed(path, write); err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(other); err != nil || string(got) != "other" {
				t.Errorf("the other file holds %q, %v", got, err)
			}
			info, err := os.Lstat(path)
			if err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != 0o600 {
				t.Errorf("the file is %v, %v", info, err)
			}
		})
	}
}

func TestNothingIsLeftBesideAPlaceThatIsTaken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pack.xlsx")
	if err := os.MkdirAll(filepath.Join(path, "inner"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := placed(path, func(w io.Writer) error { _, err := w.Write([]byte("answers")); return err }); err == nil {
		t.Error("a file was put in the place of a folder")
	}
	if _, err := os.Lstat(path + ".next"); !os.IsNotExist(err) {
		t.Errorf("it is left: %v", err)
	}
}
