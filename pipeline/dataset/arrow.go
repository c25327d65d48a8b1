package dataset

// Arrow is imported under these names here and nowhere else in the project, so
// that its successor, which lives at another path, can take its place by
// editing this package alone.

import (
	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/bitutil"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// buffer wraps a slice of bytes without copying it.
func buffer(b []byte) *memory.Buffer { return memory.NewBufferBytes(b) }

// fixed makes an array of a fixed-width type from its values and validity.
func fixed(t arrow.DataType, n int, values []byte, valid []byte, nulls int) arrow.Array {
	d := array.NewData(t, n, []*memory.Buffer{validity(valid), buffer(values)}, nil, nulls, 0)
	defer d.Release()
	return array.MakeFromData(d)
}

// texts makes a string array from offsets and bytes.
func texts(n int, offsets []int32, values []byte, valid []byte, nulls int) arrow.Array {
	d := array.NewData(arrow.BinaryTypes.String, n, []*memory.Buffer{
		validity(valid), buffer(arrow.Int32Traits.CastToBytes(offsets)), buffer(values),
	}, nil, nulls, 0)
	defer d.Release()
	return array.MakeFromData(d)
}

// list makes a list array over a child array.
func list(n int, offsets []int32, child arrow.Array, valid []byte, nulls int) arrow.Array {
	d := array.NewData(arrow.ListOf(child.DataType()), n, []*memory.Buffer{
		validity(valid), buffer(arrow.Int32Traits.CastToBytes(offsets)),
	}, []arrow.ArrayData{child.Data()}, nulls, 0)
	defer d.Release()
	return array.MakeFromData(d)
}

func validity(bits []byte) *memory.Buffer {
	if bits == nil {
		return nil
	}
	return buffer(bits)
}

// bitmap packs "has a value" flags into an Arrow validity bitmap.
func bitmap(n int, has func(i int) bool) (bits []byte, nulls int) {
	bits = make([]byte, bitutil.BytesForBits(int64(n)))
	for i := range n {
		if has(i) {
			bitutil.SetBit(bits, i)
		} else {
			nulls++
		}
	}
	if nulls == 0 {
		return nil, 0
	}
	return bits, nulls
}
