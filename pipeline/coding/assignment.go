package coding

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// AssignmentFile says which answers coders were given, in the restricted folder.
const AssignmentFile = "assignment.csv"

// Assigned is an answer that a coder was given.
type Assigned struct {
	Unit
	Name     string // of the unit, before coders
	Language string
	Coder    string
	Batch    int    // which call of assign gave it, from 1
	Drawn    bool   // at random
	Given    string // mark of the text as the coder saw it
	Answer   string // mark of the answer itself
	Reason   string // why identities were left in; "" where they were taken out
}

func assignmentColumns() []string {
	return []string{"response", "item", "unit", "language", "coder", "batch", "drawn", "given", "answer", "reason"}
}

// WriteAssignment writes who was given what, in the order of batches, coders and units.
func WriteAssignment(w io.Writer, all []Assigned) error {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Assigned) int {
		if a.Batch != b.Batch {
			return a.Batch - b.Batch
		}
		if c := strings.Compare(a.Coder, b.Coder); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	out := sheet.NewWriter(w)
	rows := [][]string{assignmentColumns()}
	for _, a := range all {
		drawn := ""
		if a.Drawn {
			drawn = "random"
		}
		rows = append(rows, []string{a.Response, a.Item, a.Name, a.Language, a.Coder, strconv.Itoa(a.Batch), drawn, a.Given, a.Answer, a.Reason})
	}
	return out.WriteAll(rows)
}

// ReadAssignment reads what WriteAssignment wrote.
func ReadAssignment(content []byte) ([]Assigned, error) {
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = len(assignmentColumns())
	rows, err := in.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read who codes what: %s is not as the program wrote it", AssignmentFile)
	}
	var out []Assigned
	for i, row := range rows {
		for k, cell := range row {
			row[k] = sheet.Bare(cell)
		}
		if i == 0 {
			if !slices.Equal(row, assignmentColumns()) {
				return nil, fmt.Errorf("read who codes what: %s is not as the program wrote it", AssignmentFile)
			}
			continue
		}
		batch, err := strconv.Atoi(row[5])
		if err != nil || batch < 1 {
			return nil, fmt.Errorf("read who codes what: row %d of %s is not as the program wrote it", i+1, AssignmentFile)
		}
		out = append(out, Assigned{
			Unit: Unit{row[0], row[1]}, Name: row[2], Language: row[3], Coder: row[4], Batch: batch,
			Drawn: row[6] == "random", Given: row[7], Answer: row[8], Reason: row[9],
		})
	}
	return out, nil
}
