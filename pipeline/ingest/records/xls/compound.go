package xls

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// maxFile is the largest file that is read, in bytes. A worksheet of this format
// has 65,536 rows of 256 columns at most.
const maxFile = 256 << 20

const (
	endOfChain = 0xFFFFFFFE
	noStream   = 0xFFFFFFFF
)

// compound is a compound file: a small file system inside a file ([MS-CFB]).
// Its streams are chains of sectors, which a table links to each other.
type compound struct {
	in       io.ReaderAt
	shift    uint
	total    uint32 // sectors in the file
	next     []uint32
	mini     []uint32
	short    *stream // holds the streams under the cutoff
	cutoff   int64
	children map[string]entry // of the root
}

// entry is a line of the directory.
type entry struct {
	name               string
	kind               byte // 1 a folder, 2 a stream, 5 the root
	left, right, child uint32
	start              uint32
	size               int64
}

func damaged(format string, args ...any) error {
	return &records.Fault{Kind: "damaged-workbook", Problem: "The workbook is damaged or truncated: " + fmt.Sprintf(format, args...) + ".", Remedy: "Download or copy the file again; or open it in a spreadsheet program and save it as XLSX."}
}

func openCompound(in io.ReaderAt, size int64) (*compound, error) {
	if size > maxFile {
		return nil, &records.Fault{Kind: "too-large", Problem: fmt.Sprintf("The workbook is larger than the limit of %d MB.", maxFile>>20), Remedy: "Export as CSV, which has no such limit."}
	}
	head := make([]byte, 512)
	if _, err := io.ReadFull(io.NewSectionReader(in, 0, size), head); err != nil {
		return nil, noHeader(err)
	}
	if string(head[:8]) != "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" {
		return nil, damaged("it is no .xls file behind its first bytes")
	}
	c := &compound{in: in, shift: uint(le16(head[30:])), cutoff: int64(le32(head[56:]))}
	if c.shift != 9 && c.shift != 12 || le16(head[32:]) != 6 || le16(head[28:]) != 0xFFFE {
		return nil, damaged("its first block says sizes that no program writes")
	}
	c.total = uint32((size - 1) >> c.shift)
	if err := c.readTable(head); err != nil {
		return nil, err
	}
	return c, c.readDirectory(head)
}

func noHeader(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("its first block is not whole")
	}
	return err
}

// sector reads a sector; the last of a file may be cut short and ends in zeros.
func (c *compound) sector(n uint32, into []byte) error {
	if n >= c.total {
		return damaged("it points to a block that it does not have")
	}
	got, err := c.in.ReadAt(into, int64(n+1)<<c.shift)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	clear(into[got:])
	return nil
}

// readTable reads which sector follows each. Where the table lies is told by a
// list that begins in the header and goes on in a chain of sectors.
func (c *compound) readTable(head []byte) error {
	block := make([]byte, 1<<c.shift)
	load := func(at uint32) error {
		if err := c.sector(at, block); err != nil {
			return err
		}
		for i := 0; i < len(block) && uint32(len(c.next)) < c.total; i += 4 {
			c.next = append(c.next, le32(block[i:]))
		}
		return nil
	}
	for i := 76; i < 512; i += 4 {
		if at := le32(head[i:]); at != noStream {
			if err := load(at); err != nil {
				return err
			}
		}
	}
	list := make([]byte, 1<<c.shift)
	at := le32(head[68:])
	for steps := uint32(0); at < endOfChain; steps++ {
		if steps > c.total {
			return damaged("a list of its blocks runs in a circle")
		}
		if err := c.sector(at, list); err != nil {
			return err
		}
		for i := 0; i < len(list)-4; i += 4 {
			if of := le32(list[i:]); of != noStream {
				if err := load(of); err != nil {
					return err
				}
			}
		}
		at = le32(list[len(list)-4:])
	}
	return nil
}

// chain returns the sectors that follow from the first, as many as are wanted;
// below zero, up to the end of the chain.
func chain(next []uint32, first uint32, wanted int64) ([]uint32, error) {
	var out []uint32
	for at := first; wanted < 0 && at != endOfChain || int64(len(out)) < wanted; at = next[at] {
		if uint64(at) >= uint64(len(next)) {
			return nil, damaged("a chain of its blocks breaks off")
		}
		if len(out) > len(next) {
			return nil, damaged("a chain of its blocks runs in a circle")
		}
		out = append(out, at)
	}
	return out, nil
}

// readDirectory reads the names of the streams that lie in the root.
func (c *compound) readDirectory(head []byte) error {
	sectors, err := chain(c.next, le32(head[48:]), -1)
	if err != nil {
		return err
	}
	var entries []entry
	block := make([]byte, 1<<c.shift)
	for _, n := range sectors {
		if err := c.sector(n, block); err != nil {
			return err
		}
		for i := 0; i < len(block); i += 128 {
			entries = append(entries, entryOf(block[i:i+128], c.shift))
		}
	}
	if len(entries) == 0 || entries[0].kind != 5 {
		return damaged("it has no list of its parts")
	}
	if err := c.readShort(entries[0], le32(head[60:])); err != nil {
		return err
	}
	c.children = map[string]entry{}
	seen := make([]bool, len(entries))
	for todo := []uint32{entries[0].child}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at == noStream {
			continue
		}
		if uint64(at) >= uint64(len(entries)) || seen[at] {
			return damaged("the list of its parts is no tree")
		}
		seen[at] = true
		c.children[entries[at].name] = entries[at]
		todo = append(todo, entries[at].left, entries[at].right)
	}
	return nil
}

func entryOf(b []byte, shift uint) entry {
	e := entry{kind: b[66], left: le32(b[68:]), right: le32(b[72:]), child: le32(b[76:]), start: le32(b[116:]), size: int64(le32(b[120:]))}
	if shift == 12 {
		e.size = int64(binary.LittleEndian.Uint64(b[120:]))
	}
	var name []uint16
	for i := 0; i+2 < min(int(le16(b[64:])), 64); i += 2 {
		name = append(name, le16(b[i:]))
	}
	e.name = string(utf16.Decode(name))
	return e
}

// readShort opens the stream in which short streams lie, and their table.
func (c *compound) readShort(root entry, first uint32) error {
	if root.size == 0 || first >= endOfChain {
		return nil
	}
	var err error
	if c.short, err = c.long(root); err != nil {
		return err
	}
	sectors, err := chain(c.next, first, -1)
	if err != nil {
		return err
	}
	block := make([]byte, 1<<c.shift)
	for _, n := range sectors {
		if err := c.sector(n, block); err != nil {
			return err
		}
		for i := 0; i < len(block); i += 4 {
			c.mini = append(c.mini, le32(block[i:]))
		}
	}
	return nil
}

func (c *compound) long(e entry) (*stream, error) {
	if e.size < 0 || e.size > int64(c.total)<<c.shift {
		return nil, damaged("a part of it claims to be larger than the file")
	}
	sectors, err := chain(c.next, e.start, (e.size+1<<c.shift-1)>>c.shift)
	return &stream{in: c.in, chain: sectors, shift: c.shift, base: 1 << c.shift, size: e.size}, err
}

// open opens a stream of the root, nil when there is none of that name.
func (c *compound) open(name string) (*stream, error) {
	e, ok := c.children[name]
	if !ok || e.kind != 2 {
		return nil, nil
	}
	if e.size >= c.cutoff {
		return c.long(e)
	}
	if c.short == nil || e.size > c.short.size {
		return nil, damaged("a part of it claims to be larger than the file")
	}
	sectors, err := chain(c.mini, e.start, (e.size+63)>>6)
	return &stream{in: c.short, chain: sectors, shift: 6, size: e.size}, err
}

// stream is a part of a compound file.
type stream struct {
	in    io.ReaderAt
	chain []uint32
	shift uint
	base  int64
	size  int64
}

// ReadAt implements io.ReaderAt. Sectors that lie behind each other are read at once.
func (s *stream) ReadAt(p []byte, at int64) (int, error) {
	done := 0
	for done < len(p) && at < s.size {
		i := int(at >> s.shift)
		run := 1
		for i+run < len(s.chain) && s.chain[i+run] == s.chain[i]+uint32(run) && int64(run)<<s.shift < int64(len(p)-done)+1<<s.shift {
			run++
		}
		inside := at & (1<<s.shift - 1)
		n := min(int64(run)<<s.shift-inside, s.size-at, int64(len(p)-done))
		got, err := s.in.ReadAt(p[done:done+int(n)], s.base+int64(s.chain[i])<<s.shift+inside)
		done, at = done+got, at+int64(got)
		if int64(got) < n {
			return done, err
		}
	}
	if done < len(p) {
		return done, io.EOF
	}
	return done, nil
}

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
