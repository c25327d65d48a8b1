package survey

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// MissingNumber is a number that stands for a missing answer, such as 999.
type MissingNumber struct {
	Number float64
	Reason Reason
}

// ReasonOf returns the reason that a number stands for, Answered for a number
// that is an answer.
func (i *Item) ReasonOf(n float64) Reason {
	for _, m := range i.Missing {
		if m.Number == n {
			return m.Reason
		}
	}
	return Answered
}

type numberKey struct {
	item   int
	number float64
}

// numbersNamed finds the items and numbers that a word means: a number in each
// numeric item that could hold it, or item.number in one.
func (s *Survey) numbersNamed(word string) []numberKey {
	var out []numberKey
	for i := range s.Items {
		item := &s.Items[i]
		if !item.Type.Numeric() {
			continue
		}
		text := word
		if !isNumber(word) {
			var is bool
			if text, is = strings.CutPrefix(word, item.Name+"."); !is || !isNumber(text) {
				continue
			}
		}
		n, _ := strconv.ParseFloat(text, 64)
		if item.Type == Decimal || n == math.Trunc(n) {
			out = append(out, numberKey{i, n})
		}
	}
	return out
}

// isNumber reports whether a word is written as a number: digits, with a minus
// before them and a point among them.
func isNumber(word string) bool {
	word = strings.TrimPrefix(strings.TrimSpace(word), "-")
	_, err := strconv.ParseFloat(word, 64)
	return err == nil && strings.Trim(word, "0123456789.") == ""
}

// withNumbers returns the items with their missing numbers.
func withNumbers(items []Item, coded map[numberKey]Reason) []Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].Missing = nil
	}
	for key, reason := range coded {
		item := &out[key.item]
		item.Missing = append(item.Missing, MissingNumber{key.number, reason})
	}
	for i := range out {
		slices.SortFunc(out[i].Missing, func(a, b MissingNumber) int { return cmp.Compare(a.Number, b.Number) })
	}
	return out
}
