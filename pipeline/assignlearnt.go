package pipeline

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// readLearnt notes with the answers that coders are given which codes they may
// have by what was learnt.
func (w *assigning) readLearnt() ([]finding.Finding, error) {
	if !w.request.Learnt {
		return nil, nil
	}
	path := filepath.Join(w.path(w.config.Folders.Restricted), suggestionsFile)
	next, err := free(path)
	if err != nil {
		return nil, err
	}
	if next == path {
		return nil, errors.New("nothing was learnt yet: run \"soundings suggest\" first, or leave --learnt out")
	}
	if filepath.Base(next) != nthFile(suggestionsFile, 2) {
		return nil, fmt.Errorf("there are several files of suggestions, up to the one before %s: remove those that no longer hold, and leave the one that does as %s", filepath.Base(next), suggestionsFile)
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", suggestionsFile, cause(err))
	}
	defer in.Close()
	unknown, err := w.takeLearnt(in)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w; run \"soundings suggest --force\" again", suggestionsFile, err)
	}
	with := 0
	for _, g := range w.given {
		if len(g.learnt) > 0 {
			with++
		}
	}
	out := []finding.Finding{{Stage: "assign", Kind: "learnt", Severity: finding.Note, Problem: fmt.Sprintf("Of the answers that coders are given, %d of %d have a suggestion that was learnt.", with, len(w.given))}}
	if unknown > 0 {
		out = append(out, finding.Finding{Stage: "assign", Kind: "learnt-unknown-codes", Severity: finding.Warning, Problem: fmt.Sprintf("Suggestions that were learnt are of codes that the codebook lacks, and were left out: %d.", unknown), Remedy: "Run \"soundings suggest --force\" after a change of the codebook."})
	}
	return out, nil
}

// takeLearnt reads suggestions. It returns how many are of codes that are not known.
func (w *assigning) takeLearnt(in io.Reader) (unknown int, err error) {
	known := map[string]bool{}
	for _, c := range w.book.Codes {
		known[c.ID] = true
	}
	given := map[coding.Unit]*givenAnswer{}
	for _, g := range w.given {
		given[g.unit] = g
	}
	rows := csv.NewReader(in)
	rows.ReuseRecord = true
	head, err := rows.Read()
	if err != nil || !slices.Equal(head, suggestionColumns()) {
		return 0, errors.New("it does not begin with its head")
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return unknown, nil
		}
		if err != nil {
			return unknown, err
		}
		g := given[coding.Unit{Response: row[0], Item: row[1]}]
		if g == nil {
			continue
		}
		likely, err := strconv.ParseFloat(row[4], 64)
		if err != nil {
			return unknown, errors.New("a probability is no number")
		}
		shown := fmt.Sprintf("%s %.0f%%", row[3], 100*likely)
		switch {
		case !known[row[3]]:
			unknown++
		case !slices.Contains(g.learnt, shown): // rows of a repeat that say the same are one answer
			g.learnt = append(g.learnt, shown)
		}
	}
}
