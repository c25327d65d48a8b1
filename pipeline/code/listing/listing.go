// Package listing reads and writes codebooks as tables: one of our own, which
// holds all of a codebook; that of Taguette, tags with descriptions; and that of
// MAXQDA, codes with memos. Which of them a table is, its header says.
package listing

import (
	"errors"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// Read makes a codebook of a table, CSV or XLSX. Names in tables of other
// programs are labels in the language given. After a refusal the codebook is nil.
func Read(file string, content []byte, language string) (*code.Codebook, []finding.Finding) {
	rows, err := sheet.Read(content)
	r := reader{file: file, language: language, at: map[string][]int{}}
	var broken *sheet.Error
	switch {
	case errors.As(err, &broken):
		r.refuse(broken.Row, "unreadable", broken.Problem, "Save it anew as CSV in UTF-8, or as XLSX.")
		return nil, r.findings
	case err != nil || len(rows) < 2:
		r.refuse(0, "no-codes", "The table has no codes.", "It takes a header, and a row for each code.")
		return nil, r.findings
	}
	r.header(rows[0])
	switch {
	case finding.Refused(r.findings):
	case r.has("id"):
		r.own(rows[1:])
	case r.has("code"):
		r.foreign(rows[1:], "code", "memo", ">", `\`)
	case r.has("path"):
		r.foreign(rows[1:], "path", "description", "->", ".")
	case r.has("tag"):
		r.foreign(rows[1:], "tag", "description", "->", ".")
	case r.has("name"):
		r.foreign(rows[1:], "name", "description", "->", ".")
	default:
		r.refuse(rows[0].Number, "no-header", "The header names no codes.", "It takes a column id for a codebook of Soundings, Code for one of MAXQDA, or tag, name or path for one of Taguette.")
	}
	if finding.Refused(r.findings) {
		return nil, r.findings
	}
	cb, findings := code.Check(file, r.book, r.row)
	return cb, append(r.findings, findings...)
}

type reader struct {
	file, language string
	columns        []string
	book           code.Codebook
	at             map[string][]int // rows on which an id is given
	findings       []finding.Finding
}

func (r *reader) refuse(row int, kind, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "code", Kind: kind, Severity: finding.Refusal, Place: finding.Place{File: r.file, Row: row}, Problem: problem, Remedy: remedy,
	})
}

// header takes the names of the columns, and refuses one that stands twice.
func (r *reader) header(row sheet.Row) {
	for _, cell := range row.Cells {
		name := strings.ToLower(strings.TrimSpace(sheet.Bare(cell)))
		if name != "" && slices.Contains(r.columns, name) {
			r.refuse(row.Number, "duplicate-column", "A column stands twice in the header.", "Remove or rename one.")
		}
		r.columns = append(r.columns, name)
	}
}

func (r *reader) has(column string) bool { return slices.Contains(r.columns, column) }

// cell returns what a row has in a column, "" where there is no such column.
func (r *reader) cell(row sheet.Row, column string) string {
	i := slices.Index(r.columns, column)
	if i < 0 || i >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(sheet.Bare(row.Cells[i]))
}

func (r *reader) row(id string, n int) int {
	if n < 1 || n > len(r.at[id]) {
		return 0
	}
	return r.at[id][n-1]
}
