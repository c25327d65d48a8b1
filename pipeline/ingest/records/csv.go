package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// blockSize is how much of a file is read at once.
const blockSize = 1 << 20

// Scanner reads delimited text (RFC 4180): records of cells, quoted where they
// must be. A line ends with LF, CRLF or CR; lines with nothing in them are
// passed over. It is strict about quotes, and goes on after reporting one that
// is out of place, so that all such places are found.
type Scanner struct {
	in      io.Reader
	block   int // bytes read at once
	delim   byte
	buf     []byte
	pos, n  int
	row     int64 // physical row on which the next record starts
	eof     bool
	short   bool // the block ended inside a record
	stopped bool
	class   [256]uint8
	lines   Lines
	last    struct{ records, cells int } // about how many the next chunk will hold
}

// Lines counts the lines of a file by how they end, and those with nothing in them.
type Lines struct {
	LF, CRLF, CR int64
	Blank        int64
}

// Mixed reports whether lines end in more than one way.
func (l Lines) Mixed() bool {
	kinds := 0
	for _, n := range []int64{l.LF, l.CRLF, l.CR} {
		if n > 0 {
			kinds++
		}
	}
	return kinds > 1
}

const (
	isDelim = 1 << iota
	isEOL
	isQuote
)

// NewScanner returns a scanner of text from in. firstRow is the physical row on
// which the text starts, 1 unless something before it was read already.
func NewScanner(in io.Reader, delim byte, firstRow int64) *Scanner {
	s := &Scanner{in: in, block: blockSize, delim: delim, row: firstRow}
	s.class[delim] |= isDelim
	s.class['\n'] |= isEOL
	s.class['\r'] |= isEOL
	s.class['"'] |= isQuote
	return s
}

// Lines returns the count of lines so far, those inside quoted cells left out.
func (s *Scanner) Lines() Lines { return s.lines }

// Next returns the next records, or io.EOF.
func (s *Scanner) Next() (*Chunk, error) {
	if s.stopped {
		return nil, io.EOF
	}
	c := &Chunk{starts: make([]int32, 1, s.last.records+1), rows: make([]int64, 0, s.last.records), cells: make([]span, 0, s.last.cells)}
	for {
		if err := s.fill(); err != nil {
			return nil, err
		}
		c.buf, c.from = s.buf, s.pos
		for len(c.rows) < ChunkRows && s.record(c) {
		}
		c.to = s.pos
		switch {
		case len(c.rows) > 0 || len(c.Problems) > 0:
			s.last.records, s.last.cells = len(c.rows)+len(c.rows)/8, len(c.cells)+len(c.cells)/8
			return c, nil
		case s.eof && s.pos >= s.n:
			s.stopped = true
			return nil, io.EOF
		case s.n-s.pos > MaxRecord:
			s.stopped = true
			c.Problems = append(c.Problems, Problem{Kind: RecordTooLong, Row: s.row, Column: -1})
			return c, nil
		}
	}
}

// fill makes sure that there is more to scan than at the last call: it moves
// what is left over into a fresh block, because chunks keep the old one.
func (s *Scanner) fill() error {
	if s.eof {
		return nil
	}
	if !s.short && s.n-s.pos > s.block/2 {
		return nil // enough is left of the last block
	}
	s.short = false
	rest := s.n - s.pos
	size := s.block
	for size < 2*rest {
		size *= 2
	}
	fresh := make([]byte, size)
	copy(fresh, s.buf[s.pos:s.n])
	n, err := io.ReadFull(s.in, fresh[rest:])
	s.buf, s.pos, s.n = fresh, 0, rest+n
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		s.eof = true
	case err != nil:
		return fmt.Errorf("read answers: %w", err)
	}
	return nil
}

// record scans one record into the chunk. It reports false, and takes nothing,
// when the block ends before the record does.
func (s *Scanner) record(c *Chunk) bool {
	p, n := s.pos, s.n
	if p >= n {
		return false
	}
	buf, class := s.buf[:n], &s.class
	firstCell, firstProblem := len(c.cells), len(c.Problems)
	rows := int64(0) // lines inside quoted cells
	doubled := false // some cell has a doubled quote
	giveUp := func() bool {
		c.cells, c.Problems = c.cells[:firstCell], c.Problems[:firstProblem]
		s.short = true
		return false
	}
	for {
		start := p
		column := len(c.cells) - firstCell
		if p < n && buf[p] == '"' {
			q, lines, two := s.closing(buf, p+1)
			rows, doubled = rows+lines, doubled || two
			if q+1 >= n && !s.eof {
				return giveUp()
			}
			if q >= n {
				c.Problems = append(c.Problems, Problem{Kind: QuoteOpen, Row: s.row, Column: column})
				c.cells = append(c.cells, span{uint32(start + 1), uint32(n)})
				p = n
				break
			}
			if p = q + 1; p >= n || s.class[buf[p]]&(isDelim|isEOL) != 0 {
				c.cells = append(c.cells, span{uint32(start + 1), uint32(q)})
			} else {
				c.Problems = append(c.Problems, Problem{Kind: QuoteAfter, Row: s.row, Column: column})
				for p < len(buf) && class[buf[p]]&(isDelim|isEOL) == 0 {
					p++
				}
				c.cells = append(c.cells, span{uint32(start), uint32(p)})
			}
		} else {
			for p < len(buf) && class[buf[p]] == 0 {
				p++
			}
			if p < n && buf[p] == '"' {
				c.Problems = append(c.Problems, Problem{Kind: QuoteInside, Row: s.row, Column: column})
				for p < len(buf) && class[buf[p]]&(isDelim|isEOL) == 0 {
					p++
				}
			}
			c.cells = append(c.cells, span{uint32(start), uint32(p)})
		}
		if p >= n {
			if !s.eof {
				return giveUp()
			}
			break
		}
		if s.class[buf[p]]&isDelim != 0 {
			p++
			if len(c.cells)-firstCell > MaxColumns {
				s.stopped = true
				c.cells = c.cells[:firstCell]
				c.Problems = append(c.Problems[:firstProblem], Problem{Kind: RecordTooLong, Row: s.row, Column: -1})
				return false
			}
			continue
		}
		if buf[p] == '\r' && p+1 >= n && !s.eof {
			return giveUp()
		}
		break
	}
	p = s.endOfLine(p)
	s.take(c, firstCell, p, rows, doubled)
	return true
}

// closing finds the quote that ends a quoted cell, or the end of the block. It
// counts the lines on the way, and tells whether there are doubled quotes.
func (s *Scanner) closing(buf []byte, q int) (at int, lines int64, doubled bool) {
	class := &s.class
	for {
		for q < len(buf) && class[buf[q]]&(isQuote|isEOL) == 0 {
			q++
		}
		switch {
		case q >= len(buf):
			return q, lines, doubled
		case buf[q] == '"':
			if q+1 >= len(buf) || buf[q+1] != '"' {
				return q, lines, doubled
			}
			doubled = true
			q += 2
			continue
		case buf[q] == '\n', q+1 < len(buf) && buf[q+1] != '\n':
			lines++
		}
		q++
	}
}

// endOfLine passes over the end of a line at p and counts it.
func (s *Scanner) endOfLine(p int) int {
	switch {
	case p >= s.n:
		return p
	case s.buf[p] == '\n':
		s.lines.LF++
		return p + 1
	case p+1 < s.n && s.buf[p+1] == '\n':
		s.lines.CRLF++
		return p + 2
	}
	s.lines.CR++
	return p + 1
}

// take adds the record that ends at p to the chunk, unless its line is empty.
func (s *Scanner) take(c *Chunk, firstCell, p int, rows int64, doubled bool) {
	cells := c.cells[firstCell:]
	if len(cells) == 1 && cells[0].end == cells[0].start && s.buf[s.pos] != '"' {
		s.lines.Blank++
		c.cells = c.cells[:firstCell]
		s.pos = p
		s.row++
		return
	}
	for k := range cells {
		if doubled {
			unquote(s.buf, &cells[k])
		}
		if cells[k].end-cells[k].start > MaxCell {
			c.Problems = append(c.Problems, Problem{Kind: CellTooLong, Row: s.row, Column: k})
		}
	}
	c.rows = append(c.rows, s.row)
	c.starts = append(c.starts, int32(len(c.cells)))
	s.pos = p
	s.row += rows + 1
}

// unquote turns the doubled quotes of a quoted cell into single ones, in place;
// what is left over behind it becomes blanks.
func unquote(buf []byte, cell *span) {
	if cell.start == 0 || buf[cell.start-1] != '"' {
		return
	}
	b := buf[cell.start:cell.end]
	i := bytes.IndexByte(b, '"')
	if i < 0 {
		return
	}
	w := i
	for r := i; r < len(b); r++ {
		b[w] = b[r]
		w++
		if b[r] == '"' {
			r++ // every quote inside is one of two
		}
	}
	for k := w; k < len(b); k++ {
		b[k] = ' '
	}
	cell.end = cell.start + uint32(w)
}
