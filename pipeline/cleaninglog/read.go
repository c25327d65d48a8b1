package cleaninglog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// Line is a line of an analyst's log, and where it stands.
type Line struct {
	Change
	Binding     string // what the line is coloured by
	Description string // what the check looks for
	Proposed    string // the new value that the check proposed, "" where none
	File        string
	Sheet       string
	Row         int
}

// Place returns where the line stands.
func (l Line) Place() finding.Place { return finding.Place{File: l.File, Sheet: l.Sheet, Row: l.Row} }

// Proposal returns the line by which a check asks an analyst to decide. What the
// check says is its description: the comment is the analyst's own.
func Proposal(c Change) Line {
	l := Line{Description: c.Comment, Proposed: c.New, Change: c}
	l.Comment = ""
	return l
}

// Untouched reports whether a line is a proposal that nobody has decided on,
// changed or commented.
func (l Line) Untouched() bool {
	return l.CheckID != "" && l.Type == "" && l.Comment == "" && l.New == l.Proposed
}

// maxLines is how many lines a log may have: it is held in memory.
const maxLines = 500_000

// maxText is how many bytes a CSV log may have.
const maxText = 256 << 20

// SheetName is the sheet of a workbook that holds the log.
const SheetName = "cleaning_log"

// Read reads a log, CSV or XLSX. Every mistake in it is a finding.
func Read(name string, in io.ReaderAt, size int64, words Aliases) ([]Line, []finding.Finding, error) {
	r := reading{file: name, words: words}
	head := make([]byte, min(size, 1<<16))
	if _, err := in.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("read the cleaning log %s: %w", name, err)
	}
	var err error
	switch content := records.ContentOf(head); content {
	case records.Zip:
		err = r.book(in, size)
	case records.Text, records.Nothing:
		err = r.text(in, size, head)
	default:
		r.refuse(0, "", "log-format", "The cleaning log is neither CSV nor an XLSX workbook.", "Save it as XLSX or as CSV UTF-8.")
	}
	var f *records.Fault
	if errors.As(err, &f) {
		r.refuse(0, "", "log-format", f.Problem, f.Remedy)
		err = nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the cleaning log %s: %w", name, err)
	}
	return r.lines, r.findings, nil
}

type reading struct {
	file, sheet string
	words       Aliases
	at          map[string]int
	header      []string
	lines       []Line
	findings    []finding.Finding
}

func (r *reading) add(severity finding.Severity, row int, column, kind, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "clean", Kind: kind, Severity: severity, Count: 1,
		Place:   finding.Place{File: r.file, Sheet: r.sheet, Row: row, Column: column},
		Problem: problem, Remedy: remedy,
	})
}

func (r *reading) refuse(row int, column, kind, problem, remedy string) {
	r.add(finding.Refusal, row, column, kind, problem, remedy)
}

// text reads a CSV log.
func (r *reading) text(in io.ReaderAt, size int64, head []byte) error {
	if size > maxText {
		r.refuse(0, "", "log-too-large", "The cleaning log is larger than 256 MB.", "Divide it, or check that this is the right file.")
		return nil
	}
	encoded, err := records.EncodingOf(head, "")
	if err != nil {
		return err
	}
	first, err := firstLine(encoded.Reader(bytes.NewReader(head)))
	if err != nil {
		return err
	}
	delim, best := byte(','), 0
	for _, d := range []byte{',', ';', '\t'} {
		names, err := headerOf(first, d)
		if err != nil {
			return err
		}
		if at, _ := r.words.columnsOf(names); len(at) > best {
			delim, best = d, len(at)
		}
	}
	return r.records(records.NewScanner(encoded.Reader(io.NewSectionReader(in, 0, size)), delim, 1))
}

// firstLine returns what stands before the first line end.
func firstLine(in io.Reader) ([]byte, error) {
	content, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	if end := bytes.IndexAny(content, "\r\n"); end >= 0 {
		content = content[:end]
	}
	return content, nil
}

func headerOf(line []byte, delim byte) ([]string, error) {
	c, err := records.NewScanner(bytes.NewReader(line), delim, 1).Next()
	if errors.Is(err, io.EOF) || err == nil && c.Len() == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return c.Strings(0), nil
}

// book reads the sheet of a workbook that holds the log.
func (r *reading) book(in io.ReaderAt, size int64) error {
	book, err := records.OpenBook(in, size)
	if err != nil {
		return err
	}
	var visible []records.Sheet
	for _, s := range book.Sheets {
		if folded(s.Name) == SheetName {
			visible = []records.Sheet{s}
			break
		}
		if !s.Hidden {
			visible = append(visible, s)
		}
	}
	if len(visible) != 1 {
		r.refuse(0, "", "log-sheet", "The workbook has no sheet named cleaning_log, and more than one sheet or none.", "Name the sheet that holds the log \"cleaning_log\".")
		return nil
	}
	r.sheet = records.Printable(visible[0].Name)
	in2, err := visible[0].Open()
	if err != nil {
		return err
	}
	defer records.Close(in2)
	return r.records(in2)
}

// records reads the header and every line after it.
func (r *reading) records(in records.Reader) error {
	for {
		c, err := in.Next()
		if errors.Is(err, io.EOF) {
			if r.at == nil {
				r.refuse(0, "", "log-empty", "The cleaning log is empty.", "Give it a header with the columns uuid, question, old_value, change_type and new_value, or take it out of \"clean.log\".")
			}
			return nil
		}
		if err != nil {
			return err
		}
		for i := range c.Len() {
			switch {
			case c.Blank(i):
			case r.at == nil:
				if !r.begin(int(c.Row(i)), c.Strings(i)) {
					return nil
				}
			case len(r.lines) == maxLines:
				r.refuse(int(c.Row(i)), "", "log-too-large", fmt.Sprintf("The cleaning log has more than %d lines.", maxLines), "Leave out lines without a decision.")
				return nil
			default:
				r.line(int(c.Row(i)), c.Strings(i))
			}
		}
		for _, p := range append(slices.Clone(c.Problems), c.Check()...) {
			r.damaged(p)
		}
	}
}

// damaged refuses what would make a line say something else than was meant.
func (r *reading) damaged(p records.Problem) {
	switch p.Kind {
	case records.QuoteInside, records.QuoteAfter, records.QuoteOpen, records.CellTooLong, records.RecordTooLong, records.NotUTF8, records.NUL, records.FormulaError, records.NoValue:
		r.refuse(int(p.Row), r.column(p.Column), "log-damaged", "A cell of the cleaning log cannot be read as it stands ("+string(p.Kind)+").", "Mend the cell; save CSV files as UTF-8.")
	}
}

func (r *reading) column(i int) string {
	if i >= 0 && i < len(r.header) {
		return records.Printable(r.header[i])
	}
	return ""
}

// begin reads the header; false when it is not that of a log.
func (r *reading) begin(row int, header []string) bool {
	r.header = header
	at, unknown := r.words.columnsOf(header)
	r.at = at
	good := true
	for _, must := range []string{colUUID, colType} {
		if _, ok := at[must]; !ok {
			good = false
			r.refuse(row, "", "log-columns", "The cleaning log has no column "+must+".", "Name its columns uuid, question, issue, old_value, change_type and new_value, or say under \"clean.aliases.columns\" what they are called.")
		}
	}
	if len(unknown) > 0 {
		for i := range unknown {
			unknown[i] = records.Printable(unknown[i])
		}
		r.add(finding.Note, row, "", "log-unknown-columns", "Columns of the cleaning log that are not read: "+strings.Join(unknown, ", ")+".", "Nothing to do, unless one of them holds what \"clean.aliases.columns\" could name.")
	}
	return good
}

func (r *reading) line(row int, cells []string) {
	cell := func(column string) string {
		i, ok := r.at[column]
		if !ok || i >= len(cells) {
			return ""
		}
		return strings.TrimSpace(sheet.Bare(cells[i]))
	}
	exact := func(column string) string {
		i, ok := r.at[column]
		if !ok || i >= len(cells) {
			return ""
		}
		return sheet.Bare(cells[i])
	}
	l := Line{File: r.file, Sheet: r.sheet, Row: row, Binding: cell(colBinding), Description: cell(colDescription), Proposed: exact(colProposed), Change: Change{
		UUID: strings.TrimPrefix(cell(colUUID), "uuid:"), Question: cell(colQuestion), Issue: cell(colIssue), Old: exact(colOld), New: exact(colNew),
		CheckID: cell(colCheck), Comment: cell(colComment), Level: cell(colLevel),
	}}
	l.Source = l.Place().String()
	fail := func(column, kind, problem, remedy string) {
		name := column
		if i, ok := r.at[column]; ok {
			name = r.column(i)
		}
		r.refuse(row, name, kind, problem, remedy)
	}
	t, ok := r.words.typeOf(cell(colType))
	if !ok {
		fail(colType, "log-type", "The type of change is none that is known.", "The types are: "+typeNames()+". Name another word for one under \"clean.aliases.change_type\".")
		return
	}
	l.Type = t
	if folded(l.UUID) == Everybody || folded(l.UUID) == "all_data" {
		l.UUID = Everybody
	}
	if s := cell(colIndex); s != "" {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil || n < 1 || n != float64(int64(n)) {
			fail(colIndex, "log-index", "The index of a row of a repeat is not a whole number from 1.", "Write which row of the repeat it is within its response, counted from 1.")
			return
		}
		l.Index = int64(n)
	}
	decides := t != "" && t != NoAction
	switch {
	case decides && l.UUID == "":
		fail(colUUID, "log-no-uuid", "The line does not say which response it is about.", "Fill in the uuid, or \"all\" where every response is meant.")
		return
	case decides && t != RemoveSurvey && l.Question == "":
		fail(colQuestion, "log-no-question", "The line does not say which item it is about.", "Fill in the name of the item.")
		return
	case t == RemoveSurvey && l.UUID == Everybody:
		fail(colUUID, "log-remove-all", "The line removes every response.", "Name the response that is to be removed.")
		return
	case t == VariableRemoved && l.UUID != Everybody:
		fail(colUUID, "log-variable-removed", "An item can only be taken out for all responses.", "Write \"all\" as the uuid, or set one answer to missing with blank_response.")
		return
	case (t == ChangeResponse || t == RecodeOther) && strings.TrimSpace(l.New) == "":
		fail(colNew, "log-no-new-value", "The line changes an answer, but not to what.", "Fill in the new value, or write blank_response.")
		return
	case t == BlankResponse && !none(l.New):
		fail(colNew, "log-new-value", "The line sets an answer to missing and has a new value all the same.", "Take the new value out, or write change_response.")
		return
	}
	r.lines = append(r.lines, l)
}

// none reports whether a cell of a log stands for no value.
func none(cell string) bool {
	cell = strings.TrimSpace(cell)
	return cell == "" || cell == "NA"
}
