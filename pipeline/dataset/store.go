package dataset

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/apache/arrow/go/v15/arrow/ipc"
)

// Writer writes the batches of a level to a file, in Arrow's stream format.
type Writer struct {
	layout Layout
	path   string
	file   *os.File
	buf    *bufio.Writer
	ipc    *ipc.Writer
	rows   int64
}

// Create starts the file of a level. Nobody but the owner may read it.
func Create(path string, l Layout) (*Writer, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make a folder for answers: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create a file for answers: %w", err)
	}
	buf := bufio.NewWriterSize(f, 1<<20)
	return &Writer{layout: l, path: path, file: f, buf: buf, ipc: ipc.NewWriter(buf, ipc.WithSchema(l.schema), ipc.WithLZ4())}, nil
}

// Write adds a batch.
func (w *Writer) Write(b *Batch) error {
	if b.Len() == 0 {
		return nil
	}
	w.rows += int64(b.Len())
	if err := w.ipc.Write(b.rec); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

// Close ends the file and returns the level that can be read from it.
func (w *Writer) Close() (Level, error) {
	err := errors.Join(w.ipc.Close(), w.buf.Flush(), w.file.Close())
	if err != nil {
		return Level{}, fmt.Errorf("write answers: %w", err)
	}
	return Level{Layout: w.layout, Rows: w.rows, Source: stored{w.path, w.layout}}, nil
}

// Abort ends the file and removes it.
func (w *Writer) Abort() {
	_ = w.ipc.Close()
	_ = w.file.Close()
	_ = os.Remove(w.path)
}

// stored is a Source in a file written by Writer.
type stored struct {
	path   string
	layout Layout
}

// Batches implements Source.
func (s stored) Batches() iter.Seq2[*Batch, error] {
	return func(yield func(*Batch, error) bool) {
		f, err := os.Open(s.path)
		if err != nil {
			yield(nil, fmt.Errorf("open answers: %w", err))
			return
		}
		defer f.Close()
		r, err := ipc.NewReader(bufio.NewReaderSize(f, 1<<20))
		if err != nil {
			yield(nil, fmt.Errorf("read answers: %w", err))
			return
		}
		defer r.Release()
		for r.Next() {
			rec := r.Record()
			rec.Retain()
			if !yield(newBatch(s.layout, rec), nil) {
				return
			}
		}
		if err := r.Err(); err != nil && !errors.Is(err, io.EOF) {
			yield(nil, fmt.Errorf("read answers: %w", err))
		}
	}
}
