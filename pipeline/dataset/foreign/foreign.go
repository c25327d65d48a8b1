// Package foreign reads tables that other tools wrote as Parquet or Arrow IPC,
// batch by batch, as rows of texts: what such a file holds is bound to the form
// like the cells of any other file. What cannot be written as one text without
// doubt, such as a structure, is refused by the name of its column.
//
// The libraries behind it trust what a file claims, and panic where it lies.
// So lengths are checked before they see them, and a panic becomes a Refusal.
package foreign

import (
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// Limits of a file.
const (
	maxColumns = 16_384
	maxBuffer  = 128 << 20 // bytes of a piece of a column
	maxBody    = 256 << 20 // bytes of a batch of an Arrow file, as it lies there
	maxBatch   = 512 << 20 // bytes of all pieces of a batch
	maxRows    = 1 << 24   // rows of a batch
	batchRows  = 4096      // rows of a batch of a Parquet file, as read here
)

// Refusal says why a file is not read, in sentences for people.
type Refusal struct{ Kind, Problem, Remedy string }

// Error implements error.
func (r *Refusal) Error() string { return r.Problem }

func damaged() error {
	return &Refusal{"damaged-file", "The file is damaged or truncated: what it says of itself does not fit what it holds.", "Download or copy the file again, or write it anew."}
}

func tooLarge(what string) error {
	return &Refusal{"too-large", "The file has " + what + " over the limit of what is read at once.", "Write it anew with smaller batches or row groups, or export as CSV."}
}

func refuseColumn(name, what, remedy string) error {
	return &Refusal{"column-type", fmt.Sprintf("The column %q %s.", name, what), remedy}
}

// File is a file of one table.
type File struct {
	Names []string // of the columns
	Empty []bool   // the file itself says that the column has no value at all
	open  func() (batches, error)
}

// batches gives the batches of a file, and io.EOF after the last.
type batches interface{ next() ([]arrow.Array, error) }

// Rows begins to read the table, as often as asked.
func (f *File) Rows() (*Rows, error) {
	r := &Rows{file: f}
	return r, whole(guard(func() (err error) {
		r.in, err = f.open()
		return err
	}))
}

// whole turns the end of a file into a refusal where it must not end.
func whole(err error) error {
	if err == io.EOF {
		return damaged()
	}
	return err
}

// Rows reads the rows of a table.
type Rows struct {
	file *File
	in   batches
}

// Next returns the next batch, and io.EOF after the last.
func (r *Rows) Next() (*Batch, error) {
	b := &Batch{names: r.file.Names}
	err := guard(func() (err error) {
		for err == nil && b.n == 0 {
			if b.columns, err = r.in.next(); err == nil {
				b.n = b.columns[0].Len()
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, c := range b.columns {
		if c.Len() != b.n || len(b.columns) != len(b.names) {
			return nil, damaged()
		}
	}
	if b.n > maxRows {
		return nil, tooLarge("a batch of rows")
	}
	return b, nil
}

// Batch is some rows that follow each other.
type Batch struct {
	names   []string
	columns []arrow.Array
	n       int
}

// Len returns how many rows the batch has.
func (b *Batch) Len() int { return b.n }

// Append appends the text of a cell, nothing where it has no value.
func (b *Batch) Append(out []byte, row, column int) (text []byte, err error) {
	err = guard(func() (err error) {
		text, err = appendCell(out, b.columns[column], row, b.names[column])
		return err
	})
	return text, err
}

// guard turns a panic into a refusal, and an error of a library too: the file
// is at fault, not the reading of it.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if _, large := p.(overLimit); large {
				err = tooLarge("a piece")
			} else {
				err = damaged()
			}
		}
	}()
	err = f()
	var refusal *Refusal
	var reading *readError
	switch {
	case err == nil, errors.As(err, &refusal), err == io.EOF:
		return err
	case errors.As(err, &reading):
		return reading.err
	}
	return damaged()
}

// readError is an error of the disk, which is not the file's fault.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }

// disk marks errors of the disk.
type disk struct{ io.ReaderAt }

func (d disk) ReadAt(p []byte, at int64) (int, error) {
	n, err := d.ReaderAt.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		err = &readError{err}
	}
	return n, err
}

type overLimit struct{}

// bounded refuses to give memory that no sound file asks for: for one piece, or
// for all pieces of a batch together.
type bounded struct {
	memory.GoAllocator
	taken int // since the batch under way began
}

func newBounded() *bounded { return &bounded{GoAllocator: *memory.NewGoAllocator()} }

func (b *bounded) take(size int) {
	if b.taken += size; size > maxBuffer || size < 0 || b.taken > maxBatch {
		panic(overLimit{})
	}
}

// Allocate implements memory.Allocator.
func (b *bounded) Allocate(size int) []byte {
	b.take(size)
	return b.GoAllocator.Allocate(size)
}

// Reallocate implements memory.Allocator.
func (b *bounded) Reallocate(size int, old []byte) []byte {
	if size > len(old) {
		b.take(size)
	}
	return b.GoAllocator.Reallocate(size, old)
}

// checkSchema refuses columns that hold no texts, numbers, dates or lists of them.
func checkSchema(fields []arrow.Field) ([]string, error) {
	if len(fields) == 0 {
		return nil, &Refusal{"no-columns", "The file has no columns.", "Write it anew with its columns."}
	}
	if len(fields) > maxColumns {
		return nil, tooLarge("a number of columns")
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		if !readable(f.Type, true) {
			return nil, refuseColumn(f.Name, "holds "+kindOf(f.Type)+", which cannot be read as one cell", "Write its parts as columns of their own, or leave it out.")
		}
		names[i] = f.Name
	}
	return names, nil
}

func kindOf(t arrow.DataType) string {
	switch t.ID() {
	case arrow.STRUCT:
		return "a structure"
	case arrow.MAP:
		return "a map"
	case arrow.LIST, arrow.LARGE_LIST, arrow.FIXED_SIZE_LIST:
		return "lists of " + t.(arrow.ListLikeType).Elem().Name()
	}
	return "values of the type " + t.Name()
}
