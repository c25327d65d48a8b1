package pipeline

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Cleaning names the logs in which analysts say what to correct.
type Cleaning struct {
	Log     []string            `yaml:"log"`     // files
	Aliases cleaninglog.Aliases `yaml:"aliases"` // words that the logs have in place of the usual ones
	Unbound bool                `yaml:"unbound"` // accept lines that do not say which value they saw
}

// The files about cleaning in the restricted folder.
const (
	cleaningLogFile = "cleaning-log.csv"
	setAsideFile    = "set-aside-log.csv"
	deletionFile    = "deletion-log.csv"
	conflictsFile   = "conflicts.csv"
)

// readLogs reads the logs that the config names.
func (r *run) readLogs(s at) ([]cleaninglog.Line, error) {
	var lines []cleaninglog.Line
	for _, name := range r.config.Clean.Log {
		more, err := r.readLog(s, name)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

func (r *run) readLog(s at, name string) ([]cleaninglog.Line, error) {
	f, err := os.Open(r.path(name))
	if err != nil {
		return nil, fmt.Errorf("open the cleaning log %s: %w", name, cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open the cleaning log %s: %w", name, cause(err))
	}
	if err := r.note(name); err != nil {
		return nil, err
	}
	lines, findings, err := cleaninglog.Read(name, f, info.Size(), r.config.Clean.Aliases)
	s.found(findings)
	return lines, err
}

// setAside returns which responses were left out when reading, among those that
// lines speak of.
func (r *run) setAside(lines []cleaninglog.Line) (map[string]bool, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	spoken := make(map[string]bool, len(lines))
	for _, l := range lines {
		spoken[l.UUID] = true
	}
	f, err := os.Open(filepath.Join(r.private, setAsideFile))
	if err != nil {
		return nil, fmt.Errorf("open the log of what was set aside: %w", cause(err))
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.ReuseRecord = true
	out := map[string]bool{}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the log of what was set aside: %w", err)
		}
		if uuid := sheet.Bare(cells[0]); spoken[uuid] {
			out[uuid] = true
		}
	}
}

// deletions opens the log of responses that were left out; the first stage that
// leaves some out begins it.
func (r *run) deletions() (*cleaninglog.Deletions, io.Closer, error) {
	path := filepath.Join(r.private, deletionFile)
	_, err := os.Stat(path)
	begin := errors.Is(err, fs.ErrNotExist)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the deletion log: %w", cause(err))
	}
	d, err := cleaninglog.NewDeletions(f, begin)
	return d, f, err
}

// keepConflicts writes lines that saw another answer, with the answers, to the
// project's restricted folder: the run's own is thrown away with the run.
// After a run without conflicts nothing is left of earlier ones.
func (r *run) keepConflicts(s at, conflicts []clean.Conflict) error {
	if r.env.check {
		if len(conflicts) > 0 {
			s.found([]finding.Finding{{Stage: "clean", Kind: "log-conflicts", Severity: finding.Warning, Count: int64(len(conflicts)),
				Problem: "Lines of the cleaning log saw other answers than those of today.",
				Remedy:  "\"soundings run\" writes the values side by side to " + filepath.ToSlash(filepath.Join(r.config.Folders.Restricted, conflictsFile)) + "."}})
		}
		return nil
	}
	path := filepath.Join(r.path(r.config.Folders.Restricted), conflictsFile)
	if len(conflicts) == 0 {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove the conflicts of an earlier run: %w", cause(err))
		}
		return nil
	}
	s.found([]finding.Finding{{Stage: "clean", Kind: "log-conflicts", Severity: finding.Refusal, Count: int64(len(conflicts)),
		Place:   finding.Place{File: filepath.ToSlash(filepath.Join(r.config.Folders.Restricted, conflictsFile))},
		Problem: "Here the old value of the log, today's and the new one stand side by side, for each line that saw another answer.",
		Remedy:  "Look at them and correct the log."}})
	return writeFile(path, func(w io.Writer) error { return clean.WriteConflicts(w, conflicts) })
}

// keepClean writes the clean answers, with the identifiers that the collecting
// tool gave, so that they can be used and verified.
func (r *run) keepClean(d *dataset.Dataset) error {
	r.answerFiles = answerFiles(d)
	if r.env.check {
		return nil
	}
	for i, l := range d.Survey.Levels {
		err := writeFile(filepath.Join(r.private, cleanAnswers(l.Name)), func(w io.Writer) error { return d.WriteRestricted(w, i) })
		if err != nil {
			return err
		}
	}
	return nil
}

// cleanAnswers names the file of a level.
func cleanAnswers(level string) string {
	if level == survey.RespondentLevel {
		return "clean-answers.parquet"
	}
	return "clean-answers-" + level + ".parquet"
}

// cleaningLog starts a log in the restricted folder. The returned function
// closes it and passes on the first error.
func (r *run) cleaningLog(name string) (*cleaninglog.Writer, func(error) error, error) {
	f, err := os.OpenFile(filepath.Join(r.private, name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, nil, err
	}
	log, err := cleaninglog.NewWriter(f)
	if err != nil {
		return nil, nil, err
	}
	deletions, also, err := r.deletions()
	if err != nil {
		return nil, nil, err
	}
	log.AlsoTo(deletions)
	return log, func(err error) error {
		return cmp.Or(err, log.Close(), f.Close(), also.Close())
	}, nil
}
