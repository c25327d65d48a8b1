package dataset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
)

// Rows are the rows of a level that a file has lost, from the first one on.
// Those of the level below point to rows by their number.
type Rows struct {
	gone []int64 // sorted
	n    int64
}

// Count returns how many rows are gone.
func (r *Rows) Count() int { return len(r.gone) }

// now returns the number that a row has when the others are gone, and whether it
// is still there.
func (r *Rows) now(row int64) (int64, bool) {
	lo, hi := 0, len(r.gone)
	for lo < hi {
		if mid := (lo + hi) / 2; r.gone[mid] < row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return row - int64(lo), lo == len(r.gone) || r.gone[lo] != row
}

// Gone finds the rows in a file that WriteRestricted wrote of respondents that
// are to be forgotten: those that is names by the identifier of the project or by
// that of the tool, and in a repeat those whose row above is gone. Without such
// columns it is an error. found is told both identifiers of each.
func Gone(in Stored, is func(id, uuid string) bool, above *Rows, found func(id, uuid string)) (*Rows, error) {
	out := &Rows{}
	err := rereadRecords(in, func(rec arrow.Record) error {
		var ids, uuids, parents arrow.Array
		for i, f := range rec.Schema().Fields() {
			switch f.Name {
			case "_id":
				ids = rec.Column(i)
			case "_uuid":
				uuids = rec.Column(i)
			case "_parent":
				parents = rec.Column(i)
			}
		}
		if ids == nil || uuids == nil {
			return errors.New("the file of clean answers has no identifiers: it was not written by a run")
		}
		for i := range int(rec.NumRows()) {
			id, uuid := textAt(ids, i), textAt(uuids, i)
			gone := is(id, uuid)
			if p, ok := parents.(*array.Int64); ok && above != nil {
				_, there := above.now(p.Value(i))
				gone = gone || !there
			}
			if gone {
				out.gone = append(out.gone, out.n)
				if found != nil {
					found(id, uuid)
				}
			}
			out.n++
		}
		return nil
	})
	return out, err
}

// Forget writes a file that WriteRestricted wrote anew, without some rows.
func Forget(in Stored, w io.Writer, gone, above *Rows) error {
	var out *pqarrow.FileWriter
	at, rows := int64(0), 0
	err := rereadRecords(in, func(rec arrow.Record) error {
		if out == nil {
			var err error
			if out, err = parquetWriter(rec.Schema(), w); err != nil {
				return err
			}
		}
		var keep []int
		for i := range int(rec.NumRows()) {
			if _, there := gone.now(at + int64(i)); there {
				keep = append(keep, i)
			}
		}
		at += rec.NumRows()
		columns := make([]arrow.Array, rec.NumCols())
		for i := range columns {
			var err error
			if columns[i], err = kept(rec.Column(i), keep); err != nil {
				return err
			}
			if p, ok := columns[i].(*array.Int64); ok && above != nil && rec.ColumnName(i) == "_parent" {
				b := array.NewInt64Builder(memory.DefaultAllocator)
				for k := range p.Len() {
					row, _ := above.now(p.Value(k))
					b.Append(row)
				}
				columns[i] = b.NewInt64Array()
			}
		}
		if rows += len(keep); rows > rowGroup {
			out.NewBufferedRowGroup()
			rows = len(keep)
		}
		return out.WriteBuffered(array.NewRecord(rec.Schema(), columns, int64(len(keep))))
	})
	if err != nil {
		return fmt.Errorf("write clean answers anew: %w", err)
	}
	if out == nil {
		return errors.New("write clean answers anew: the file is empty")
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write clean answers anew: %w", err)
	}
	return nil
}

// kept copies some rows of a column. A part of an array would do but for columns
// of choices: of such a part the library writes the wrong rows.
func kept(c arrow.Array, rows []int) (arrow.Array, error) {
	if d, ok := c.(*array.Dictionary); ok {
		b := array.NewInt32Builder(memory.DefaultAllocator)
		for _, i := range rows {
			if d.IsNull(i) {
				b.AppendNull()
			} else {
				b.Append(int32(d.GetValueIndex(i)))
			}
		}
		return array.NewDictionaryArray(d.DataType(), b.NewInt32Array(), d.Dictionary()), nil
	}
	b := array.NewBuilder(memory.DefaultAllocator, c.DataType())
	for _, i := range rows {
		if c.IsNull(i) {
			b.AppendNull()
			continue
		}
		switch a := c.(type) {
		case *array.String:
			b.(*array.StringBuilder).Append(strings.Clone(a.Value(i)))
		case *array.Int64:
			b.(*array.Int64Builder).Append(a.Value(i))
		case *array.Float64:
			b.(*array.Float64Builder).Append(a.Value(i))
		case *array.List:
			list := b.(*array.ListBuilder)
			values, ok := list.ValueBuilder().(*array.StringBuilder)
			texts, also := a.ListValues().(*array.String)
			if !ok || !also {
				return nil, errors.New("a column is of an unknown kind")
			}
			list.Append(true)
			start, end := a.ValueOffsets(i)
			for k := start; k < end; k++ {
				values.Append(strings.Clone(texts.Value(int(k))))
			}
		default:
			return nil, errors.New("a column is of an unknown kind")
		}
	}
	return b.NewArray(), nil
}

// rereadRecords calls f for each batch of a Parquet file.
func rereadRecords(in Stored, f func(arrow.Record) error) error {
	fail := func(err error) error { return fmt.Errorf("read clean answers: %w", err) }
	open, err := file.NewParquetReader(in)
	if err != nil {
		return fail(err)
	}
	defer open.Close()
	reader, err := pqarrow.NewFileReader(open, pqarrow.ArrowReadProperties{BatchSize: BatchRows}, memory.DefaultAllocator)
	if err != nil {
		return fail(err)
	}
	records, err := reader.GetRecordReader(context.Background(), nil, nil)
	if err != nil {
		return fail(err)
	}
	defer records.Release()
	for {
		rec, err := records.Read()
		if errors.Is(err, io.EOF) || err == nil && rec == nil {
			return nil
		}
		if err != nil {
			return fail(err)
		}
		if err := f(rec); err != nil {
			return err
		}
	}
}
