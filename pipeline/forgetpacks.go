package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// Handed is what people were given of those who are to be forgotten. It can only
// be known until their lines leave the record.
type Handed struct {
	Packs []HandedPack
	Files []HandedFile
}

// HandedPack is a pack that holds answers of theirs.
type HandedPack struct {
	Coder string
	Batch int
	Paths []string // in the folder of packs; none: moved, or written elsewhere
}

// HandedFile is a file of the config that holds what people said of answers, and
// may hold theirs.
type HandedFile struct {
	Path string
	Rows []int // that are known to be theirs, from 1
}

// handed looks for what people were given of those who are to be forgotten.
func (f *forgetting) handed() (Handed, error) {
	var out Handed
	assigned, err := readAssigned(f.folder)
	if err != nil {
		return out, err
	}
	theirs := map[string]bool{} // names of their answers
	for _, a := range assigned {
		if !f.is(respondentOf(a.Response), "") {
			continue
		}
		theirs[a.Name] = true
		if !slices.ContainsFunc(out.Packs, func(p HandedPack) bool { return p.Coder == a.Coder && p.Batch == a.Batch }) {
			out.Packs = append(out.Packs, HandedPack{Coder: a.Coder, Batch: a.Batch})
		}
	}
	slices.SortFunc(out.Packs, func(a, b HandedPack) int {
		return cmp.Or(strings.Compare(a.Coder, b.Coder), cmp.Compare(a.Batch, b.Batch))
	})
	for i, p := range out.Packs {
		for _, format := range []string{"xlsx", "qdpx"} {
			path := filepath.Join(f.folder, packsFolder, packName(p.Coder, p.Batch, format))
			if _, err := os.Lstat(path); err == nil {
				out.Packs[i].Paths = append(out.Packs[i].Paths, path)
			}
		}
	}
	for _, name := range f.config.saidOfAnswers() {
		matches := []string{name}
		if isPattern(name) && !exists(f.path(name)) {
			if matches, err = f.matches(name); err != nil {
				return out, fmt.Errorf("look for files of codes: %w", err)
			}
		}
		for _, match := range matches {
			path := f.path(match)
			info, err := os.Stat(path)
			seen := slices.ContainsFunc(out.Files, func(h HandedFile) bool { return h.Path == path })
			if errors.Is(err, fs.ErrNotExist) || seen || err == nil && info.IsDir() {
				continue
			}
			out.Files = append(out.Files, HandedFile{Path: path, Rows: f.rowsOf(path, theirs)})
		}
	}
	return out, nil
}

// rowsOf returns the rows of a sheet that are of their answers, as far as these
// are named in it.
func (f *forgetting) rowsOf(path string, theirs map[string]bool) []int {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil // it is to be looked through anyhow
	}
	rows, err := sheet.Read(content)
	if err != nil {
		return nil
	}
	var out []int
	for _, row := range rows {
		if slices.ContainsFunc(row.Cells, func(cell string) bool {
			cell = strings.ToLower(strings.TrimSpace(sheet.Bare(cell)))
			return theirs[cell] || len(cell) >= longName && f.is(strings.TrimPrefix(cell, "uuid:"), "")
		}) {
			out = append(out, row.Number)
		}
	}
	return out
}
