package dataset

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// Stored is a file that was written, open for reading.
type Stored interface {
	io.ReaderAt
	io.Seeker
}

// Reread reads a file that WriteRestricted wrote and calls f for each row: its
// identifier and, for each of the items, the answer as text, in the form of
// Batch.Form; "" where there is none. The slice is used again for the next row.
func Reread(in Stored, f func(uuid string, items []string, row []string) error) error {
	return rereadRecords(in, func(rec arrow.Record) error { return rereadRows(rec, f) })
}

func rereadRows(rec arrow.Record, f func(uuid string, items []string, row []string) error) error {
	var items []string
	var columns []arrow.Array
	uuid := arrow.Array(nil)
	for i, field := range rec.Schema().Fields() {
		switch {
		case field.Name == "_uuid":
			uuid = rec.Column(i)
		case strings.HasPrefix(field.Name, "_") || strings.HasSuffix(field.Name, ReasonSuffix) || strings.HasSuffix(field.Name, UnreadSuffix):
		default:
			items, columns = append(items, field.Name), append(columns, rec.Column(i))
		}
	}
	if uuid == nil {
		return errors.New("the file of clean answers has no identifiers: it was not written by a run")
	}
	row := make([]string, len(items))
	for i := range int(rec.NumRows()) {
		for k, c := range columns {
			row[k] = textAt(c, i)
		}
		if err := f(textAt(uuid, i), items, row); err != nil {
			return err
		}
	}
	return nil
}

// textAt writes one value of an exported column.
func textAt(c arrow.Array, i int) string {
	if c.IsNull(i) {
		return ""
	}
	switch a := c.(type) {
	case *array.String:
		return strings.Clone(a.Value(i))
	case *array.Dictionary:
		return textAt(a.Dictionary(), a.GetValueIndex(i))
	case *array.Int64:
		return strconv.FormatInt(a.Value(i), 10)
	case *array.Float64:
		return strconv.FormatFloat(a.Value(i), 'f', -1, 64)
	case *array.List:
		start, end := a.ValueOffsets(i)
		var names []string
		for k := start; k < end; k++ {
			names = append(names, textAt(a.ListValues(), int(k)))
		}
		return strings.Join(names, " ")
	}
	return c.ValueStr(i)
}
