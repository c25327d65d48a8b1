package dataset

import (
	"fmt"
	"io"
	"math"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/bitutil"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// rowGroup is how many responses a row group of a Parquet file holds at most.
const rowGroup = 8 * BatchRows

// The ends of the names of columns that stand beside an item in Parquet.
const (
	ReasonSuffix = ":reason"
	UnreadSuffix = ":unread"
)

// WriteParquet writes the answers of a level for other tools, with names in
// place of codes: a single choice as a dictionary of the form's choices, a set
// of choices as a list of names, dates and times as ISO 8601 text. Beside each
// item stand "item:reason": why there is no answer, and "item:unread": what
// stood in a cell that did not bind. What stands for a missing answer is kept,
// choices and numbers, with its reason. Answers are restricted.
func (d *Dataset) WriteParquet(w io.Writer, level int) error { return d.writeParquet(w, level, false) }

// WriteRestricted is WriteParquet with the identifier that the collecting tool
// gave, as "_uuid": it leads back to a respondent.
func (d *Dataset) WriteRestricted(w io.Writer, level int) error {
	return d.writeParquet(w, level, true)
}

func (d *Dataset) writeParquet(w io.Writer, level int, uuid bool) error {
	l := d.Levels[level].Layout
	fields := []arrow.Field{{Name: "_id", Type: arrow.BinaryTypes.String}}
	if uuid {
		fields = append(fields, arrow.Field{Name: "_uuid", Type: arrow.BinaryTypes.String, Nullable: true})
	}
	if l.Level > 0 {
		fields = append(fields, arrow.Field{Name: "_parent", Type: arrow.PrimitiveTypes.Int64})
	}
	for _, name := range l.Items {
		item, _ := l.Survey.Item(name)
		fields = append(fields,
			arrow.Field{Name: name, Type: exportType(item.Type), Nullable: true},
			arrow.Field{Name: name + ReasonSuffix, Type: dictionaryType},
			arrow.Field{Name: name + UnreadSuffix, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	out, err := parquetWriter(schema, w)
	if err != nil {
		return err
	}
	rows := 0
	for b, err := range d.Batches(level) {
		if err != nil {
			return err
		}
		// A row group is held in memory until it is full. It is ended between
		// batches, since the library fails where it has to divide one.
		if rows += b.Len(); rows > rowGroup {
			out.NewBufferedRowGroup()
			rows = b.Len()
		}
		rec, err := b.export(schema, uuid)
		if err != nil {
			return fmt.Errorf("write answers as Parquet: %w", err)
		}
		if err := out.WriteBuffered(rec); err != nil {
			return fmt.Errorf("write answers as Parquet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write answers as Parquet: %w", err)
	}
	return nil
}

// parquetWriter begins a Parquet file. Closing it leaves w open.
func parquetWriter(schema *arrow.Schema, w io.Writer) (*pqarrow.FileWriter, error) {
	// A dictionary that grew too large would be given up within a row group, and
	// the library then lists its two encodings in an order that varies from run to
	// run. Row groups bound the dictionaries instead. Nor may it divide a batch: of
	// a dictionary with missing answers it then takes the wrong part, or none.
	props := parquet.NewWriterProperties(parquet.WithDictionaryPageSizeLimit(math.MaxInt32), parquet.WithBatchSize(BatchRows), parquet.WithCompression(compress.Codecs.Snappy), parquet.WithCreatedBy("Soundings"))
	out, err := pqarrow.NewFileWriter(schema, struct{ io.Writer }{w}, props, pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		return nil, fmt.Errorf("begin a Parquet file: %w", err)
	}
	return out, nil
}

var dictionaryType = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}

func exportType(t survey.Type) arrow.DataType {
	switch t {
	case survey.SelectOne:
		return dictionaryType
	case survey.SelectMultiple, survey.Rank:
		return arrow.ListOf(arrow.BinaryTypes.String)
	case survey.Integer:
		return arrow.PrimitiveTypes.Int64
	case survey.Decimal:
		return arrow.PrimitiveTypes.Float64
	default:
		return arrow.BinaryTypes.String
	}
}

// export returns the batch in the form that WriteParquet describes.
func (b *Batch) export(schema *arrow.Schema, uuid bool) (arrow.Record, error) {
	n := b.Len()
	ids := newTextBuffer()
	for i := range n {
		ids.add(fmt.Sprintf("%x", b.ID(i)))
	}
	arrays := []arrow.Array{ids.array(nil, 0)}
	if uuid {
		arrays = append(arrays, optional(n, b.UUID))
	}
	if b.Layout.Level > 0 {
		arrays = append(arrays, b.rec.Column(colParent))
	}
	for at, name := range b.Layout.Items {
		c := b.columnAt(at)
		arrays = append(arrays, b.exportColumn(c), exportReasons(c), optional(n, func(i int) string {
			if c.Reasons[i] != survey.Invalid {
				return ""
			}
			raw, _ := b.Raw(i, name)
			return raw
		}))
	}
	return array.NewRecord(schema, arrays, int64(n)), nil
}

func (b *Batch) exportColumn(c *Column) arrow.Array {
	switch c.Item.Type {
	case survey.SelectOne:
		return array.NewDictionaryArray(dictionaryType, c.arr, names(b.Layout.Survey.Choices(c.Item)))
	case survey.SelectMultiple, survey.Rank:
		choices := b.Layout.Survey.Choices(c.Item)
		text := newTextBuffer()
		for _, code := range c.set {
			text.add(choices[code].Name)
		}
		valid, nulls := bitmap(c.Len(), func(i int) bool { return !c.arr.IsNull(i) })
		return list(c.Len(), c.offsets, text.array(nil, 0), valid, nulls)
	case survey.Date, survey.Time, survey.DateTime:
		text := newTextBuffer()
		for i, v := range c.Ints {
			if c.Answered(i) {
				text.add(FormatTime(c.Item.Type, v))
			} else {
				text.add("")
			}
		}
		valid, nulls := bitmap(c.Len(), c.Answered)
		return text.array(valid, nulls)
	case survey.Integer:
		valid, nulls := bitmap(c.Len(), func(i int) bool { return c.kept(i, float64(c.Ints[i])) })
		return fixed(arrow.PrimitiveTypes.Int64, c.Len(), arrow.Int64Traits.CastToBytes(c.Ints), valid, nulls)
	case survey.Decimal:
		valid, nulls := bitmap(c.Len(), func(i int) bool { return c.kept(i, c.Floats[i]) })
		return fixed(arrow.PrimitiveTypes.Float64, c.Len(), arrow.Float64Traits.CastToBytes(c.Floats), valid, nulls)
	default:
		return c.arr
	}
}

// kept reports whether response i has a number: an answer, or one that stands
// for a missing answer, which stays beside its reason as such choices do.
func (c *Column) kept(i int, number float64) bool {
	return c.Answered(i) || c.Reasons[i] == c.Item.ReasonOf(number)
}

// optional makes a column of texts in which "" is none.
func optional(n int, of func(i int) string) arrow.Array {
	text, nulls := newTextBuffer(), 0
	bits := make([]byte, bitutil.BytesForBits(int64(n)))
	for i := range n {
		if s := of(i); s != "" {
			text.add(s)
			bitutil.SetBit(bits, i)
		} else {
			text.add("")
			nulls++
		}
	}
	return text.array(bits, nulls)
}

func exportReasons(c *Column) arrow.Array {
	codes := make([]int32, c.Len())
	for i, r := range c.Reasons {
		codes[i] = int32(r)
	}
	text := newTextBuffer()
	for r := range survey.Reasons {
		text.add(r.String())
	}
	return array.NewDictionaryArray(dictionaryType, fixed(arrow.PrimitiveTypes.Int32, len(codes), arrow.Int32Traits.CastToBytes(codes), nil, 0), text.array(nil, 0))
}

func names(choices []survey.Choice) arrow.Array {
	text := newTextBuffer()
	for _, c := range choices {
		text.add(c.Name)
	}
	return text.array(nil, 0)
}

// ParquetColumn is a column of a small table for WriteColumns: one of Texts,
// Counts and Figures is filled. A figure that is NaN, and a count below zero,
// stand for "none".
type ParquetColumn struct {
	Name    string
	Texts   []string
	Counts  []int64
	Figures []float64
}

// WriteColumns writes a small table as Parquet, in one batch.
func WriteColumns(w io.Writer, columns []ParquetColumn) error {
	var fields []arrow.Field
	builders := make([]array.Builder, len(columns))
	for i, c := range columns {
		t := arrow.DataType(arrow.BinaryTypes.String)
		switch {
		case c.Counts != nil:
			t = arrow.PrimitiveTypes.Int64
		case c.Figures != nil:
			t = arrow.PrimitiveTypes.Float64
		}
		fields = append(fields, arrow.Field{Name: c.Name, Type: t, Nullable: true})
		builders[i] = array.NewBuilder(memory.DefaultAllocator, t)
	}
	arrays := make([]arrow.Array, len(columns))
	rows := 0
	for i, c := range columns {
		rows = max(rows, len(c.Texts), len(c.Counts), len(c.Figures))
		switch b := builders[i].(type) {
		case *array.Int64Builder:
			for _, v := range c.Counts {
				if v < 0 {
					b.AppendNull()
				} else {
					b.Append(v)
				}
			}
		case *array.Float64Builder:
			for _, v := range c.Figures {
				if math.IsNaN(v) {
					b.AppendNull()
				} else {
					b.Append(v)
				}
			}
		case *array.StringBuilder:
			for _, v := range c.Texts {
				b.Append(v)
			}
		}
		arrays[i] = builders[i].NewArray()
	}
	schema := arrow.NewSchema(fields, nil)
	out, err := parquetWriter(schema, w)
	if err != nil {
		return err
	}
	if err := out.Write(array.NewRecord(schema, arrays, int64(rows))); err != nil {
		return fmt.Errorf("write a table as Parquet: %w", err)
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write a table as Parquet: %w", err)
	}
	return nil
}
