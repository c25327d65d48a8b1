// Package records reads files of answers as records: rows of cells, each with
// the physical row on which it starts. It knows files, not surveys: what a
// column means is decided elsewhere. Nothing is guessed and nothing is mended
// here: what is not as it should be is reported beside the records.
package records

import "strconv"

// ChunkRows is how many records a chunk holds at most.
const ChunkRows = 4096

// Limits of what is read, so that memory stays bounded whatever a file holds.
const (
	MaxCell    = 4 << 20  // bytes of a cell
	MaxRecord  = 24 << 20 // bytes of a record
	MaxColumns = 16_384   // cells of a record: what a worksheet can have
)

// Chunk is some records that follow each other in a file. It is read-only and
// its cells share one piece of memory.
type Chunk struct {
	buf      []byte
	cells    []span
	starts   []int32 // first cell of each record, and the end of the last
	rows     []int64
	from, to int // the part of buf that holds the records
	Problems []Problem
}

type span struct{ start, end uint32 }

// Len returns how many records the chunk holds.
func (c *Chunk) Len() int { return len(c.rows) }

// Row returns the physical row on which record i starts; the first row is 1.
func (c *Chunk) Row(i int) int64 { return c.rows[i] }

// Width returns how many cells record i has.
func (c *Chunk) Width(i int) int { return int(c.starts[i+1] - c.starts[i]) }

// Cell returns the content of cell k of record i, nil where the record is shorter.
func (c *Chunk) Cell(i, k int) []byte {
	at := int(c.starts[i]) + k
	if at >= int(c.starts[i+1]) {
		return nil
	}
	s := c.cells[at]
	return c.buf[s.start:s.end]
}

// Blank reports whether no cell of record i holds anything.
func (c *Chunk) Blank(i int) bool {
	for k := range c.Width(i) {
		if !Blank(c.Cell(i, k)) {
			return false
		}
	}
	return true
}

// Strings returns the cells of record i as texts of their own.
func (c *Chunk) Strings(i int) []string {
	out := make([]string, c.Width(i))
	for k := range out {
		out[k] = string(c.Cell(i, k))
	}
	return out
}

// Blank reports whether a cell is empty or only white space.
func Blank(cell []byte) bool {
	for i := 0; i < len(cell); i++ {
		switch b := cell[i]; {
		case b == ' ' || b == '\t' || b == '\n' || b == '\r':
		case b == 0xC2 && i+1 < len(cell) && cell[i+1] == 0xA0: // no-break space
			i++
		default:
			return false
		}
	}
	return true
}

// Kind says what is the matter with a record or a cell.
type Kind string

// What can be the matter. Those of a cell have a Column, counted from 0.
const (
	QuoteInside   Kind = "quote-inside"   // a quote in a cell that does not begin with one
	QuoteAfter    Kind = "quote-after"    // text after the closing quote of a cell
	QuoteOpen     Kind = "quote-open"     // a quoted cell that never ends
	CellTooLong   Kind = "cell-too-long"  // more than MaxCell
	RecordTooLong Kind = "row-too-long"   // more than MaxRecord or MaxColumns: reading stops there
	NotUTF8       Kind = "not-utf-8"      // bytes that are no UTF-8
	NUL           Kind = "nul"            // a NUL byte
	Replacement   Kind = "replacement"    // U+FFFD: text was damaged before
	Control       Kind = "control"        // control characters such as ESC
	LongCell      Kind = "long-cell"      // longer than a cell of a worksheet may be
	Formula       Kind = "formula"        // a cell that is computed; its stored value is read
	FormulaError  Kind = "formula-error"  // a cell whose stored value is an error such as #N/A
	NoValue       Kind = "formula-empty"  // a formula without a stored value
	HiddenRow     Kind = "hidden-row"     // a row that a spreadsheet program does not show
	HiddenColumn  Kind = "hidden-column"  // a column that it does not show
	FarCell       Kind = "far-cell"       // cells far to the right of the table, not read
	Turned        Kind = "turned-text"    // marks that turn the order of text round
	Mojibake      Kind = "mojibake"       // UTF-8 that was taken for another encoding and written anew
	CutText       Kind = "cut-text"       // a text that ends inside a character, which was left out
	NumberNotText Kind = "number-as-text" // a number where an identifier is expected
)

// Problem is something the matter with a record or a cell.
type Problem struct {
	Kind   Kind
	Row    int64
	Column int // counted from 0; -1 for the whole record
	Bytes  []byte
}

// Cell returns the name of the cell as a spreadsheet has it, such as "A5".
func (p Problem) Cell() string { return CellName(p.Column, p.Row) }

// CellName returns the name of a cell, such as "A5"; columns count from 0.
func CellName(column int, row int64) string {
	name := ""
	for c := column; c >= 0; c = c/26 - 1 {
		name = string(rune('A'+c%26)) + name
	}
	return name + strconv.FormatInt(row, 10)
}

// Reader gives the records of a file chunk by chunk, and io.EOF after the last.
type Reader interface {
	Next() (*Chunk, error)
}
