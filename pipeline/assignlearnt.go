package pipeline

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/coding"
)

// suggestionColumns are those of the suggestions.
func suggestionColumns() []string {
	return []string{"response", "item", "language", "code", "probability"}
}

// readLearnt notes with the answers that coders are given which codes they may
// have by what was learnt last.
func (w *assigning) readLearnt() error {
	if !w.request.Learnt {
		return nil
	}
	known := map[string]bool{}
	for _, c := range w.book.Codes {
		known[c.ID] = true
	}
	given := map[coding.Unit]*givenAnswer{}
	for _, g := range w.given {
		given[g.unit] = g
	}
	path := filepath.Join(w.path(w.config.Folders.Restricted), suggestionsFile)
	in, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("nothing was learnt yet: run \"soundings suggest\" first, or leave --learnt out")
	}
	if err != nil {
		return err
	}
	defer in.Close()
	rows := csv.NewReader(in)
	rows.ReuseRecord = true
	head, err := rows.Read()
	if err != nil || !slices.Equal(head, suggestionColumns()) {
		return fmt.Errorf("%s does not begin with its head: run \"soundings suggest --force\" again", suggestionsFile)
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", suggestionsFile, err)
		}
		if g := given[coding.Unit{Response: row[0], Item: row[1]}]; g != nil && known[row[3]] {
			g.learnt = append(g.learnt, row[3]+" "+row[4])
		}
	}
}
