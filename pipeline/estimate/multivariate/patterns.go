// Package multivariate looks for what several single-choice items have in
// common: axes along which choices lie (multiple correspondence analysis) and
// classes of respondents who answer alike (latent classes). Both need nothing
// but how many gave each pattern of answers.
package multivariate

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/estimate/exact"
)

// Item is a single-choice item.
type Item struct {
	Name    string
	Choices []string
}

// Tally counts patterns of answers. It grows with the patterns found, of which
// there are no more than respondents, nor than ways to answer.
type Tally struct {
	items []Item
	sums  map[string]exact.Sum // weight of each pattern, by two bytes an answer
	rows  int64
	left  int64 // who left out an item
}

// maxChoices is how many choices an item may have.
const maxChoices = 1 << 16

// NewTally returns an empty tally of items.
func NewTally(items []Item) *Tally {
	return &Tally{items: items, sums: map[string]exact.Sum{}}
}

// Add adds a respondent, or many who answered alike: the places of choices, less
// than 0 for a missing answer, and the weight. Those who left out an item are
// counted only. It reports false for answers that do not fit the items and
// weights that are negative or too large.
func (t *Tally) Add(answers []int, weight float64) bool {
	if len(answers) != len(t.items) || !(weight >= 0) {
		return false
	}
	key := make([]byte, 0, 2*len(answers))
	for i, k := range answers {
		if k >= len(t.items[i].Choices) || k >= maxChoices {
			return false
		}
		if k < 0 {
			t.left++
			return true
		}
		key = append(key, byte(k>>8), byte(k))
	}
	t.rows++
	sum := t.sums[string(key)]
	ok := sum.Add(weight)
	t.sums[string(key)] = sum
	return ok
}

// Merge adds another tally of the same items; false when a total became too large.
func (t *Tally) Merge(o *Tally) bool {
	if len(t.items) != len(o.items) {
		return false
	}
	ok := true
	t.rows += o.rows
	t.left += o.left
	for key, s := range o.sums { // exact sums: the order does not matter
		sum := t.sums[key]
		ok = sum.Merge(s) && ok
		t.sums[key] = sum
	}
	return ok
}

// Pattern is a way to answer all items.
type Pattern struct {
	Answers []int   // places of choices
	Weight  float64 // of those who answered so
}

// Patterns are all patterns of a tally, in their order.
type Patterns struct {
	Items    []Item
	Patterns []Pattern
	Weight   float64 // of all
	Rows     int64   // respondents who answered all items
	Left     int64   // those who did not
}

// Patterns returns what was counted, without patterns of no weight.
func (t *Tally) Patterns() Patterns {
	p := Patterns{Items: t.items, Rows: t.rows, Left: t.left}
	var total exact.Sum
	keys := make([]string, 0, len(t.sums))
	for key, s := range t.sums {
		if !s.Zero() {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		answers := make([]int, len(t.items))
		for i := range answers {
			answers[i] = int(key[2*i])<<8 | int(key[2*i+1])
		}
		s := t.sums[key]
		total.Merge(s)
		p.Patterns = append(p.Patterns, Pattern{answers, s.Float64()})
	}
	p.Weight = total.Float64()
	return p
}

// Reason says why an analysis is not defined; it is empty where it is.
type Reason string

// The reasons.
const (
	FewItems    Reason = "two items or more are needed"
	NoAnswers   Reason = "nobody answered all items"
	NoVariance  Reason = "all answered alike"
	BadStart    Reason = "the start does not fit the items, or holds what is no probability above 0"
	NoClasses   Reason = "one class or more is needed"
	NotComputed Reason = "the eigenvalues could not be computed"
)

// Len returns how many patterns have been found.
func (t *Tally) Len() int { return len(t.sums) }
