package ingest

import (
	"fmt"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/bind"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// note counts a problem of the file itself.
func (j *job) note(out *bound, p records.Problem) {
	if p.Kind == records.NumberNotText && !j.wantsText(p.Column) {
		return
	}
	if p.Kind == records.HiddenColumn && p.Column >= len(j.table.header.Columns) {
		return
	}
	out.problems.Add(string(p.Kind), p.Column, "", p.Row, nil)
	if p.Kind == records.NotUTF8 && len(out.sample) < sampleBytes {
		out.sample = append(append(out.sample, p.Bytes...), '\n')
	}
}

// sampleBytes is how much of what is no UTF-8 is looked at for a hint.
const sampleBytes = 4096

// wantsText reports whether a long number in a column is a sign that a
// spreadsheet program changed what stood there: in identifiers and texts.
func (j *job) wantsText(column int) bool {
	if column < 0 || column >= len(j.table.header.Columns) {
		return false
	}
	switch c := j.table.header.Columns[column]; c.Role {
	case bind.UUID, bind.ID, bind.RootUUID:
		return true
	case bind.Answer:
		t := j.survey.Items[c.Item].Type
		return t == survey.OpenText || t == survey.Calculated
	}
	return false
}

// tell turns what was gathered into findings and enters the counts.
func (j *job) tell() {
	j.lookAtColumns()
	for _, t := range j.problems.Troubles() {
		j.tellProblem(t)
	}
	for _, t := range j.tally.Troubles() {
		j.tellCell(t)
	}
	j.tellUntitled()
	j.tellOrder()
	if j.level == 0 {
		j.tellFilter()
	}
	if j.level == 0 && j.read == 0 && j.input.interviews == nil {
		j.input.add("no-responses", finding.Refusal, finding.Place{Sheet: records.Printable(j.table.sheet)}, "The file has a header and no responses.", "Export the answers again; the last good report stays as it is.")
	}
	r := &j.input.report
	for count, n := range j.tally.Counts {
		switch count.Kind {
		case "unlisted choices":
			if r.Unlisted == nil {
				r.Unlisted = map[string]int64{}
			}
			r.Unlisted[count.Item] += n
		case "named by label":
			if r.ByLabel == nil {
				r.ByLabel = map[string]int64{}
			}
			r.ByLabel[count.Item] += n
		}
	}
	r.Blank += j.table.blanks
	if j.level == 0 {
		r.Rows, r.Kept = j.read, j.kept
		if len(j.versions) > 0 {
			r.Versions = j.versions
		}
	} else {
		r.Repeats = append(r.Repeats, RepeatReport{Level: levelName(j.survey, j.level), Sheet: records.Printable(j.table.sheet), Rows: j.read, Kept: j.kept})
	}
	if n := len(j.plan.Undecided); n > 0 {
		j.input.add("undecided-conditions", finding.Note, finding.Place{Sheet: records.Printable(j.table.sheet)}, fmt.Sprintf("For %d item(s) it cannot be told from this file whether they were asked, because their conditions speak of items that it lacks, of repeats, of the place of a row in its repeat, or cannot be read: %s. Those that speak of repeats or places are decided when all answers are clean; the blank answers to the others count as not answered.", n, strings.Join(j.plan.Undecided, ", ")), "Nothing to do if the file is complete.")
	}
}

// place names a cell; in a workbook the words name it as well, as in "Cell I3".
func (j *job) place(column int, row int64) (finding.Place, string) {
	p := finding.Place{Sheet: records.Printable(j.table.sheet), Row: int(row)}
	if h := j.table.header.Columns; column >= 0 && column < len(h) {
		if p.Column = records.Printable(h[column].Name); strings.TrimSpace(p.Column) == "" {
			p.Column = fmt.Sprintf("no. %d", column+1)
		}
		if c := h[column]; c.Role == bind.Answer || c.Role == bind.Choice {
			p.Item = j.survey.Items[c.Item].Name
		}
	} else if column >= 0 {
		p.Column = fmt.Sprintf("no. %d", column+1)
	}
	if j.table.keys {
		return p, "The answer"
	}
	if j.table.sheet != "" && !j.table.text && column >= 0 && row > 0 {
		return p, "Cell " + records.CellName(column, row)
	}
	return p, "The cell"
}

// list adds a finding for each of the rows, and one for all when there are more.
func (j *job) list(t bind.Trouble, severity finding.Severity, problem, remedy string) {
	for _, row := range t.Rows {
		place, cell := j.place(t.Column, row)
		if t.Item != "" {
			place.Item = t.Item
		}
		j.input.add(t.Kind, severity, place, strings.Replace(problem, "{cell}", cell, 1), remedy)
	}
	if more := t.Count - int64(len(t.Rows)); more > 0 {
		place, _ := j.place(t.Column, 0)
		j.sum(t, severity, place, fmt.Sprintf("%d more cells of the column have the same trouble.", more), remedy)
	}
}

// one adds one finding for all rows, placed at the first.
func (j *job) one(t bind.Trouble, severity finding.Severity, problem, remedy string) {
	place, cell := j.place(t.Column, t.Rows[0])
	if t.Item != "" {
		place.Item = t.Item
	}
	j.sum(t, severity, place, strings.Replace(problem, "{cell}", cell, 1), remedy)
}

func (j *job) sum(t bind.Trouble, severity finding.Severity, place finding.Place, problem, remedy string) {
	place.File = j.input.source.File
	j.input.findings = append(j.input.findings, finding.Finding{
		Stage: stage, Kind: t.Kind, Severity: severity, Place: place, Problem: problem, Remedy: remedy, Count: t.Count,
	})
}

// tellCell reports cells that did not bind, or not quite.
func (j *job) tellCell(t bind.Trouble) {
	switch t.Kind {
	case "number-form":
		j.one(t, finding.Note, "{cell} writes a whole number as 4.0 or 1e+05; it was read as the whole number that it is.", "Nothing to do.")
	case "date-form":
		j.one(t, finding.Note, "{cell} has a time of midnight beside its date, or a date where a time belongs; it was read as that day.", "Nothing to do.")
	case "contradiction":
		j.list(t, finding.Warning, "{cell} and the columns of its choices do not name the same choices; the answer was taken from the first where it is filled in.", "Correct whichever is wrong; after editing one of them in a spreadsheet the other must follow.")
	case "two-transcripts":
		j.list(t, finding.Warning, "{cell} and a column beside it hold transcripts in two languages of one recording; the first was read.", "Name the columns that should not be read under input.ignore.")
	case "label-means-several":
		j.list(t, finding.Warning, "{cell} holds labels that may mean several choices: two have the same label, or one label is made of others; it was kept as it stands and counts as invalid.", "Export the answers again with XML values in place of labels, or with a column for each choice.")
	case "choice-twice":
		j.list(t, finding.Warning, "{cell} names a choice twice; it counts once.", "Nothing to do if it was meant once; correct it in the file if another choice was meant.")
	case "choice-mark":
		j.list(t, finding.Warning, "{cell} or a column of one of its choices holds something other than 1, 0, TRUE, FALSE, yes or no.", "Correct it in the file.")
	case "answer-not-asked-for":
		j.one(t, finding.Warning, "{cell} answers an item that this respondent should not have been asked; the answer was kept.", "Look whether the answer that the condition hangs on was changed afterwards, or the condition.")
	default:
		j.list(t, finding.Warning, "{cell} "+t.Look.What+"; it was kept as it stands and counts as invalid.", t.Look.Remedy)
	}
}

// tellProblem reports what is the matter with the file itself.
func (j *job) tellProblem(t bind.Trouble) {
	switch records.Kind(t.Kind) {
	case userMissing:
		j.tellDeclared(t)
		return
	case records.NotUTF8:
		j.tellEncoding(t)
		return
	case records.QuoteOpen:
		j.list(t, finding.Refusal, "{cell} begins with a quote that is never closed: it would swallow all that follows.", "Close it, or write the quote inside a quoted cell as two.")
		return
	case records.RecordTooLong:
		j.list(t, finding.Refusal, "The row is longer than can be read; reading stopped there. A lone quote in it or before it may be the cause.", "Look for a quote that is not closed; check that this is a file of answers.")
		return
	}
	if t.Kind == "odd-id" && t.Count*2 > j.read {
		return // identifiers of another kind
	}
	if told, ok := problems[t.Kind]; ok {
		if told.each {
			j.list(t, told.severity, told.problem, told.remedy)
		} else {
			j.one(t, told.severity, told.problem, told.remedy)
		}
		return
	}
	switch t.Kind {
	case "ragged":
		for _, row := range t.Rows {
			j.input.add(t.Kind, finding.Refusal, finding.Place{Row: int(row)}, fmt.Sprintf("The row has %d cells and the header %s.", t.Column, t.Item), "Mend the row: a delimiter or a quote is missing, or one too many stands in a cell that is not quoted.")
		}
		if more := t.Count - int64(len(t.Rows)); more > 0 {
			j.input.add(t.Kind, finding.Refusal, finding.Place{}, fmt.Sprintf("%d more rows have %d cells where the header has %s.", more, t.Column, t.Item), "Mend them in the same way.")
		}
	}
}

// tellUntitled notes columns without a name and without answers.
func (j *job) tellUntitled() {
	filled := map[int]bool{}
	for _, t := range j.problems.Troubles() {
		filled[t.Column] = filled[t.Column] || t.Kind == "untitled"
	}
	for k, c := range j.table.header.Columns {
		if c.Role == bind.Untitled && !filled[k] && j.table.text {
			place, _ := j.place(k, j.table.first)
			j.input.add("empty-column", finding.Warning, place, "The column has neither a name nor answers: each row ends with, or has, a delimiter too many.", "Nothing to do.")
		}
	}
}

// tellLines notes lines that end in several ways.
func (u *input) tellLines(l records.Lines) {
	if l.Mixed() {
		u.add("mixed-line-ends", finding.Warning, finding.Place{}, fmt.Sprintf("Lines end in several ways: %d with LF, %d with CR LF, %d with CR. All were read as ends of rows.", l.LF, l.CRLF, l.CR), "Check the number of responses; files joined by hand look so.")
	}
}
