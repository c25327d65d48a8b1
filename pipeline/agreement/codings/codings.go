// Package codings reads tables of codes: a row for each code that a coder gave a
// unit, or a row for each unit with its codes side by side.
package codings

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/agreement"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// Columns are the names of the columns that are read; others are left unread.
// Code may end with a star: then all columns that begin so hold codes of the
// unit, side by side, and a unit without any was not coded. Without a Coder all
// codes are those of Name. By may name a column that divides units, such as by
// language.
type Columns struct{ Unit, Coder, Code, By, Name string }

// wide reports whether codes stand side by side, and how their columns begin.
func (c Columns) wide() (prefix string, is bool) { return strings.CutSuffix(c.Code, "*") }

// List is what a table holds: codings, the row of each, and what divides it.
type List struct {
	Codings []agreement.Coding
	Rows    []int
	By      []string // nil where nothing divides units
}

// Limits of what is held in memory.
const (
	maxCodings = 2_000_000
	maxCodes   = 1_000
)

// Read reads a table of a file. Every mistake in it is a finding, of stage
// "ingest", which names row and column and nothing of what stands there.
func Read(file string, sheet records.Sheet, columns Columns) (List, []finding.Finding, error) {
	return read(file, sheet, columns, maxCodings)
}

func read(file string, sheet records.Sheet, columns Columns, most int) (List, []finding.Finding, error) {
	r := reading{file: file, sheet: records.Printable(sheet.Name), columns: columns, most: most}
	in, err := sheet.Open()
	if err != nil {
		return List{}, nil, fmt.Errorf("open the codes in %s: %w", file, err)
	}
	defer records.Close(in)
	for !r.over {
		c, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return List{}, nil, fmt.Errorf("read the codes in %s: %w", file, err)
		}
		r.chunk(c)
	}
	r.finish()
	return r.list, r.findings, nil
}

type reading struct {
	file, sheet string
	columns     Columns
	most        int // codings
	header      []string
	at          [4]int          // places of unit, coder, code and what divides; -1: not read
	codes       []int           // places of the columns of codes
	seen        map[string]bool // units, where each has one row
	over        bool            // nothing more is to be read
	list        List
	findings    []finding.Finding
	blank       [2]int // rows without a unit, without a coder
}

func (r *reading) refuse(row int, column, kind, problem, remedy string) {
	r.findings = append(r.findings, finding.Finding{
		Stage: "ingest", Kind: kind, Severity: finding.Refusal, Count: 1,
		Place:   finding.Place{File: r.file, Sheet: r.sheet, Row: row, Column: column},
		Problem: problem, Remedy: remedy,
	})
}

func (r *reading) chunk(c *records.Chunk) {
	for i := range c.Len() {
		switch {
		case c.Blank(i):
		case r.header == nil:
			r.begin(int(c.Row(i)), c.Strings(i))
		case len(r.list.Codings) >= r.most: // a row may hold several
			r.refuse(int(c.Row(i)), "", "too-many-codes", fmt.Sprintf("The file holds more than %d codes.", r.most), "Divide it, or draw a sample of units.")
			r.over = true
		default:
			r.row(int(c.Row(i)), c, i)
		}
		if r.over {
			return
		}
	}
	for _, p := range append(slices.Clone(c.Problems), c.Check()...) {
		r.damaged(p)
	}
}

// begin reads the header.
func (r *reading) begin(row int, header []string) {
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	r.header = header
	prefix, wide := r.columns.wide()
	for k, name := range []string{r.columns.Unit, r.columns.Coder, r.columns.Code, r.columns.By} {
		r.at[k] = -1
		if wide && k == 2 || name == "" {
			continue
		}
		r.at[k] = slices.Index(header, name)
		switch flag := [...]string{"--unit", "--coder", "--code", "--by"}[k]; {
		case r.at[k] < 0:
			r.over = true
			r.refuse(row, name, "no-column", "The file has no column of this name.", "Say with "+flag+" what the column is called.")
		case slices.Contains(header[r.at[k]+1:], name):
			r.over = true
			r.refuse(row, name, "two-columns", "Two columns have this name.", "Rename one of them.")
		}
	}
	if !wide {
		r.codes = []int{r.at[2]}
		return
	}
	r.seen = map[string]bool{}
	for i, name := range header {
		if strings.HasPrefix(name, prefix) && !slices.Contains(r.at[:], i) {
			r.codes = append(r.codes, i)
		}
	}
	if len(r.codes) == 0 {
		r.over = true
		r.refuse(row, r.columns.Code, "no-column", "The file has no column whose name begins so.", "Say with --code how the names of the columns of codes begin.")
	}
}

func (r *reading) row(row int, c *records.Chunk, i int) {
	cell := func(at int) string {
		if at < 0 || at >= c.Width(i) {
			return ""
		}
		return strings.TrimSpace(string(c.Cell(i, at)))
	}
	unit, coder := cell(r.at[0]), cell(r.at[1])
	if r.columns.Coder == "" {
		coder = r.columns.Name
	}
	for k, name := range []string{unit, coder} {
		if name == "" {
			if r.blank[k]++; r.blank[k] == 1 {
				r.refuse(row, []string{r.columns.Unit, r.columns.Coder}[k], "no-name", "The cell is empty: whose code this is cannot be told.", "Fill it in, or remove the row.")
			}
			return
		}
	}
	if r.seen != nil {
		if r.seen[unit+"\x00"+coder] {
			r.refuse(row, r.columns.Unit, "unit-twice", "The unit has another row of the same coder.", "Give each unit a name of its own, or remove one of the rows.")
			return
		}
		r.seen[unit+"\x00"+coder] = true
	}
	for _, at := range r.codes {
		code := cell(at)
		if r.seen != nil && code == "" {
			continue
		}
		r.list.Codings = append(r.list.Codings, agreement.Coding{Unit: unit, Coder: coder, Code: code})
		r.list.Rows = append(r.list.Rows, row)
		if r.at[3] >= 0 {
			r.list.By = append(r.list.By, cell(r.at[3]))
		}
	}
}

// damaged refuses cells of our columns that do not say what was meant.
func (r *reading) damaged(p records.Problem) {
	if r.header != nil && p.Column >= 0 && !slices.Contains(r.at[:], p.Column) && !slices.Contains(r.codes, p.Column) {
		return
	}
	switch p.Kind {
	case records.QuoteInside, records.QuoteAfter, records.QuoteOpen, records.CellTooLong, records.RecordTooLong, records.NotUTF8, records.NUL, records.FormulaError, records.NoValue:
		column := ""
		if p.Column >= 0 && p.Column < len(r.header) {
			column = records.Printable(r.header[p.Column])
		}
		r.refuse(int(p.Row), column, "damaged-cell", "A cell cannot be read as it stands ("+string(p.Kind)+").", "Mend the cell; save CSV files as UTF-8, or say with --encoding how the file is written.")
	}
}

// finish counts what was refused once, and looks at the whole.
func (r *reading) finish() {
	for i := range r.findings {
		for k, name := range []string{r.columns.Unit, r.columns.Coder} {
			if f := &r.findings[i]; f.Kind == "no-name" && f.Place.Column == name {
				f.Count = int64(r.blank[k])
			}
		}
	}
	if len(r.findings) > 0 {
		return
	}
	if len(r.list.Codings) == 0 {
		r.refuse(0, "", "no-codes", "The file has no rows.", "Give it a header and a row for each code of each coder.")
		return
	}
	codes := map[string]bool{}
	for i, c := range r.list.Codings {
		if codes[c.Code] = true; len(codes) > maxCodes+1 {
			r.refuse(r.list.Rows[i], r.columns.Code, "too-many-codes", fmt.Sprintf("There are more than %d codes.", maxCodes), "Check that this is the column of codes, not of texts.")
			return
		}
	}
}
