package clean

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Answers in the words of a cleaning log: how they are written, how they are
// read, and when what a line saw is what stands there.

// written writes an answer as dataset.Batch.Form does; "" where there is none.
func written(item *survey.Item, choices []survey.Choice, a answer) string {
	if !given(a.Reason) || a.Reason == survey.Invalid {
		return ""
	}
	switch item.Type {
	case survey.SelectOne:
		if a.Code < 0 {
			return ""
		}
		return choices[a.Code].Name
	case survey.SelectMultiple, survey.Rank:
		names := make([]string, len(a.Set))
		for i, code := range a.Set {
			names[i] = choices[code].Name
		}
		return strings.Join(names, " ")
	case survey.Integer:
		return strconv.FormatInt(a.Whole, 10)
	case survey.Decimal:
		return strconv.FormatFloat(a.Number, 'f', -1, 64)
	case survey.Date, survey.Time, survey.DateTime:
		return dataset.FormatTime(item.Type, a.Whole)
	}
	return a.Text
}

// readAs reads a cell of a log as an answer to an item.
func readAs(item *survey.Item, list *survey.ChoiceList, cell string) (answer, bool) {
	text := last(cell, tidy(cell))
	if text == "" {
		return answer{}, false
	}
	switch item.Type {
	case survey.SelectOne:
		code, ok := choiceOf(list, text)
		if !ok {
			return answer{}, false
		}
		return bound(asked.Answer{Reason: list.Choices[code].Missing, Code: code}), true
	case survey.SelectMultiple, survey.Rank:
		codes, ok := choicesOf(list, text)
		if !ok {
			return answer{}, false
		}
		if item.Type == survey.SelectMultiple {
			slices.Sort(codes)
			codes = slices.Compact(codes)
		} else if len(slices.Compact(slices.Sorted(slices.Values(codes)))) != len(codes) {
			return answer{}, false
		}
		return bound(asked.Answer{Reason: setReason(list, codes), Set: codes}), true
	case survey.Integer:
		v, ok := plainNumber(text)
		if !ok || v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			return parse(survey.Integer, text)
		}
		return bound(asked.Answer{Whole: int64(v)}), true
	case survey.Decimal:
		v, ok := plainNumber(text)
		return bound(asked.Answer{Number: v}), ok
	case survey.Date:
		if len(text) > 10 && strings.Trim(text[10:], "T 0:.Z") == "" { // a midnight behind it
			text = text[:10]
		}
		return parse(survey.Date, text)
	case survey.Time:
		for _, layout := range []string{"15:04", "15:04:05"} { // decimals are read as well
			if v, err := time.Parse(layout, text); err == nil {
				return bound(asked.Answer{Whole: v.Sub(v.Truncate(24 * time.Hour)).Microseconds()}), true
			}
		}
		return answer{}, false
	case survey.DateTime:
		v, err := time.Parse(time.RFC3339, strings.Replace(text, " ", "T", 1))
		return bound(asked.Answer{Whole: v.UnixMicro()}), err == nil
	}
	return bound(asked.Answer{Text: text}), true
}

// plainNumber reads a number written with digits, a point and perhaps an
// exponent; no NaN, Inf, hexadecimal, sign of plus or underscores.
func plainNumber(text string) (float64, bool) {
	if strings.Trim(text, "+-.0123456789eE") != "" || strings.HasPrefix(text, "+") {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// sameNumber reports whether two texts are the same number.
func sameNumber(a, b string) bool {
	one, okOne := plainNumber(strings.TrimSpace(a))
	two, okTwo := plainNumber(strings.TrimSpace(b))
	return okOne && okTwo && one == two
}

// choiceOf finds a choice by its name or its label.
func choiceOf(list *survey.ChoiceList, text string) (int32, bool) {
	if code, ok := lookUp(list, text); ok {
		return code, true
	}
	return lookUpLabel(list, text)
}

// choicesOf finds several choices: names with blanks between them, or names and
// labels with a sign between them, or one label. All, or none.
func choicesOf(list *survey.ChoiceList, text string) ([]int32, bool) {
	parts := [][]string{strings.Fields(text), {text}}
	for _, sign := range []string{";", "|", ","} {
		parts = append(parts, strings.Split(text, sign))
	}
	for n, words := range parts {
		var codes []int32
		for _, word := range words {
			find := choiceOf
			if n == 0 {
				find = lookUp
			}
			if code, ok := find(list, strings.TrimSpace(word)); ok {
				codes = append(codes, code)
			}
		}
		if len(codes) == len(words) && len(codes) > 0 {
			return codes, true
		}
	}
	return nil, false
}

// alike reports whether two answers say the same.
func alike(t survey.Type, a, b answer) bool {
	if given(a.Reason) != given(b.Reason) || (a.Reason == survey.Invalid) != (b.Reason == survey.Invalid) {
		return false
	}
	switch t {
	case survey.SelectOne:
		return a.Code == b.Code
	case survey.SelectMultiple, survey.Rank:
		return slices.Equal(a.Set, b.Set)
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		return a.Whole == b.Whole
	case survey.Decimal:
		return a.Number == b.Number
	}
	return a.Text == b.Text
}

// saw reports whether the old value of a line is an answer: as it reads, or as
// it is written.
func saw(item *survey.Item, list *survey.ChoiceList, old string, a answer, text string) bool {
	if noValue(old) && (!given(a.Reason) || a.Reason == survey.Answered && text == "") {
		return true // the second is a select_multiple of which nothing was chosen
	}
	if a.Reason != survey.Invalid {
		if seen, ok := readAs(item, list, old); ok && given(a.Reason) && alike(item.Type, seen, a) {
			return true
		}
	}
	if text == "" {
		return false
	}
	if item.Type == survey.SelectMultiple {
		return slices.Equal(slices.Sorted(strings.FieldsSeq(old)), slices.Sorted(strings.FieldsSeq(text)))
	}
	if item.Type == survey.Calculated && sameNumber(old, text) {
		return true
	}
	return last(old, tidy(old)) == last(text, tidy(text))
}

// noValue reports whether a cell of a log stands for no answer.
func noValue(cell string) bool {
	cell = strings.TrimSpace(cell)
	return cell == "" || cell == "NA"
}

// truth reads a cell of a log about one choice of a select_multiple.
func truth(cell string) (yes, ok bool) {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "1", "1.0", "true":
		return true, true
	case "0", "0.0", "false":
		return false, true
	}
	return false, false
}
