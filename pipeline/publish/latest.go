package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	latestLink = "latest"     // a link, where the file system has them
	latestFile = "latest.txt" // the number of the run, where it has not
)

// ErrNoRun says that nothing has been published yet.
var ErrNoRun = errors.New("no run has been published yet")

func setLatest(reports string, number int) error {
	link := filepath.Join(reports, latestLink)
	if err := switchLink(link, Name(number)); err == nil {
		return removeIfThere(filepath.Join(reports, latestFile))
	}
	if err := writeWhole(filepath.Join(reports, latestFile), []byte(Name(number)+"\n")); err != nil {
		return fmt.Errorf("mark the latest run: %w", err)
	}
	return nil
}

// switchLink makes link point to target in one step: a reader sees the old
// target or the new one.
func switchLink(link, target string) error {
	next := link + ".next"
	if err := removeIfThere(next); err != nil {
		return err
	}
	if err := os.Symlink(target, next); err != nil {
		return err
	}
	return os.Rename(next, link)
}

// Latest returns the public folder of the latest run.
func Latest(reports string) (string, error) {
	n, err := LatestNumber(reports)
	if err != nil {
		return "", err
	}
	return filepath.Join(reports, Name(n), "public"), nil
}

// LatestNumber returns the number of the latest run.
func LatestNumber(reports string) (int, error) {
	name, err := os.Readlink(filepath.Join(reports, latestLink))
	if err != nil {
		content, fileErr := os.ReadFile(filepath.Join(reports, latestFile))
		if errors.Is(fileErr, fs.ErrNotExist) {
			return 0, ErrNoRun
		}
		if fileErr != nil {
			return 0, fmt.Errorf("find the latest run: %w", fileErr)
		}
		name = strings.TrimSpace(string(content))
	}
	n, err := strconv.Atoi(name)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("find the latest run: %s does not name a run", filepath.Join(reports, latestLink))
	}
	return n, nil
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("mark the latest run: %w", err)
	}
	return nil
}
