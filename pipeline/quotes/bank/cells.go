package bank

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/engine"
	"github.com/soundings-survey/soundings/pipeline/quotes"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// cell is what may be told of a respondent: what they chose of the items beside
// quotes, and the language in which they wrote. Without choices it is everybody
// who wrote in the language.
type cell struct{ language, chosen string }

// cellIn returns the cell of those who made choices and wrote in a language.
func cellIn(language string, chosen []string) cell {
	if len(chosen) == 0 {
		return cell{language: language}
	}
	return cell{language, "\x00" + strings.Join(chosen, "\x00")}
}

// cells counts the respondents by what they chose of the items beside quotes and
// the languages of their open answers, and by these languages alone. Whoever left
// one of the items out is in no cell of choices.
func (g *gathering) cells(ctx context.Context, e engine.Engine, in dataset.Level) (map[cell]int64, error) {
	return engine.Tally(ctx, e, in, func() map[cell]int64 { return map[cell]int64{} },
		func(n map[cell]int64, b *dataset.Batch) error {
			for i := range b.Len() {
				chosen := cellOf(g.survey, b, i, g.q.Beside)
				spoken := g.choice(b, i, g.q.Language)
				var languages []string
				for _, it := range g.q.Items {
					if open := b.Column(it.Open); open.Answered(i) {
						languages = append(languages, g.languageOf(open.Text(i), spoken))
					}
				}
				slices.Sort(languages)
				for _, language := range slices.Compact(languages) {
					n[cell{language: language}]++
					if len(chosen) > 0 && !slices.Contains(chosen, "") {
						n[cellIn(language, chosen)]++
					}
				}
			}
			return nil
		}, func(into, from map[cell]int64) error {
			for c, n := range from {
				into[c] += n
			}
			return nil
		})
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
// come first, and one of those with the same words: the same whatever the order of
// answers.
type sample map[[2]string][]row

// How many rows of a code and language a workbook has to choose from, and how many
// more are kept in place of those whose words somebody refuses.
const (
	fewOfEach = 12
	spare     = 24
)

func newSample() sample { return sample{} }

func (s sample) add(r row) {
	key := [2]string{r.code, r.language}
	have := s[key]
	at, _ := slices.BinarySearchFunc(have, r, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.order, b.order), slices.Compare(a.cells, b.cells))
	})
	if at == fewOfEach+spare {
		return
	}
	r.said = own(r.own)
	if same := slices.IndexFunc(have, func(h row) bool { return h.said == r.said }); same >= 0 {
		if same < at {
			return
		}
		have = slices.Delete(have, same, same+1)
	}
	for i, cell := range r.cells {
		r.cells[i] = strings.Clone(cell) // of the memory of a batch
	}
	r.words, r.said = strings.Clone(quotes.Folded(r.answer)), strings.Clone(r.said)
	r.answer, r.own = "", strings.Clone(r.own)
	s[key] = slices.Insert(have, at, r)[:min(len(have)+1, fewOfEach+spare)]
}

// words returns the words of the rows, with identities and without.
func (s sample) words() map[string]bool {
	out := map[string]bool{}
	for _, rows := range s {
		for _, r := range rows {
			out[r.words], out[r.said] = true, true
		}
	}
	return out
}

// marked reports whether an identity was taken out of some row.
func (s sample) marked() bool {
	for _, rows := range s {
		if slices.ContainsFunc(rows, func(r row) bool { return strings.Contains(r.own, "[") }) {
			return true
		}
	}
	return false
}

// rows returns the rows by code and language, but those whose words somebody said
// who does not allow to be quoted.
func (s sample) rows(said map[string]bool) [][]string {
	var out [][]string
	for _, key := range slices.SortedFunc(maps.Keys(s), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		n := 0
		for _, r := range s[key] {
			if n < fewOfEach && !said[r.words] && !said[r.said] {
				out = append(out, r.cells)
				n++
			}
		}
	}
	return out
}
