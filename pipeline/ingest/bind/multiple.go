package bind

import (
	"bytes"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// multiple reads a select_multiple from its summary, from a column for each
// choice, or from both. All blank is no answer; all 0 is an answer: none.
func (p *Plan) multiple(a *answer, row cells, arena *[]int32) (Value, remark) {
	if !a.present() {
		return Value{Reason: survey.NotAsked}, nothing
	}
	var summary []byte
	if a.summary >= 0 {
		if summary = row.Cell(a.summary); records.Blank(summary) {
			summary = nil
		}
	}
	start := len(*arena)
	marked, bad := false, []byte(nil)
	for _, c := range a.choices {
		cell := row.Cell(c.column)
		if len(cell) == 0 {
			continue
		}
		if c.text {
			if !records.Blank(cell) {
				marked = true
				*arena = append(*arena, c.code)
			}
			continue
		}
		switch markOf(cell) {
		case chosen:
			marked = true
			*arena = append(*arena, c.code)
		case notChosen:
			marked = true
		case noMark:
			bad = cell
		}
	}
	split := (*arena)[start:]
	switch {
	case bad != nil && summary == nil:
		return invalid(bad), badMark
	case summary == nil && !marked:
		return Value{Reason: survey.NotAnswered}, nothing
	case summary == nil && len(split) == 0 && a.summary >= 0 && p.unanswered:
		return Value{Reason: survey.NotAnswered}, nothing
	case summary == nil && len(split) > 0 && a.summary >= 0:
		return Value{Set: split}, contradiction
	case summary == nil:
		return Value{Set: split}, nothing
	}
	set, said, ok := a.tokens(summary, arena)
	switch {
	case !ok && bad == nil && p.joinsLabels(a, split, string(summary)):
		return Value{Set: split}, byLabel
	case !ok:
		return invalid(summary), max(said, unlisted)
	case bad != nil:
		return Value{Set: set}, badMark
	case marked && !p.agree(a, set, split):
		return Value{Set: set}, contradiction
	case repeats(set):
		return Value{Set: set}, chosenTwice
	}
	return Value{Set: set}, said
}

// repeats reports whether a code stands twice in a set, which is short.
func repeats(set []int32) bool {
	for i, code := range set {
		if slices.Contains(set[:i], code) {
			return true
		}
	}
	return false
}

// agree reports whether summary and split columns name the same choices; a
// choice without a column of its own can be in the summary only.
func (p *Plan) agree(a *answer, summary, split []int32) bool {
	for _, code := range split {
		if !slices.Contains(summary, code) {
			return false
		}
	}
	for _, code := range summary {
		if slices.Contains(split, code) {
			continue
		}
		if slices.ContainsFunc(a.choices, func(c choiceColumn) bool { return c.code == code }) {
			return false
		}
	}
	return true
}

// joinsLabels reports whether a summary is the labels of the choices that the
// split columns name, with blanks between them: as such it could not be taken
// apart again.
func (p *Plan) joinsLabels(a *answer, split []int32, summary string) bool {
	choices := p.Survey.Choices(a.item)
	for _, language := range p.Survey.Languages {
		length, all := len(split)-1, len(split) > 0
		for _, code := range split {
			label := choices[code].Label[language.Tag]
			if label == "" {
				label = choices[code].Name
			}
			length += len(label)
			all = all && strings.Contains(summary, label)
		}
		if all && length == len(summary) {
			return true
		}
	}
	return false
}

type mark uint8

const (
	noMark mark = iota
	chosen
	notChosen
	blankMark
)

// markOf reads the cell of a choice's own column.
func markOf(cell []byte) mark {
	if len(cell) == 1 {
		switch cell[0] {
		case '1', 'Y', 'y':
			return chosen
		case '0', 'N', 'n':
			return notChosen
		}
	}
	switch {
	case records.Blank(cell):
		return blankMark
	case bytes.EqualFold(cell, []byte("true")), bytes.EqualFold(cell, []byte("yes")), bytes.Equal(cell, []byte("1.0")):
		return chosen
	case bytes.EqualFold(cell, []byte("false")), bytes.EqualFold(cell, []byte("no")), bytes.Equal(cell, []byte("0.0")):
		return notChosen
	}
	return noMark
}
