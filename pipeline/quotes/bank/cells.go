package bank

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// cells counts the respondents by what they answered to the items beside quotes,
// and all of them. Whoever left one of the items out is in no cell.
func cells(ctx context.Context, e engine.Engine, d *dataset.Dataset, beside []string) (counts map[string]int64, all int64, err error) {
	counts, err = engine.Tally(ctx, e, d.Levels[0], func() map[string]int64 { return map[string]int64{} },
		func(n map[string]int64, b *dataset.Batch) error {
			for i := range b.Len() {
				n[strings.Join(cellOf(d.Survey, b, i, beside), "\x00")]++
			}
			return nil
		}, func(into, from map[string]int64) error {
			for cell, n := range from {
				into[cell] += n
			}
			return nil
		})
	if err != nil {
		return nil, 0, err
	}
	for cell, n := range counts {
		all += n
		if len(beside) > 0 && slices.Contains(strings.Split(cell, "\x00"), "") {
			counts[cell] = 0
		}
	}
	return counts, all, nil
}

// cellOf returns what a response chose of some single-choice items, "" for none.
func cellOf(s *survey.Survey, b *dataset.Batch, i int, beside []string) []string {
	out := make([]string, len(beside))
	for k, name := range beside {
		if column := b.Column(name); column.Answered(i) && column.Codes[i] != dataset.NoCode {
			out[k] = s.Choices(column.Item)[column.Codes[i]].Name
		}
	}
	return out
}

// sample keeps a few rows of each code and language, those whose fingerprints
// come first: the same whatever the order of answers.
type sample map[[2]string][]row

// fewOfEach is how many rows of a code and language a workbook has to choose from.
const fewOfEach = 12

func newSample() sample { return sample{} }

func (s sample) add(r row) {
	key := [2]string{r.code, r.language}
	have := s[key]
	at, _ := slices.BinarySearchFunc(have, r, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.order, b.order), slices.Compare(a.cells, b.cells))
	})
	if at == fewOfEach {
		return
	}
	for i, cell := range r.cells {
		r.cells[i] = strings.Clone(cell) // of the memory of a batch
	}
	s[key] = slices.Insert(have, at, r)[:min(len(have)+1, fewOfEach)]
}

// rows returns the rows by code and language.
func (s sample) rows() [][]string {
	var out [][]string
	for _, key := range slices.SortedFunc(maps.Keys(s), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		for _, r := range s[key] {
			out = append(out, r.cells)
		}
	}
	return out
}
