package dataset

import (
	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// Extend returns the batch under another layout, without copying a column:
// columns come from b, or from add where b lacks them or add replaces them.
// Add has the same responses in the same order, or is nil; weights replaces the
// weights unless nil.
func (b *Batch) Extend(l Layout, add *Batch, weights []float64) *Batch {
	n := b.Len()
	arrays := make([]arrow.Array, 0, ownColumns+2*len(l.Items))
	for i := range ownColumns {
		arrays = append(arrays, b.rec.Column(i))
	}
	if !l.UUID && b.Layout.UUID {
		none := newTextBuffer()
		for range n {
			none.add("")
		}
		arrays[colUUID] = none.array(nil, 0)
	}
	if weights != nil {
		arrays[colWeight] = fixed(arrow.PrimitiveTypes.Float64, n, arrow.Float64Traits.CastToBytes(weights), nil, 0)
	}
	for _, name := range l.Items {
		from := b
		if add != nil && add.Layout.Has(name) {
			from = add
		}
		c := from.Column(name)
		arrays = append(arrays, c.arr, c.reasons)
	}
	return newBatch(l, array.NewRecord(l.schema, arrays, int64(n)))
}

// Keep returns the responses for which keep is true, in their order; the batch
// itself when that is all of them.
func (b *Batch) Keep(keep []bool) *Batch {
	all := true
	for _, k := range keep {
		all = all && k
	}
	if all {
		return b
	}
	out := NewBuilder(b.Layout)
	for i, k := range keep {
		if k {
			out.Copy(b, i, ResponseOf(b, i))
		}
	}
	return out.Batch()
}

// WithIDs returns the batch with other identifiers, one a response, and all
// else as it was.
func (b *Batch) WithIDs(ids []ID) *Batch {
	raw := make([]byte, 0, len(ids)*len(ID{}))
	for _, id := range ids {
		raw = append(raw, id[:]...)
	}
	arrays := append([]arrow.Array(nil), b.rec.Columns()...)
	arrays[colID] = fixed(&arrow.FixedSizeBinaryType{ByteWidth: len(ID{})}, len(ids), raw, nil, 0)
	return newBatch(b.Layout, array.NewRecord(b.Layout.schema, arrays, int64(len(ids))))
}

// WithParents returns the batch with other places of parents, one a response,
// and all else as it was.
func (b *Batch) WithParents(parents []int64) *Batch {
	arrays := append([]arrow.Array(nil), b.rec.Columns()...)
	arrays[colParent] = fixed(arrow.PrimitiveTypes.Int64, len(parents), arrow.Int64Traits.CastToBytes(parents), nil, 0)
	return newBatch(b.Layout, array.NewRecord(b.Layout.schema, arrays, int64(len(parents))))
}
