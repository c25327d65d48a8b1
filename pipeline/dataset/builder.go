package dataset

import (
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Builder gathers responses into a batch. For each response: Begin, then an
// answer for each column that has one; a column left out counts as not
// answered. Batch hands over what was gathered and starts anew.
type Builder struct {
	layout  Layout
	columns []*ColumnBuilder
	n       int

	ids     []byte
	files   []int32
	rows    []int64
	parents []int64
	uuids   textBuffer
	weights []float64
	seconds []int64

	rawOffsets []int32
	rawItems   []int32
	rawTexts   textBuffer
}

// Response is what a batch knows of a response apart from its answers.
type Response struct {
	ID     ID
	UUID   string // kept only when the layout says so
	Origin Origin
	Parent int64 // -1 at the respondent level
	Weight float64
	Took   Took
}

// Took is how long it took to give a response; the zero Took is unknown.
type Took struct {
	Known   bool
	Seconds int64
}

func (t Took) stored() int64 {
	if !t.Known {
		return NoSeconds
	}
	return t.Seconds
}

// NewBuilder returns a builder for a layout.
func NewBuilder(l Layout) *Builder {
	b := &Builder{layout: l}
	for i, name := range l.Items {
		item, _ := l.Survey.Item(name)
		b.columns = append(b.columns, &ColumnBuilder{item: item, choices: l.Survey.Choices(item), at: i, b: b})
	}
	b.reset()
	return b
}

// Len returns how many responses have been gathered.
func (b *Builder) Len() int { return b.n }

// Column returns the builder of an item's column, or nil when the layout lacks it.
func (b *Builder) Column(item string) *ColumnBuilder {
	i, ok := b.layout.index[item]
	if !ok {
		return nil
	}
	return b.columns[i]
}

// Begin starts a response.
func (b *Builder) Begin(r Response) {
	b.closeRow()
	b.n++
	b.ids = append(b.ids, r.ID[:]...)
	b.files = append(b.files, int32(r.Origin.File))
	b.rows = append(b.rows, r.Origin.Row)
	b.parents = append(b.parents, r.Parent)
	if !b.layout.UUID {
		r.UUID = ""
	}
	b.uuids.add(r.UUID)
	b.weights = append(b.weights, r.Weight)
	b.seconds = append(b.seconds, r.Took.stored())
}

// Copy starts a response with all that response i of another batch holds in
// the columns both have. Columns given again afterwards replace the copy.
func (b *Builder) Copy(from *Batch, i int, r Response) {
	b.Begin(r)
	for _, cb := range b.columns {
		if c := from.Column(cb.item.Name); c != nil {
			cb.copyFrom(from, c, i)
		}
	}
}

// ResponseOf returns what a batch knows of response i.
func ResponseOf(b *Batch, i int) Response {
	r := Response{ID: b.ID(i), UUID: b.UUID(i), Origin: b.Origin(i), Parent: b.Parent(i), Weight: 1}
	if s := b.Seconds(i); s != NoSeconds {
		r.Took = Took{Known: true, Seconds: s}
	}
	if w := b.Weights(); w != nil {
		r.Weight = w[i]
	}
	return r
}

// Batch returns the responses gathered so far and empties the builder.
func (b *Builder) Batch() *Batch {
	b.closeRow()
	n := b.n
	arrays := make([]arrow.Array, ownColumns, ownColumns+2*len(b.columns))
	arrays[colID] = fixed(&arrow.FixedSizeBinaryType{ByteWidth: len(ID{})}, n, b.ids, nil, 0)
	arrays[colFile] = fixed(arrow.PrimitiveTypes.Int32, n, arrow.Int32Traits.CastToBytes(b.files), nil, 0)
	arrays[colRow] = fixed(arrow.PrimitiveTypes.Int64, n, arrow.Int64Traits.CastToBytes(b.rows), nil, 0)
	arrays[colParent] = fixed(arrow.PrimitiveTypes.Int64, n, arrow.Int64Traits.CastToBytes(b.parents), nil, 0)
	arrays[colUUID] = b.uuids.array(nil, 0)
	arrays[colWeight] = fixed(arrow.PrimitiveTypes.Float64, n, arrow.Float64Traits.CastToBytes(b.weights), nil, 0)
	arrays[colRaw] = b.rawArray()
	arrays[colSeconds] = fixed(arrow.PrimitiveTypes.Int64, n, arrow.Int64Traits.CastToBytes(b.seconds), nil, 0)
	for _, cb := range b.columns {
		arrays = append(arrays, cb.array(), fixed(arrow.PrimitiveTypes.Uint8, n, asBytes(cb.reasons), nil, 0))
	}
	rec := array.NewRecord(b.layout.schema, arrays, int64(n))
	b.reset()
	return newBatch(b.layout, rec)
}

// closeRow gives every column that was left out its "not answered".
func (b *Builder) closeRow() {
	if b.n == 0 {
		return
	}
	for _, cb := range b.columns {
		if len(cb.reasons) < b.n {
			cb.Missing(survey.NotAnswered)
		}
	}
	if len(b.rawOffsets) == b.n {
		b.rawOffsets = append(b.rawOffsets, int32(len(b.rawItems)))
	}
}

func (b *Builder) rawArray() arrow.Array {
	items := fixed(arrow.PrimitiveTypes.Int32, len(b.rawItems), arrow.Int32Traits.CastToBytes(b.rawItems), nil, 0)
	cells := array.NewStructData(array.NewData(rawType.Elem(), len(b.rawItems), nil2(), []arrow.ArrayData{items.Data(), b.rawTexts.array(nil, 0).Data()}, 0, 0))
	return list(b.n, b.rawOffsets, cells, nil, 0)
}

func (b *Builder) reset() {
	b.n = 0
	b.ids, b.files, b.rows, b.parents, b.weights, b.seconds = nil, nil, nil, nil, nil, nil
	b.uuids, b.rawTexts = newTextBuffer(), newTextBuffer()
	b.rawOffsets, b.rawItems = []int32{0}, nil
	for _, cb := range b.columns {
		cb.reset()
	}
}

// dropRaw forgets the raw text kept for a column of the response being built.
func (b *Builder) dropRaw(item int) {
	for i := int(b.rawOffsets[b.n-1]); i < len(b.rawItems); i++ {
		if int(b.rawItems[i]) == item {
			b.rawItems = slices.Delete(b.rawItems, i, i+1)
			b.rawTexts.remove(i)
			return
		}
	}
}
