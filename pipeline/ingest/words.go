package ingest

import (
	"fmt"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// told is how a problem of a file is put.
type told struct {
	severity        finding.Severity
	each            bool // a finding for each row, not one for all
	problem, remedy string
}

// problems are the words for what can be the matter with a file. The values of
// cells are never in them.
var problems = map[string]told{
	string(records.QuoteInside):   {finding.Refusal, true, "{cell} has a quote in it and does not begin with one.", "Put the cell in quotes and write each quote in it as two; export again if a program wrote it so."},
	string(records.QuoteAfter):    {finding.Refusal, true, "{cell} goes on after its closing quote.", "Write each quote inside the cell as two; a delimiter may be missing."},
	string(records.CellTooLong):   {finding.Refusal, true, fmt.Sprintf("{cell} is longer than %d MB.", records.MaxCell>>20), "Check what it holds; shorten it, or name the column under input.ignore."},
	string(records.NUL):           {finding.Refusal, true, "{cell} holds a NUL byte, at which other programs cut a text off.", "Export again, or remove the NUL; a file full of them is UTF-16: then set \"input.encoding: utf-16le\"."},
	string(records.Replacement):   {finding.Warning, true, "{cell} holds the sign U+FFFD: characters of the text were lost before it came here.", "Look for an undamaged copy of the answers."},
	string(records.Control):       {finding.Warning, false, "{cell} holds control characters, such as those that steer a terminal; they were kept in the answer and are not shown.", "Nothing to do; see how they came into the answers."},
	string(records.LongCell):      {finding.Warning, true, fmt.Sprintf("{cell} is longer than %d characters, the most that a cell of a spreadsheet takes; it was kept whole.", records.LongCellChars), "Check that it is an answer; do not edit the file in a spreadsheet program, which would cut it."},
	string(records.Formula):       {finding.Warning, true, "{cell} holds a formula; the value stored with it was read.", "Replace formulas by their values before the file is used."},
	string(records.FormulaError):  {finding.Warning, true, "{cell} holds an error of a spreadsheet program, such as #N/A.", "Correct the cell, or empty it."},
	string(records.NoValue):       {finding.Refusal, true, "{cell} holds a formula without a stored value.", "Open the workbook in a spreadsheet program, let it compute, and save; or replace formulas by their values."},
	string(records.HiddenRow):     {finding.Warning, false, "The row is hidden in the workbook, as by a filter; it was read like the others.", "Show all rows and look whether they belong to the answers; delete those that do not."},
	string(records.HiddenColumn):  {finding.Warning, false, "The column is hidden in the workbook; it was read like the others.", "Show it and look whether it belongs to the answers."},
	string(records.FarCell):       {finding.Warning, false, "The row has cells far to the right of the table, in columns without a name; they were not read.", "Delete what stands there, or move it into the table."},
	string(records.Turned):        {finding.Warning, false, "{cell} holds invisible marks that turn the order of text round, so that it may look like another than it is; they were kept.", "Look at it in a program that shows such marks."},
	string(records.Mojibake):      {finding.Warning, true, "{cell} looks like UTF-8 that a program took for another encoding and wrote anew, as in \u00c3\u00a9 for \u00e9; it was kept as it stands.", "Look for an undamaged copy, or export again and open it as UTF-8."},
	"odd-id":                      {finding.Warning, true, "{cell} should identify the response and is no UUID, as those of most other rows are: it may be a line of totals, or an identifier that a spreadsheet program changed.", "Delete the row if it is no response; else export again."},
	"header-again":                {finding.Warning, true, "The row holds the names of the columns once more, as in files that were joined; it is the header and no response, and was passed over.", "Nothing to do; check the number of responses."},
	string(records.NumberNotText): {finding.Warning, true, "{cell} holds a number with more digits than a spreadsheet program keeps, where a text or an identifier is expected: it may have been changed.", "Export again and do not save the file from a spreadsheet program; the identifier can no longer be trusted."},
	"untitled":                    {finding.Warning, false, "{cell} stands in a column without a name; such columns were not read.", "Give the column the name of its item in the first row."},
	"cut-text":                    {finding.Warning, true, "{cell} ends inside a character: the text was cut to the width of its column before. What was left of the character is left out.", "Export again from where the answers were collected if the end of the text matters."},
	"empty-id":                    {finding.Warning, true, "{cell} should identify the response and is empty; an identifier was made from its answers.", "Export again if the tool gives one: without it, duplicates cannot be told."},
	"orphan":                      {finding.Refusal, true, "{cell} points to a row that the sheet of the level above does not have.", "Export again; do not delete rows of one sheet only."},
	"other-parent":                {finding.Refusal, true, "{cell} names another response than the row that it points to: the sheets do not fit together.", "Export again; do not sort or renumber one sheet only."},
	"other-table":                 {finding.Refusal, true, "{cell} names another sheet than that of the level above.", "Export again."},
	"no-index":                    {finding.Refusal, true, "{cell} should hold the number of a row, and does not.", "Export again with the columns _index and _parent_index, or in ODK KEY and PARENT_KEY."},
	"index-twice":                 {finding.Refusal, true, "{cell} has a number that an earlier row has too: rows of repeats cannot find theirs.", "Export again; when files were joined by hand, give each as an input of its own."},
}
