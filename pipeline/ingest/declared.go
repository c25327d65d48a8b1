package ingest

import (
	"fmt"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// userMissing is the kind of what is counted of values that a file declares to
// be no answer.
const userMissing = "user-missing"

// declared tells, for each column, which values the file declares to be no
// answer. nil where it declares none.
type declared []*declaration

// declaration is what a file declares of a column.
type declaration struct {
	variable *records.Variable
	item     *survey.Item
	reasons  map[string]bool // names of choices that have a reason of their own in the survey
}

// reasoned reports whether the survey gives a reason for a value.
func (d *declaration) reasoned(value string) bool {
	if n, err := strconv.ParseFloat(value, 64); err == nil && d.item.ReasonOf(n) != survey.Answered {
		return true
	}
	return d.reasons[value]
}

// is reports whether a cell holds a value that is no answer and that the survey
// gives no reason for. Where it gives one, the cell is bound like any other.
func (d declared) is(k int, cell []byte) bool {
	if k >= len(d) || d[k] == nil || len(cell) == 0 {
		return false
	}
	return d[k].variable.IsMissing(string(cell)) && !d[k].reasoned(string(cell))
}

// count counts such cells of a row by their column.
func (d declared) count(out *bound, row record) {
	for k := range d {
		if d.is(k, row.chunk.Cell(row.i, k)) {
			out.problems.Add(userMissing, k, "", row.row(), nil)
		}
	}
}

// declaredMissing gathers what the file says of the columns that hold answers.
func (j *job) declaredMissing() declared {
	var out declared
	for k, c := range j.table.header.Columns {
		if k >= len(j.table.says) || len(j.table.says[k].Missing) == 0 || c.Role != bind.Answer && c.Role != bind.Choice {
			continue
		}
		if out == nil {
			out = make(declared, len(j.table.header.Columns))
		}
		d := &declaration{variable: &j.table.says[k], item: &j.survey.Items[c.Item], reasons: map[string]bool{}}
		for _, choice := range j.survey.Choices(&j.survey.Items[c.Item]) {
			if choice.Missing != survey.Answered {
				d.reasons[choice.Name] = true
			}
		}
		out[k] = d
	}
	return out
}

// tellDeclared says how many cells of a column hold values that the file declares
// to be no answer, and how they get a reason.
func (j *job) tellDeclared(t bind.Trouble) {
	v := &j.table.says[t.Column]
	place, _ := j.place(t.Column, t.Rows[0])
	example := ""
	for _, m := range v.Missing {
		if !m.Range {
			example = records.Printable(m.Low)
			break
		}
	}
	remedy := "They stay out of every base. A reason can be given to single values, not to a range."
	if example != "" {
		remedy = fmt.Sprintf("To give them a reason, name the value in the config, as in \"missing: {refused: [%s]}\", or under dont_know or not_applicable; it must be a number, or a choice of the item in the form.", example)
	}
	j.sum(t, finding.Note, place, fmt.Sprintf("%d cell(s) of the column hold a value that the file declares to be no answer (%s); they count as not answered.", t.Count, v.DeclaredMissing()), remedy)
}
