package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Scratch is a folder for answers on their way, of a command that publishes
// nothing. It lies among what only analysts may see and never in the folder for
// temporary files, which others share. It goes with Close; what a killed command
// left, the next one or the next run clears away.
type Scratch struct {
	Dir    string
	parent string
	made   bool // the folder it lies in was made for it
	lock   *flock.Flock
}

const (
	scratchPrefix = ".scratch-"
	scratchLock   = ".lock"
)

// NewScratch makes a folder within parent, which is made too where it is not there.
func NewScratch(parent string) (*Scratch, error) {
	_, err := os.Stat(parent)
	s := &Scratch{parent: parent, made: errors.Is(err, fs.ErrNotExist)}
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder for answers under way: %w", err)
	}
	if err := sweep(parent); err != nil {
		return nil, err
	}
	if s.Dir, err = os.MkdirTemp(parent, scratchPrefix); err != nil { // 0700
		return nil, fmt.Errorf("make a folder for answers under way: %w", err)
	}
	s.lock = flock.New(filepath.Join(s.Dir, scratchLock))
	if ok, err := s.lock.TryLock(); err != nil || !ok {
		s.Close()
		return nil, fmt.Errorf("lock the folder for answers under way: %w", errors.Join(err, ErrLocked))
	}
	return s, nil
}

// Close takes the folder away, and the one that was made for it if it is empty.
func (s *Scratch) Close() {
	_ = s.lock.Unlock()
	_ = os.RemoveAll(s.Dir)
	if s.made {
		_ = os.Remove(s.parent) // fails where something lies in it by now
	}
}

// sweep removes the folders of commands that are no longer at work: their locks
// went with them.
func sweep(parent string) error {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return fmt.Errorf("look for what killed commands left: %w", err)
	}
	for _, e := range entries {
		dir := filepath.Join(parent, e.Name())
		if !e.IsDir() || !strings.HasPrefix(e.Name(), scratchPrefix) {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, scratchLock)); errors.Is(err, fs.ErrNotExist) {
			_ = os.Remove(dir) // empty, or begun this moment
			continue
		}
		lock := flock.New(filepath.Join(dir, scratchLock))
		if ok, err := lock.TryLock(); err != nil || !ok {
			continue
		}
		_ = lock.Unlock()
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("clear away what a killed command left: %w", err)
		}
	}
	return nil
}
