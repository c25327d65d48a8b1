package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/protect"
)

// releaseFile keeps what a run published, in its restricted folder. A later run
// that finds one warns that the two could be compared; it is never pruned.
const releaseFile = "release.json"

// releases reads the records of earlier runs, oldest first.
func (r *run) releases() ([]protect.Release, error) {
	dir := r.path(r.config.Folders.Restricted)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for earlier releases: %w", cause(err))
	}
	var out []protect.Release
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil || !e.IsDir() {
			continue
		}
		for _, a := range []protect.Audience{protect.Public, protect.Partners, protect.Internal} {
			content, err := os.ReadFile(filepath.Join(dir, e.Name(), (&edition{audience: a}).fileFor(releaseFile)))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			var release protect.Release
			if err == nil {
				err = json.Unmarshal(content, &release)
			}
			if err != nil {
				return nil, fmt.Errorf("read the record of the release %s: %w", e.Name(), err)
			}
			out = append(out, release)
		}
	}
	return out, nil
}
