package coding

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/spelling"
)

// Returned is what a person says of one answer, as it came back.
type Returned struct {
	File string
	Row  int // 0 where the file has none

	Name       string   // of the unit, or
	UUID, Item string   // what the collecting tool calls the response, and the open item,
	Also       []string // by which the unit has one of several names

	Coder string // "" for who decides
	Codes []string
	Flag  Flag

	Text    string // of the answer, as it stands in the file
	HasText bool
	Drawn   bool // the file itself says that the answer was drawn at random
}

// place says where something came back.
func (r Returned) place() finding.Place { return finding.Place{File: r.File, Row: r.Row} }

// refuse makes a finding about a file that came back. Its kind begins with
// "coded-", by which it is known that what people gave is refused.
func refuse(place finding.Place, kind, problem, remedy string) finding.Finding {
	return finding.Finding{Stage: "code", Kind: "coded-" + kind, Severity: finding.Refusal, Place: place, Problem: problem, Remedy: remedy}
}

func warn(place finding.Place, kind, problem, remedy string) finding.Finding {
	f := refuse(place, kind, problem, remedy)
	f.Severity = finding.Warning
	return f
}

// Read reads a sheet that came back from coders, or of decisions where the coders
// are nil. It reports all that is wrong with it.
func Read(file string, content []byte, book *Book, coders []Coder, decisions bool) ([]Returned, []finding.Finding) {
	rows, err := sheet.Read(content)
	if err != nil {
		place := finding.Place{File: file}
		var bad *sheet.Error
		if errors.As(err, &bad) {
			place.Row = bad.Row
		}
		return nil, []finding.Finding{refuse(place, "unreadable", err.Error(), "Save it as a workbook (.xlsx) or as CSV in UTF-8.")}
	}
	r := sheetReader{file: file, book: book, coders: coders, decisions: decisions}
	if len(rows) == 0 {
		return nil, []finding.Finding{refuse(finding.Place{File: file}, "empty", "The sheet is empty.", "Put back the sheet of answers as the first one of the workbook.")}
	}
	if !r.head(rows[0]) {
		return nil, r.findings
	}
	var out []Returned
	for _, row := range rows[1:] {
		if one, ok := r.row(row); ok {
			out = append(out, one)
		}
	}
	if r.open > 0 {
		f := refuse(finding.Place{File: file}, "open", "Rows have neither a code nor a mark that none fits: they count as not yet coded.", "Code them, or mark them, when there is time.")
		f.Severity, f.Count = finding.Note, r.open
		r.findings = append(r.findings, f)
	}
	return out, r.findings
}

// sheetReader reads the rows of one sheet.
type sheetReader struct {
	file      string
	book      *Book
	coders    []Coder
	decisions bool
	columns   []string // of each cell
	heads     []string
	findings  []finding.Finding
	open      int64 // rows not yet coded
}

func (r *sheetReader) head(row sheet.Row) bool {
	place := finding.Place{File: r.file, Row: row.Number}
	have := map[string]bool{}
	for _, cell := range row.Cells {
		cell = sheet.Bare(cell)
		c := column(cell)
		if r.decisions && c == colCode || !r.decisions && c == colDecision {
			c = ""
		}
		if have[c] && c != "" && c != colCode && c != colDecision {
			r.findings = append(r.findings, refuse(place, "columns", "The column "+c+" stands twice.", "Remove one of the two."))
		}
		have[c] = true
		r.columns, r.heads = append(r.columns, c), append(r.heads, cell)
	}
	need := func(ok bool, what, remedy string) {
		if !ok {
			r.findings = append(r.findings, refuse(place, "columns", what, remedy))
		}
	}
	need(have[colUnit] || have[colUUID] && have[colItem], "The first sheet has no column of units.", "Put the sheet of answers first and give it back its first row; codes from elsewhere need the columns _uuid and item.")
	if r.decisions {
		need(have[colDecision], "The first sheet has no column of decisions.", "Give the columns of decisions back their heads.")
	} else {
		need(have[colCode] || have[colCodes], "The first sheet has no column of codes.", "Give the columns of codes back their heads, or call one column codes.")
		need(have[colCoder], "The first sheet has no column that says who coded.", "Give it back its head, or add a column coder.")
	}
	return !finding.Refused(r.findings)
}

// row reads a row; false for one that says nothing, or nothing that can be used.
func (r *sheetReader) row(row sheet.Row) (Returned, bool) {
	out := Returned{File: r.file, Row: row.Number}
	place := out.place()
	before := len(r.findings)
	add := func(f finding.Finding) { r.findings = append(r.findings, f) }
	for i, cell := range row.Cells {
		if i >= len(r.columns) {
			break
		}
		cell = strings.TrimSpace(sheet.Bare(cell))
		switch r.columns[i] {
		case colUnit:
			out.Name = strings.ToLower(cell)
		case colUUID:
			out.UUID = cell
		case colItem:
			out.Item = cell
		case colCoder:
			out.Coder = cell
		case colAnswer:
			out.Text, out.HasText = cell, true
		case colDrawn:
			out.Drawn = strings.EqualFold(cell, "random")
		case colFlag:
			flag, ok := flagOf(cell)
			if !ok {
				p := place
				p.Column = r.heads[i]
				add(refuse(p, "flag", "The mark is none that there is.", "Choose one from the list, \"none\" or \"unclear\"."))
			}
			out.Flag = flag
		case colCode, colCodes, colDecision:
			for part := range strings.FieldsFuncSeq(cell, func(c rune) bool { return c == ';' || c == '\n' || c == '|' }) {
				if part = strings.TrimSpace(part); part == "" {
					continue
				}
				id, ok := r.book.find(part)
				if !ok {
					p := place
					p.Column = r.heads[i]
					add(refuse(p, "unknown-code", "The code is not one of the codebook.", r.book.meant(part, "Choose one from the list; several in a cell are divided by semicolons.")))
					continue
				}
				out.Codes = append(out.Codes, id)
			}
		}
	}
	slices.Sort(out.Codes)
	out.Codes = slices.Compact(out.Codes)
	if out.Flag != NoFlag && len(out.Codes) > 0 {
		add(refuse(place, "contradiction", "The row has codes and says that there is none.", "Remove the codes or the mark."))
	}
	if len(r.findings) > before {
		return out, false
	}
	if out.Flag == NoFlag && len(out.Codes) == 0 {
		r.open++
		return out, false
	}
	if out.Name == "" && (out.UUID == "" || out.Item == "") {
		add(refuse(place, "no-unit", "The row has codes and no unit.", "Put back the unit as it was in the file that was sent."))
	}
	if !r.decisions {
		if f := r.coder(&out); f != nil {
			add(*f)
		}
	}
	return out, len(r.findings) == before
}

// coder spells the coder of a row as the config does.
func (r *sheetReader) coder(out *Returned) *finding.Finding {
	if out.Coder == "" {
		f := refuse(out.place(), "no-coder", "The row does not say who coded it.", "Write the name of the coder as coding.coders has it.")
		return &f
	}
	var names []string
	for _, c := range r.coders {
		if strings.EqualFold(c.Name, out.Coder) {
			out.Coder = c.Name
			return nil
		}
		names = append(names, c.Name)
	}
	if len(names) == 0 && named(out.Coder) && !strings.EqualFold(out.Coder, string(Rule)) {
		return nil
	}
	f := refuse(out.place(), "unknown-coder", "The coder of the row is not one of coding.coders.", spelling.DidYouMean(out.Coder, names, "Correct the name, or add it to coding.coders in the config."))
	return &f
}

// compareReturned puts what came back in the order of files and rows.
func compareReturned(a, b Returned) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
}

// at says in words where a row is.
func (r Returned) at() string {
	if r.Row == 0 {
		return r.File
	}
	return fmt.Sprintf("row %d of %s", r.Row, r.File)
}
