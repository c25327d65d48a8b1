package spss

import (
	"bufio"
	"compress/zlib"
	"errors"
	"io"
	"math"
	"unicode/utf8"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// cases reads the answers, a case a row.
type cases struct {
	f      *file
	octets octets
	raw    []byte
	read   int64
	begun  bool // the header has been handed on
	done   bool
	build  records.Builder
	text   []byte
}

// octets gives the pieces of 8 bytes of which cases are made, and io.EOF.
type octets interface{ next(into []byte) error }

func (f *file) open() (records.Reader, error) {
	var in io.Reader = io.NewSectionReader(f.in, f.data, f.size-f.data)
	if f.compressed == 2 {
		blocks, err := f.openBlocks()
		if err != nil {
			return nil, err
		}
		in = blocks
	}
	buffered := bufio.NewReaderSize(in, 1<<16)
	c := &cases{f: f, raw: make([]byte, 8*f.octets)}
	if c.octets = (&plain{buffered}); f.compressed > 0 {
		c.octets = &packed{in: buffered, f: f, at: 8}
	}
	return c, nil
}

// Next implements records.Reader. The names of the variables are the first record.
func (c *cases) Next() (*records.Chunk, error) {
	if !c.begun {
		c.begun = true
		c.build.Begin(1)
		for _, v := range c.f.variables {
			c.build.Cell(c.f.decode(v.name))
		}
		c.build.End()
	}
	for !c.done && !c.build.Full() {
		ok, err := c.readCase()
		if err != nil {
			return nil, err
		}
		if !ok {
			c.done = true
			break
		}
		c.read++
		c.build.Begin(c.read + 1)
		for k, v := range c.f.variables {
			text, cut := c.f.whole(c.cell(v))
			c.build.Cell(text)
			if cut {
				c.build.Note(records.CutText, k)
			}
		}
		c.build.End()
	}
	if chunk := c.build.Chunk(); chunk != nil {
		return chunk, nil
	}
	return nil, io.EOF
}

// readCase reads the pieces of a case; false behind the last one.
func (c *cases) readCase() (bool, error) {
	if c.f.cases >= 0 && c.read == c.f.cases {
		if err := c.octets.next(c.raw[:8]); !errors.Is(err, io.EOF) {
			return false, either(err, damaged("it holds more cases than it says"))
		}
		return false, nil
	}
	for i := 0; i < len(c.raw); i += 8 {
		err := c.octets.next(c.raw[i : i+8])
		if errors.Is(err, io.EOF) && i == 0 {
			if c.f.cases >= 0 {
				return false, damaged("it holds fewer cases than it says")
			}
			return false, nil
		}
		if errors.Is(err, io.EOF) {
			return false, damaged("it ends inside a case")
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

func either(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func (c *cases) cell(v *variable) string {
	at := 8 * v.octet
	switch {
	case v.width == 0:
		return c.f.numberText(v, c.f.float(c.raw[at:]))
	case v.width <= 255:
		return c.f.decode(c.raw[at : at+v.width])
	}
	c.text = c.text[:0]
	for end := at + 8*v.octetsOf(); at < end && len(c.text) < v.width; at += 256 {
		c.text = append(c.text, c.raw[at:min(at+255, end)]...)
	}
	return c.f.decode(c.text[:min(len(c.text), v.width)])
}

// whole leaves out the beginning of a character at the end of a text: programs
// cut texts to the width of a variable in bytes.
func (f *file) whole(text string) (string, bool) {
	if f.encoding != nil {
		return text, false
	}
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		end := text[len(text)-n:]
		if utf8.RuneStart(end[0]) {
			if end[0] >= 0x80 && !utf8.FullRuneInString(end) {
				return text[:len(text)-n], true
			}
			break
		}
	}
	return text, false
}

// plain gives the pieces of a file without compression.
type plain struct{ in *bufio.Reader }

func (p *plain) next(into []byte) error {
	n, err := io.ReadFull(p.in, into)
	if n > 0 && errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it ends inside a case")
	}
	return err
}

// packed gives the pieces of a file with bytecode compression: 8 bytes that say
// what the next 8 pieces are, followed by those that had to be written out.
type packed struct {
	in    *bufio.Reader
	f     *file
	codes [8]byte
	at    int
	over  bool
}

func (p *packed) next(into []byte) error {
	for !p.over {
		if p.at == 8 {
			if _, err := io.ReadFull(p.in, p.codes[:]); err != nil {
				return p.end(err)
			}
			p.at = 0
		}
		code := p.codes[p.at]
		p.at++
		switch code {
		case 0: // fills up
		case 252:
			p.over = true
		case 253:
			if _, err := io.ReadFull(p.in, into); err != nil {
				return cut(err)
			}
			return nil
		case 254:
			copy(into, "        ")
			return nil
		case 255:
			p.f.order.PutUint64(into, math.Float64bits(p.f.sysmis))
			return nil
		default:
			p.f.order.PutUint64(into, math.Float64bits(float64(code)-p.f.bias))
			return nil
		}
	}
	return io.EOF
}

func (p *packed) end(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it ends inside a case")
	}
	return err
}

// blocks reads the ZLIB blocks of a .zsav file as one stream.
type blocks struct {
	f     *file
	table []block
	in    io.ReadCloser
	left  int64 // of the block under way
}

type block struct{ at, packed, unpacked int64 }

// openBlocks reads where the blocks lie. The list of them stands at the end.
func (f *file) openBlocks() (*blocks, error) {
	head := make([]byte, 24)
	if _, err := f.in.ReadAt(head, f.data); err != nil {
		return nil, cut(err)
	}
	at, length := int64(f.order.Uint64(head[8:])), int64(f.order.Uint64(head[16:]))
	if int64(f.order.Uint64(head)) != f.data || at < f.data+24 || at > f.size || length < 24 || length > f.size-at || length > maxRecord || length%24 != 0 {
		return nil, damaged("the list of its blocks is not where it says")
	}
	tail := make([]byte, length)
	if _, err := io.ReadFull(io.NewSectionReader(f.in, at, length), tail); err != nil {
		return nil, cut(err)
	}
	if int64(int32(f.order.Uint32(tail[20:]))) != length/24-1 {
		return nil, damaged("the list of its blocks is not whole")
	}
	b := &blocks{f: f}
	for begin := f.data + 24; len(tail) > 24; tail = tail[24:] {
		e := block{int64(f.order.Uint64(tail[32:])), int64(f.order.Uint32(tail[44:])), int64(f.order.Uint32(tail[40:]))}
		if e.at != begin || e.packed > at-begin {
			return nil, damaged("its blocks do not follow each other")
		}
		begin += e.packed
		b.table = append(b.table, e)
	}
	return b, nil
}

// Read implements io.Reader.
func (b *blocks) Read(p []byte) (int, error) {
	for {
		if b.in == nil {
			if len(b.table) == 0 {
				return 0, io.EOF
			}
			e := b.table[0]
			b.table = b.table[1:]
			in, err := zlib.NewReader(bufio.NewReader(io.NewSectionReader(b.f.in, e.at, e.packed)))
			if err != nil {
				return 0, damaged("a block cannot be unpacked")
			}
			b.in, b.left = in, e.unpacked
		}
		n, err := b.in.Read(p)
		if b.left -= int64(n); b.left < 0 {
			return 0, damaged("a block is longer than it says")
		}
		switch {
		case errors.Is(err, io.EOF) && b.left == 0:
			b.in = nil
		case err != nil:
			return 0, damaged("a block cannot be unpacked")
		}
		if n > 0 {
			return n, nil
		}
	}
}
