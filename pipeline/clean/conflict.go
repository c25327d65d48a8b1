package clean

import (
	"fmt"
	"io"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// ConflictColumns are the columns of the file of conflicts, in order.
var ConflictColumns = [...]string{"file", "sheet", "row", "uuid", "level", "index", "question", "old_value", "value_today", "change_type", "new_value", "conflict"}

// WriteConflicts writes lines that saw another answer, as CSV: what the log says
// it saw, what stands there, and what the log makes of it. It holds answers.
func WriteConflicts(w io.Writer, conflicts []Conflict) error {
	out := sheet.NewWriter(w)
	if err := out.Write(ConflictColumns[:]); err != nil {
		return fmt.Errorf("write the conflicts: %w", err)
	}
	for _, c := range conflicts {
		l, index := c.Line, ""
		if l.Index > 0 {
			index = strconv.FormatInt(l.Index, 10)
		}
		if err := out.Write([]string{l.File, l.Sheet, strconv.Itoa(l.Row), l.UUID, l.Level, index, l.Question, l.Old, c.Today, string(l.Type), l.New, c.Why}); err != nil {
			return fmt.Errorf("write the conflicts: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write the conflicts: %w", err)
	}
	return nil
}
