package spss

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// The writer of these tests makes data files byte by byte, as they are documented.

// column is a variable of a file that is being made.
type column struct {
	short   string
	width   int // 0 a number, up to 255 a text, more a long text
	format  int
	label   string
	missing []any // numbers or texts; ranged: the first two are ends of a range
	ranged  bool
	labels  [][2]any
}

// writer makes a file.
type writer struct {
	order      binary.AppendByteOrder
	compressed int // 0 not, 1 bytecode, 2 bytecode in ZLIB blocks
	columns    []column
	names      string // record 13
	long       string // record 14
	charset    string // record 20
	code       int    // of the character set, in record 3
	more       []byte // further records
	claimed    int    // cases in the header, beyond those there are
}

const sysmis = -math.MaxFloat64

func (w *writer) int(v int) []byte { return w.order.AppendUint32(nil, uint32(int32(v))) }

func (w *writer) float(v float64) []byte { return w.order.AppendUint64(nil, math.Float64bits(v)) }

func fill(s string, n int) []byte { return []byte(s + strings.Repeat(" ", max(0, n-len(s))))[:n] }

func (w *writer) value(v any) []byte {
	switch v := v.(type) {
	case string:
		return fill(v, 8)
	case int:
		return w.float(float64(v))
	}
	return w.float(v.(float64))
}

func (w *writer) extension(kind, size int, content []byte) []byte {
	return cat(w.int(7), w.int(kind), w.int(size), w.int(len(content)/size), content)
}

func cat(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// pieces writes a text of a width in pieces of 8 bytes; of a long text each part
// but the last holds 255 bytes.
func pieces(s string, width int) []byte {
	if width <= 255 {
		return fill(string(fill(s, width)), (width+7)/8*8)
	}
	text, out := string(fill(s, width)), []byte{}
	n := (width + 251) / 252
	for i := range n {
		size := 255
		if i == n-1 {
			size = width - 252*i
		}
		out = append(out, fill(text[min(len(text), 255*i):min(len(text), 255*(i+1))], (size+7)/8*8)...)
	}
	return out
}

// write makes the file with its cases.
func (w *writer) write(cases ...[]any) []byte {
	var variables, labels []byte
	record := 0
	for _, c := range w.columns {
		widths := []int{c.width}
		if c.width > 255 {
			widths = nil
			for left := c.width; left > 0; left -= 252 {
				widths = append(widths, min(left, 255))
			}
		}
		for i, width := range widths {
			name, label, missing := c.short, c.label, c.missing
			if i > 0 {
				name, label, missing = fmt.Sprintf("%s%d", c.short[:4], i), "", nil
			}
			n := len(missing)
			if c.ranged {
				n = -n
			}
			variables = append(variables, cat(w.int(2), w.int(width), w.int(min(1, len(label))), w.int(n), w.int(c.format<<16), w.int(c.format<<16), fill(name, 8))...)
			if label != "" {
				variables = append(variables, cat(w.int(len(label)), fill(label, (len(label)+3)/4*4))...)
			}
			for _, m := range missing {
				variables = append(variables, w.value(m)...)
			}
			record++
			if i == 0 && len(c.labels) > 0 {
				labels = append(labels, cat(w.int(3), w.int(len(c.labels)))...)
				for _, l := range c.labels {
					text := l[1].(string)
					labels = append(labels, cat(w.value(l[0]), []byte{byte(len(text))}, fill(text, (len(text)+8)/8*8-1))...)
				}
				labels = append(labels, cat(w.int(4), w.int(1), w.int(record))...)
			}
			for range (width+7)/8 - 1 {
				variables = append(variables, cat(w.int(2), w.int(-1), w.int(0), w.int(0), w.int(0), w.int(0), fill("", 8))...)
				record++
			}
		}
	}
	magic := "$FL2"
	if w.compressed == 2 {
		magic = "$FL3"
	}
	out := cat([]byte(magic), fill("written by a test", 60), w.int(2), w.int(record), w.int(w.compressed), w.int(0), w.int(len(cases)+w.claimed), w.float(100), fill("", 81), make([]byte, 3))
	out = append(out, variables...)
	out = append(out, labels...)
	out = append(out, cat(w.int(6), w.int(1), fill("a document", 80))...)
	out = append(out, w.extension(3, 4, cat(w.int(1), w.int(0), w.int(0), w.int(-1), w.int(1), w.int(1), w.int(1), w.int(w.code)))...)
	for _, x := range []struct {
		kind int
		text string
	}{{longNames, w.names}, {longTexts, w.long}, {charset, w.charset}} {
		if x.text != "" {
			out = append(out, w.extension(x.kind, 1, []byte(x.text))...)
		}
	}
	out = cat(out, w.more, w.int(999), w.int(0))
	var plain []byte
	for _, row := range cases {
		for i, v := range row {
			if s, ok := v.(string); ok {
				plain = append(plain, pieces(s, w.columns[i].width)...)
			} else {
				plain = append(plain, w.value(v)...)
			}
		}
	}
	switch w.compressed {
	case 1:
		out = append(out, w.pack(plain)...)
	case 2:
		out = append(out, w.blocks(int64(len(out)), w.pack(plain))...)
	}
	if w.compressed == 0 {
		out = append(out, plain...)
	}
	return out
}

// pack writes pieces in bytecode.
func (w *writer) pack(plain []byte) (out []byte) {
	var codes, data []byte
	flush := func() {
		out = append(append(out, fill(string(codes), 8)...), data...)
		codes, data = nil, nil
	}
	for ; len(plain) > 0; plain = plain[8:] {
		piece := plain[:8]
		var v float64
		if w.order.String() == "BigEndian" {
			v = math.Float64frombits(binary.BigEndian.Uint64(piece))
		} else {
			v = math.Float64frombits(binary.LittleEndian.Uint64(piece))
		}
		switch {
		case string(piece) == "        ":
			codes = append(codes, 254)
		case v == sysmis:
			codes = append(codes, 255)
		case v == math.Trunc(v) && v > -100 && v < 152:
			codes = append(codes, byte(v+100))
		default:
			codes, data = append(codes, 253), append(data, piece...)
		}
		if len(codes) == 8 {
			flush()
		}
	}
	codes = append(codes, 252)
	for len(codes) < 8 {
		codes = append(codes, 0)
	}
	flush()
	return out
}

// blocks packs bytecode into ZLIB blocks of 100 bytes.
func (w *writer) blocks(at int64, code []byte) []byte {
	u64 := func(v int64) []byte { return w.order.AppendUint64(nil, uint64(v)) }
	var body, table []byte
	n, begin := 0, at
	for len(code) > 0 {
		part := code[:min(100, len(code))]
		code = code[len(part):]
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		_, _ = z.Write(part)
		_ = z.Close()
		table = append(table, cat(u64(begin), u64(at+24+int64(len(body))), w.int(len(part)), w.int(packed.Len()))...)
		begin += int64(len(part))
		body = append(body, packed.Bytes()...)
		n++
	}
	tail := cat(u64(-100), u64(0), w.int(100), w.int(n), table)
	return cat(u64(at), u64(at+24+int64(len(body))), u64(int64(len(tail))), body, tail)
}
