package estimate

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// quantity reads an item as a number: its numbers, the scores of its choices,
// or what else a plan makes of its choices.
type quantity struct {
	item     string
	codes    []float64          // of each choice, NaN where it has no number; nil for an item of numbers
	multiple bool               // of several choices the largest counts
	holds    func(float64) bool // numbers that can be; nil: all
}

// read returns the number of response i, or why there is none.
func (q *quantity) read(c *dataset.Column, i int32) (float64, survey.Reason) {
	if reason := c.Reasons[i]; reason != survey.Answered {
		return 0, reason
	}
	var y float64
	switch {
	case q.codes == nil:
		y = numberAt(c, i)
		if math.IsInf(y, 0) || q.holds != nil && !q.holds(y) {
			return 0, survey.Invalid
		}
	case q.multiple:
		y = 0
		for _, code := range c.Set(int(i)) {
			if uint(code) < uint(len(q.codes)) {
				y = max(y, q.codes[code])
			}
		}
	default:
		code := c.Codes[i]
		if uint(code) >= uint(len(q.codes)) {
			return 0, survey.Invalid
		}
		if y = q.codes[code]; math.IsNaN(y) {
			return 0, survey.NotApplicable
		}
	}
	if math.IsNaN(y) {
		return 0, survey.Invalid
	}
	return y, survey.Answered
}

// of reads the numbers of a batch.
func (q quantity) of(b *dataset.Batch) func(i int32) (float64, survey.Reason) {
	c := b.Column(q.item)
	return func(i int32) (float64, survey.Reason) { return q.read(c, i) }
}

// scored returns the numbers of choices with scores.
func scored(choices []survey.Choice) []float64 {
	out := make([]float64, len(choices))
	for code, c := range choices {
		out[code] = math.NaN()
		if c.Missing == survey.Answered && c.Score != nil {
			out[code] = *c.Score
		}
	}
	return out
}

// quantity binds an item as a number; false where it cannot be one.
func (b *binder) quantity(item *survey.Item) (quantity, bool) {
	switch {
	case item.Type.Numeric():
		return quantity{item: item.Name}, true
	case b.survey.Scaled(item):
		return quantity{item: item.Name, codes: scored(b.survey.Choices(item))}, true
	}
	return quantity{}, false
}

// predictor is an item that a regression predicts with: a number, or a yes or
// no for each of its choices but those that are compared with.
type predictor struct {
	name  string // as the plan has it
	from  int    // its first column
	terms []term

	number   quantity
	choices  bool
	multiple bool
	column   []int32 // of each choice: its term, or none for the reference
	answer   []bool  // choices that are answers
}

// term is a column of predictors.
type term struct {
	name   string
	choice bool // 1 for those who made a choice, 0 for the others
}

// Categories is the method of regressions whose predictors with choices all
// enter choice by choice; by default those with scores enter as numbers.
const Categories = "categories"

// predictors binds the items that a regression predicts with. Numbers enter as
// they are, and scaled items with their scores unless all are to be split. Of a
// single choice each is compared with the first of the form; of an item with
// several, with not choosing it.
func (b *binder) predictors(outcome string, with []string, split bool) ([]predictor, bool) {
	var out []predictor
	at := 0
	for k, name := range with {
		item, ok := b.item(name)
		if !ok {
			return nil, false
		}
		if name == outcome || slices.Contains(with[:k], name) {
			return nil, b.refuse(outcome, "plan-predictor", "The plan predicts the item "+outcome+" with "+name+" twice, or with itself.", "Name each item once.")
		}
		p := predictor{name: name, from: at}
		number, counts := b.quantity(item)
		switch {
		case counts && (item.Type.Numeric() || !split):
			p.number, p.terms = number, []term{{name: name}}
		case item.Type.HasChoices():
			p.number.item = name
			p.categories(b.survey.Choices(item), several(item))
		default:
			return nil, b.refuse(outcome, "plan-predictor", "The plan predicts the item "+outcome+" with "+name+", which has neither numbers nor choices.", "Name items with numbers or choices.")
		}
		at += len(p.terms)
		out = append(out, p)
	}
	if at == 0 {
		return nil, b.refuse(outcome, "plan-predictor", "The plan predicts the item "+outcome+" with nothing that can differ.", "Name items with numbers, or with two choices or more, in the column for further items.")
	}
	if at > mostTerms {
		return nil, b.refuse(outcome, "plan-predictor", "The plan predicts the item "+outcome+" with more than 200 terms.", "Name fewer items, or merge their choices.")
	}
	return out, true
}

// mostTerms bounds the columns of predictors.
const mostTerms = 200

func (p *predictor) categories(choices []survey.Choice, multiple bool) {
	p.choices, p.multiple = true, multiple
	first := !multiple
	for _, c := range choices {
		counts := c.Missing == survey.Answered
		p.answer = append(p.answer, counts)
		if !counts || first {
			p.column = append(p.column, none)
			first = first && !counts
			continue
		}
		p.column = append(p.column, int32(len(p.terms)))
		p.terms = append(p.terms, term{name: p.name + "=" + c.Name, choice: true})
	}
}

// read fills in the columns of response i, or says why it cannot.
func (p *predictor) read(c *dataset.Column, i int32, x []float64) survey.Reason {
	x = x[p.from : p.from+len(p.terms)]
	if !p.choices {
		y, reason := p.number.read(c, i)
		x[0] = y
		return reason
	}
	if reason := c.Reasons[i]; reason != survey.Answered {
		return reason
	}
	clear(x)
	if p.multiple {
		for _, code := range c.Set(int(i)) {
			if uint(code) < uint(len(p.column)) && p.column[code] != none {
				x[p.column[code]] = 1
			}
		}
		return survey.Answered
	}
	code := c.Codes[i]
	if uint(code) >= uint(len(p.column)) || !p.answer[code] {
		return survey.Invalid
	}
	if p.column[code] != none {
		x[p.column[code]] = 1
	}
	return survey.Answered
}

// reader reads outcome and predictors of a batch.
type reader struct {
	of      *regressionItem
	outcome *dataset.Column
	columns []*dataset.Column
	x       []float64
}

func newReader(of *regressionItem, b *dataset.Batch) *reader {
	r := &reader{of: of, outcome: b.Column(of.outcome.item), x: make([]float64, len(of.terms))}
	for _, p := range of.predictors {
		r.columns = append(r.columns, b.Column(p.number.item))
	}
	return r
}

// read reads response i: its outcome, and its predictors into x.
func (r *reader) read(i int32) (float64, survey.Reason) {
	y, reason := r.of.outcome.read(r.outcome, i)
	for k := 0; k < len(r.columns) && reason == survey.Answered; k++ {
		reason = r.of.predictors[k].read(r.columns[k], i, r.x)
	}
	return y, reason
}
