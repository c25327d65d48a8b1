package xls

import (
	"bytes"
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// The writer of these tests makes workbooks record by record, as old programs did.

var le = binary.LittleEndian

func u16(v ...int) (out []byte) {
	for _, x := range v {
		out = le.AppendUint16(out, uint16(x))
	}
	return out
}

func u32(v int) []byte { return le.AppendUint32(nil, uint32(v)) }

func f64(v float64) []byte { return le.AppendUint64(nil, math.Float64bits(v)) }

func cat(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func rec(id int, parts ...[]byte) []byte {
	data := cat(parts...)
	return cat(u16(id, len(data)), data)
}

// wide writes a text in two bytes a character, narrow in one; with its length in
// two bytes before it.
func wide(s string) []byte {
	units := utf16.Encode([]rune(s))
	out := append(u16(len(units)), 1)
	for _, u := range units {
		out = le.AppendUint16(out, u)
	}
	return out
}

func narrow(s string) []byte { return cat(u16(len(s)), []byte{0}, []byte(s)) }

// page is a sheet of a workbook that is being made.
type page struct {
	name   string
	state  int
	kind   int
	record [][]byte
}

var bofGlobals, bofSheet, eof = rec(idBOF, u16(0x600, 5, 0, 0), u32(0), u32(0)), rec(idBOF, u16(0x600, 16, 0, 0), u32(0), u32(0)), rec(idEOF)

// workbook makes the stream of a workbook from what its sheets share and its sheets.
func workbook(globals [][]byte, pages ...page) []byte {
	head := func(at []int) []byte {
		out := cat(bofGlobals, cat(globals...))
		for i, p := range pages {
			out = append(out, rec(idSheet, u32(at[i]), []byte{byte(p.state), byte(p.kind), byte(len(p.name)), 0}, []byte(p.name))...)
		}
		return append(out, eof...)
	}
	at := make([]int, len(pages))
	next := len(head(at))
	var bodies []byte
	for i, p := range pages {
		at[i] = next + len(bodies)
		bodies = append(bodies, cat(bofSheet, cat(p.record...), eof)...)
	}
	return append(head(at), bodies...)
}

// pack makes a compound file of one stream. Streams under 4,096 bytes go where
// short streams go when short is asked for, and are filled up otherwise.
func pack(name string, stream []byte, short bool) []byte {
	if !short && len(stream) < 4096 {
		stream = append(bytes.Clone(stream), make([]byte, 4096-len(stream))...)
	}
	blocks := (len(stream) + 511) / 512
	fat := []uint32{}
	link := func(n int) (first uint32) {
		first = uint32(len(fat))
		for i := range n {
			if i == n-1 {
				fat = append(fat, endOfChain)
			} else {
				fat = append(fat, uint32(len(fat)+1))
			}
		}
		return first
	}
	data := link(blocks)
	directory := link(1)
	miniTable := uint32(endOfChain)
	var mini []byte
	if short {
		miniTable = link(1)
		n := (len(stream) + 63) / 64
		for i := range 128 {
			switch {
			case i < n-1:
				mini = append(mini, u32(i+1)...)
			case i == n-1:
				mini = append(mini, u32(endOfChain)...)
			default:
				mini = append(mini, u32(noStream)...)
			}
		}
	}
	tables := (len(fat) + 127) / 126
	table := uint32(len(fat))
	for range tables {
		fat = append(fat, 0xFFFFFFFD)
	}
	for len(fat)%128 != 0 {
		fat = append(fat, noStream)
	}
	head := make([]byte, 512)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], cat(u16(0x3E, 3, 0xFFFE, 9, 6)))
	copy(head[44:], cat(u32(tables), u32(int(directory)), u32(0), u32(4096), u32(int(miniTable)), u32(0), u32(endOfChain), u32(0)))
	for i := range 109 {
		at := noStream
		if i < tables {
			at = int(table) + i
		}
		copy(head[76+4*i:], u32(at))
	}
	line := func(name string, kind byte, child int, start uint32, size int) []byte {
		b := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			le.PutUint16(b[2*i:], u)
		}
		le.PutUint16(b[64:], uint16(2*len(name)+2))
		b[66] = kind
		copy(b[68:], cat(u32(noStream), u32(noStream), u32(child)))
		copy(b[116:], cat(u32(int(start)), u32(size)))
		return b
	}
	root, own := line("Root Entry", 5, 1, endOfChain, 0), line(name, 2, noStream, data, len(stream))
	if short {
		root, own = line("Root Entry", 5, 1, data, len(stream)), line(name, 2, noStream, 0, len(stream))
	}
	out := cat(head, stream, make([]byte, blocks*512-len(stream)), root, own, make([]byte, 256), mini)
	for _, n := range fat {
		out = le.AppendUint32(out, n)
	}
	return out
}
