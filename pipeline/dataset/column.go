package dataset

import (
	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Column is the answers to one item in a batch. Only the slice that belongs to
// the type of the item is filled; each has one entry a response. Columns are
// read-only: they share memory with the batch.
type Column struct {
	Item    *survey.Item
	Reasons []survey.Reason // Answered, or why there is no answer

	Codes  []int32   // SelectOne: index of the choice in its list, NoCode where there is none
	Ints   []int64   // Integer; Date in days since 1970-01-01; Time in microseconds of the day; DateTime in microseconds since 1970-01-01 UTC
	Floats []float64 // Decimal

	offsets []int32 // SelectMultiple, Rank: bounds of each response's codes in set
	set     []int32
	texts   *array.String // OpenText, Calculated
	arr     arrow.Array   // the array behind
	reasons arrow.Array
}

// NoCode stands in Codes where no choice was made or it is not in the list.
const NoCode int32 = -1

// Answered reports whether response i has an answer that counts: an answer, and
// not one that stands for don't know, refused or not applicable.
func (c *Column) Answered(i int) bool { return c.Reasons[i] == survey.Answered }

// Set returns the codes chosen by response i, in the order of the list
// (SelectMultiple) or of preference (Rank).
func (c *Column) Set(i int) []int32 { return c.set[c.offsets[i]:c.offsets[i+1]] }

// Text returns the text of response i, "" where there is none.
func (c *Column) Text(i int) string {
	if c.texts.IsNull(i) {
		return ""
	}
	return c.texts.Value(i)
}

// Len returns how many responses the column has.
func (c *Column) Len() int { return len(c.Reasons) }

func newColumn(item *survey.Item, arr, reasons arrow.Array) *Column {
	c := &Column{Item: item, arr: arr, reasons: reasons}
	c.Reasons = asReasons(reasons.(*array.Uint8).Uint8Values())
	switch a := arr.(type) {
	case *array.Int32:
		c.Codes = a.Int32Values()
	case *array.Int64:
		c.Ints = a.Int64Values()
	case *array.Float64:
		c.Floats = a.Float64Values()
	case *array.List:
		c.offsets = a.Offsets()[a.Data().Offset() : a.Data().Offset()+a.Len()+1]
		c.set = a.ListValues().(*array.Int32).Int32Values()
	case *array.String:
		c.texts = a
	}
	return c
}
