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
	a := &arrowFile{in: disk{in}, size: size}
	out := &File{open: a.read}
	return out, guard(func() error {
		mark := make([]byte, 8)
		if _, err := a.in.ReadAt(mark, 0); err != nil {
			return err
		}
		if string(mark[:6]) == "ARROW1" {
			a.start = 8
		}
		if err := a.checkMessages(); err != nil {
			return err
		}
		r, err := a.open()
		if err != nil {
			return err
		}
		defer r.Release()
		out.Names, err = checkSchema(r.Schema().Fields())
		out.Empty = make([]bool, len(out.Names))
		return err
	})
}

type arrowFile struct {
	in    disk
	size  int64
	start int64
}

func (a *arrowFile) open() (*ipc.Reader, error) {
	return ipc.NewReader(io.NewSectionReader(a.in, a.start, a.size-a.start), ipc.WithAllocator(newBounded()))
}

// checkMessages walks from message to message and compares the lengths that
// they claim with what is there: the library takes the memory first.
func (a *arrowFile) checkMessages() error {
	word := make([]byte, 4)
	for at := a.start; at < a.size; {
		if _, err := a.in.ReadAt(word, at); err != nil {
			return err
		}
		length := binary.LittleEndian.Uint32(word)
		if at += 4; length == 0xFFFFFFFF {
			if _, err := a.in.ReadAt(word, at); err != nil {
				return err
			}
			length = binary.LittleEndian.Uint32(word)
			at += 4
		}
		if length == 0 {
			return nil
		}
		if int64(length) > a.size-at || length < 8 {
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
		body := bodyLength(meta)
		if body < 0 || body > a.size-at {
			return damaged()
		}
		if body > maxBody {
			return tooLarge("a batch")
		}
		at += body
	}
	return nil
}

// bodyLength reads how long the body behind a message is: the fourth field of
// the table that a message is. A message that is none gives -1.
func bodyLength(meta []byte) int64 {
	at := func(i int64, n int64) []byte {
		if i < 0 || i+n > int64(len(meta)) {
			return nil
		}
		return meta[i : i+n]
	}
	b := at(0, 4)
	root := int64(binary.LittleEndian.Uint32(b))
	if b = at(root, 4); b == nil {
		return -1
	}
	table := root - int64(int32(binary.LittleEndian.Uint32(b)))
	if b = at(table, 2); b == nil {
		return -1
	}
	if binary.LittleEndian.Uint16(b) < 12 {
		return 0
	}
	if b = at(table+10, 2); b == nil {
		return -1
	}
	field := int64(binary.LittleEndian.Uint16(b))
	if field == 0 {
		return 0
	}
	if b = at(root+field, 8); b == nil {
		return -1
	}
	return int64(binary.LittleEndian.Uint64(b))
}

func (a *arrowFile) read() (batches, error) {
	r, err := a.open()
	return &arrowBatches{r}, err
}

type arrowBatches struct{ in *ipc.Reader }

func (b *arrowBatches) next() ([]arrow.Array, error) {
	record, err := b.in.Read()
	if err != nil {
		return nil, err
	}
	if record.NumRows() > maxRows {
		return nil, tooLarge("a batch of rows")
	}
	return record.Columns(), nil
}
