package dataset

import (
	"math"
	"unsafe"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// BatchRows is how many responses a batch holds at most.
const BatchRows = 4096

// Batch is some responses of one level, column by column.
type Batch struct {
	Layout  Layout
	rec     arrow.Record
	columns []*Column
}

func newBatch(l Layout, rec arrow.Record) *Batch {
	return &Batch{Layout: l, rec: rec, columns: make([]*Column, len(l.Items))}
}

// Len returns how many responses the batch holds.
func (b *Batch) Len() int { return int(b.rec.NumRows()) }

// Column returns the answers to an item, or nil when the dataset lacks it.
func (b *Batch) Column(item string) *Column {
	i, ok := b.Layout.index[item]
	if !ok {
		return nil
	}
	return b.columnAt(i)
}

func (b *Batch) columnAt(i int) *Column {
	if b.columns[i] == nil {
		item, _ := b.Layout.Survey.Item(b.Layout.Items[i])
		b.columns[i] = newColumn(item, b.rec.Column(ownColumns+2*i), b.rec.Column(ownColumns+2*i+1))
	}
	return b.columns[i]
}

// Origin says where a response came from.
type Origin struct {
	File int   // index in Dataset.Files
	Row  int64 // physical row, the header being row 1
}

// ID returns the keyed identifier of response i's respondent.
func (b *Batch) ID(i int) ID {
	return ID(b.rec.Column(colID).(*array.FixedSizeBinary).Value(i))
}

// Origin returns where response i came from.
func (b *Batch) Origin(i int) Origin {
	return Origin{
		File: int(b.rec.Column(colFile).(*array.Int32).Value(i)),
		Row:  b.rec.Column(colRow).(*array.Int64).Value(i),
	}
}

// Parent returns the position of response i's parent in the level above, as it
// was read; -1 at the respondent level.
func (b *Batch) Parent(i int) int64 { return b.rec.Column(colParent).(*array.Int64).Value(i) }

// UUID returns the identifier that the collecting tool gave, "" when the layout
// no longer holds it. It belongs in restricted output only.
func (b *Batch) UUID(i int) string { return b.rec.Column(colUUID).(*array.String).Value(i) }

// NoSeconds stands where it is not known how long an interview took.
const NoSeconds = math.MinInt64

// Seconds returns how long it took to give response i, from its start to its
// end; NoSeconds where the collecting tool did not say. The moments themselves
// are set aside when answers are read.
func (b *Batch) Seconds(i int) int64 { return b.rec.Column(colSeconds).(*array.Int64).Value(i) }

// Weights returns the weight of each response, or nil when there are none.
func (b *Batch) Weights() []float64 {
	if !b.Layout.Weight {
		return nil
	}
	return b.rec.Column(colWeight).(*array.Float64).Float64Values()
}

// Raw returns the text of an item's cell that did not bind, for response i.
func (b *Batch) Raw(i int, item string) (string, bool) {
	want, ok := b.Layout.index[item]
	if !ok {
		return "", false
	}
	l := b.rec.Column(colRaw).(*array.List)
	start, end := l.ValueOffsets(i)
	if start == end {
		return "", false
	}
	cells := l.ListValues().(*array.Struct)
	items := cells.Field(0).(*array.Int32)
	for j := int(start); j < int(end); j++ {
		if int(items.Value(j)) == want {
			return cells.Field(1).(*array.String).Value(j), true
		}
	}
	return "", false
}

func asReasons(b []byte) []survey.Reason {
	return unsafe.Slice((*survey.Reason)(unsafe.SliceData(b)), len(b))
}

func asBytes(r []survey.Reason) []byte {
	return unsafe.Slice((*byte)(unsafe.SliceData(r)), len(r))
}
