package ingest

import (
	"errors"
	"io"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/dataset/foreign"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

func openParquet(in File, size int64, _ Source, _ warn) ([]records.Sheet, error) {
	f, err := foreign.OpenParquet(in, size)
	return columnarSheets(f, err)
}

func openArrow(in File, size int64, _ Source, _ warn) ([]records.Sheet, error) {
	f, err := foreign.OpenArrow(in, size)
	return columnarSheets(f, err)
}

func columnarSheets(f *foreign.File, err error) ([]records.Sheet, error) {
	if err != nil {
		return nil, columnarFault(err)
	}
	columns := columnsFrom(f)
	return []records.Sheet{{Open: func() (records.Reader, error) {
		rows, err := f.Rows()
		return &columnarReader{columns: columns, rows: rows}, columnarFault(err)
	}}}, nil
}

func columnarFault(err error) error {
	var r *foreign.Refusal
	if errors.As(err, &r) {
		return &records.Fault{Kind: r.Kind, Problem: r.Problem, Remedy: r.Remedy}
	}
	return err
}

// columnarColumn is a column of a file that is handed on, and where its cells stand.
type columnarColumn struct {
	name   string
	at     int
	unread int // column with the text of cells that did not bind, -1 without one
}

// columnsFrom chooses the columns of a file. In answers that this program wrote,
// the reason beside each item follows from the item and is left out, as is the
// keyed identifier where that of the collecting tool is there.
func columnsFrom(f *foreign.File) []columnarColumn {
	at := map[string]int{}
	for i, name := range f.Names {
		at[name] = i
	}
	has := func(name string) bool { _, ok := at[name]; return ok }
	ours := false
	for name := range at {
		base, is := strings.CutSuffix(name, dataset.ReasonSuffix)
		ours = ours || is && has(base) && has("_id")
	}
	var out []columnarColumn
	for i, name := range f.Names {
		c := columnarColumn{name: name, at: i, unread: -1}
		if ours {
			reason, isReason := strings.CutSuffix(name, dataset.ReasonSuffix)
			unread, isUnread := strings.CutSuffix(name, dataset.UnreadSuffix)
			const named = "_uuid"
			switch {
			case isReason && has(reason), isUnread && has(unread), name == "_id" && has(named), name == named && f.Empty[i]:
				continue
			}
			if k, ok := at[name+dataset.UnreadSuffix]; ok {
				c.unread = k
			}
		}
		out = append(out, c)
	}
	return out
}

// columnarReader gives the rows of a columnar file as records.
type columnarReader struct {
	columns []columnarColumn
	rows    *foreign.Rows
	batch   *foreign.Batch
	at      int   // row of the batch that comes next
	row     int64 // of the record that was begun last
	build   records.Builder
	cell    []byte
}

// Next implements records.Reader. The names of the columns are the first record.
func (r *columnarReader) Next() (*records.Chunk, error) {
	if r.row == 0 {
		r.row = 1
		r.build.Begin(r.row)
		for _, c := range r.columns {
			r.build.Cell(c.name)
		}
		r.build.End()
	}
	for !r.build.Full() {
		if r.batch == nil || r.at == r.batch.Len() {
			batch, err := r.rows.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, columnarFault(err)
			}
			r.batch, r.at = batch, 0
		}
		if err := r.readRow(); err != nil {
			return nil, columnarFault(err)
		}
	}
	if c := r.build.Chunk(); c != nil {
		return c, nil
	}
	return nil, io.EOF
}

func (r *columnarReader) readRow() error {
	r.row++
	r.build.Begin(r.row)
	for _, c := range r.columns {
		var err error
		r.cell = r.cell[:0]
		if c.unread >= 0 {
			if r.cell, err = r.batch.Append(r.cell, r.at, c.unread); err != nil {
				return err
			}
		}
		if len(r.cell) == 0 {
			if r.cell, err = r.batch.Append(r.cell, r.at, c.at); err != nil {
				return err
			}
		}
		r.build.Cell(string(r.cell))
	}
	r.build.End()
	r.at++
	return nil
}
