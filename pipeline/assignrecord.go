package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
)

// handOut notes who is given what, then writes the packs: no pack lies anywhere
// that the record does not know. If one cannot be written, none is, and the
// record is as it was.
func (w *assigning) handOut() ([]PackFile, error) {
	for _, c := range w.coders {
		if !slices.ContainsFunc(w.given, func(g *givenAnswer) bool { return slices.Contains(g.coders, c.Name) }) {
			continue
		}
		path := w.packPath(c)
		if _, err := os.Lstat(path); err == nil && !w.request.Force {
			return nil, fmt.Errorf("%s is there already: say --force to write over it, or name another folder with --out", filepath.Base(path))
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("look whether %s is there: %w", filepath.Base(path), cause(err))
		}
	}
	if err := w.record(slices.Concat(w.assigned, w.noted())); err != nil {
		return nil, err
	}
	packs, err := w.write()
	if err == nil {
		return packs, nil
	}
	for _, p := range packs {
		if gone := os.Remove(p.Path); gone != nil {
			return nil, errors.Join(err, fmt.Errorf("delete %s: %w", filepath.Base(p.Path), cause(gone))) // the record says of it
		}
	}
	return nil, errors.Join(err, w.record(w.assigned))
}

// packPath is where the pack of a coder is written.
func (w *assigning) packPath(c coding.Coder) string {
	return filepath.Join(w.request.Out, packName(c.Name, w.batch, w.request.Format))
}

// packName is what the file of a pack is called.
func packName(coder string, batch int, format string) string {
	return fmt.Sprintf("%s-%d.%s", coder, batch, format)
}

// record writes who was given what.
func (w *assigning) record(all []coding.Assigned) error {
	return placed(filepath.Join(w.path(w.config.Folders.Restricted), coding.AssignmentFile), func(to io.Writer) error {
		return coding.WriteAssignment(to, all)
	})
}

// skipCoded leaves out the answers that people have coded, also those that came
// from elsewhere and were never assigned.
func (w *assigning) skipCoded(s at, book *code.Codebook, secret []byte) error {
	w.secret = secret
	codes, decisions, _, err := w.readCoded(s, nil, bookForCoders(book), w.key)
	if err != nil {
		return err
	}
	for _, one := range slices.Concat(codes, decisions) {
		w.had[one.Name] = true
		for _, name := range one.Also {
			w.had[name] = true
		}
	}
	return nil
}

// standing returns the nearest folder above a path that is there.
func standing(path string) (string, error) {
	dir, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("look at the folder of packs: %w", cause(err))
	}
	for {
		if _, err = os.Stat(dir); err == nil {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if !errors.Is(err, fs.ErrNotExist) || above == dir {
			return "", fmt.Errorf("look at the folder of packs: %w", cause(err))
		}
		dir = above
	}
}
