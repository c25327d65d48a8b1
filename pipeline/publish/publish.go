// Package publish puts a finished run in place, whole or not at all. A run is
// a number: its public files end up in reports/0007/public, what only analysts
// may see in restricted/0007, beside the reports and never inside them, because
// people send report folders on. Everything is written to a staging folder and
// moved into place when it is complete; reports/latest is switched last. A run
// that fails, or is killed, leaves what was there untouched.
package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// Places are the folders of a project that runs write to.
type Places struct {
	Reports    string // finished reports
	Restricted string // what only analysts may see
}

// Staging is a run under way.
type Staging struct {
	Number  int
	places  Places
	release func()
	public  string
	private string
}

const stagingPrefix = ".staging-"

// Begin locks the project, clears away what killed runs left, and makes the
// folders of a new run.
func Begin(p Places) (*Staging, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	for _, dir := range []string{p.Reports, p.Restricted} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder for runs: %w", err)
		}
	}
	if err := os.Chmod(p.Restricted, 0o700); err != nil {
		return nil, fmt.Errorf("close the restricted folder to others: %w", err)
	}
	release, err := lock(p.Restricted)
	if err != nil {
		return nil, err
	}
	s := &Staging{places: p, release: sync.OnceFunc(release)}
	if err := sweep(p.Restricted); err != nil {
		s.release()
		return nil, err
	}
	if err := s.prepare(); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

func (s *Staging) prepare() error {
	last := 0
	for _, dir := range []string{s.places.Reports, s.places.Restricted} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("look for earlier runs: %w", err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), stagingPrefix) {
				if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
					return fmt.Errorf("clear away an unfinished run: %w", err)
				}
			}
			if n, err := strconv.Atoi(e.Name()); err == nil {
				last = max(last, n)
			}
		}
	}
	s.Number = last + 1
	s.public = filepath.Join(s.places.Reports, stagingPrefix+Name(s.Number))
	s.private = filepath.Join(s.places.Restricted, stagingPrefix+Name(s.Number))
	for _, dir := range []string{s.PublicDir(), s.RestrictedDir(), s.WorkDir()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make the folder of the run: %w", err)
		}
	}
	return nil
}

// Name is the folder name of a run: 0007.
func Name(number int) string { return fmt.Sprintf("%04d", number) }

// PublicDir is where the run writes what anybody may see.
func (s *Staging) PublicDir() string { return filepath.Join(s.public, "public") }

// RestrictedDir is where the run writes what only analysts may see.
func (s *Staging) RestrictedDir() string { return s.private }

// WorkDir is where the run keeps answers on their way between stages. It goes
// when the run ends.
func (s *Staging) WorkDir() string { return filepath.Join(s.private, "work") }

// Commit puts the run in place: the restricted part, then the public part, then
// the mark of the latest run. It returns the folder of the public part.
func (s *Staging) Commit() (string, error) {
	defer s.release()
	if err := os.RemoveAll(s.WorkDir()); err != nil {
		return "", fmt.Errorf("clear away answers under way: %w", err)
	}
	for _, dir := range []string{s.private, s.public} {
		if err := syncTree(dir); err != nil {
			return "", fmt.Errorf("write the run to disk: %w", err)
		}
	}
	private := filepath.Join(s.places.Restricted, Name(s.Number))
	public := filepath.Join(s.places.Reports, Name(s.Number))
	if err := os.Rename(s.private, private); err != nil {
		return "", fmt.Errorf("put the restricted part of the run in place: %w", err)
	}
	if err := os.Rename(s.public, public); err != nil {
		return "", errors.Join(fmt.Errorf("put the report in place: %w", err), os.RemoveAll(private))
	}
	if err := errors.Join(syncDir(s.places.Restricted), syncDir(s.places.Reports)); err != nil {
		return "", fmt.Errorf("write the run to disk: %w", err)
	}
	if err := setLatest(s.places.Reports, s.Number); err != nil {
		return "", err
	}
	return filepath.Join(public, "public"), nil
}

// Abort takes the run back. After Commit it does nothing.
func (s *Staging) Abort() {
	_ = os.RemoveAll(s.public)
	_ = os.RemoveAll(s.private)
	s.release()
}
