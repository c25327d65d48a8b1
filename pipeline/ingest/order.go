package ingest

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// parentOrder watches whether the rows of a repeat stand in the order of their
// parents.
type parentOrder struct {
	last int64 // parent of the last row
	row  int64 // the first row of the table that goes back, 0 where none does
}

// watch takes in the next batch.
func (o *parentOrder) watch(b *dataset.Batch) {
	for i := range b.Len() {
		parent := b.Parent(i)
		if parent < o.last && o.row == 0 {
			o.row = b.Origin(i).Row
		}
		o.last = parent
	}
}

// tellOrder notes a repeat that must be read again for each batch of its
// parents, where there is more than one.
func (j *job) tellOrder() {
	row := j.order.row
	j.order.row = 0
	if j.level == 0 || row == 0 {
		return
	}
	parents := j.levels[j.survey.Levels[j.level].Parent].Rows
	if parents <= dataset.BatchRows {
		return
	}
	j.input.add("repeat-order", finding.Note, finding.Place{Sheet: records.Printable(j.table.sheet), Row: int(row)},
		fmt.Sprintf("From this row on, the rows of the repeat %s do not stand in the order of their parents. Where both are needed together, the repeat is read again for each %d parents: the results are the same and memory stays bounded, but it is slow.", levelName(j.survey, j.level), dataset.BatchRows),
		"Sort the sheet of the repeat by the index of the parent, as the sheet above it is sorted.")
}
