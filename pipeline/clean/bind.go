package clean

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/soundings-survey/soundings/pipeline/asked"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// mending is what became of one cell.
type mending struct {
	answer  answer
	changes []cleaninglog.Change // question and identifier still to be filled in
	unbound []string             // words that are not a choice, for the findings; never printed
	byLog   bool                 // an analyst's log says so
}

// logged turns the edits of a cell into lines of the log.
func logged(raw string, edits []edit) []cleaninglog.Change {
	var out []cleaninglog.Change
	for _, e := range edits {
		kind := cleaninglog.ChangeResponse
		if e.text == "" {
			kind = cleaninglog.BlankResponse
		}
		out = append(out, cleaninglog.Change{Issue: e.issue, Old: raw, Type: kind, New: e.text})
		raw = e.text
	}
	return out
}

// mendText tidies a text. The second value is false when it is tidy.
func mendText(text string) (mending, bool) {
	edits := tidy(text)
	if len(edits) == 0 {
		return mending{}, false
	}
	m := mending{answer: missing(survey.NotAnswered), changes: logged(text, edits)}
	if t := last(text, edits); t != "" {
		m.answer = bound(asked.Answer{Text: t})
	}
	return m, true
}

// mendCell tries to bind a cell that did not bind as it stood in the file.
func mendCell(item *survey.Item, list *survey.ChoiceList, raw string) mending {
	edits := tidy(raw)
	text := last(raw, edits)
	m := mending{answer: missing(survey.NotAnswered), changes: logged(raw, edits)}
	if text == "" {
		if len(edits) == 0 {
			m.changes = append(m.changes, cleaninglog.Change{Issue: notReadable, Type: cleaninglog.BlankResponse})
		}
		return m
	}
	switch {
	case item.Type == survey.SelectOne:
		return mendOne(list, raw, text, m)
	case item.Type == survey.SelectMultiple, item.Type == survey.Rank:
		return mendSet(item, list, raw, text, m)
	case len(edits) > 0: // the file's own form was tried before
		if a, ok := parse(item.Type, text); ok {
			m.answer = a
			return m
		}
	}
	return lost(raw, notReadable) // why, the reader of the file has said
}

// lost is a cell that stays invalid.
func lost(raw, issue string, unbound ...string) mending {
	return mending{
		answer:  missing(survey.Invalid),
		changes: []cleaninglog.Change{{Issue: issue, Old: raw, Type: cleaninglog.BlankResponse}},
		unbound: unbound,
	}
}

func mendOne(list *survey.ChoiceList, raw, text string, m mending) mending {
	issue := letterCase
	code, ok := lookUp(list, text)
	if !ok {
		issue = asLabel
		code, ok = lookUpLabel(list, text)
	}
	if !ok {
		return lost(raw, UnknownChoice, text)
	}
	choice := list.Choices[code]
	if choice.Name != text {
		m.changes = append(m.changes, cleaninglog.Change{Issue: issue, Old: text, Type: cleaninglog.ChangeResponse, New: choice.Name})
	}
	m.answer = bound(asked.Answer{Reason: choice.Missing, Code: code})
	return m
}

// mendSet binds choices written one after the other. What is not a choice is
// dropped from a select_multiple; it spoils a rank, whose order it disturbs.
func mendSet(item *survey.Item, list *survey.ChoiceList, raw, text string, m mending) mending {
	words := strings.Fields(text)
	var codes []int32
	var names, cased []string
	for _, word := range words {
		code, ok := lookUp(list, word)
		if !ok {
			m.unbound = append(m.unbound, word)
			cased = append(cased, word)
			continue
		}
		codes = append(codes, code)
		names = append(names, list.Choices[code].Name)
		cased = append(cased, list.Choices[code].Name)
	}
	twice := len(codes) != len(slices.Compact(slices.Sorted(slices.Values(codes))))
	if len(codes) == 0 || item.Type == survey.Rank && (len(m.unbound) > 0 || twice) {
		return lost(raw, UnknownChoice, m.unbound...)
	}
	change := func(issue, before string, after []string) string {
		now := strings.Join(after, " ")
		if now != before {
			m.changes = append(m.changes, cleaninglog.Change{Issue: issue, Old: before, Type: cleaninglog.ChangeResponse, New: now})
		}
		return now
	}
	text = change(whiteSpace, text, words) // line ends between choices
	text = change(letterCase, text, cased)
	change(UnknownChoice, text, names)
	m.answer = bound(asked.Answer{Reason: setReason(list, codes), Set: codes})
	return m
}

// setReason gives the reason of a set as datasets have it: missing only where
// every choice made stands for a missing answer.
func setReason(list *survey.ChoiceList, codes []int32) survey.Reason {
	for _, c := range codes {
		if list.Choices[c].Missing == survey.Answered {
			return survey.Answered
		}
	}
	return list.Choices[codes[0]].Missing
}

// lookUp finds a choice by its name, else by its name in another letter case
// where only one choice has it.
func lookUp(list *survey.ChoiceList, name string) (int32, bool) {
	if code, ok := list.Code(name); ok {
		return code, true
	}
	found, count := int32(0), 0
	for i, c := range list.Choices {
		if strings.EqualFold(c.Name, name) {
			if code, _ := list.Code(c.Name); int(code) == i {
				found, count = code, count+1
			}
		}
	}
	return found, count == 1
}

// lookUpLabel finds the one choice that has a label in some language, whatever
// its letter case.
func lookUpLabel(list *survey.ChoiceList, label string) (int32, bool) {
	found, count := int32(0), 0
	for i, c := range list.Choices {
		for _, text := range c.Label {
			if strings.EqualFold(last(text, tidy(text)), label) {
				found, count = int32(i), count+1
				break
			}
		}
	}
	return found, count == 1
}

// parse reads a tidied cell as a number or date.
func parse(t survey.Type, text string) (answer, bool) {
	a := bound(asked.Answer{})
	if strings.HasPrefix(text, "+") && t.Numeric() {
		return answer{}, false
	}
	switch t {
	case survey.Integer:
		v, err := strconv.ParseInt(text, 10, 64)
		a.Whole = v
		return a, err == nil
	case survey.Decimal:
		v, err := strconv.ParseFloat(text, 64)
		a.Number = v
		plain := strings.Trim(text, "+-.0123456789eE") == "" // no NaN, Inf, hexadecimal or underscores
		return a, err == nil && plain && !math.IsInf(v, 0)
	case survey.Date:
		v, err := time.Parse(time.DateOnly, text)
		a.Whole = v.Unix() / (24 * 60 * 60)
		return a, err == nil && v.Unix()%(24*60*60) == 0
	case survey.OpenText, survey.Calculated:
		a.Text = text
		return a, true
	}
	return answer{}, false
}
