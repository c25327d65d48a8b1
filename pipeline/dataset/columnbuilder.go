package dataset

import (
	"math"
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// ColumnBuilder gathers the answers to one item. Each method gives the answer
// of the response begun last; a second call replaces the first.
type ColumnBuilder struct {
	item    *survey.Item
	choices []survey.Choice
	at      int // position in the layout
	b       *Builder

	reasons []survey.Reason
	codes   []int32
	ints    []int64
	floats  []float64
	texts   textBuffer
	offsets []int32
	set     []int32
}

// Item returns the item of the column.
func (c *ColumnBuilder) Item() *survey.Item { return c.item }

// Missing says that there is no answer, and why.
func (c *ColumnBuilder) Missing(r survey.Reason) { c.put(r, NoCode, nil, 0, math.NaN(), "") }

// Invalid says that there was a cell which does not bind; its text is kept.
func (c *ColumnBuilder) Invalid(raw string) {
	c.Missing(survey.Invalid)
	c.b.rawItems = append(c.b.rawItems, int32(c.at))
	c.b.rawTexts.add(raw)
}

// Code gives a single choice. A choice that stands for a missing answer is
// kept, with its reason.
func (c *ColumnBuilder) Code(code int32) {
	c.put(c.choices[code].Missing, code, nil, 0, math.NaN(), "")
}

// Choose gives a set of choices, none being an answer too. For a
// select_multiple they are put in the order of the list, for a rank they stay
// in order of preference. Where every choice made stands for a missing answer,
// the first of them gives the reason.
func (c *ColumnBuilder) Choose(codes []int32) {
	reason := survey.Answered
	for i, code := range codes {
		missing := c.choices[code].Missing
		if missing == survey.Answered {
			reason = survey.Answered
			break
		}
		if i == 0 {
			reason = missing
		}
	}
	c.put(reason, NoCode, codes, 0, math.NaN(), "")
}

// Int gives a whole number, or a date, time or moment in the units of
// Column.Ints. A number that stands for a missing answer is kept, with its reason.
func (c *ColumnBuilder) Int(v int64) {
	c.put(c.item.ReasonOf(float64(v)), NoCode, nil, v, math.NaN(), "")
}

// Float gives a decimal number; one that stands for a missing answer is kept,
// with its reason.
func (c *ColumnBuilder) Float(v float64) { c.put(c.item.ReasonOf(v), NoCode, nil, 0, v, "") }

// Text gives a text. An empty text is no answer.
func (c *ColumnBuilder) Text(s string) {
	if s == "" {
		c.Missing(survey.NotAnswered)
		return
	}
	c.put(survey.Answered, NoCode, nil, 0, math.NaN(), s)
}

// Reason changes why the answer of the response begun last does not count, and
// keeps the answer beside it.
func (c *ColumnBuilder) Reason(r survey.Reason) { c.reasons[len(c.reasons)-1] = r }

// LastReason returns the reason of the answer given last.
func (c *ColumnBuilder) LastReason() survey.Reason { return c.reasons[len(c.reasons)-1] }

func (c *ColumnBuilder) put(r survey.Reason, code int32, set []int32, i int64, f float64, s string) {
	if len(c.reasons) == c.b.n {
		c.undo()
	}
	c.reasons = append(c.reasons, r)
	switch c.item.Type {
	case survey.SelectOne:
		c.codes = append(c.codes, code)
	case survey.SelectMultiple, survey.Rank:
		start := len(c.set)
		c.set = append(c.set, set...)
		if c.item.Type == survey.SelectMultiple {
			slices.Sort(c.set[start:])
			c.set = c.set[:start+len(slices.Compact(c.set[start:]))]
		}
		c.offsets = append(c.offsets, int32(len(c.set)))
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		c.ints = append(c.ints, i)
	case survey.Decimal:
		c.floats = append(c.floats, f)
	default:
		c.texts.add(s)
	}
}

// undo takes back the answer already given for the response begun last.
func (c *ColumnBuilder) undo() {
	last := len(c.reasons) - 1
	if c.reasons[last] == survey.Invalid {
		c.b.dropRaw(c.at)
	}
	c.reasons = c.reasons[:last]
	switch c.item.Type {
	case survey.SelectOne:
		c.codes = c.codes[:last]
	case survey.SelectMultiple, survey.Rank:
		c.offsets = c.offsets[:last+1]
		c.set = c.set[:c.offsets[last]]
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		c.ints = c.ints[:last]
	case survey.Decimal:
		c.floats = c.floats[:last]
	default:
		c.texts.truncate(last)
	}
}

func (c *ColumnBuilder) copyFrom(from *Batch, col *Column, i int) {
	reason := col.Reasons[i]
	if reason == survey.Invalid {
		if raw, ok := from.Raw(i, c.item.Name); ok {
			c.Invalid(raw)
			return
		}
	}
	switch c.item.Type {
	case survey.SelectOne:
		c.put(reason, col.Codes[i], nil, 0, 0, "")
	case survey.SelectMultiple, survey.Rank:
		c.put(reason, NoCode, col.Set(i), 0, 0, "")
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		c.put(reason, NoCode, nil, col.Ints[i], 0, "")
	case survey.Decimal:
		c.put(reason, NoCode, nil, 0, col.Floats[i], "")
	default:
		c.put(reason, NoCode, nil, 0, 0, col.Text(i))
	}
}

func (c *ColumnBuilder) array() arrow.Array {
	n := len(c.reasons)
	has := func(i int) bool { return c.reasons[i] == survey.Answered }
	switch c.item.Type {
	case survey.SelectOne:
		valid, nulls := bitmap(n, func(i int) bool { return c.codes[i] != NoCode })
		return fixed(arrow.PrimitiveTypes.Int32, n, arrow.Int32Traits.CastToBytes(c.codes), valid, nulls)
	case survey.SelectMultiple, survey.Rank:
		valid, nulls := bitmap(n, func(i int) bool { return has(i) || c.offsets[i+1] > c.offsets[i] })
		child := fixed(arrow.PrimitiveTypes.Int32, len(c.set), arrow.Int32Traits.CastToBytes(c.set), nil, 0)
		return list(n, c.offsets, child, valid, nulls)
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		valid, nulls := bitmap(n, has)
		return fixed(arrow.PrimitiveTypes.Int64, n, arrow.Int64Traits.CastToBytes(c.ints), valid, nulls)
	case survey.Decimal:
		valid, nulls := bitmap(n, has)
		return fixed(arrow.PrimitiveTypes.Float64, n, arrow.Float64Traits.CastToBytes(c.floats), valid, nulls)
	default:
		valid, nulls := bitmap(n, has)
		return c.texts.array(valid, nulls)
	}
}

func (c *ColumnBuilder) reset() {
	c.reasons, c.codes, c.ints, c.floats, c.set = nil, nil, nil, nil, nil
	c.texts, c.offsets = newTextBuffer(), []int32{0}
}

// textBuffer gathers texts in the layout that Arrow has for them.
type textBuffer struct {
	offsets []int32
	bytes   []byte
}

func newTextBuffer() textBuffer { return textBuffer{offsets: []int32{0}} }

func (t *textBuffer) add(s string) {
	t.bytes = append(t.bytes, s...)
	t.offsets = append(t.offsets, int32(len(t.bytes)))
}

func (t *textBuffer) truncate(n int) {
	t.offsets = t.offsets[:n+1]
	t.bytes = t.bytes[:t.offsets[n]]
}

func (t *textBuffer) remove(i int) {
	start, end := t.offsets[i], t.offsets[i+1]
	t.bytes = slices.Delete(t.bytes, int(start), int(end))
	t.offsets = slices.Delete(t.offsets, i+1, i+2)
	for j := i + 1; j < len(t.offsets); j++ {
		t.offsets[j] -= end - start
	}
}

func (t *textBuffer) array(valid []byte, nulls int) arrow.Array {
	return texts(len(t.offsets)-1, t.offsets, t.bytes, valid, nulls)
}

func nil2() []*memory.Buffer { return []*memory.Buffer{nil} }
