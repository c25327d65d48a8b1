package check

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// Rule is one line of a rule sheet. A response for which the expression holds
// is flagged.
type Rule struct {
	Row     int // of the sheet
	ID      string
	Says    string   // what is the matter, in words
	Perform string   // the expression
	Columns []string // the items to look at
}

const (
	ruleBytes = 64 << 20 // unpacked
	ruleRows  = 10_000
	ruleCells = 200
)

// The columns of a rule sheet.
const (
	ruleID      = "check_id"
	ruleSays    = "description"
	rulePerform = "check_to_perform"
	ruleColumns = "columns_to_clean"
)

// sheetRow is a row of a sheet and its number.
type sheetRow struct {
	number int
	cells  []string
}

// ReadRules reads a rule sheet, CSV or the first sheet of an XLSX workbook.
// Everything that does not hold is a finding; expressions are looked at later,
// with the survey.
func ReadRules(file string, content []byte) (rules []Rule, findings []finding.Finding) {
	refuse := func(row int, column, problem, remedy string) {
		findings = append(findings, finding.Finding{Stage: stage, Kind: "rule-sheet", Severity: finding.Refusal,
			Place: finding.Place{File: file, Row: row, Column: column}, Problem: problem, Remedy: remedy})
	}
	read := csvRows
	if bytes.HasPrefix(content, []byte("PK")) {
		read = bookRows
	}
	rows, at, problem := read(content)
	if problem != "" {
		refuse(at, "", problem, "Save the rule sheet as CSV UTF-8 or as an XLSX workbook.")
		return nil, findings
	}
	if len(rows) == 0 {
		refuse(1, "", "The rule sheet has no header row.", "Begin with: check_id,description,check_to_perform,columns_to_clean")
		return nil, findings
	}
	columns := map[string]int{}
	for i, h := range rows[0].cells {
		name := strings.ToLower(strings.TrimSpace(h))
		if _, twice := columns[name]; twice && name != "" {
			refuse(rows[0].number, name, "The rule sheet has the column "+name+" twice.", "Keep one of them.")
		}
		columns[name] = i
	}
	for _, need := range [...]string{ruleID, ruleSays, rulePerform} {
		if _, ok := columns[need]; !ok {
			refuse(rows[0].number, need, "The rule sheet has no column "+need+".", "Begin with: check_id,description,check_to_perform,columns_to_clean")
		}
	}
	if len(findings) > 0 {
		return nil, findings
	}
	seen := map[string]int{}
	for _, row := range rows[1:] {
		cell := func(name string) string {
			if i, ok := columns[name]; ok && i < len(row.cells) {
				return strings.TrimSpace(row.cells[i])
			}
			return ""
		}
		if strings.TrimSpace(strings.Join(row.cells, "")) == "" {
			continue
		}
		r := Rule{Row: row.number, ID: cell(ruleID), Says: cell(ruleSays), Perform: cell(rulePerform)}
		for name := range strings.SplitSeq(cell(ruleColumns), ",") {
			if name = strings.TrimSpace(name); name != "" && name != "NA" {
				r.Columns = append(r.Columns, name)
			}
		}
		switch _, twice := seen[r.ID]; {
		case r.ID == "":
			refuse(row.number, ruleID, "The rule has no id.", "Give it one: lines of the cleaning log are bound by it.")
		case twice:
			refuse(row.number, ruleID, "Another rule has the same id.", "Give each rule an id of its own.")
		case own(r.ID):
			refuse(row.number, ruleID, "The id is that of a check of the program.", "Give the rule another id.")
		}
		if r.Perform == "" {
			refuse(row.number, rulePerform, "The rule does not say what to check.", "Write an expression that holds for the responses to be flagged.")
		}
		if r.Says == "" {
			refuse(row.number, ruleSays, "The rule does not say what is the matter.", "Write it for whoever reads the cleaning log.")
		}
		seen[r.ID] = row.number
		rules = append(rules, r)
	}
	return rules, findings
}

// own reports whether an id is that of a check of the program.
func own(id string) bool {
	for _, name := range [...]string{Constraint, Required, Relevant, Unknown, Unreadable, Outlier, Impossible, Speeder, StraightLine, Contradiction, Other, DateFuture, DateEarly, Identifier, SameOrganisation, Duplicate} {
		if id == name {
			return true
		}
	}
	return false
}

func csvRows(content []byte) (rows []sheetRow, at int, problem string) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return nil, 0, "The rule sheet is not text in UTF-8."
	}
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	if head, _, _ := bytes.Cut(content, []byte("\n")); bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		in.Comma = ';'
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, 0, ""
		}
		if err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				at = bad.StartLine
			}
			return nil, at, "The row cannot be read as CSV: look at its quotation marks."
		}
		line, _ := in.FieldPos(0)
		if len(rows) >= ruleRows || len(cells) > ruleCells {
			return nil, line, "The file is larger than a rule sheet: is it another file?"
		}
		rows = append(rows, sheetRow{line, cells})
	}
}

func bookRows(content []byte) (rows []sheetRow, at int, problem string) {
	defer func() {
		if recover() != nil { // the XLSX reader may panic on a damaged file
			rows, at, problem = nil, 0, "The workbook cannot be read."
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: ruleBytes, UnzipXMLSizeLimit: ruleBytes})
	if err != nil {
		return nil, 0, "The workbook cannot be read."
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, 0, "The workbook has no sheet."
	}
	in, err := f.Rows(sheets[0])
	if err != nil {
		return nil, 0, "The first sheet of the workbook cannot be read."
	}
	defer in.Close()
	for number := 1; in.Next(); number++ {
		cells, err := in.Columns()
		switch {
		case err != nil:
			return nil, number, "The row cannot be read."
		case number > ruleRows || len(cells) > ruleCells:
			return nil, number, "The sheet is larger than a rule sheet: is it another file?"
		case len(cells) > 0:
			rows = append(rows, sheetRow{number, cells})
		}
	}
	return rows, 0, ""
}
