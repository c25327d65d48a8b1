package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrLocked says that another run is at work on the project.
var ErrLocked = errors.New("another run is at work on this project")

// holder says who holds the lock, for the message to whoever comes second.
type holder struct {
	PID  int    `json:"pid"`
	Host string `json:"host"`
}

// Lock takes the lock of the project that has a restricted folder, for work on
// what runs have left there. It is an ErrLocked that a run is at work.
func Lock(restricted string) (release func(), err error) { return lock(restricted) }

// lock takes the project's lock. It dies with the process, so it is never stale.
func lock(dir string) (release func(), err error) {
	path := filepath.Join(dir, ".lock")
	l := flock.New(path)
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the project: %w", err)
	}
	info := filepath.Join(dir, ".lock.json")
	if !ok {
		var h holder
		if content, err := os.ReadFile(info); err == nil && json.Unmarshal(content, &h) == nil {
			return nil, fmt.Errorf("%w: process %d on %s; wait until it ends", ErrLocked, h.PID, h.Host)
		}
		return nil, fmt.Errorf("%w; wait until it ends", ErrLocked)
	}
	host, _ := os.Hostname()
	content, err := json.Marshal(holder{PID: os.Getpid(), Host: host})
	if err == nil {
		err = os.WriteFile(info, content, 0o600)
	}
	if err != nil {
		_ = l.Unlock()
		return nil, fmt.Errorf("lock the project: %w", err)
	}
	return func() {
		_ = os.Remove(info)
		_ = l.Unlock()
	}, nil
}
