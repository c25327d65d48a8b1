package asked

import (
	"time"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Answer is the answer to one item as datasets have it. Only the part that
// belongs to the type of the item is filled.
type Answer struct {
	Reason survey.Reason
	Code   int32   // SelectOne; dataset.NoCode where there is none
	Set    []int32 // SelectMultiple, Rank
	Whole  int64   // Integer; Date, Time and DateTime in the units of dataset.Column
	Number float64 // Decimal
	Text   string  // OpenText, Calculated
}

// Read returns the answer of response i as it stands in a column.
func Read(c *dataset.Column, i int) Answer {
	a := Answer{Reason: c.Reasons[i], Code: dataset.NoCode}
	switch c.Item.Type {
	case survey.SelectOne:
		a.Code = c.Codes[i]
	case survey.SelectMultiple, survey.Rank:
		a.Set = c.Set(i)
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		a.Whole = c.Ints[i]
	case survey.Decimal:
		a.Number = c.Floats[i]
	default:
		a.Text = c.Text(i)
	}
	return a
}

// env gives the answers of a response to an expression.
type env struct {
	*Conditions
	answers func(item string) Answer
}

// Answer implements expr.Env.
func (e env) Answer(slot int) expr.Value {
	item := e.items[slot]
	return value(item, e.layout.Survey.Choices(item), e.answers(item.Name))
}

// Self implements expr.Env; no condition decided here speaks of it.
func (e env) Self() expr.Value { return expr.Missing() }

// Today implements expr.Env; no condition decided here speaks of it.
func (e env) Today() expr.Value { return expr.Missing() }

const (
	microsecondsADay = 24 * 60 * 60 * 1e6
	clock            = "15:04:05.000"
)

// value gives an answer as the expression language sees it. A choice that
// stands for don't know is a choice like any other there.
func value(item *survey.Item, choices []survey.Choice, a Answer) expr.Value {
	switch item.Type {
	case survey.SelectOne:
		if a.Code == dataset.NoCode {
			return expr.Missing()
		}
		return expr.Text(choices[a.Code].Name)
	case survey.SelectMultiple, survey.Rank:
		names := make([]string, len(a.Set))
		for i, code := range a.Set {
			names[i] = choices[code].Name
		}
		return expr.Choices(names)
	}
	if a.Reason != survey.Answered {
		return expr.Missing()
	}
	switch item.Type {
	case survey.Integer:
		return expr.Number(float64(a.Whole))
	case survey.Decimal:
		return expr.Number(a.Number)
	case survey.Date:
		return expr.Date(float64(a.Whole))
	case survey.DateTime:
		return expr.Date(float64(a.Whole) / microsecondsADay)
	case survey.Time:
		return expr.Text(time.UnixMicro(a.Whole).UTC().Format(clock))
	}
	return expr.Text(a.Text)
}
