// Package spss reads the data files of SPSS: .sav, with or without its bytecode
// compression, and .zsav; of either byte order. Cells give the values, which
// are codes, not their labels. What the file says of its variables comes along:
// labels, and the values that it declares to be no answer.
//
// The layout is that which PSPP documents (System File Format). Where a file
// says how many there are of something, no memory is taken for it before they
// are there.
package spss

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// Limits of a dictionary.
const (
	maxRecord = 32 << 20                // bytes of one of its records
	maxLabels = 1 << 20                 // value labels of all variables
	maxOctets = records.MaxRecord/8 + 1 // pieces of 8 bytes of a case
)

// file is a data file whose dictionary has been read.
type file struct {
	in         io.ReaderAt
	size       int64
	order      binary.ByteOrder
	compressed int32 // 0 not, 1 bytecode, 2 bytecode in ZLIB blocks
	cases      int64 // below zero when the file does not say
	bias       float64
	sysmis     float64
	octets     int // of a case
	data       int64
	declared   string
	encoding   encoding.Encoding // nil for UTF-8
	variables  []*variable
	named      []*variable // of all variable records, before segments are joined
	byOctet    []*variable
	labels     int
	extensions map[int32][]byte
}

// Open returns the one table of a data file. declared names the encoding of its
// texts where the file says nothing or the wrong thing, "" to go by the file. A
// file that must not be read gives a *records.Fault.
func Open(in io.ReaderAt, size int64, declared string) ([]records.Sheet, error) {
	f := &file{in: in, size: size, declared: declared, extensions: map[int32][]byte{}}
	if err := f.readDictionary(); err != nil {
		return nil, err
	}
	variables := make([]records.Variable, len(f.variables))
	for i, v := range f.variables {
		variables[i] = f.describe(v)
	}
	return []records.Sheet{{Variables: variables, Open: f.open}}, nil
}

func damaged(format string, args ...any) error {
	return &records.Fault{Kind: "damaged-file", Problem: "The SPSS file is damaged or truncated: " + fmt.Sprintf(format, args...) + ".", Remedy: "Download or copy the file again, or save it anew in SPSS or PSPP."}
}

// input reads a dictionary from its beginning to its end.
type input struct {
	in    *bufio.Reader
	order binary.ByteOrder
	at    int64
	size  int64
}

// bytes reads n bytes. No more are asked for than the file can hold.
func (r *input) bytes(n int64) ([]byte, error) {
	if n < 0 || n > r.size-r.at {
		return nil, damaged("its dictionary claims more than the file holds")
	}
	if n > maxRecord {
		return nil, &records.Fault{Kind: "too-large", Problem: fmt.Sprintf("A record in the dictionary of the SPSS file is over the limit of %d MB.", maxRecord>>20), Remedy: "Export as CSV."}
	}
	b := make([]byte, n)
	_, err := io.ReadFull(r.in, b)
	r.at += n
	return b, cut(err)
}

func (r *input) skip(n int64) error {
	if n < 0 || n > r.size-r.at {
		return damaged("its dictionary claims more than the file holds")
	}
	_, err := io.CopyN(io.Discard, r.in, n)
	r.at += n
	return cut(err)
}

func (r *input) int() (int32, error) {
	b, err := r.bytes(4)
	if err != nil {
		return 0, err
	}
	return int32(r.order.Uint32(b)), nil
}

func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it ends before its answers")
	}
	return err
}
