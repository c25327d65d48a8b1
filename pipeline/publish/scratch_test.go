package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestScratchFoldersGoAndThoseAtWorkStay(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "restricted")
	first, err := NewScratch(parent)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(first.Dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	killed, err := NewScratch(parent)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(killed.Dir, "answers"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := killed.lock.Unlock(); err != nil { // as when its process ends
		t.Fatal(err)
	}
	s, err := Begin(Places{Reports: filepath.Join(t.TempDir(), "reports"), Restricted: parent})
	if err != nil {
		t.Fatal(err)
	}
	s.Abort()
	if _, err := os.Stat(killed.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a run leaves what a killed command left")
	}
	if _, err := os.Stat(first.Dir); err != nil {
		t.Error("the folder of a command at work was taken away")
	}
	first.Close()
	if _, err := os.Stat(first.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder is left")
	}
}

func TestAFolderMadeForAScratchFolderGoesWithIt(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "restricted")
	s, err := NewScratch(parent)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := os.Stat(parent); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an empty folder is left")
	}
}
