package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/check"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// checkRequest gathers what the checks are given besides the answers.
func (r *run) checkRequest() (check.Request, error) {
	q := check.Request{Now: r.env.Now}
	if name := r.config.Checks.Rules; name != "" {
		var err error
		if q.Rules, err = r.open(name); err != nil {
			return q, err
		}
	}
	if r.lost != nil {
		q.Lost = map[check.Lost]string{}
		for _, c := range *r.lost {
			q.Lost[check.Lost{UUID: c.UUID, Question: c.Question, Level: c.Level, Index: c.Index}] = c.Old
		}
	}
	return q, nil
}

// mostProposals is how many proposals of one check about one item are written:
// more are a fault of the form or of the export, which nobody mends line by line.
const mostProposals = 10_000

// proposalsWriter writes what checks propose, a line each, with the columns of
// a cleaning log and three more.
type proposalsWriter struct {
	csv     *sheet.Writer
	written map[[2]string]int64 // by check and item
}

// tooMany says of which check and item proposals were left out.
func (w *proposalsWriter) tooMany() []finding.Finding {
	var out []finding.Finding
	for key, n := range w.written {
		if n > mostProposals {
			out = append(out, finding.Finding{Stage: "check", Kind: "many-proposals", Severity: finding.Warning, Place: finding.Place{Item: key[1]}, Count: n - mostProposals,
				Problem: fmt.Sprintf("The check %s proposes more than can be looked at one by one; the first %d are in proposals.csv, all are counted in checks.json.", key[0], mostProposals),
				Remedy:  "Look whether the form or the export is at fault, or switch the check off under \"checks\"."})
		}
	}
	finding.Sort(out)
	return out
}

// proposalsFile starts the proposals in the restricted folder. The returned
// function closes them and passes on the first error.
func (r *run) proposalsFile(name string) (*proposalsWriter, func(error) error, error) {
	f, err := os.OpenFile(filepath.Join(r.private, name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, nil, err
	}
	w := &proposalsWriter{sheet.NewWriter(f), map[[2]string]int64{}}
	if err := w.csv.Write([]string{"uuid", "question", "issue", "old_value", "change_type", "new_value", "check_id", "comment", "level", "index"}); err != nil {
		return nil, nil, fmt.Errorf("write the proposals: %w", err)
	}
	return w, func(err error) error {
		w.csv.Flush()
		closeErr := w.csv.Error()
		if fileErr := f.Close(); closeErr == nil {
			closeErr = fileErr
		}
		if err != nil {
			return err
		}
		return closeErr
	}, nil
}

// Add writes one proposal, or counts it where there are too many of its kind.
func (w *proposalsWriter) Add(c cleaninglog.Change) error {
	key := [2]string{c.CheckID, c.Question}
	if w.written[key]++; w.written[key] > mostProposals {
		return nil
	}
	index := ""
	if c.Index > 0 {
		index = strconv.FormatInt(c.Index, 10)
	}
	if err := w.csv.Write([]string{c.UUID, c.Question, c.Issue, c.Old, string(c.Type), c.New, c.CheckID, c.Comment, c.Level, index}); err != nil {
		return fmt.Errorf("write the proposals: %w", err)
	}
	return nil
}
