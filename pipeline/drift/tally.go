package drift

import (
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// tally counts the choices of each item by language and group. Counts are
// whole numbers, so that tallies can be merged in any order.
type tally struct {
	survey           *survey.Survey
	language, within string
	languages        int
	groups           int
	items            []*survey.Item
	choices          []int
	counts           [][]int64 // by item: language, group and choice
	answered         [][]int64 // by item: language and group
}

func newTally(s *survey.Survey, held dataset.Layout, cfg Config) *tally {
	t := &tally{survey: s, language: cfg.Language, groups: 1}
	languages, _ := s.Item(cfg.Language)
	t.languages = len(s.Choices(languages))
	if within, ok := s.Item(cfg.Within); ok && within.Type == survey.SelectOne && held.Has(cfg.Within) && cfg.Within != cfg.Language {
		t.within, t.groups = cfg.Within, len(s.Choices(within))
	}
	for i := range s.Items {
		item := &s.Items[i]
		if item.Level == 0 && held.Has(item.Name) && item.Derived == "" && item.Given == "" && comparable(s, item) && item.Name != t.language && item.Name != t.within && !cfg.Skip[item.Name] {
			t.items = append(t.items, item)
			t.choices = append(t.choices, len(s.Choices(item)))
		}
	}
	return t.fresh()
}

func comparable(s *survey.Survey, item *survey.Item) bool {
	return (item.Type == survey.SelectOne || item.Type == survey.SelectMultiple) && (item.Role == survey.Plain || item.Role == survey.Key) && len(s.Choices(item)) <= mostChoices
}

// fresh returns an empty tally of the same items.
func (t *tally) fresh() *tally {
	out := *t
	out.counts, out.answered = make([][]int64, len(t.items)), make([][]int64, len(t.items))
	for i := range t.items {
		out.answered[i] = make([]int64, t.languages*t.groups)
		out.counts[i] = make([]int64, t.languages*t.groups*t.choices[i])
	}
	return &out
}

// add counts a batch. Who named no language or no group is not compared.
func (t *tally) add(b *dataset.Batch) error {
	language := b.Column(t.language)
	var within *dataset.Column
	if t.within != "" {
		within = b.Column(t.within)
	}
	cells := make([]int, b.Len())
	for r := range cells {
		cells[r] = -1
		if !language.Answered(r) || language.Codes[r] < 0 || within != nil && (!within.Answered(r) || within.Codes[r] < 0) {
			continue
		}
		cells[r] = int(language.Codes[r]) * t.groups
		if within != nil {
			cells[r] += int(within.Codes[r])
		}
	}
	for i, item := range t.items {
		column := b.Column(item.Name)
		for r, cell := range cells {
			if cell < 0 || !column.Answered(r) || item.Type == survey.SelectOne && column.Codes[r] < 0 {
				continue
			}
			t.answered[i][cell]++
			if item.Type == survey.SelectOne {
				t.counts[i][cell*t.choices[i]+int(column.Codes[r])]++
				continue
			}
			for _, c := range column.Set(r) {
				t.counts[i][cell*t.choices[i]+int(c)]++
			}
		}
	}
	return nil
}

func (t *tally) merge(o *tally) error {
	for i := range t.items {
		for c, n := range o.counts[i] {
			t.counts[i][c] += n
		}
		for c, n := range o.answered[i] {
			t.answered[i][c] += n
		}
	}
	return nil
}

// strata sets the answers of a language beside those of all others that are not
// left out, group by group: the respondents, and who of them made each of some choices.
func (t *tally) strata(item, language int, choices [][]int, leave func(int) bool) []stratum {
	out := make([]stratum, t.groups)
	for l := range t.languages {
		for g := range t.groups {
			s, cell := &out[g], l*t.groups+g
			if s.own == nil {
				s.own, s.others = make([]int64, len(choices)), make([]int64, len(choices))
			}
			if leave(l) {
				continue
			}
			to, n := s.others, &s.nOthers
			if l == language {
				to, n = s.own, &s.nOwn
			}
			*n += t.answered[item][cell]
			for c, of := range choices {
				for _, choice := range of {
					to[c] += t.counts[item][cell*t.choices[item]+choice]
				}
			}
		}
	}
	return out
}

// common returns the choices of an item, those made by fewer than least
// respondents taken as one: a few answers say nothing of a wording.
func (t *tally) common(item int, least int64) [][]int {
	var out [][]int
	var rare []int
	for c := range t.choices[item] {
		var n int64
		for cell := range t.languages * t.groups {
			n += t.counts[item][cell*t.choices[item]+c]
		}
		if n < least {
			rare = append(rare, c)
		} else {
			out = append(out, []int{c})
		}
	}
	if rare != nil {
		out = append(out, rare)
	}
	return slices.Clip(out)
}
