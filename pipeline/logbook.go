package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/soundings-survey/soundings/pipeline/check"
	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// LogOutcome is what writing a workbook for analysts came to.
type LogOutcome struct {
	Path     string
	Decided  int // lines with a type of change, kept from the logs of the config
	Open     int // lines to decide on
	Findings []finding.Finding
}

// logbookFile is the workbook where no other name is given.
const logbookFile = "cleaning-log.xlsx"

// maxProposals is how many proposals a workbook holds at most.
const maxProposals = 100_000

// WriteLog reads and cleans the answers anew and writes a workbook in which
// analysts decide what to correct: out, or a file in the restricted folder. It
// publishes nothing. A file that is there is kept, and a number put behind the
// new one's name, unless force is given.
func WriteLog(ctx context.Context, c Config, env Env, out string, force bool) (*LogOutcome, error) {
	env.check = true
	r, err := begin(ctx, c, env)
	if err != nil {
		return nil, err
	}
	defer r.end()
	asked := step(r, "survey", r.readSurvey)
	answers := step(r, "ingest", func(s at) (*dataset.Dataset, error) { return r.ingest(s, asked) })
	answers = step(r, "clean", func(s at) (*dataset.Dataset, error) { return r.clean(s, answers) })
	proposals := step(r, "check", func(s at) ([]cleaninglog.Change, error) { return r.proposals(s, answers) })
	if r.err != nil {
		return nil, r.err
	}
	if out == "" {
		out = filepath.Join(r.path(c.Folders.Restricted), logbookFile)
		if err := os.MkdirAll(filepath.Dir(out), 0o700); err != nil {
			return nil, fmt.Errorf("make the restricted folder: %w", cause(err))
		}
	}
	o := &LogOutcome{Path: out}
	book := r.book(answers, proposals, o)
	o.Findings = r.findings
	o.Path, err = save(out, force, book.Write)
	return o, err
}

// save writes a file, and puts it in place whole. A file that is there is kept,
// and a number put behind the new one's name, unless force is given. It returns
// the name of the file.
func save(path string, force bool, write func(io.Writer) error) (string, error) {
	if !force {
		var err error
		if path, err = free(path); err != nil {
			return "", err
		}
	}
	return path, placed(path, write)
}

// placed writes a file beside its place first, and puts it there whole: on the
// disk, so that a machine that stops leaves the old file or the new one.
func placed(path string, write func(io.Writer) error) error {
	next := path + ".next"
	lasting := func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		return w.(*os.File).Sync()
	}
	if err := writeFile(next, lasting); err != nil {
		_ = os.Remove(next)
		return err
	}
	if err := os.Rename(next, path); err != nil {
		_ = os.Remove(next)
		return fmt.Errorf("put %s in place: %w", filepath.Base(path), cause(err))
	}
	return nil
}

// free returns the path, with a number behind the name if there is a file of
// that name already.
func free(path string) (string, error) {
	for n := 1; n < 10_000; n++ {
		try := path
		if n > 1 {
			try = nthFile(path, n)
		}
		if _, err := os.Lstat(try); errors.Is(err, fs.ErrNotExist) {
			return try, nil
		} else if err != nil {
			return "", fmt.Errorf("look whether %s is there: %w", filepath.Base(try), cause(err))
		}
	}
	return "", fmt.Errorf("there are too many files named like %s", filepath.Base(path))
}

// nthFile returns the name of a file beside others of a name.
func nthFile(path string, n int) string {
	ending := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ending), n, ending)
}

// proposals returns what analysts should decide on, lines of the log whose type
// is empty: what cleaning could not read, in the words of the check that looks at
// it where it is on, then what the other checks flag.
func (r *run) proposals(s at, d *dataset.Dataset) ([]cleaninglog.Change, error) {
	out := slices.Clone(*r.lost)
	lost := make(map[check.Lost]int, len(out))
	for i, c := range out {
		lost[check.Lost{UUID: c.UUID, Question: c.Question, Level: c.Level, Index: c.Index}] = i
	}
	q, err := r.checkRequest()
	if err != nil {
		return nil, err
	}
	left := int64(0)
	q.Propose = func(c cleaninglog.Change) error {
		i, isLost := lost[check.Lost{UUID: c.UUID, Question: c.Question, Level: c.Level, Index: c.Index}]
		switch {
		case isLost && (c.CheckID == check.Unknown || c.CheckID == check.Unreadable):
			out[i] = c
		case len(out) >= maxProposals:
			left++
		default:
			out = append(out, c)
		}
		return nil
	}
	_, _, findings, err := check.Check(r.ctx, r.engine, d, r.config.Checks, q)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return nil, err
	}
	if left > 0 {
		s.found([]finding.Finding{{Stage: "log", Kind: "many-proposals", Severity: finding.Warning, Count: left,
			Problem: fmt.Sprintf("The workbook holds the first %d proposals; the others were left out.", maxProposals),
			Remedy:  "Switch off the checks that flag too much, under \"checks\"; all proposals of a run are in proposals.csv."}})
	}
	s.counted(d.Respondents(), int64(len(out)), "responses to proposals")
	return out, nil
}

// noteLost keeps an answer that cleaning could not read, for a proposal.
func (r *run) noteLost(c cleaninglog.Change) {
	if r.lost == nil || !clean.Lost(c) || len(*r.lost) >= maxProposals {
		return
	}
	c.Type, c.New, c.CheckID = "", "", check.Unreadable
	if c.Issue == clean.UnknownChoice {
		c.CheckID = check.Unknown
	}
	*r.lost = append(*r.lost, c)
}

// recorder writes a log and shows each line to somebody else as well.
type recorder struct {
	to   cleaninglog.Recorder
	show func(cleaninglog.Change)
}

// Add implements cleaninglog.Recorder.
func (r recorder) Add(c cleaninglog.Change) error {
	r.show(c)
	return r.to.Add(c)
}

// book gathers what the workbook holds.
func (r *run) book(d *dataset.Dataset, proposals []cleaninglog.Change, o *LogOutcome) cleaninglog.Book {
	book := cleaninglog.Book{Dir: r.engine.Dir, Language: d.Survey.Default, RightToLeft: rightToLeft(d.Survey.Default), Choices: choicesFor(d.Survey)}
	tooLong := 0
	add := func(l cleaninglog.Line) {
		switch {
		case !l.Fits():
			tooLong++
			return
		case l.Type == "":
			o.Open++
		default:
			o.Decided++
		}
		book.Lines = append(book.Lines, l)
	}
	known := map[lineKey]bool{}
	for _, l := range r.lines {
		if l.Untouched() {
			continue // it is made anew if it still holds
		}
		known[keyOf(l.Change)] = true
		add(l)
	}
	for _, p := range proposals {
		if !known[keyOf(p)] {
			add(cleaninglog.Proposal(p))
		}
	}
	if tooLong > 0 {
		r.findings = append(r.findings, finding.Finding{Stage: "log", Kind: "long-lines", Severity: finding.Warning, Count: int64(tooLong),
			Problem: "Lines about very long answers were left out: a cell of a worksheet holds 32,767 characters.",
			Remedy:  "Correct these answers in a log written as CSV."})
	}
	spoken := map[string]bool{}
	for _, l := range book.Lines {
		spoken[l.UUID] = true
	}
	for i, l := range d.Survey.Levels {
		only := spoken
		if d.Levels[i].Rows < cleaninglog.MaxSheetRows {
			only = nil
		} else {
			r.findings = append(r.findings, finding.Finding{Stage: "log", Kind: "long-sheet", Severity: finding.Warning,
				Problem: "There are more responses than a worksheet has rows: the sheet of answers holds those that the log is about.", Remedy: "Nothing to do."})
		}
		name := l.Name
		if i == 0 {
			name = ""
		}
		book.Data = append(book.Data, cleaninglog.DataSheet{Name: name, Columns: d.Levels[i].Layout.Items, Rows: rowsFor(d, i, only)})
	}
	return book
}

// lineKey tells whether two lines ask the same about the same answer.
type lineKey struct {
	uuid, question, level, check string
	index                        int64
}

func keyOf(c cleaninglog.Change) lineKey {
	return lineKey{c.UUID, c.Question, c.Level, c.CheckID, c.Index}
}

// rowsFor gives the rows of a level as texts: of all responses, or of some.
func rowsFor(d *dataset.Dataset, level int, only map[string]bool) iter.Seq2[cleaninglog.DataRow, error] {
	return func(yield func(cleaninglog.DataRow, error) bool) {
		var last dataset.ID // rows of one respondent stand together, as they were read
		count := int64(0)
		for b, err := range d.Batches(level) {
			if err != nil {
				yield(cleaninglog.DataRow{}, err)
				return
			}
			for i := range b.Len() {
				row := cleaninglog.DataRow{UUID: b.UUID(i)}
				if level > 0 {
					if id := b.ID(i); id != last {
						last, count = id, 0
					}
					count++
					row.Index = count
				}
				if only != nil && !only[row.UUID] {
					continue
				}
				row.Cells = make([]string, len(b.Layout.Items))
				for k, item := range b.Layout.Items {
					row.Cells[k] = b.Form(i, item)
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// choicesFor says what the new value of a line may be.
func choicesFor(s *survey.Survey) func(question string) ([]string, bool) {
	return func(question string) ([]string, bool) {
		item, ok := s.Item(question)
		if !ok || !item.Type.HasChoices() {
			return nil, true
		}
		var names []string
		for _, c := range s.Choices(item) {
			names = append(names, c.Name)
		}
		return names, item.Type != survey.SelectOne
	}
}

// rightToLeft reports whether a language is written from right to left.
func rightToLeft(tag string) bool {
	t, err := language.Parse(tag)
	if err != nil {
		return false
	}
	script, _ := t.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg":
		return true
	}
	return false
}
