package pipeline

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/audit"
	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// audit reads the ledgers that were written, and refuses to publish what does
// not hold together or gives away what is withheld. Without a ledger nothing is
// published.
func (r *run) audit(s at, tables []*table.Table) error {
	files, err := inFolder(r.private, "ledger*.json")
	if err != nil || len(files) == 0 {
		return errors.New("there is no disclosure ledger to be audited")
	}
	alone := singles(tables)
	var lines int64
	var unsafe protect.NotSafe
	var why []string
	for _, file := range files {
		found, n, err := auditFile(file, alone)
		if err != nil {
			return err
		}
		lines += n
		for _, f := range found {
			if !slices.Contains(why, string(f.Rule)) {
				why = append(why, string(f.Rule))
			}
			for _, key := range f.Tables {
				if !slices.Contains(unsafe.Tables, table.Key(key)) {
					unsafe.Tables = append(unsafe.Tables, table.Key(key))
				}
			}
		}
	}
	s.counted(lines, lines, "lines of the ledger")
	if len(why) == 0 {
		return nil
	}
	slices.Sort(unsafe.Tables)
	unsafe.Why = strings.Join(why, "; ")
	return &unsafe
}

func auditFile(file string, alone map[string]bool) ([]audit.Fault, int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, 0, fmt.Errorf("open the ledger: %w", cause(err))
	}
	defer f.Close()
	var lines []ledger.Line
	head, err := ledger.Read(f, func(l ledger.Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	found := audit.Audit(head, lines, audit.Config{Alone: func(key string) bool { return alone[key] }})
	return found, int64(len(lines)), nil
}

// singles returns the keys of the figures behind which a single respondent is.
func singles(tables []*table.Table) map[string]bool {
	out := map[string]bool{}
	for _, t := range tables {
		if !t.Row.Analysis.Figures() || t.Row.Analysis == table.Mean {
			continue
		}
		for d, domain := range t.Domains {
			for c, choice := range t.Choices {
				if d < len(t.Cells) && t.Cells[d][c].Count == 1 {
					out[string(t.Row.KeyOf(choice, domain.Values))] = true
				}
			}
		}
	}
	return out
}
