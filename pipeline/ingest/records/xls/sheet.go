package xls

import (
	"cmp"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// sheet reads the rows of a worksheet.
type sheet struct {
	book   *book
	name   string
	c      *cursor
	order  []place // of the cells, where they do not lie in the order of rows
	merged []string
	unseen map[int64]bool // rows that a spreadsheet program does not show
	folded []int          // columns that it does not show, until they are told
	done   bool
	build  records.Builder
	row    int64 // under way, 0 for none
	cells  []string
	notes  []note
}

// place says where in the stream a cell is.
type place struct {
	row, column uint16
	at          uint32
}

type note struct {
	kind   records.Kind
	column int
}

// open begins to read a sheet. A first look at it finds out whether its cells
// lie in the order of its rows, as most programs write them.
func (b *book) open(e sheetEntry) (records.Reader, error) {
	s := &sheet{book: b, name: e.name, c: newCursor(b.stream, 1<<15)}
	ordered, err := s.look(e.at, false)
	if err == nil && !ordered {
		s.order = []place{}
		if _, err = s.look(e.at, true); err == nil {
			s.c = newCursor(b.stream, 512)
			slices.SortStableFunc(s.order, func(a, b place) int {
				return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
			})
		}
	}
	if err != nil {
		return nil, err
	}
	s.c.seek(e.at)
	return s, s.c.next() // the record that begins a sheet
}

// look passes over a sheet to its end. It notes merged cells, and the places of
// all cells when asked to keep them.
func (s *sheet) look(at int64, keep bool) (ordered bool, err error) {
	s.c.seek(at)
	ordered, s.merged, s.unseen, s.folded = true, nil, map[int64]bool{}, nil
	row, column := -1, -1
	for depth := 0; ; {
		if err := s.c.next(); err != nil {
			return false, err
		}
		d := s.c.data
		switch s.c.id {
		case idBOF:
			depth++
			continue
		case idEOF:
			if depth--; depth <= 0 {
				return ordered, nil
			}
			continue
		}
		switch {
		case depth == 0:
			return false, damaged("the sheet %s is not where the list of sheets says", records.Printable(s.name))
		case depth > 1: // of a chart that lies in the sheet
		case s.c.id == idMerged:
			s.merge(d)
		case s.c.id == idRow && len(d) >= 16:
			if d[12]&0x20 != 0 {
				s.unseen[int64(le16(d))+1] = true
			}
		case s.c.id == idColumns && len(d) >= 10:
			s.fold(d)
		case isCell(s.c.id) && len(d) >= 4:
			r, k := int(le16(d)), int(le16(d[2:]))
			ordered = ordered && (r > row || r == row && k > column)
			row, column = r, k
			if keep {
				s.order = append(s.order, place{uint16(r), uint16(k), uint32(s.c.at)})
			}
		}
	}
}

func (s *sheet) merge(d []byte) {
	for i := 2; i+8 <= len(d) && len(s.merged) < 1000; i += 8 {
		s.merged = append(s.merged, records.CellName(int(le16(d[i+4:])), int64(le16(d[i:]))+1)+":"+records.CellName(int(le16(d[i+6:])), int64(le16(d[i+2:]))+1))
	}
}

// fold notes columns that are hidden. A worksheet has 256.
func (s *sheet) fold(d []byte) {
	if d[8]&1 == 0 {
		return
	}
	for k := int(le16(d)); k <= int(min(le16(d[2:]), 255)); k++ {
		s.folded = append(s.folded, k)
	}
}

func isCell(id uint16) bool {
	switch id {
	case idFormula, idMulRK, idRString, idLabelSST, idNumber, idLabel, idBoolErr, idRK:
		return true
	}
	return false
}

// Merged returns the ranges of merged cells.
func (s *sheet) Merged() []string { return s.merged }

// Next implements records.Reader. Rows with nothing in them are passed over.
func (s *sheet) Next() (*records.Chunk, error) {
	for !s.done && !s.build.Full() {
		found, err := s.advance()
		if err != nil {
			return nil, err
		}
		if !found {
			s.done = true
			s.endRow()
			break
		}
		if err := s.readCell(); err != nil {
			return nil, err
		}
	}
	if c := s.build.Chunk(); c != nil {
		return c, nil
	}
	return nil, io.EOF
}

// advance goes to the next cell; false at the end of the sheet.
func (s *sheet) advance() (bool, error) {
	if s.order != nil {
		if len(s.order) == 0 {
			return false, nil
		}
		s.c.seek(int64(s.order[0].at))
		s.order = s.order[1:]
		return true, s.c.next()
	}
	for depth := 1; ; {
		if err := s.c.next(); err != nil {
			return false, err
		}
		switch {
		case s.c.id == idBOF:
			depth++
		case s.c.id == idEOF:
			if depth--; depth == 0 {
				return false, nil
			}
		case depth == 1 && isCell(s.c.id):
			return true, nil
		}
	}
}

// readCell reads the cell, or the cells, of a record.
func (s *sheet) readCell() error {
	d := s.c.data
	if len(d) < 6 {
		return s.brokenCell()
	}
	row, column, style := int64(le16(d))+1, int(le16(d[2:])), int(le16(d[4:]))
	if row != s.row {
		s.endRow()
		s.row = row
	}
	switch s.c.id {
	case idMulRK:
		last := len(d) - 2
		for i := 4; i+6 <= last; i += 6 {
			if err := s.number(column, int(le16(d[i:])), rk(le32(d[i+2:]))); err != nil {
				return err
			}
			column++
		}
		return nil
	case idRK:
		if len(d) >= 10 {
			return s.number(column, style, rk(le32(d[6:])))
		}
	case idNumber:
		if len(d) >= 14 {
			return s.number(column, style, float(d[6:]))
		}
	case idLabelSST:
		if len(d) >= 10 {
			i := uint64(le32(d[6:]))
			if i >= uint64(s.book.texts.len()) {
				return &records.Fault{Kind: "damaged-workbook", Problem: "Cell " + records.CellName(column, row) + " of sheet " + records.Printable(s.name) + " points to a text that the workbook does not have.", Remedy: "Open it in a spreadsheet program and save it as XLSX."}
			}
			return s.put(column, s.book.texts.text(int(i)))
		}
	case idLabel, idRString:
		text, err := s.book.text(&segments{c: s.c, at: 6}, 2)
		if err != nil {
			return err
		}
		return s.put(column, text)
	case idBoolErr:
		if len(d) >= 8 {
			return s.boolErr(column, d[6], d[7] != 0)
		}
	case idFormula:
		if len(d) >= 14 {
			return s.formula(column, style, d[6:14])
		}
	}
	return s.brokenCell()
}

func (s *sheet) brokenCell() error {
	return damaged("a cell of the sheet %s is not whole", records.Printable(s.name))
}

// formula reads the value that was stored for a formula.
func (s *sheet) formula(column, style int, value []byte) error {
	if value[6] != 0xFF || value[7] != 0xFF {
		s.note(records.Formula, column)
		return s.number(column, style, float(value))
	}
	switch value[0] {
	case 1, 2:
		s.note(records.Formula, column)
		return s.boolErr(column, value[2], value[0] == 2)
	case 3: // an empty text
		s.note(records.Formula, column)
		return s.put(column, "")
	}
	for {
		switch s.c.peek() {
		case idShared, idArray, idTable, idContinue:
			if err := s.c.next(); err != nil {
				return err
			}
			continue
		case idString:
			if err := s.c.next(); err != nil {
				return err
			}
			text, err := s.book.text(&segments{c: s.c}, 2)
			if err != nil {
				return err
			}
			s.note(records.Formula, column)
			return s.put(column, text)
		}
		s.note(records.NoValue, column)
		return s.put(column, "")
	}
}

func (s *sheet) number(column, style int, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return s.brokenCell()
	}
	shown := records.PlainNumber
	if style < len(s.book.styles) {
		shown = s.book.styles[style]
	}
	if math.Abs(v) >= 1e15 {
		s.note(records.NumberNotText, column)
	}
	return s.put(column, records.NumberText(v, shown, s.book.from04))
}

func (s *sheet) boolErr(column int, value byte, isError bool) error {
	if !isError {
		return s.put(column, strings.ToUpper(strconv.FormatBool(value != 0)))
	}
	s.note(records.FormulaError, column)
	name, ok := map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}[value]
	if !ok {
		name = "#ERROR"
	}
	return s.put(column, name)
}

func (s *sheet) note(kind records.Kind, column int) {
	s.notes = append(s.notes, note{kind, column})
}

// put adds a cell to the row under way.
func (s *sheet) put(column int, text string) error {
	if column < len(s.cells) || column >= records.MaxColumns {
		return damaged("row %d of the sheet %s has two values in one cell", s.row, records.Printable(s.name))
	}
	for len(s.cells) < column {
		s.cells = append(s.cells, "")
	}
	s.cells = append(s.cells, text)
	return nil
}

// endRow hands on the row under way if it holds anything.
func (s *sheet) endRow() {
	if slices.ContainsFunc(s.cells, func(text string) bool { return text != "" }) || len(s.notes) > 0 {
		s.build.Begin(s.row)
		for _, text := range s.cells {
			s.build.Cell(text)
		}
		for _, n := range s.notes {
			s.build.Note(n.kind, n.column)
		}
		if s.unseen[s.row] {
			s.build.Note(records.HiddenRow, -1)
		}
		for _, k := range s.folded {
			s.build.Note(records.HiddenColumn, k)
		}
		s.folded = nil
		s.build.End()
	}
	s.cells, s.notes = s.cells[:0], s.notes[:0]
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// rk unpacks a number that was packed into 30 bits.
func rk(packed uint32) float64 {
	v := math.Float64frombits(uint64(packed&^3) << 32)
	if packed&2 != 0 {
		v = float64(int32(packed) >> 2)
	}
	if packed&1 != 0 {
		v /= 100
	}
	return v
}
