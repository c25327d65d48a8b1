package foreign

import (
	"encoding/binary"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
)

// OpenArrow opens a file in the format of Arrow IPC, whether it is a file with a
// list of its batches at the end or a stream. Both are read as a stream: the
// file format is one, with a mark before it. One that must not be read gives a
// *Refusal.
func OpenArrow(in io.ReaderAt, size int64) (*File, error) {
	a := &arrowFile{in: disk{in}, end: size}
	out := &File{open: a.read}
	return out, whole(guard(func() error {
		mark := make([]byte, 8)
		if _, err := a.in.ReadAt(mark, 0); err != nil {
			return err
		}
		if string(mark[:6]) == "ARROW1" {
			if err := a.findEnd(size); err != nil {
				return err
			}
		}
		if err := a.checkMessages(); err != nil {
			return err
		}
		r, err := a.open(newBounded())
		if err != nil {
			return err
		}
		defer r.Release()
		out.Names, err = checkSchema(r.Schema().Fields())
		out.Empty = make([]bool, len(out.Names))
		return err
	}))
}

type arrowFile struct {
	in         disk
	start, end int64 // of the messages
	listed     bool  // a list of the batches stands behind them
}

// findEnd finds where the messages of a file end and its list of them begins.
func (a *arrowFile) findEnd(size int64) error {
	tail := make([]byte, 10)
	if size < 18 {
		return damaged()
	}
	if _, err := a.in.ReadAt(tail, size-10); err != nil {
		return err
	}
	a.start, a.end, a.listed = 8, size-10-int64(binary.LittleEndian.Uint32(tail)), true
	if string(tail[4:]) != "ARROW1" || a.end < a.start {
		return damaged()
	}
	return nil
}

func (a *arrowFile) open(mem *bounded) (*ipc.Reader, error) {
	return ipc.NewReader(io.NewSectionReader(a.in, a.start, a.end-a.start), ipc.WithAllocator(mem))
}

// checkMessages walks from message to message and compares the lengths that
// they claim with what is there: the library takes the memory first. A stream
// that does not say where it ends was cut off.
func (a *arrowFile) checkMessages() error {
	word := make([]byte, 4)
	number := func(at int64) (uint32, error) {
		_, err := a.in.ReadAt(word, at)
		return binary.LittleEndian.Uint32(word), err
	}
	for at := a.start; at < a.end || !a.listed; {
		length, err := number(at)
		if at += 4; err == nil && length == 0xFFFFFFFF {
			length, err = number(at)
			at += 4
		}
		if err != nil || length == 0 {
			return whole(err)
		}
		if int64(length) > a.end-at || length < 8 {
			return damaged()
		}
		if length > maxBuffer {
			return tooLarge("a message")
		}
		meta := make([]byte, length)
		if _, err := a.in.ReadAt(meta, at); err != nil {
			return err
		}
		at += int64(length)
		body, err := checkMessage(meta)
		if err != nil {
			return err
		}
		if body < 0 || body > a.end-at {
			return damaged()
		}
		if body > maxBody {
			return tooLarge("a batch")
		}
		at += body
	}
	return nil
}

func (a *arrowFile) read() (batches, error) {
	mem := newBounded()
	r, err := a.open(mem)
	return &arrowBatches{r, mem}, err
}

type arrowBatches struct {
	in  *ipc.Reader
	mem *bounded
}

func (b *arrowBatches) next() ([]arrow.Array, error) {
	b.mem.taken = 0
	record, err := b.in.Read()
	if err != nil {
		return nil, err
	}
	if record.NumRows() > maxRows {
		return nil, tooLarge("a batch of rows")
	}
	return record.Columns(), nil
}
