package records

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
)

// chunkBytes is how much text of a sheet a chunk holds before the next begins.
const chunkBytes = 4 << 20

// chunkCells is how many cells a chunk of a sheet holds before the next begins:
// a row may have one cell far to the right.
const chunkCells = 1 << 20

// SheetReader reads the rows of a sheet, one after the other.
type SheetReader struct {
	book   *Book
	name   string
	part   *part
	row    int64
	done   bool
	merged []string
	hidden []int // columns, until they are told with the first row
	read   int   // rows so far that hold something
	width  int   // cells of the widest of the first rows
}

// firstRows are looked at for how wide the table is; cells more than farFrom
// columns to the right of it are not read: a single one would make its row, and
// all like it, as long as a worksheet is wide.
const (
	firstRows = 20
	farFrom   = 256
)

func (r *SheetReader) isFar(column int) bool {
	return r.read >= 1 && column >= r.width+farFrom && (r.read >= firstRows || column >= 4*farFrom)
}

// skipCell passes over a cell that has begun.
func (r *SheetReader) skipCell() error {
	for {
		t, err := r.part.next()
		if err != nil {
			return err
		}
		if t == nil {
			return r.truncated()
		}
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "c" {
			return nil
		}
	}
}

// sheet returns a sheet of the workbook whose rows are read from a part of it.
func (b *Book) sheet(name string, hidden bool, from string) Sheet {
	return Sheet{Name: name, Hidden: hidden, Open: func() (Reader, error) {
		p, err := openPart(b.parts, from)
		if err != nil {
			return nil, err
		}
		return &SheetReader{book: b, name: name, part: p}, nil
	}}
}

// Close ends the reading.
func (r *SheetReader) Close() error {
	r.part.close()
	return nil
}

// Merged returns the ranges of merged cells, known after the last record.
func (r *SheetReader) Merged() []string { return r.merged }

// Next implements Reader. Rows with nothing in them are passed over.
func (r *SheetReader) Next() (*Chunk, error) {
	if r.done {
		return nil, io.EOF
	}
	c := &Chunk{starts: []int32{0}}
	for len(c.rows) < ChunkRows && len(c.buf) < chunkBytes && len(c.cells) < chunkCells {
		t, err := r.part.next()
		if err != nil {
			return nil, err
		}
		if t == nil {
			r.done = true
			break
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "col":
			r.hiddenColumns(e)
		case "row":
			if err := r.readRow(c, e); err != nil {
				return nil, err
			}
		case "mergeCell":
			if ref := attr(e, "ref"); len(r.merged) < 1000 {
				r.merged = append(r.merged, Printable(ref))
			}
		}
	}
	c.to = len(c.buf)
	if len(c.rows) == 0 && len(c.Problems) == 0 {
		return nil, io.EOF
	}
	return c, nil
}

func (r *SheetReader) readRow(c *Chunk, e xml.StartElement) error {
	r.row++
	if at := attr(e, "r"); at != "" {
		n, err := strconv.ParseInt(at, 10, 64)
		if err != nil || n < r.row || n > maxRow {
			return fault("damaged-workbook", "Open it in a spreadsheet program and save it anew.", "In the sheet %s the row after row %d has a number that does not follow.", Printable(r.name), r.row-1)
		}
		r.row = n
	}
	first, column, filled, far := len(c.cells), -1, false, false
	for {
		t, err := r.part.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case nil:
			return r.truncated()
		case xml.EndElement:
			if t.Name.Local != "row" {
				continue
			}
			if !filled {
				c.cells = c.cells[:first]
				return nil
			}
			if truth(attr(e, "hidden")) {
				c.Problems = append(c.Problems, Problem{Kind: HiddenRow, Row: r.row, Column: -1})
			}
			for _, k := range r.hidden {
				c.Problems = append(c.Problems, Problem{Kind: HiddenColumn, Row: r.row, Column: k})
			}
			r.hidden = nil
			if r.read++; r.read <= firstRows {
				r.width = max(r.width, len(c.cells)-first)
			}
			c.rows = append(c.rows, r.row)
			c.starts = append(c.starts, int32(len(c.cells)))
			return nil
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			ref := attr(t, "r")
			if column = columnOf(ref, column+1); column < 0 || !r.inRow(ref) || column >= MaxColumns || column < len(c.cells)-first {
				return fault("damaged-workbook", "Open it in a spreadsheet program and save it anew.", "Row %d of sheet %s has a cell in a place that does not exist.", r.row, Printable(r.name))
			}
			if r.isFar(column) {
				if err := r.skipCell(); err != nil {
					return err
				}
				if !far {
					c.Problems = append(c.Problems, Problem{Kind: FarCell, Row: r.row, Column: -1})
				}
				far = true
				continue
			}
			for len(c.cells)-first < column {
				c.cells = append(c.cells, span{})
			}
			start := len(c.buf)
			if err := r.readCell(c, t, column); err != nil {
				return err
			}
			filled = filled || len(c.buf) > start
			c.cells = append(c.cells, span{uint32(start), uint32(len(c.buf))})
			if len(c.buf)-start > MaxCell {
				c.Problems = append(c.Problems, Problem{Kind: CellTooLong, Row: r.row, Column: column})
			}
		}
	}
}

// maxRow is the last row that a worksheet can have.
const maxRow = 1 << 20

// inRow reports whether a reference such as "AB12" names the row under way.
func (r *SheetReader) inRow(ref string) bool {
	digits := strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	if digits == "" {
		return true
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return err == nil && n == r.row
}

// hiddenColumns notes columns that a spreadsheet program does not show. Those
// far to the right are hidden in many a workbook, and hold nothing.
func (r *SheetReader) hiddenColumns(e xml.StartElement) {
	from, err := strconv.Atoi(attr(e, "min"))
	to, errTo := strconv.Atoi(attr(e, "max"))
	if err != nil || errTo != nil || !truth(attr(e, "hidden")) {
		return
	}
	for k := max(1, from); k <= min(to, MaxColumns); k++ {
		r.hidden = append(r.hidden, k-1)
	}
}

func (r *SheetReader) truncated() error {
	return fault("damaged-workbook", "Download or copy the file again.", "The sheet %s of the workbook is damaged or truncated.", Printable(r.name))
}

// columnOf returns the column of a reference such as "AB12", counted from 0;
// without a reference it is the one that follows.
func columnOf(ref string, following int) int {
	column := 0
	for i := 0; i < len(ref); i++ {
		b := ref[i] &^ 0x20
		if b < 'A' || b > 'Z' {
			break
		}
		if column = column*26 + int(b-'A') + 1; column > MaxColumns {
			return -1
		}
	}
	if column == 0 {
		return following
	}
	return column - 1
}

// readCell appends the text of a cell to the chunk.
func (r *SheetReader) readCell(c *Chunk, e xml.StartElement, column int) error {
	kind, style := attr(e, "t"), -1
	if s := attr(e, "s"); s != "" {
		style, _ = strconv.Atoi(s)
	}
	var value []byte
	in, formula, has := "", false, false
	for {
		t, err := r.part.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case nil:
			return r.truncated()
		case xml.StartElement:
			switch in = t.Name.Local; in {
			case "is":
				text, err := r.part.text("is")
				if err != nil {
					return err
				}
				value, has, in = append(value, text...), true, ""
			case "f":
				formula = true
			case "v":
				has = true
			}
		case xml.CharData:
			if in == "v" {
				value = append(value, t...)
			}
		case xml.EndElement:
			in = ""
			if t.Name.Local == "c" {
				return r.put(c, column, kind, style, string(value), formula, has && len(value) > 0)
			}
		}
	}
}

func (r *SheetReader) put(c *Chunk, column int, kind string, style int, value string, formula, has bool) error {
	note := func(k Kind) { c.Problems = append(c.Problems, Problem{Kind: k, Row: r.row, Column: column}) }
	switch {
	case formula && !has && kind != "str":
		note(NoValue)
	case formula:
		note(Formula)
	}
	if !has {
		return nil
	}
	text := value
	switch kind {
	case "s":
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(r.book.strings) {
			return fault("damaged-workbook", "Open it in a spreadsheet program and save it anew.", "Cell %s of sheet %s points to a text that the workbook does not have.", CellName(column, r.row), Printable(r.name))
		}
		text = r.book.strings[i]
	case "str":
		text = unescape(value)
	case "e":
		note(FormulaError)
	case "b":
		text = "FALSE"
		if truth(value) {
			text = "TRUE"
		}
	case "d", "inlineStr":
	case "", "n":
		shown, v, ok := r.book.number(value, style)
		if text = shown; ok && math.Abs(v) >= 1e15 {
			note(NumberNotText)
		}
	default:
		return fault("damaged-workbook", "Open it in a spreadsheet program and save it anew.", "Cell %s of sheet %s is of a kind that workbooks do not have.", CellName(column, r.row), Printable(r.name))
	}
	c.buf = append(c.buf, text...)
	return nil
}
