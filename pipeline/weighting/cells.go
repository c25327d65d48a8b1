package weighting

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
)

// Outside is the value of an item in the cell of those whose answer to one of
// the items is missing. They are in one cell, apart from all others.
var Outside = math.Inf(-1)

// By says what tells cells apart: single-choice items by their choice, numeric
// items by their number; and, where Base is named, respondents of different
// base weight.
type By struct {
	Items []string
	Base  string // numeric item of the base weight; empty: not told apart
}

// Key is what respondents of a cell have in common: for each item the place of
// the choice in its list, or the number; and the base weight, NaN where cells
// are not told apart by it.
type Key struct {
	Values []float64
	Base   float64
}

// Missing reports whether the cell is that of respondents who lack an answer.
func (k Key) Missing() bool { return len(k.Values) > 0 && math.IsInf(k.Values[0], -1) }

// Cells are the cells that respondents fall into, in the order of the form's
// choices and of numbers.
type Cells struct {
	By
	Keys []Key
	at   map[string]int32
}

// NewCells returns the cells of some keys, which it sorts.
func NewCells(by By, keys []Key) *Cells {
	slices.SortFunc(keys, func(a, b Key) int {
		return cmp.Or(slices.Compare(a.Values, b.Values), cmp.Compare(a.Base, b.Base))
	})
	c := &Cells{By: by, Keys: keys, at: make(map[string]int32, len(keys))}
	for i, k := range keys {
		c.at[string(k.bytes(by))] = int32(i)
	}
	return c
}

func (k Key) bytes(by By) []byte {
	out := make([]byte, 0, 8*(len(k.Values)+1))
	for _, v := range k.Values {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
	}
	if by.Base != "" {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(k.Base))
	}
	return out
}

// Len returns how many cells there are.
func (c *Cells) Len() int { return len(c.Keys) }

// Cells returns the cell of each response of a batch, -1 where it is in none.
func (c *Cells) Cells(b *dataset.Batch) []int32 {
	out := make([]int32, b.Len())
	reader := newReader(c.By, b)
	for i := range out {
		at, ok := c.at[string(reader.key(i))]
		if !ok {
			at = -1
		}
		out[i] = at
	}
	return out
}

// reader reads the keys of a batch.
type reader struct {
	columns []*dataset.Column
	base    *dataset.Column
	buf     []byte
	missing []byte // the items' part of the key of those who lack an answer
}

func newReader(by By, b *dataset.Batch) *reader {
	r := &reader{}
	for _, name := range by.Items {
		r.columns = append(r.columns, b.Column(name))
		r.missing = binary.LittleEndian.AppendUint64(r.missing, math.Float64bits(Outside))
	}
	if by.Base != "" {
		r.base = b.Column(by.Base)
	}
	return r
}

// key returns the key of response i, valid until the next call.
func (r *reader) key(i int) []byte {
	r.buf = r.buf[:0]
	for _, c := range r.columns {
		v, ok := valueOf(c, i)
		if !ok {
			r.buf = append(r.buf[:0], r.missing...)
			break
		}
		r.buf = binary.LittleEndian.AppendUint64(r.buf, math.Float64bits(v))
	}
	if r.base != nil {
		v, _ := valueOf(r.base, i)
		r.buf = binary.LittleEndian.AppendUint64(r.buf, math.Float64bits(v))
	}
	return r.buf
}

// valueOf returns the answer of response i as a number: the place of the
// choice, or the number given; false where there is none that can be used.
func valueOf(c *dataset.Column, i int) (float64, bool) {
	if c == nil || !c.Answered(i) {
		return 0, false
	}
	switch {
	case c.Codes != nil:
		return float64(c.Codes[i]), c.Codes[i] != dataset.NoCode
	case c.Ints != nil:
		return float64(c.Ints[i]), true
	case c.Floats != nil:
		v := c.Floats[i]
		return v + 0, !math.IsNaN(v) && !math.IsInf(v, 0) // -0 is 0
	}
	return 0, false
}

func keyOf(by By, text string) Key {
	n := len(by.Items)
	k := Key{Values: make([]float64, n), Base: math.NaN()}
	at := func(i int) float64 {
		return math.Float64frombits(binary.LittleEndian.Uint64([]byte(text[8*i : 8*i+8])))
	}
	for i := range k.Values {
		k.Values[i] = at(i)
	}
	if by.Base != "" {
		k.Base = at(n)
	}
	return k
}
