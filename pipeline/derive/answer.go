package derive

import (
	"math"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/expr"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// answer returns the answer to a derived item for a response.
func (d *derivation) answer(r *response, v *asked.Evaluator) asked.Answer {
	if d.bound == nil {
		at, _ := r.Survey.Index(d.From)
		return d.fromOne(r.Answer(at), r.Survey.Items[at].Type)
	}
	v.Begin(r)
	if lacking := v.Lacking(d.bound, nil); len(lacking) > 0 {
		return missing(reasonOf(r, lacking))
	}
	value, _ := v.Value(d.bound)
	if d.Type == typeIndicator {
		return d.choice(map[bool]string{true: "yes", false: "no"}[value.Truth()])
	}
	if value.IsMissing() {
		return d.nothing(r, value)
	}
	return d.fit(value)
}

func missing(r survey.Reason) asked.Answer { return asked.Answer{Reason: r, Code: dataset.NoCode} }

func unfitting() asked.Answer {
	return asked.Answer{Reason: survey.Invalid, Code: dataset.NoCode, Whole: unfit}
}

// reasonOf gives the reason of an item that lacks answers: not asked where none
// of them was asked for, else that of the first that was.
func reasonOf(r *response, items []int) survey.Reason {
	for _, item := range items {
		switch reason := r.Answer(item).Reason; reason {
		case survey.NotAsked, survey.Answered:
		default:
			return reason
		}
	}
	for _, item := range items {
		if r.Answer(item).Reason == survey.NotAsked {
			return survey.NotAsked
		}
	}
	return survey.NotAnswered // answered with no choice at all
}

// nothing gives the reason where a rule comes to nothing: that of the items it
// speaks of which have no answer; else not applicable if the rule says so, with
// an empty text, and invalid if what it reckons is no number.
func (d *derivation) nothing(r *response, value expr.Value) asked.Answer {
	var without []int
	for _, item := range d.bound.Plain() {
		if r.Answer(item).Reason != survey.Answered {
			without = append(without, item)
		}
	}
	switch {
	case len(without) > 0:
		return missing(reasonOf(r, without))
	case d.item.Type == survey.SelectMultiple && value.Kind() == expr.KindChoices:
		return asked.Answer{Code: dataset.NoCode}
	case value.Kind() == expr.KindNumber && len(d.bound.Plain()) > 0:
		return unfitting()
	case value.Kind() == expr.KindNumber:
		return missing(survey.NotAnswered) // the least of no answers, say
	}
	return missing(survey.NotApplicable)
}

// fit gives a value the type of the item.
func (d *derivation) fit(value expr.Value) asked.Answer {
	a := asked.Answer{Code: dataset.NoCode}
	n := value.Num()
	switch d.item.Type {
	case survey.SelectOne:
		return d.choice(value.Str())
	case survey.SelectMultiple:
		return d.choices(value)
	case survey.Decimal:
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return unfitting()
		}
		a.Number = n
	case survey.Integer:
		whole := math.Round(n)
		if math.IsNaN(n) || math.Abs(whole) > 1<<53 || math.Abs(n-whole) > 1e-9 {
			return unfitting()
		}
		a.Whole = int64(whole)
	case survey.Date:
		if days := math.Floor(n); days >= -719528 && days < 2932897 { // the years 0 to 9999
			a.Whole = int64(days)
			return a
		}
		return unfitting()
	default:
		a.Text = value.Str()
	}
	return a
}

func (d *derivation) choice(name string) asked.Answer {
	code, ok := d.codesOf.Code(name)
	if !ok {
		return unfitting()
	}
	return asked.Answer{Code: code}
}

func (d *derivation) choices(value expr.Value) asked.Answer {
	a := asked.Answer{Code: dataset.NoCode}
	for _, name := range value.Names() {
		code, ok := d.codesOf.Code(name)
		if !ok {
			return unfitting()
		}
		a.Set = append(a.Set, code)
	}
	slices.Sort(a.Set)
	a.Set = slices.Compact(a.Set)
	return a
}

// fromOne recodes an answer, or puts it into a band.
func (d *derivation) fromOne(from asked.Answer, t survey.Type) asked.Answer {
	switch {
	case t == survey.SelectOne && from.Code != dataset.NoCode:
		if code := d.codes[from.Code]; code != dataset.NoCode {
			return asked.Answer{Code: code}
		}
		return missing(survey.NotApplicable)
	case t == survey.SelectMultiple && len(from.Set) > 0:
		return d.recodeSet(from)
	case from.Reason != survey.Answered:
		return missing(from.Reason)
	case t == survey.SelectMultiple:
		return asked.Answer{Code: dataset.NoCode}
	}
	n := float64(from.Whole)
	if t == survey.Decimal {
		n = from.Number
	}
	code := bandOf(d.edges, n)
	if code == dataset.NoCode {
		return unfitting()
	}
	return asked.Answer{Code: code}
}

func (d *derivation) recodeSet(from asked.Answer) asked.Answer {
	a := asked.Answer{Code: dataset.NoCode}
	for _, old := range from.Set {
		if code := d.codes[old]; code != dataset.NoCode {
			a.Set = append(a.Set, code)
		}
	}
	if len(a.Set) == 0 {
		return missing(survey.NotApplicable)
	}
	slices.Sort(a.Set)
	a.Set = slices.Compact(a.Set)
	return a
}
