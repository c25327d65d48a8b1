package publish

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func places(t *testing.T) Places {
	dir := t.TempDir()
	return Places{filepath.Join(dir, "reports"), filepath.Join(dir, "restricted")}
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRunAppearsWholeAndLatestPointsToIt(t *testing.T) {
	p := places(t)
	for want := 1; want <= 2; want++ {
		s, err := Begin(p)
		if err != nil {
			t.Fatal(err)
		}
		write(t, s.PublicDir(), "report.html", "x")
		write(t, s.RestrictedDir(), "findings.json", "y")
		write(t, s.WorkDir(), "answers.arrow", "z")
		dir, err := s.Commit()
		if err != nil {
			t.Fatal(err)
		}
		if latest, err := Latest(p.Reports); err != nil || latest != dir {
			t.Errorf("latest is %q, %v; want %q", latest, err, dir)
		}
		if s.Number != want {
			t.Errorf("run %d, want %d", s.Number, want)
		}
		if _, err := os.Stat(filepath.Join(p.Restricted, Name(want), "work")); !errors.Is(err, os.ErrNotExist) {
			t.Error("answers under way were kept")
		}
		if info, err := os.Stat(filepath.Join(p.Restricted, Name(want))); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("restricted folder: %v %v", info.Mode(), err)
		}
	}
}

func TestAbortedOrKilledRunLeavesNothing(t *testing.T) {
	p := places(t)
	s, err := Begin(p)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s.PublicDir(), "report.html", "half")
	s.Abort()
	if _, err := Latest(p.Reports); !errors.Is(err, ErrNoRun) {
		t.Errorf("latest after an aborted run: %v", err)
	}
	// A killed run: its lock is gone, its staging folders are not.
	s, err = Begin(p)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s.PublicDir(), "report.html", "half")
	s.release()
	s, err = Begin(p)
	if err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(s.PublicDir()); len(entries) != 0 {
		t.Error("the next run found a killed run's files")
	}
	s.Abort()
}

func TestSecondRunAtTheSameTimeIsRefused(t *testing.T) {
	p := places(t)
	s, err := Begin(p)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	if _, err := Begin(p); !errors.Is(err, ErrLocked) {
		t.Errorf("second run: %v", err)
	}
}
