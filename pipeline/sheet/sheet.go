// Package sheet reads and writes the small sheets in which analysts keep what
// they ask of a survey, as CSV or as a workbook: rows of cells under a header.
// Answers, which may be many, are not read by it.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// How large a sheet may be.
const (
	MaxRows  = 100_000
	MaxCells = 500      // in a row
	maxBytes = 64 << 20 // of a workbook, unpacked
	maxText  = 16 << 20 // bytes of a CSV file, or of all cells of a workbook
)

// TextFormat is the number format "@" of workbooks: what is typed stays text.
const TextFormat = 49

// Row is a row of a sheet. Number counts from 1, the header included; in CSV it
// is the line on which the row begins.
type Row struct {
	Number int
	Cells  []string
}

// Error says why a sheet cannot be read, in a sentence, and in which row: 0
// where it is not known.
type Error struct {
	Row     int
	Problem string
}

// Error implements error.
func (e *Error) Error() string { return e.Problem }

// Unread says why a sheet could not be read, and in which row, and what helps.
func Unread(err error) (row int, problem, remedy string) {
	problem, remedy = "The sheet cannot be read.", "Save it as CSV in UTF-8, or as a workbook."
	if bad, ok := err.(*Error); ok {
		row, problem = bad.Row, bad.Problem
	}
	return row, problem, remedy
}

// Read returns the rows that are not empty of a CSV file in UTF-8, with commas
// or semicolons, or of the first sheet of an XLSX workbook. Cells are as they stand: who reads
// what this program wrote takes their guard away with Bare. An error is an *Error.
func Read(content []byte) ([]Row, error) {
	if bytes.HasPrefix(content, []byte("PK")) {
		return readBook(content)
	}
	return readCSV(content)
}

func readCSV(content []byte) ([]Row, error) {
	if len(content) > maxText {
		return nil, tooLarge(0)
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return nil, &Error{0, "The sheet is not text in UTF-8."}
	}
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	if head, _, _ := bytes.Cut(content, []byte("\n")); bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		in.Comma = ';'
	}
	var rows []Row
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			out := &Error{0, "This row cannot be read as CSV: look at its quotation marks."}
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				out.Row = bad.StartLine
			}
			return nil, out
		}
		line, _ := in.FieldPos(0)
		if rows, err = grow(rows, line, cells); err != nil {
			return nil, err
		}
	}
}

func readBook(content []byte) (rows []Row, err error) {
	defer func() {
		if recover() != nil { // the library may panic on a damaged file
			rows, err = nil, &Error{0, "The workbook cannot be read."}
		}
	}()
	if trouble := packageTrouble(content); trouble != "" {
		return nil, &Error{0, trouble}
	}
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxBytes, UnzipXMLSizeLimit: maxBytes})
	if err != nil {
		return nil, &Error{0, "The workbook cannot be read."}
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, &Error{0, "The workbook has no sheet."}
	}
	in, err := f.Rows(sheets[0])
	if err != nil {
		return nil, &Error{0, "The first sheet of the workbook cannot be read."}
	}
	defer in.Close()
	text := 0 // bytes: many cells may share one text
	for number := 1; in.Next(); number++ {
		cells, err := in.Columns()
		if err != nil {
			return nil, &Error{number, "The row cannot be read."}
		}
		for _, cell := range cells {
			text += len(cell)
		}
		if number > MaxRows || text > maxText {
			return nil, tooLarge(number)
		}
		if rows, err = grow(rows, number, cells); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// grow adds a row unless it is empty.
func grow(rows []Row, number int, cells []string) ([]Row, error) {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return rows, nil
	}
	if len(rows) >= MaxRows || len(cells) > MaxCells {
		return nil, tooLarge(number)
	}
	return append(rows, Row{number, cells}), nil
}

func tooLarge(row int) *Error {
	return &Error{row, "The sheet is larger than any of its kind: is it another file?"}
}

// WriteBook writes rows of cells as a workbook with one sheet. Cells are texts
// and stay so when they are edited, so that no program reads a formula or a date
// into them; they are guarded all the same, for who saves the sheet as CSV.
func WriteBook(w io.Writer, name string, rows [][]string) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
		return fmt.Errorf("name the sheet: %w", err)
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: TextFormat})
	if err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	for i, cells := range rows {
		for j, cell := range cells {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err == nil && cell != "" {
				err = errors.Join(f.SetCellStr(name, at, Guard(cell)), f.SetCellStyle(name, at, at, text))
			}
			if err != nil {
				return fmt.Errorf("write the sheet: %w", err)
			}
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}
