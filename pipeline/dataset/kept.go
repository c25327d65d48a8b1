package dataset

import (
	"errors"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// Kept is a row of a file that WriteRestricted wrote.
type Kept struct {
	ID      string            // keyed identifier
	Parent  int64             // of a repeat, the row of the level above, from 0
	Answers map[string]string // by item, what was answered; no entry where there is none
}

// KeptRows reads a file that WriteRestricted wrote and calls f for each row with
// the answers to the items that are wanted. The row is used again for the next.
func KeptRows(in Stored, wanted func(item string) bool, f func(Kept) error) error {
	return rereadRecords(in, func(rec arrow.Record) error {
		var ids, parents arrow.Array
		columns := map[string]arrow.Array{}
		for i, field := range rec.Schema().Fields() {
			switch {
			case field.Name == "_id":
				ids = rec.Column(i)
			case field.Name == "_parent":
				parents = rec.Column(i)
			case strings.HasPrefix(field.Name, "_") || strings.HasSuffix(field.Name, ReasonSuffix) || strings.HasSuffix(field.Name, UnreadSuffix):
			case wanted(field.Name):
				columns[field.Name] = rec.Column(i)
			}
		}
		if ids == nil {
			return errors.New("the file of clean answers has no identifiers: it was not written by a run")
		}
		row := Kept{Answers: map[string]string{}}
		for i := range int(rec.NumRows()) {
			row.ID = textAt(ids, i)
			if p, ok := parents.(*array.Int64); ok {
				row.Parent = p.Value(i)
			}
			clear(row.Answers)
			for name, c := range columns {
				if text := textAt(c, i); text != "" {
					row.Answers[name] = text
				}
			}
			if err := f(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// Texts returns all texts in the columns of a small Parquet file, and the names
// of its columns.
func Texts(in Stored) ([]string, error) {
	var out []string
	err := rereadRecords(in, func(rec arrow.Record) error {
		for k, field := range rec.Schema().Fields() {
			out = append(out, field.Name)
			switch rec.Column(k).(type) {
			case *array.String, *array.Dictionary, *array.List:
				for i := range int(rec.NumRows()) {
					out = append(out, textAt(rec.Column(k), i))
				}
			}
		}
		return nil
	})
	return out, err
}
