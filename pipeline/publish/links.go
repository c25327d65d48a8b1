package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// PlaceError says that runs cannot be put where the config says, and what to do.
type PlaceError struct{ Problem, Remedy string }

// Error implements error.
func (e *PlaceError) Error() string { return e.Problem + " " + e.Remedy }

// Check looks where the folders really are, behind all links, and refuses with
// a *PlaceError what would put restricted files among reports, or anything into
// files elsewhere: a link where runs write a file of a fixed name. Folders that
// are not there yet are no trouble.
func (p Places) Check() error {
	reports, err := behind(p.Reports)
	if err != nil {
		return err
	}
	restricted, err := behind(p.Restricted)
	if err != nil {
		return err
	}
	if within(reports, restricted) || within(restricted, reports) {
		return &PlaceError{
			"The folder for reports and the folder for restricted files lie one in the other, behind a link.",
			"Name two folders of which none lies in the other: people send report folders on.",
		}
	}
	for _, dir := range []string{p.Reports, p.Restricted} {
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("look into the folder for runs: %w", err)
		}
		for _, e := range entries {
			if e.Type()&fs.ModeSymlink != 0 && e.Name() != latestLink && !isRun(e.Name()) {
				return &PlaceError{
					fmt.Sprintf("In the folder %s there is a link where runs may write a file, so that they would write elsewhere.", filepath.Base(dir)),
					"Find it (\"find -type l\" lists links), and move it away.",
				}
			}
		}
	}
	return nil
}

// Elsewhere reports whether a folder is not where its path says, because of a
// link at its end.
func Elsewhere(dir string) bool {
	info, err := os.Lstat(dir)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// behind returns where a path leads, as far as it is there.
func behind(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find the folder for runs: %w", err)
	}
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		return real, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("find the folder for runs: %w", err)
	}
	if Elsewhere(path) {
		return "", &PlaceError{"A folder for runs is a link that leads nowhere.", "Remove the link, or make the folder to which it leads."}
	}
	up := filepath.Dir(path)
	if up == path {
		return path, nil
	}
	if up, err = behind(up); err != nil {
		return "", err
	}
	return filepath.Join(up, filepath.Base(path)), nil
}

// within reports whether a folder is another one or lies in it.
func within(outer, inner string) bool {
	rel, err := filepath.Rel(outer, inner)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// isRun reports whether a name is that of a run.
func isRun(name string) bool {
	return name != "" && strings.Trim(name, "0123456789") == ""
}
