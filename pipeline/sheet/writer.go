package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
)

// Writer writes rows of CSV. Every CSV file of the program is written by it, so
// that no cell of any can be taken for a formula: see Guard.
type Writer struct{ csv *csv.Writer }

// NewWriter returns a writer of rows.
func NewWriter(w io.Writer) *Writer { return &Writer{csv.NewWriter(w)} }

// Write writes one row.
func (w *Writer) Write(cells []string) error { return w.csv.Write(Guarded(cells)) }

// WriteAll writes rows and flushes them.
func (w *Writer) WriteAll(rows [][]string) error {
	for _, cells := range rows {
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// Flush passes on what is held back; Error says whether that went well.
func (w *Writer) Flush() { w.csv.Flush() }

// Error returns the first error of a Write or Flush.
func (w *Writer) Error() error { return w.csv.Error() }

// WriteCSV writes rows of cells as CSV in UTF-8.
func WriteCSV(w io.Writer, rows [][]string) error {
	if err := NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	return nil
}
