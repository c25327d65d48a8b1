package xls

import (
	"bufio"
	"errors"
	"io"
)

// The records of a workbook that are read ([MS-XLS] 2.3).
const (
	idFormula  = 0x0006
	idEOF      = 0x000A
	idDateMode = 0x0022
	idFilePass = 0x002F
	idContinue = 0x003C
	idCodePage = 0x0042
	idColumns  = 0x007D
	idSheet    = 0x0085
	idMulRK    = 0x00BD
	idRString  = 0x00D6
	idXF       = 0x00E0
	idMerged   = 0x00E5
	idTexts    = 0x00FC
	idLabelSST = 0x00FD
	idNumber   = 0x0203
	idLabel    = 0x0204
	idBoolErr  = 0x0205
	idString   = 0x0207
	idRow      = 0x0208
	idArray    = 0x0221
	idTable    = 0x0236
	idRK       = 0x027E
	idFormat   = 0x041E
	idShared   = 0x04BC
	idBOF      = 0x0809
)

// cursor reads the records of a workbook one after the other.
type cursor struct {
	stream *stream
	in     *bufio.Reader
	at     int64 // of the record under way
	end    int64 // where the next begins
	id     uint16
	data   []byte // valid until the next record
}

func newCursor(s *stream, buffer int) *cursor {
	return &cursor{stream: s, in: bufio.NewReaderSize(nil, buffer)}
}

func (c *cursor) seek(at int64) {
	c.end = at
	c.in.Reset(io.NewSectionReader(c.stream, at, max(0, c.stream.size-at)))
}

// next reads a record into id and data. The end of the stream is an error: a
// sheet ends with a record that says so.
func (c *cursor) next() error {
	head, err := c.in.Peek(4)
	if err != nil {
		return cut(err)
	}
	c.id = le16(head)
	n := int(le16(head[2:]))
	if _, err := c.in.Discard(4); err != nil {
		return cut(err)
	}
	if cap(c.data) < n {
		c.data = make([]byte, n)
	}
	c.data = c.data[:n]
	if _, err := io.ReadFull(c.in, c.data); err != nil {
		return cut(err)
	}
	c.at, c.end = c.end, c.end+int64(4+n)
	return nil
}

// peek returns the kind of the record that follows.
func (c *cursor) peek() uint16 {
	head, err := c.in.Peek(2)
	if err != nil {
		return 0
	}
	return le16(head)
}

func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it ends inside a sheet")
	}
	return err
}

// segments is the content of a record that goes on in those which follow it.
type segments struct {
	c  *cursor
	at int
}

// more goes on to the next part; false when there is none.
func (s *segments) more() (bool, error) {
	if s.c.peek() != idContinue {
		return false, nil
	}
	s.at = 0
	return true, s.c.next()
}

// left reports whether anything is left.
func (s *segments) left() (bool, error) {
	for s.at >= len(s.c.data) {
		if ok, err := s.more(); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// skip passes over bytes, from part to part.
func (s *segments) skip(n int64) error {
	for n > 0 {
		if ok, err := s.left(); !ok {
			return either(err, damaged("a text breaks off"))
		}
		step := min(n, int64(len(s.c.data)-s.at))
		s.at, n = s.at+int(step), n-step
	}
	return nil
}

// bytes appends n bytes, from part to part.
func (s *segments) bytes(out []byte, n int) ([]byte, error) {
	for n > 0 {
		if ok, err := s.left(); !ok {
			return out, either(err, damaged("a text breaks off"))
		}
		step := min(n, len(s.c.data)-s.at)
		out = append(out, s.c.data[s.at:s.at+step]...)
		s.at, n = s.at+step, n-step
	}
	return out, nil
}

func either(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// units appends n UTF-16 units. Where they go on in another part, that part
// begins with a byte which says anew whether each has one byte or two.
func (s *segments) units(out []uint16, n int, wide bool) ([]uint16, error) {
	for n > 0 {
		if s.at >= len(s.c.data) {
			ok, err := s.more()
			if !ok || err != nil {
				return out, either(err, damaged("a text breaks off"))
			}
			if len(s.c.data) == 0 {
				continue
			}
			wide, s.at = s.c.data[0]&1 != 0, 1
			continue
		}
		if !wide {
			out, n, s.at = append(out, uint16(s.c.data[s.at])), n-1, s.at+1
			continue
		}
		if s.at+2 > len(s.c.data) {
			return out, damaged("a text is cut inside a character")
		}
		out, n, s.at = append(out, le16(s.c.data[s.at:])), n-1, s.at+2
	}
	return out, nil
}
