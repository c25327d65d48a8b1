package foreign

import (
	"bytes"
	"strconv"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// None stands for a list that is there and has nothing in it: an answer that
// names no choice, which is not the same as no answer.
const None = ";"

// readable reports whether values of a type can be written as a text; lists
// only where they are asked for, as they do not nest.
func readable(t arrow.DataType, lists bool) bool {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		return readable(t.ValueType, false)
	case *arrow.ListType:
		return lists && readable(t.Elem(), false)
	case *arrow.LargeListType:
		return lists && readable(t.Elem(), false)
	case *arrow.FixedSizeListType:
		return lists && readable(t.Elem(), false)
	}
	switch t.ID() {
	case arrow.NULL, arrow.BOOL, arrow.INT8, arrow.INT16, arrow.INT32, arrow.INT64, arrow.UINT8, arrow.UINT16, arrow.UINT32, arrow.UINT64,
		arrow.FLOAT16, arrow.FLOAT32, arrow.FLOAT64, arrow.STRING, arrow.LARGE_STRING, arrow.BINARY, arrow.LARGE_BINARY,
		arrow.DATE32, arrow.DATE64, arrow.TIMESTAMP, arrow.TIME32, arrow.TIME64, arrow.DECIMAL128, arrow.DECIMAL256:
		return true
	}
	return false
}

// appendCell writes a value: numbers with the digits that they need, dates and
// times as ISO 8601, names in place of the codes of a dictionary.
func appendCell(out []byte, a arrow.Array, i int, column string) ([]byte, error) {
	if a.IsNull(i) {
		return out, nil
	}
	switch a := a.(type) {
	case *array.Null:
		return out, nil
	case *array.Boolean:
		if a.Value(i) {
			return append(out, "TRUE"...), nil
		}
		return append(out, "FALSE"...), nil
	case *array.Int8:
		return strconv.AppendInt(out, int64(a.Value(i)), 10), nil
	case *array.Int16:
		return strconv.AppendInt(out, int64(a.Value(i)), 10), nil
	case *array.Int32:
		return strconv.AppendInt(out, int64(a.Value(i)), 10), nil
	case *array.Int64:
		return strconv.AppendInt(out, a.Value(i), 10), nil
	case *array.Uint8:
		return strconv.AppendUint(out, uint64(a.Value(i)), 10), nil
	case *array.Uint16:
		return strconv.AppendUint(out, uint64(a.Value(i)), 10), nil
	case *array.Uint32:
		return strconv.AppendUint(out, uint64(a.Value(i)), 10), nil
	case *array.Uint64:
		return strconv.AppendUint(out, a.Value(i), 10), nil
	case *array.Float16:
		return strconv.AppendFloat(out, float64(a.Value(i).Float32()), 'f', -1, 32), nil
	case *array.Float32:
		return strconv.AppendFloat(out, float64(a.Value(i)), 'f', -1, 32), nil
	case *array.Float64:
		return strconv.AppendFloat(out, a.Value(i), 'f', -1, 64), nil
	case *array.String:
		return append(out, a.Value(i)...), nil
	case *array.LargeString:
		return append(out, a.Value(i)...), nil
	case *array.Binary:
		return append(out, a.Value(i)...), nil
	case *array.LargeBinary:
		return append(out, a.Value(i)...), nil
	case *array.Decimal128:
		return append(out, a.Value(i).ToString(a.DataType().(*arrow.Decimal128Type).Scale)...), nil
	case *array.Decimal256:
		return append(out, a.Value(i).ToString(a.DataType().(*arrow.Decimal256Type).Scale)...), nil
	case *array.Date32:
		return a.Value(i).ToTime().AppendFormat(out, time.DateOnly), nil
	case *array.Date64:
		return a.Value(i).ToTime().AppendFormat(out, time.DateOnly), nil
	case *array.Time32:
		return a.Value(i).ToTime(a.DataType().(*arrow.Time32Type).Unit).UTC().AppendFormat(out, "15:04:05.999999999"), nil
	case *array.Time64:
		return a.Value(i).ToTime(a.DataType().(*arrow.Time64Type).Unit).UTC().AppendFormat(out, "15:04:05.999999999"), nil
	case *array.Timestamp:
		return appendMoment(out, a, i), nil
	case *array.Dictionary:
		return appendCell(out, a.Dictionary(), a.GetValueIndex(i), column)
	case array.ListLike:
		return appendList(out, a, i, column)
	}
	return out, damaged()
}

// appendMoment writes a moment. One with a time zone is written in UTC and says
// so; without one it is what stood on the respondent's clock.
func appendMoment(out []byte, a *array.Timestamp, i int) []byte {
	t := a.DataType().(*arrow.TimestampType)
	out = a.Value(i).ToTime(t.Unit).UTC().AppendFormat(out, "2006-01-02T15:04:05.999999999")
	if t.TimeZone != "" {
		out = append(out, 'Z')
	}
	return out
}

// appendList writes a list with blanks between its elements, as exports of
// several choices have it.
func appendList(out []byte, a array.ListLike, i int, column string) ([]byte, error) {
	start, end := a.ValueOffsets(i)
	if start == end {
		return append(out, None...), nil
	}
	for k := start; k < end; k++ {
		if k > start {
			out = append(out, ' ')
		}
		before := len(out)
		var err error
		if out, err = appendCell(out, a.ListValues(), int(k), column); err != nil {
			return out, err
		}
		if element := out[before:]; len(element) == 0 || bytes.ContainsAny(element, " \t\r\n;") {
			return out, refuseColumn(column, "holds lists of which an element is empty or has a blank in it, so that they cannot be written as one cell", "Write names of choices in place of their labels, or a column for each choice.")
		}
	}
	return out, nil
}
