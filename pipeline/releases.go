package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
)

// releaseFile keeps what a run released, in its restricted folder. Later runs
// are held against it, so it is kept for good.
const releaseFile = "release.json"

// releases reads the records of earlier runs, oldest first. A run without a
// record that can be read stops this one: what it has told is not known.
func (r *run) releases() ([]protect.Release, error) {
	var out []protect.Release
	runs, err := runsIn(r.path(r.config.Folders.Restricted), r.path(r.config.Folders.Reports))
	if err != nil {
		return nil, fmt.Errorf("look for earlier releases: %w", err)
	}
	for _, n := range runs {
		releases, err := readReleases(r.path(r.config.Folders.Restricted), n)
		if err != nil {
			return nil, err
		}
		out = append(out, releases...)
	}
	return out, nil
}

// readReleases reads the record of one run.
func readReleases(restricted string, n int) ([]protect.Release, error) {
	unsafe := func(why string) error {
		return &protect.NotSafe{Why: "the record of what run " + publish.Name(n) + " published, " + releaseFile + " in its restricted folder, cannot be read: " + why +
			". Put it back from a copy. Only if nothing of that run was ever shown to anybody, delete both folders of the run"}
	}
	content, err := os.ReadFile(filepath.Join(restricted, publish.Name(n), releaseFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, unsafe("it is not there")
	}
	if err != nil {
		return nil, fmt.Errorf("read the record of run %s: %w", publish.Name(n), cause(err))
	}
	releases, err := protect.ReadReleases(content, n)
	if err != nil {
		return nil, unsafe(err.Error())
	}
	return releases, nil
}

// runsIn returns the numbers of the runs that have a folder in any of some
// folders, in order.
func runsIn(folders ...string) ([]int, error) {
	seen := map[int]bool{}
	for _, dir := range folders {
		entries, err := os.ReadDir(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, cause(err)
		}
		for _, e := range entries {
			if n, err := strconv.Atoi(e.Name()); err == nil && n > 0 && e.Name() == publish.Name(n) && e.IsDir() {
				seen[n] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

// writeReleases keeps what the run releases to each audience.
func (r *run) writeReleases(releases ...protect.Release) error {
	content, err := protect.EncodeReleases(releases)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(r.private, releaseFile), func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}
