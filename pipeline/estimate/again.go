package estimate

import (
	"fmt"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// again is how answers of the same respondents to several items are compared:
// those of the items are read alike.
type again struct {
	how   manner
	read  []quantity // of each item
	steps int        // of byChoices
}

// manner is how answers are read.
type manner int

const (
	byHits    manner = iota // whether a choice that counts was made: 1 or 0
	byNumbers               // numbers or scores
	byChoices               // which choice was made: its place among the answers
)

// again binds the item of a row and those in With as the method asks, or as
// suits them: yes or no where there are two choices or the plan says which
// count, else numbers and scores, else choices.
func (b *binder) again(r table.Row, item *survey.Item) (again, bool) {
	items := []*survey.Item{item}
	for _, name := range r.With {
		more, ok := b.item(name)
		if !ok {
			return again{}, false
		}
		items = append(items, more)
	}
	ways := []func(table.Row, []*survey.Item) (again, bool){b.hitsAgain, b.numbersAgain, b.choicesAgain}
	switch r.Method {
	case McNemar, McNemarCorrected, McNemarExact, McNemarMidP, CochranQ:
		ways = ways[:1]
	case SignedRank, SignedRankCorrected, SignedRankExact, SignTest, Friedman:
		ways = ways[1:2]
	case Bowker, StuartMaxwell:
		ways = ways[2:]
	case PairedT, MethodTwoMeans:
		ways = ways[:2]
	}
	before := len(b.findings)
	for _, way := range ways {
		if out, ok := way(r, items); ok {
			return out, true
		}
		if len(b.findings) > before {
			return again{}, false
		}
	}
	return again{}, b.refuse(r.Item, "plan-analysis", fmt.Sprintf("The plan asks for %s of the item %s with items that cannot be compared with it so.", r.Analysis, r.Item),
		"Compare numbers, scales, or single choices from the same list; name the choices that count under values.")
}

// hitsAgain reads whether a choice was made that counts: those that the plan
// names, or of two choices the one with the larger score, and the first of the
// form where they have none.
func (b *binder) hitsAgain(r table.Row, items []*survey.Item) (again, bool) {
	out := again{how: byHits}
	named := len(r.Values) > 0
	if !named {
		of := b.survey.Choices(items[0])
		names, columns := answers(of, 0)
		if items[0].Type != survey.SelectOne || len(names) != 2 {
			return out, false
		}
		counts := 0
		if x, y := of[columns[0][0]].Score, of[columns[1][0]].Score; x != nil && y != nil && *y > *x {
			counts = 1
		}
		r.Values = names[counts : counts+1]
	}
	for _, item := range items {
		choices := b.survey.Choices(item)
		if !item.Type.HasChoices() || !named && (item.Type != survey.SelectOne || !sameAnswers(b.survey.Choices(items[0]), choices)) {
			return out, false
		}
		r.Item = item.Name
		columns, ok := b.net(r, item, choices)
		if !ok {
			return out, false
		}
		out.read = append(out.read, hits(item, choices, columns[0]))
	}
	return out, true
}

// numbersAgain reads numbers or scores.
func (b *binder) numbersAgain(_ table.Row, items []*survey.Item) (again, bool) {
	out := again{how: byNumbers}
	for _, item := range items {
		q, ok := b.quantity(item)
		if !ok {
			return out, false
		}
		out.read = append(out.read, q)
	}
	return out, true
}

// choicesAgain reads which of the same choices was made.
func (b *binder) choicesAgain(_ table.Row, items []*survey.Item) (again, bool) {
	out := again{how: byChoices}
	for _, item := range items {
		choices := b.survey.Choices(item)
		if item.Type != survey.SelectOne || !sameAnswers(b.survey.Choices(items[0]), choices) {
			return out, false
		}
		q := steps(item, choices)
		out.read, out.steps = append(out.read, q), answered(q.codes)
	}
	return out, out.steps >= 2
}

// sameAnswers reports whether two lists have the same answers in the same order.
func sameAnswers(a, b []survey.Choice) bool {
	x, _ := answers(a, 0)
	y, _ := answers(b, 0)
	return slices.Equal(x, y)
}
