// Package cleaninglog holds the record of every change that was made to an
// answer or a response: what it was, what it became, and why. With the raw
// answers it gives the clean ones. It also reads the logs that analysts fill in
// and writes the workbooks they fill in. All of it holds answers, so it is
// restricted.
package cleaninglog

import (
	"fmt"
	"io"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// Type says what a change does. The names are those of analysts' cleaning logs.
type Type string

// The types of change.
const (
	ChangeResponse  Type = "change_response"  // the answer was replaced
	BlankResponse   Type = "blank_response"   // the answer was set to missing
	RemoveSurvey    Type = "remove_survey"    // the whole response was left out
	NoAction        Type = "no_action"        // looked at, kept
	RecodeOther     Type = "recode_other"     // a text beside "other" became a choice
	VariableAdded   Type = "variable_added"   // an item that the form lacks
	VariableRemoved Type = "variable_removed" // an item taken out for every response
)

// Types returns the types of change, in the order in which they are offered.
func Types() []Type {
	return []Type{NoAction, ChangeResponse, BlankResponse, RemoveSurvey, RecodeOther, VariableAdded, VariableRemoved}
}

// Everybody stands in place of an identifier where a line is about every response.
const Everybody = "all"

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
	Source  string // line of an analyst's log that asked for it; "" for an automatic change
}

// Columns are the columns of the log that a run writes, in order.
var Columns = [...]string{"uuid", "question", "issue", "old_value", "change_type", "new_value", "check_id", "comment", "level", "index", "source"}

// Recorder takes the lines of a log one by one.
type Recorder interface{ Add(Change) error }

// Writer writes a log as CSV.
type Writer struct {
	csv       *sheet.Writer
	deletions *Deletions
	count     int64
}

// NewWriter starts a log with its header.
func NewWriter(w io.Writer) (*Writer, error) {
	out := &Writer{csv: sheet.NewWriter(w)}
	if err := out.csv.Write(Columns[:]); err != nil {
		return nil, fmt.Errorf("write the cleaning log: %w", err)
	}
	return out, nil
}

// AlsoTo has each response that was left out written to a deletion log too.
func (w *Writer) AlsoTo(d *Deletions) { w.deletions = d }

// Add writes one change.
func (w *Writer) Add(c Change) error {
	w.count++
	index := ""
	if c.Index > 0 {
		index = strconv.FormatInt(c.Index, 10)
	}
	if err := w.csv.Write([]string{c.UUID, c.Question, c.Issue, c.Old, string(c.Type), c.New, c.CheckID, c.Comment, c.Level, index, c.Source}); err != nil {
		return fmt.Errorf("write the cleaning log: %w", err)
	}
	if w.deletions != nil && c.Type == RemoveSurvey {
		return w.deletions.add(c)
	}
	return nil
}

// Count returns how many changes were written.
func (w *Writer) Count() int64 { return w.count }

// Close writes out what is still held back.
func (w *Writer) Close() error {
	w.csv.Flush()
	err := w.csv.Error()
	if w.deletions != nil && err == nil {
		w.deletions.csv.Flush()
		err = w.deletions.csv.Error()
	}
	if err != nil {
		return fmt.Errorf("write the cleaning log: %w", err)
	}
	return nil
}
