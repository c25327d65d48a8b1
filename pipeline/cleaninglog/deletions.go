package cleaninglog

import (
	"fmt"
	"io"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// DeletionColumns are the columns of the deletion log, in order.
var DeletionColumns = [...]string{"uuid", "reason", "check_id", "source"}

// Deletions is the log of responses that were left out: who, why, and on whose
// word. It is kept when the answers themselves are not.
type Deletions struct{ csv *sheet.Writer }

// NewDeletions starts a deletion log, with its header unless it goes on with
// one that has it.
func NewDeletions(w io.Writer, header bool) (*Deletions, error) {
	d := &Deletions{sheet.NewWriter(w)}
	if header {
		if err := d.csv.Write(DeletionColumns[:]); err != nil {
			return nil, fmt.Errorf("write the deletion log: %w", err)
		}
	}
	return d, nil
}

func (d *Deletions) add(c Change) error {
	reason := c.Issue
	switch {
	case reason == "":
		reason = c.Comment
	case c.Comment != "":
		reason += ": " + c.Comment
	}
	source := c.Source
	if source == "" {
		source = "automatic"
	}
	if err := d.csv.Write([]string{c.UUID, reason, c.CheckID, source}); err != nil {
		return fmt.Errorf("write the deletion log: %w", err)
	}
	return nil
}
