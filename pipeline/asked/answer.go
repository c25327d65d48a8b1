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

const (
	microsecondsADay = 24 * 60 * 60 * 1e6
	clock            = "15:04:05.000"
)

// stands reports whether an answer is there for an expression: as the device
// saw it, one that stands for don't know or refused is an answer like any
// other; where answers are counted it is missing.
func (a Answer) stands(counting bool) bool {
	switch a.Reason {
	case survey.Answered:
		return true
	case survey.Refused, survey.DontKnow, survey.NotApplicable:
		return !counting
	}
	return false
}

// value gives an answer as the expression language sees it. Names of choices
// are put behind names, whose new end is returned.
func value(item *survey.Item, choices []survey.Choice, a Answer, counting bool, names []string) (expr.Value, []string) {
	if !a.stands(counting) {
		return expr.Missing(), names
	}
	switch item.Type {
	case survey.SelectOne:
		if a.Code == dataset.NoCode {
			return expr.Missing(), names
		}
		return expr.Text(choices[a.Code].Name), names
	case survey.SelectMultiple, survey.Rank:
		start := len(names)
		for _, code := range a.Set {
			names = append(names, choices[code].Name)
		}
		return expr.Choices(names[start:len(names):len(names)]), names
	case survey.Integer:
		return expr.Number(float64(a.Whole)), names
	case survey.Decimal:
		return expr.Number(a.Number), names
	case survey.Date:
		return expr.Date(float64(a.Whole)), names
	case survey.DateTime:
		return expr.Date(float64(a.Whole) / microsecondsADay), names
	case survey.Time:
		return expr.Text(time.UnixMicro(a.Whole).UTC().Format(clock)), names
	}
	return expr.Text(a.Text), names
}
