package table

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/spelling"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Compatibility says whether a plan is one for R's analysistools, whose users
// expect its intervals: see Row.Compatible.
type Compatibility int

// The ways to read a plan. Told is one whose columns and analyses are all of
// those that analysistools has.
const (
	Told  Compatibility = iota // by the sheet itself
	Never                      // the intervals of the project
	Always
)

// beginning is the remedy where a sheet has no header.
const beginning = "Begin with: analysis_type,analysis_var,group_var,level"

// ReadSheet reads a plan from a sheet, CSV or the first of an XLSX workbook,
// with SheetColumns, of which only the first two must be there. An empty cell
// and NA say nothing. Everything that does not hold is a finding.
func ReadSheet(file string, content []byte, s *survey.Survey, mode Compatibility) (Plan, []finding.Finding) {
	r := sheetReader{file: file, survey: s}
	rows, err := sheet.Read(content)
	var bad *sheet.Error
	if errors.As(err, &bad) {
		r.refuse(bad.Row, "", bad.Problem, "Save the plan as CSV UTF-8 or as an XLSX workbook.")
		return Plan{}, r.findings
	}
	if len(rows) == 0 {
		r.refuse(1, "", "The plan has no header row.", beginning)
		return Plan{}, r.findings
	}
	at, own := r.header(rows[0])
	if finding.Refused(r.findings) {
		return Plan{}, r.findings
	}
	var plan Plan
	seen := map[Key]int{}
	for _, row := range rows[1:] {
		out, ok := r.row(cells{row.Number, row.Cells, at})
		if !ok {
			continue
		}
		if first, twice := seen[out.Key()]; twice {
			r.note(row.Number, "", fmt.Sprintf("This row asks for the same as row %d.", first), "Remove one of them.")
			continue
		}
		seen[out.Key()] = row.Number
		plan.Rows = append(plan.Rows, out)
	}
	if mode == Always || mode == Told && !own && onlyCompatible(plan) {
		r.compatible(&plan, mode)
	}
	return plan, r.findings
}

// header finds the columns, and says whether any is the project's own.
func (r *sheetReader) header(row sheet.Row) (at map[string]int, own bool) {
	at = map[string]int{}
	var strange []string
	for i, h := range row.Cells {
		h = strings.TrimSpace(h)
		place := slices.IndexFunc(SheetColumns[:], func(c string) bool { return strings.EqualFold(c, h) })
		switch {
		case h == "":
			continue
		case place < 0:
			strange = append(strange, h)
			continue
		}
		name := SheetColumns[place]
		if _, twice := at[name]; twice {
			r.refuse(row.Number, name, "The plan has the column "+name+" twice.", "Keep one of them.")
		}
		at[name] = i
		own = own || place >= ours
	}
	for _, need := range [...]string{columnType, columnItem} {
		if _, ok := at[need]; !ok {
			r.refuse(row.Number, need, "The plan has no column "+need+".", beginning)
		}
	}
	for _, name := range strange {
		r.note(row.Number, name, "The column "+name+" of the plan is not read.",
			spelling.DidYouMean(strings.ToLower(name), SheetColumns[:], "Leave it if it is a remark; the columns that are read are "+strings.Join(SheetColumns[:], ", ")+"."))
	}
	return at, own
}

// compatible marks the rows whose intervals are to be those of analysistools.
func (r *sheetReader) compatible(plan *Plan, mode Compatibility) {
	for i, row := range plan.Rows {
		plan.Rows[i].Compatible = row.Method == "" && slices.Contains(compatible[:], row.Analysis)
	}
	if mode == Told && len(plan.Rows) > 0 {
		r.note(0, "", "The plan is one for analysistools, so intervals are those that its users expect: symmetric about the figure, on Student's t, with the degrees of freedom of all who answered.",
			"For the intervals of this program write \"compatible: false\" beside the file of the plan, as in \"plan: {file: "+r.file+", compatible: false}\".")
	}
}

func onlyCompatible(p Plan) bool {
	return !slices.ContainsFunc(p.Rows, func(r Row) bool { return !slices.Contains(compatible[:], r.Analysis) })
}

type sheetReader struct {
	file     string
	survey   *survey.Survey
	findings []finding.Finding
}

func (r *sheetReader) refuse(row int, column, problem, remedy string) {
	r.find(finding.Refusal, row, column, problem, remedy)
}

func (r *sheetReader) note(row int, column, problem, remedy string) {
	r.find(finding.Note, row, column, problem, remedy)
}

func (r *sheetReader) find(how finding.Severity, row int, column, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "plan", Kind: "plan-sheet", Severity: how,
		Place: finding.Place{File: r.file, Row: row, Column: column}, Problem: problem, Remedy: remedy,
	})
}

// cells are the cells of a row by column.
type cells struct {
	row   int
	cells []string
	at    map[string]int
}

// get returns what a column says, "" where it says nothing.
func (c cells) get(column string) string {
	i, ok := c.at[column]
	if !ok || i >= len(c.cells) {
		return ""
	}
	switch v := strings.TrimSpace(sheet.Bare(c.cells[i])); v {
	case missing, "#N/A":
		return ""
	default:
		return v
	}
}
