// Package cleaninglog holds the record of every change that was made to an
// answer or a response: what it was, what it became, and why. With the raw
// answers it gives the clean ones. It holds answers, so it is restricted.
package cleaninglog

import (
	"encoding/csv"
	"fmt"
	"io"
)

// Type says what a change does. The names are those of analysts' cleaning logs.
type Type string

// The types of change.
const (
	ChangeResponse Type = "change_response" // the answer was replaced
	BlankResponse  Type = "blank_response"  // the answer was set to missing
	RemoveSurvey   Type = "remove_survey"   // the whole response was left out
	NoAction       Type = "no_action"       // looked at, kept
)

// Change is one line of the log.
type Change struct {
	UUID     string // as the collecting tool gave it
	Question string // name of the item; empty for a whole response
	Issue    string // a stable slug such as "white space", "duplicate", "no consent"
	Old      string
	Type     Type // empty where a check asks and nobody has decided
	New      string

	CheckID string // the check that asks; "" where none did
	Comment string // for the analyst
	Index   int64  // row of a repeat within its response, from 1; 0 for the respondent's own answers
	Level   string // name of the repeat; "" for the respondent's own answers
}

// Columns are the columns of the log, in order.
var Columns = [...]string{"uuid", "question", "issue", "old_value", "change_type", "new_value"}

// Writer writes a log as CSV.
type Writer struct {
	csv   *csv.Writer
	count int64
}

// NewWriter starts a log with its header.
func NewWriter(w io.Writer) (*Writer, error) {
	out := &Writer{csv: csv.NewWriter(w)}
	if err := out.csv.Write(Columns[:]); err != nil {
		return nil, fmt.Errorf("write the cleaning log: %w", err)
	}
	return out, nil
}

// Add writes one change.
func (w *Writer) Add(c Change) error {
	w.count++
	if err := w.csv.Write([]string{c.UUID, c.Question, c.Issue, c.Old, string(c.Type), c.New}); err != nil {
		return fmt.Errorf("write the cleaning log: %w", err)
	}
	return nil
}

// Count returns how many changes were written.
func (w *Writer) Count() int64 { return w.count }

// Close writes out what is still held back.
func (w *Writer) Close() error {
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return fmt.Errorf("write the cleaning log: %w", err)
	}
	return nil
}
