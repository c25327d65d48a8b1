package spss

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"math"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// variable is a column of the file.
type variable struct {
	short   string // its name of 8 bytes, by which other records speak of it
	name    []byte
	label   []byte
	width   int // bytes of a text, 0 for a number
	format  byte
	octet   int // where it begins in a case
	ordered bool
	values  []valueLabel
	ranged  bool // the first two of missing are the ends of a range
	missing [][]byte
}

type valueLabel struct{ value, label []byte }

// readDictionary reads all that stands before the answers.
func (f *file) readDictionary() error {
	r := &input{in: bufio.NewReaderSize(io.NewSectionReader(f.in, 0, f.size), 1<<16), size: f.size}
	if err := f.readHeader(r); err != nil {
		return err
	}
	for {
		kind, err := r.int()
		if err != nil {
			return err
		}
		switch kind {
		case 2:
			err = f.readVariable(r)
		case 3:
			err = f.readLabels(r)
		case 6:
			var n int32
			if n, err = r.int(); err == nil {
				err = r.skip(int64(n) * 80)
			}
		case 7:
			err = f.readExtension(r)
		case 999:
			if err := r.skip(4); err != nil {
				return err
			}
			f.data = r.at
			return f.finish()
		default:
			err = damaged("its dictionary has a record of a kind that does not exist")
		}
		if err != nil {
			return err
		}
	}
}

func (f *file) readHeader(r *input) error {
	head, err := r.bytes(176)
	if err != nil {
		return err
	}
	switch {
	case known(binary.LittleEndian.Uint32(head[64:])):
		f.order = binary.LittleEndian
	case known(binary.BigEndian.Uint32(head[64:])):
		f.order = binary.BigEndian
	default:
		return damaged("its first lines are not those of an SPSS file")
	}
	r.order = f.order
	f.compressed = int32(f.order.Uint32(head[72:]))
	f.cases = int64(int32(f.order.Uint32(head[80:])))
	f.bias = math.Float64frombits(f.order.Uint64(head[84:]))
	f.sysmis = -math.MaxFloat64
	if f.compressed < 0 || f.compressed > 2 || f.cases < -1 || (string(head[:4]) == "$FL3") != (f.compressed == 2) {
		return damaged("its first lines contradict themselves")
	}
	return nil
}

func known(layout uint32) bool { return layout == 2 || layout == 3 }

func (f *file) readVariable(r *input) error {
	b, err := r.bytes(28)
	if err != nil {
		return err
	}
	width, hasLabel, missing := int32(f.order.Uint32(b)), f.order.Uint32(b[4:]), int32(f.order.Uint32(b[8:]))
	if width < -1 || width > 255 || hasLabel > 1 || missing < -3 || missing > 3 || missing == -1 {
		return damaged("a variable says things of itself that cannot be")
	}
	v := &variable{short: string(bytes.TrimRight(b[20:28], " \x00")), width: int(width), format: byte(f.order.Uint32(b[12:]) >> 16), octet: f.octets}
	if hasLabel == 1 {
		n, err := r.int()
		if err != nil {
			return err
		}
		if n < 0 {
			return damaged("a label has a length below nothing")
		}
		if v.label, err = r.bytes((int64(n) + 3) &^ 3); err != nil {
			return err
		}
		v.label = v.label[:n]
	}
	v.ranged = missing < 0
	for range max(missing, -missing) {
		value, err := r.bytes(8)
		if err != nil {
			return err
		}
		v.missing = append(v.missing, value)
	}
	if f.octets++; f.octets > maxOctets {
		return &records.Fault{Kind: "too-large", Problem: "A case of the SPSS file is longer than can be read.", Remedy: "Leave out variables that are not needed."}
	}
	if width == -1 { // goes on from the one before
		if len(f.named) == 0 {
			return damaged("a text goes on that has not begun")
		}
		f.byOctet = append(f.byOctet, nil)
		return nil
	}
	if len(f.named) >= records.MaxColumns {
		return &records.Fault{Kind: "too-large", Problem: "The SPSS file has more variables than can be read.", Remedy: "Leave out variables that are not needed."}
	}
	v.name = []byte(v.short)
	f.named, f.byOctet = append(f.named, v), append(f.byOctet, v)
	return nil
}

// readLabels reads a set of value labels, and which variables it is for.
func (f *file) readLabels(r *input) error {
	n, err := r.int()
	if err != nil {
		return err
	}
	var values []valueLabel
	for range n {
		b, err := r.bytes(9)
		if err != nil {
			return err
		}
		length := int64(b[8])
		label, err := r.bytes((length+8)&^7 - 1)
		if err != nil {
			return err
		}
		values = append(values, valueLabel{b[:8], label[:length]})
		if f.labels++; f.labels > maxLabels {
			return &records.Fault{Kind: "too-large", Problem: "The SPSS file has more value labels than can be read.", Remedy: "Export as CSV."}
		}
	}
	kind, err := r.int()
	if err != nil {
		return err
	}
	if n, err = r.int(); err != nil {
		return err
	}
	if kind != 4 || n < 0 {
		return damaged("value labels do not say which variables they are for")
	}
	for range n {
		i, err := r.int()
		if err != nil {
			return err
		}
		if i < 1 || int(i) > len(f.byOctet) || f.byOctet[i-1] == nil {
			return damaged("value labels are for a variable that does not exist")
		}
		f.byOctet[i-1].values = values
	}
	return nil
}

// The extension records that are read, by their number.
const (
	integers     = 3
	floats       = 4
	display      = 11
	longNames    = 13
	longTexts    = 14
	charset      = 20
	longLabels   = 21
	longMissings = 22
)

func (f *file) readExtension(r *input) error {
	b, err := r.bytes(12)
	if err != nil {
		return err
	}
	kind, size, count := int32(f.order.Uint32(b)), int64(int32(f.order.Uint32(b[4:]))), int64(int32(f.order.Uint32(b[8:])))
	if size < 0 || count < 0 || size > 0 && count > math.MaxInt64/size {
		return damaged("an extension has a length below zero")
	}
	switch kind {
	case integers, floats, display, longNames, longTexts, charset, longLabels, longMissings:
		content, err := r.bytes(size * count)
		f.extensions[kind] = content
		return err
	}
	return r.skip(size * count)
}
