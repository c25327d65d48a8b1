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
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// adjudicationNotes says which workbooks of decisions hold identities, and why,
// in the restricted folder.
const adjudicationNotes = "adjudication.csv"

func adjudicationColumns() []string { return []string{"file", "answers", "reason"} }

// noteUnredacted adds a workbook to those of which it is known why they hold
// identities.
func (r *run) noteUnredacted(file string, answers int, reason string) error {
	path := filepath.Join(r.path(r.config.Folders.Restricted), adjudicationNotes)
	wrong := fmt.Errorf("note why identities are left in: %s is not as the program wrote it", adjudicationNotes)
	var rows [][]string
	in, err := os.Open(path)
	if err == nil {
		from := csv.NewReader(in)
		from.FieldsPerRecord = len(adjudicationColumns())
		rows, err = from.ReadAll()
		_ = in.Close() // it was only read
		if err != nil || len(rows) == 0 || !slices.Equal(rows[0], adjudicationColumns()) {
			return wrong
		}
		for _, row := range rows {
			for i := range row {
				row[i] = sheet.Bare(row[i]) // it is guarded anew
			}
		}
	} else if errors.Is(err, fs.ErrNotExist) {
		rows = [][]string{adjudicationColumns()}
	} else {
		return fmt.Errorf("note why identities are left in: %w", cause(err))
	}
	rows = append(rows, []string{file, strconv.Itoa(answers), reason})
	return placed(path, func(w io.Writer) error { return sheet.NewWriter(w).WriteAll(rows) })
}
